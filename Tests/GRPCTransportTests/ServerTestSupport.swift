// SPDX-License-Identifier: Apache-2.0

// A server with routes of a test's own, and a connection to it.

import Callers
import GRPCTransport
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestCertificates
import VigieLimits

/// Runs `body` against a real server on loopback, and ends it.
func withServer(
    routes: [MethodRoute],
    limits: TransportLimits = TransportLimits(),
    gate: (any CallGate)? = nil,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ body: (GRPCServer, Int, TestCertificates) async throws -> Void
) async throws {
    let certificates = try TestCertificates.make()
    defer { certificates.remove() }
    var configuration = ServerConfiguration(
        port: 0,
        tls: ServerTLSConfiguration(
            certificatePath: certificates.serverCertificatePath,
            keyPath: certificates.serverKeyPath
        ),
        limits: limits,
        eventLoopCount: gate == nil ? 2 : 1
    )
    configuration.gate = gate
    let server = try GRPCServer(configuration: configuration, routes: routes, logger: logger)
    let port = try await server.start()
    do {
        try await body(server, port, certificates)
    } catch {
        await server.shutdownGracefully(timeout: .zero)
        throw error
    }
    await server.shutdownGracefully(timeout: .zero)
}

/// Connects over TLS.
func connect(
    _ port: Int,
    _ certificates: TestCertificates,
    tls: ClientTLSConfiguration? = nil
) async throws -> ClientConnection {
    try await ClientConnection.connect(
        to: ClientTarget(
            host: "127.0.0.1",
            port: port,
            serverName: "localhost",
            connectTimeout: .seconds(5)
        ),
        tls: TLSContext(client: tls ?? ClientTLSConfiguration(caPath: certificates.caPath)),
        limits: TransportLimits(),
        eventLoop: MultiThreadedEventLoopGroup.singleton.next()
    )
}

/// Echoes messages; after each it waits until the gate is open.
final class GatedEcho: CallHandler {
    /// Opens once, for all calls; counts what came through.
    final class Gate: Sendable {
        private struct State {
            var isOpen = false
            var waiting: [NIOLoopBound<ServerCall>] = []
            var received = 0
        }
        private let state = Mutex(State())

        /// Messages that handlers were given.
        var received: Int { state.withLock { $0.received } }

        func wait(_ call: ServerCall) -> Bool {
            state.withLock { state in
                state.received += 1
                if state.isOpen { return false }
                state.waiting.append(NIOLoopBound(call, eventLoop: call.eventLoop))
                return true
            }
        }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for call in waiting {
                call.eventLoop.execute { call.value.resumeMessages() }
            }
        }
    }

    private let gate: Gate

    init(_ gate: Gate) {
        self.gate = gate
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        call.sendMessage(byteCount: message.count) { $0.copyMemory(from: message) }
        if gate.wait(call) { call.pauseMessages() }
    }

    func receiveEnd(call: ServerCall) { call.finish() }

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// The status that a call fails with; nil when it does not.
func status(of call: () async throws -> Void) async -> GRPCStatus? {
    do {
        try await call()
        return nil
    } catch let error as ClientCallError {
        return error.status
    } catch {
        return GRPCStatus(.unknown, "\(error)")
    }
}
