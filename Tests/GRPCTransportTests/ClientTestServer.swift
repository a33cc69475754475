// SPDX-License-Identifier: Apache-2.0

// A real server with a handful of small methods, and connections to it.

import GRPCTransport
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestCertificates
import VigieLimits

/// A server on loopback, for the tests of the client.
struct ClientTestServer: Sendable {
    let server: GRPCServer
    let port: Int
    let certificates: TestCertificates
    let endings: Endings

    /// Why calls of `/test/Silent` ended.
    final class Endings: Sendable {
        private let reasons = Mutex<[CallEndReason]>([])
        private let hasBegun = Atomic<Bool>(false)

        func begin() { hasBegun.store(true, ordering: .relaxed) }

        func add(_ reason: CallEndReason) { reasons.withLock { $0.append(reason) } }

        /// Waits until a call has reached its handler.
        func waitForBegin() async throws {
            while !hasBegun.load(ordering: .relaxed) {
                try await Task.sleep(for: .milliseconds(5))
            }
        }

        /// The first reason, waited for as long as twenty seconds.
        func first() async throws -> CallEndReason? {
            for _ in 0..<2_000 {
                if let reason = reasons.withLock({ $0.first }) { return reason }
                try await Task.sleep(for: .milliseconds(10))
            }
            return nil
        }
    }

    static func start(
        requiringClientCertificate: Bool = false,
        limits: TransportLimits = TransportLimits(),
        showing files: ((TestCertificates) throws -> CertificateFiles)? = nil
    ) async throws -> ClientTestServer {
        let certificates = try TestCertificates.make()
        let shown = try files?(certificates)
        let endings = Endings()
        let tls = ServerTLSConfiguration(
            certificatePath: shown?.certificatePath ?? certificates.serverCertificatePath,
            keyPath: shown?.keyPath ?? certificates.serverKeyPath,
            clientCAPath: requiringClientCertificate ? certificates.clientCAPath : nil
        )
        let server = try GRPCServer(
            configuration: ServerConfiguration(
                port: 0,
                tls: tls,
                limits: limits,
                eventLoopCount: 1
            ),
            routes: [
                MethodRoute(path: "/test/Echo", clientStreaming: false) { _ in EchoHandler() },
                MethodRoute(path: "/test/EchoStream", clientStreaming: true) { _ in EchoHandler() },
                MethodRoute(path: "/test/Fail", clientStreaming: false) { _ in FailHandler() },
                MethodRoute(path: "/test/FailStream", clientStreaming: true) { _ in FailHandler() },
                MethodRoute(path: "/test/Silent", clientStreaming: true) { _ in
                    SilentHandler(endings)
                },
            ],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return ClientTestServer(
            server: server,
            port: try await server.start(),
            certificates: certificates,
            endings: endings
        )
    }

    func stop() async {
        await server.shutdownGracefully(timeout: .zero)
        certificates.remove()
    }

    /// Connects to the server.
    func connect(
        _ tls: ClientTLSConfiguration? = nil,
        serverName: String = "localhost",
        host: String = "127.0.0.1",
        port: Int? = nil,
        timeout: TimeAmount = .seconds(30)
    ) async throws -> ClientConnection {
        let tls = tls ?? ClientTLSConfiguration(caPath: certificates.caPath)
        return try await ClientConnection.connect(
            to: ClientTarget(
                host: host,
                port: port ?? self.port,
                serverName: serverName,
                connectTimeout: timeout
            ),
            tls: TLSContext(client: tls),
            limits: TransportLimits(),
            eventLoop: MultiThreadedEventLoopGroup.singleton.next()
        )
    }
}

/// Runs a body with a server and a connection, and ends both.
func withClientConnection(
    limits: TransportLimits = TransportLimits(),
    _ body: (ClientTestServer, ClientConnection) async throws -> Void
) async throws {
    let server = try await ClientTestServer.start(limits: limits)
    do {
        let connection = try await server.connect()
        try await body(server, connection)
        connection.close()
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// Answers each message with itself, and the end with the end.
private final class EchoHandler: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        call.sendMessage(byteCount: message.count) { $0.copyMemory(from: message) }
    }

    func receiveEnd(call: ServerCall) { call.finish() }

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// Fails each call at its first message.
private final class FailHandler: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        call.finish(GRPCStatus(.failedPrecondition, "50 % \"é\"\n", details: [1, 2, 3, 250]))
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// Takes the first message and says nothing; later messages stay unread.
private final class SilentHandler: CallHandler {
    private let endings: ClientTestServer.Endings

    init(_ endings: ClientTestServer.Endings) { self.endings = endings }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        endings.begin()
        call.pauseMessages()
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) { endings.add(reason) }
}
