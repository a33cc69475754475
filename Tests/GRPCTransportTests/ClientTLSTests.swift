// SPDX-License-Identifier: Apache-2.0

// Connections that must not be made, and what they say: one cause for each
// thing that can be wrong, and no word of a library.

import GRPCTransport
import NIOCore
import NIOPosix
import TestCertificates
import Testing

@Suite struct ClientTLSTests {
    /// The error of a connection that must not be made, held to what all of them must be.
    private func failure(
        _ connect: @Sendable () async throws -> ClientConnection
    ) async -> ClientCallError? {
        let error = await #expect(throws: ClientCallError.self) { try await connect() }
        guard let error, let failure = error.failure else {
            Issue.record("no cause: \(String(describing: error))")
            return error
        }
        #expect(error.kind == (failure.isOfTLS ? .tlsFailed : .cannotConnect))
        #expect(error.status.code == .unavailable)
        for foreign in ["NIO", "Error", "errno", "Optional", "(null)", "routines"] {
            #expect(!error.status.message.contains(foreign), "\(error.status.message)")
        }
        return error
    }

    // MARK: The server's certificate

    private struct Case: Sendable, CustomTestStringConvertible {
        let failure: ConnectionFailure
        let words: [String]
        let isTrusted: Bool
        let make: @Sendable (TestCertificates) throws -> CertificateFiles

        var testDescription: String { failure.rawValue }

        init(
            _ failure: ConnectionFailure,
            _ words: [String],
            isTrusted: Bool = true,
            _ make: @escaping @Sendable (TestCertificates) throws -> CertificateFiles
        ) {
            self.failure = failure
            self.words = words
            self.isTrusted = isTrusted
            self.make = make
        }
    }

    private static let cases = [
        Case(.certificateExpired, ["the server's certificate expired on 20", "UTC"]) {
            try $0.issue("server-x", .expired)
        },
        Case(.certificateExpired, ["Authority of server-x", "expired on 20"]) {
            try $0.issue("server-x", authorityValidity: .expired)
        },
        Case(.certificateNotYetValid, ["not valid before 20", "UTC"]) {
            try $0.issue("server-x", .future)
        },
        Case(.certificateNameMismatch, ["for example.org, 10.0.0.7, not for localhost"]) {
            try $0.issue("server-x", alternativeNames: "DNS:example.org,IP:10.0.0.7")
        },
        Case(.certificateAuthorityUnknown, ["CN=Authority of server-x", "not"], isTrusted: false) {
            try $0.issue("server-x")
        },
        Case(.certificateAuthorityUnknown, ["signed by itself", "server-x"], isTrusted: false) {
            try $0.issueSelfSigned("server-x")
        },
        Case(.certificateRejected, ["is not accepted", "purpose"]) {
            try $0.issue("server-x", usage: "clientAuth")
        },
    ]

    @Test(arguments: cases)
    private func eachFaultOfACertificateIsTold(_ item: Case) async throws {
        let server = try await ClientTestServer.start(showing: item.make)
        let files = server.certificates
        let caPath = item.isTrusted ? "\(files.directory)/server-x-ca.pem" : files.otherCAPath
        let error = await failure {
            try await server.connect(ClientTLSConfiguration(caPath: caPath))
        }
        #expect(error?.failure == item.failure)
        for word in item.words {
            #expect(error?.status.message.contains(word) == true, "\(error?.status.message ?? "")")
        }
        await server.stop()
    }

    @Test func anAddressIsVerifiedToo() async throws {
        let server = try await ClientTestServer.start()
        try await server.connect(serverName: "127.0.0.1").close()
        let error = await failure { try await server.connect(serverName: "127.0.0.2") }
        #expect(error?.failure == .certificateNameMismatch)
        let named = await failure { try await server.connect(serverName: "example.com") }
        #expect(named?.failure == .certificateNameMismatch)
        await server.stop()
    }

    // MARK: The client's certificate

    @Test func aClientCertificateIsShown() async throws {
        let server = try await ClientTestServer.start(requiringClientCertificate: true)
        let files = server.certificates
        let tls = ClientTLSConfiguration(
            caPath: files.caPath,
            certificatePath: files.clientCertificatePath,
            keyPath: files.clientKeyPath
        )
        let connection = try await server.connect(tls)
        let message = ByteBuffer(string: "x")
        let answer = try await connection.unary(path: "/test/Echo", message: message, deadline: nil)
        #expect(answer == message)
        connection.close()

        let error = await failure { try await server.connect() }
        #expect(error?.failure == .clientCertificateRequired)
        await server.stop()
    }

    @Test(arguments: [Validity.good, .expired])
    func aClientCertificateThatIsNotAcceptedIsTold(validity: Validity) async throws {
        let server = try await ClientTestServer.start(requiringClientCertificate: true)
        let files = try server.certificates.issue("client-x", usage: "clientAuth", validity)
        let tls = ClientTLSConfiguration(
            caPath: server.certificates.caPath,
            certificatePath: files.certificatePath,
            keyPath: files.keyPath
        )
        let error = await failure { try await server.connect(tls) }
        #expect(error?.failure == .clientCertificateRefused)
        #expect(error?.status.message.contains("authority") == true)
        await server.stop()
    }

    // MARK: Answers that are none

    private static let alerts: [(UInt8, shows: Bool, ConnectionFailure)] = [
        (40, false, .noCommonTLS), (71, false, .noCommonTLS), (70, false, .noCommonTLS),
        (112, false, .certificateNameMismatch), (120, false, .noHTTP2), (80, false, .tlsFailed),
        (255, false, .tlsFailed), (48, false, .tlsFailed), (116, false, .clientCertificateRequired),
        (42, true, .clientCertificateRefused), (43, true, .clientCertificateRefused),
        (44, true, .clientCertificateRefused), (45, true, .clientCertificateRefused),
        (46, true, .clientCertificateRefused), (48, true, .clientCertificateRefused),
        (49, true, .clientCertificateRefused), (40, true, .noCommonTLS),
    ]

    @Test(arguments: alerts)
    func anAlertIsUnderstood(alert: UInt8, shows: Bool, expected: ConnectionFailure) async throws {
        let server = try await ClientTestServer.start()
        let plain = try await PlainServer.start([0x15, 3, 3, 0, 2, 2, alert])
        let files = server.certificates
        let tls = ClientTLSConfiguration(
            caPath: files.caPath,
            certificatePath: shows ? files.clientCertificatePath : nil,
            keyPath: shows ? files.clientKeyPath : nil
        )
        let error = await failure { try await server.connect(tls, port: plain.port) }
        #expect(error?.failure == expected, "\(error?.status.message ?? "")")
        try await plain.stop()
        await server.stop()
    }

    private static let others: [([UInt8], String)] = [
        (Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".utf8), "plain HTTP"),
        (Array("<!DOCTYPE HTML>".utf8), "plain HTTP"),
        (Array("SSH-2.0-OpenSSH_9.2p1\r\n".utf8), "SSH-2.0-OpenSSH"),
        (Array("220 mail.example.org ESMTP\r\n".utf8), "220 mail"),
        ([0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 128], "HTTP/2 without TLS"),
        ([0x48], "another protocol"), ([0, 0, 0, 0, 0, 0], "another protocol"),
        ([0x16, 0x48, 0x54, 0x54, 0x50], "another protocol"), ([255, 255, 255], "another"),
    ]

    @Test(arguments: others)
    func aPortWithoutTLSIsNoticed(answer: [UInt8], words: String) async throws {
        let server = try await ClientTestServer.start()
        let plain = try await PlainServer.start(answer)
        let error = await failure { try await server.connect(port: plain.port) }
        #expect(error?.failure == .notTLS)
        #expect(error?.status.message.contains(words) == true, "\(error?.status.message ?? "")")
        try await plain.stop()
        await server.stop()
    }

    @Test func aServerThatClosesOrIsSilentIsTold() async throws {
        let server = try await ClientTestServer.start()
        let closing = try await PlainServer.start([])
        let closed = await failure { try await server.connect(port: closing.port) }
        #expect(closed?.failure == .closed)
        let silent = try await PlainServer.start(nil)
        let late = await failure {
            try await server.connect(port: silent.port, timeout: .milliseconds(300))
        }
        #expect(late?.failure == .timedOut)
        try await closing.stop()
        try await silent.stop()
        await server.stop()
    }

    // MARK: Nobody there

    @Test func aClosedPortCannotBeConnected() async throws {
        let server = try await ClientTestServer.start()
        await server.server.shutdownGracefully(timeout: .zero)
        for host in ["127.0.0.1", "localhost"] {
            let error = await failure { try await server.connect(host: host) }
            #expect(error?.failure == .refused)
            #expect(error?.status.message.contains("\(host):\(server.port)") == true)
        }
        server.certificates.remove()
    }

    @Test(arguments: ["no-such-host.invalid", "a..b", String(repeating: "a", count: 300)])
    func anUnknownNameIsTold(host: String) async throws {
        let server = try await ClientTestServer.start()
        let error = await failure { try await server.connect(host: host) }
        #expect(error?.failure == .nameNotFound)
        #expect(error?.status.message.contains(host) == true)
        await server.stop()
    }
}
