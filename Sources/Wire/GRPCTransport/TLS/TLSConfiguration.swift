// SPDX-License-Identifier: Apache-2.0

// What one side of TLS is given: whom it trusts, and what it shows.

internal import VigieLimits

/// What a server shows and asks of its clients.
package struct ServerTLSConfiguration: Sendable {
    /// PEM file with the server's certificate and its chain.
    package var certificatePath: String
    /// PEM file with the private key.
    package var keyPath: String
    /// PEM file with the CAs whose clients are let in; nil asks no client for a certificate.
    package var clientCAPath: String?
    /// Whether a client without a certificate is turned away, where there are CAs.
    package var isClientCertificateRequired = true
    /// Directory of further certificates, for clients that ask for another name: `NAME.pem`, with
    /// `NAME.key` beside it.
    package var certificateDirectory: String?
    /// Whether clients may speak HTTP/1.1, too: browsers behind proxies do.
    package var allowsHTTP1 = false
    /// Whether TLS 1.3 is all that is spoken; otherwise 1.2 is too.
    package var isModernOnly = false

    /// Makes a configuration.
    package init(certificatePath: String, keyPath: String, clientCAPath: String? = nil) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        self.clientCAPath = clientCAPath
    }

    /// The files of all certificates, each with its key, the one for all other names first.
    ///
    /// - Throws: `TLSError` when the directory cannot be read or a key is missing.
    package func pairs() throws(TLSError) -> [(certificatePath: String, keyPath: String)] {
        var pairs = [(certificatePath, keyPath)]
        guard let directory = certificateDirectory else { return pairs }
        let names = try CertificateFiles.names(in: directory)
        for name in names.filter({ $0.hasSuffix(".pem") }) {
            let path = "\(directory)/\(name)"
            let key = "\(directory)/\(name.dropLast(4)).key"
            guard names.contains("\(name.dropLast(4)).key") else {
                throw .unusable("\(path) has no key beside it: \(key) is not there")
            }
            pairs.append((path, key))
        }
        guard pairs.count <= TransportLimits.serverCertificatesMax else {
            throw .unusable(
                "\(directory) has more certificates than serverCertificatesMax, which is "
                    + "\(TransportLimits.serverCertificatesMax)"
            )
        }
        return pairs
    }
}

/// What a client trusts and shows.
package struct ClientTLSConfiguration: Sendable {
    /// The CAs to trust; nil trusts the system's.
    package var roots: CertificateSource?
    /// The client's certificate and its chain.
    package var certificate: CertificateSource?
    /// The client's private key.
    package var key: CertificateSource?

    /// Makes a configuration.
    package init(
        roots: CertificateSource?,
        certificate: CertificateSource? = nil,
        key: CertificateSource? = nil
    ) {
        self.roots = roots
        self.certificate = certificate
        self.key = key
    }

    /// Makes a configuration of PEM files.
    package init(caPath: String? = nil, certificatePath: String? = nil, keyPath: String? = nil) {
        roots = caPath.map(CertificateSource.file)
        certificate = certificatePath.map(CertificateSource.file)
        key = keyPath.map(CertificateSource.file)
    }
}
