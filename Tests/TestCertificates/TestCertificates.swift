// SPDX-License-Identifier: Apache-2.0

// Throwaway certificates for tests: real ones, made anew for each use, so that
// no private key is ever committed and none expires in the repository.

import Glibc

/// Certificates and keys of a small public-key infrastructure, as PEM files in
/// a directory of their own.
///
/// There are three certification authorities: one that signs the server's
/// certificate, one that signs the client's, and one that signs nothing the
/// server or the client shows.
package struct TestCertificates: Sendable {
    /// Directory that holds the files; unique to this value.
    package let directory: String

    /// Certificate of the authority that signed the server's certificate.
    package var caPath: String { directory + "/ca.pem" }

    /// Certificate of the server for `localhost`, `127.0.0.1` and `::1`.
    package var serverCertificatePath: String { directory + "/server.pem" }

    /// Private key of the server.
    package var serverKeyPath: String { directory + "/server.key" }

    /// Certificate of an authority that signed nothing here.
    package var otherCAPath: String { directory + "/other-ca.pem" }

    /// Certificate of the authority that signed the client's certificate.
    package var clientCAPath: String { directory + "/client-ca.pem" }

    /// Certificate of a client.
    package var clientCertificatePath: String { directory + "/client.pem" }

    /// Private key of the client.
    package var clientKeyPath: String { directory + "/client.key" }

    /// Makes all certificates in a new directory under the system's place for
    /// temporary files.
    ///
    /// - Throws: `TestCertificateError` when OpenSSL or the file system refuses.
    package static func make() throws -> TestCertificates {
        let certificates = TestCertificates(directory: try makeDirectory())
        do {
            try certificates.writeFiles()
        } catch {
            certificates.remove()
            throw error
        }
        return certificates
    }

    /// Deletes the files and their directory. Harmless when they are gone.
    package func remove() {
        if let handle = opendir(directory) {
            while let entry = readdir(handle) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != "." && name != ".." { unlink(directory + "/" + name) }
            }
            closedir(handle)
        }
        rmdir(directory)
    }

    private func writeFiles() throws {
        let authority = try CertifiedKey.authority(name: "Vigie test CA")
        try authority.writeCertificate(to: caPath)
        let server = try authority.issue(
            name: "localhost",
            usage: "serverAuth",
            alternativeNames: "DNS:localhost,IP:127.0.0.1,IP:::1"
        )
        try server.writeCertificate(to: serverCertificatePath)
        try server.writeKey(to: serverKeyPath)

        try CertifiedKey.authority(name: "Vigie other test CA").writeCertificate(to: otherCAPath)

        let clientAuthority = try CertifiedKey.authority(name: "Vigie test client CA")
        try clientAuthority.writeCertificate(to: clientCAPath)
        let client = try clientAuthority.issue(
            name: "vigie-test-client",
            usage: "clientAuth",
            alternativeNames: "DNS:vigie-test-client"
        )
        try client.writeCertificate(to: clientCertificatePath)
        try client.writeKey(to: clientKeyPath)
    }

    private static func makeDirectory() throws -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((parent + "/vigie-certificates-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw TestCertificateError(message: "cannot make a directory in \(parent)")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Why test certificates could not be made.
package struct TestCertificateError: Error, CustomStringConvertible {
    /// What failed.
    package let message: String

    /// The message.
    package var description: String { message }
}
