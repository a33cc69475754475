// SPDX-License-Identifier: Apache-2.0

// Files and bytes that hold no certificate or key: each says what it is and
// what to do.

import GRPCTransport
import Glibc
import TestCertificates
import Testing
import VigieLimits

@Suite struct CertificateFileTests {
    private let certificates: TestCertificates
    private let files: CertificateFiles

    init() throws {
        certificates = try TestCertificates.make()
        files = try certificates.issueInAllForms("forms")
    }

    private func path(_ name: String) -> String { "\(certificates.directory)/\(name)" }

    private func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let file = try #require(fopen(path(name), "w"))
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
        return path(name)
    }

    private func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }

    private func failure(
        certificate: String? = nil,
        key: String? = nil,
        ca: String? = nil
    ) -> String {
        let server = ServerTLSConfiguration(
            certificatePath: certificate ?? files.certificatePath,
            keyPath: key ?? files.keyPath,
            clientCAPath: ca
        )
        let error = #expect(throws: TLSError.self) { try TLSContext(server: server) }
        #expect(error?.code == .badConfiguration)
        return error?.description ?? ""
    }

    @Test func aDirectoryHoldsPairsAndNotTooMany() throws {
        defer { certificates.remove() }
        let directory = path("names")
        #expect(mkdir(directory, 0o700) == 0)
        var server = ServerTLSConfiguration(
            certificatePath: files.certificatePath,
            keyPath: files.keyPath
        )
        server.certificateDirectory = directory
        func words() -> String {
            let error = #expect(throws: TLSError.self) { try server.pairs() }
            return error?.description ?? ""
        }
        #expect(try server.pairs().count == 1)
        for number in 0..<TransportLimits.serverCertificatesMax - 1 {
            _ = try write([], "names/\(number).pem")
            _ = try write([], "names/\(number).key")
        }
        #expect(try server.pairs().count == TransportLimits.serverCertificatesMax)
        _ = try write([], "names/one.pem")
        #expect(words().contains("one.key is not there"))
        _ = try write([], "names/one.key")
        #expect(words().contains("serverCertificatesMax"))
        for number in 0..<TransportLimits.certificateDirectoryFilesMax {
            _ = try write([], "names/\(number).txt")
        }
        #expect(words().contains("more than 1024 files"))
        server.certificateDirectory = path("nowhere")
        #expect(words().contains("nowhere: there is no such file"))
    }

    @Test func filesThatCannotBeReadSayWhy() throws {
        defer { certificates.remove() }
        let empty = try write([], "empty.pem")
        let most = TransportLimits.certificateFileBytesMax
        let long = try write(Array(repeating: 0x41, count: most + 1), "long.pem")
        for (name, words) in [
            (path("none.pem"), "there is no such file"), (certificates.directory, "a directory"),
            ("\(files.keyPath)/x", "is no directory"), (empty, "it is empty"),
            (long, "longer than"),
        ] {
            for text in [failure(certificate: name), failure(key: name), failure(ca: name)] {
                #expect(text.contains(name) && text.contains(words), "\(text)")
            }
        }
    }

    @Test func filesThatHoldSomethingElseSayWhat() throws {
        defer { certificates.remove() }
        let text = try write(Array("Dear customer,\n".utf8), "letter.pem")
        let wide = try write([0xFF, 0xFE] + "-----BEGIN".utf8.flatMap { [$0, 0] }, "wide.pem")
        let other = try write(
            Array("-----BEGIN DH PARAMETERS-----\nAA==\n-----END DH PARAMETERS-----\n".utf8),
            "dh.pem"
        )
        var damaged = try read(files.certificatePath)
        damaged[100] = UInt8(ascii: "!")
        let broken = try write(try read(files.certificatePath) + damaged, "broken.pem")
        for (name, words) in [
            (files.keyPath, "holds a private key; are certificate and key swapped"),
            (path("forms.der"), "openssl x509 -inform der"),
            (path("forms.key.der"), "openssl pkey -inform der"), (text, "no line -----BEGIN"),
            (wide, "UTF-16"), (other, "DH PARAMETERS"), (broken, "certificate 2 of"),
        ] {
            for text in [failure(certificate: name), failure(ca: name)] {
                #expect(text.contains(name) && text.contains(words), "\(text)")
            }
        }
        for (name, words) in [
            (files.certificatePath, "holds a certificate; are certificate and key swapped"),
            (path("forms.encrypted.key"), "encrypted"), (text, "no line -----BEGIN"),
            (certificates.clientKeyPath, "does not belong to the certificate"),
        ] {
            let text = failure(key: name)
            #expect(text.contains(name) && text.contains(words), "\(text)")
        }
    }

    @Test func bytesInMemoryAreAsGoodAsFiles() throws {
        defer { certificates.remove() }
        let ca = try read(files.caPath)
        let pem = ClientTLSConfiguration(
            roots: .pem([0xEF, 0xBB, 0xBF] + ca + ca),
            certificate: .pem(try read(files.certificatePath)),
            key: .pem(try read(files.keyPath))
        )
        _ = try TLSContext(client: pem)
        let der = try read(path("forms.der"))
        let binary = ClientTLSConfiguration(
            roots: .der([der]),
            certificate: .der([der, der]),
            key: .der([try read(path("forms.key.der"))])
        )
        _ = try TLSContext(client: binary)
        for wrong in [
            ClientTLSConfiguration(roots: .pem([])), ClientTLSConfiguration(roots: .der([])),
            ClientTLSConfiguration(roots: .der([[1, 2, 3], []])),
            ClientTLSConfiguration(roots: nil, certificate: .der([der]), key: .der([])),
            ClientTLSConfiguration(roots: nil, certificate: .der([der]), key: .der([[], []])),
            ClientTLSConfiguration(roots: nil, certificate: .der([der]), key: .der([der])),
        ] {
            let error = #expect(throws: TLSError.self) { try TLSContext(client: wrong) }
            #expect(
                error?.description.contains("given") == true || error?.code == .badConfiguration
            )
        }
    }
}
