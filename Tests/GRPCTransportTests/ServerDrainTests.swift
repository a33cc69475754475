// SPDX-License-Identifier: Apache-2.0

// How a server ends: whoever has called is answered, and nobody holds it up.

import GRPCTransport
import Glibc
import NIOCore
import TestCertificates
import Testing
import VigieLimits

@Suite("The end of a server") struct ServerDrainTests {
    private let gate = GatedEcho.Gate()
    private let message: [UInt8] = [0, 0, 0, 0, 1, 42]

    private var routes: [MethodRoute] {
        let (gate, open) = (gate, GatedEcho.Gate())
        open.open()
        return [
            MethodRoute(path: "/t/Unary", clientStreaming: false) { _ in GatedEcho(open) },
            MethodRoute(path: "/t/Gated", clientStreaming: true) { _ in GatedEcho(gate) },
        ]
    }

    @Test("A client that does not answer is served for drainAnswerSeconds, and no longer")
    func silentClient() async throws {
        var limits = TransportLimits()
        limits.drainAnswerSeconds = 2
        try await withServer(routes: routes, limits: limits) { server, port, certificates in
            // It answers no PING.
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Unary")
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            try await Task.sleep(for: .milliseconds(600))
            let began = ContinuousClock.now
            async let ended: Void = server.shutdownGracefully(timeout: .seconds(60))
            try await Task.sleep(for: .milliseconds(300))
            client.begin(3, "/t/Unary")
            client.send(3, message, end: true)
            #expect(try await client.end(of: 3) == .endStream)
            await ended
            #expect(ContinuousClock.now - began < .seconds(20))
            #expect(ContinuousClock.now - began > .seconds(1))
            #expect(try await client.end(of: 5) == .connectionClosed)
        }
    }

    /// Keeps its event loop busy for longer than answers are held.
    private final class BusyLoop: CallHandler {
        func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
            usleep(300_000)
            call.sendMessage(byteCount: message.count) { $0.copyMemory(from: message) }
        }

        func receiveEnd(call: ServerCall) { call.finish() }

        func callEnded(call: ServerCall, reason: CallEndReason) {}
    }

    @Test("So is one of a thread that was busy when the end began")
    func silentClientOfABusyThread() async throws {
        var limits = TransportLimits()
        limits.drainAnswerSeconds = 1
        let busy = MethodRoute(path: "/t/Busy", clientStreaming: true) { _ in BusyLoop() }
        try await withServer(routes: routes + [busy], limits: limits) {
            server,
            port,
            certificates in
            let client = try await RawClient.connect(port, certificates)
            // Of two callers one has its answer, so that the other's waits for as long as it may.
            client.begin(1, "/t/Busy")
            client.begin(3, "/t/Unary")
            client.send(3, message, end: true)
            #expect(try await client.end(of: 3) == .endStream)
            client.send(1, message)
            try await Task.sleep(for: .milliseconds(50))
            let began = ContinuousClock.now
            // The thread looks at it when it is busy no more, and is busy again at once.
            async let ended: Void = server.shutdownGracefully(timeout: .seconds(60))
            client.send(1, message)
            client.send(1, message, end: true)
            await ended
            #expect(ContinuousClock.now - began < .seconds(20))
            client.close()
        }
    }

    @Test("Who has just connected makes the call for which it did")
    func freshConnection() async throws {
        try await withServer(routes: routes) { server, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            async let ended: Void = server.shutdownGracefully(timeout: .seconds(60))
            try await Task.sleep(for: .milliseconds(100))
            client.begin(1, "/t/Unary")
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            client.close()
            await ended
        }
    }

    @Test("Connections end as theirs do, and not when those of other threads have ended")
    func allLoopsAtOnce() async throws {
        var limits = TransportLimits()
        limits.drainAnswerSeconds = 1
        try await withServer(routes: routes, limits: limits) { server, port, certificates in
            var clients: [RawClient] = []
            // They go to the two threads in turn: each has one with a call that takes its time.
            for index in 0..<4 {
                let client = try await RawClient.connect(port, certificates)
                client.begin(1, "/t/Unary")
                client.send(1, message, end: true)
                #expect(try await client.end(of: 1) == .endStream)
                if index < 2 {
                    client.begin(3, "/t/Gated")
                    client.send(3, message)
                }
                clients.append(client)
            }
            while gate.received < 2 { try await Task.sleep(for: .milliseconds(5)) }
            async let ended: Void = server.shutdownGracefully(timeout: .seconds(60))
            for client in clients[2...] {
                #expect(try await client.end(of: 5, within: .seconds(20)) == .connectionClosed)
            }
            for client in clients[..<2] {
                #expect(try await client.end(of: 3, within: .milliseconds(10)) == nil)
                client.close()
            }
            await ended
        }
    }

    @Test("What is left at the end is told so")
    func callsThatAreLeft() async throws {
        try await withServer(routes: routes) { server, port, certificates in
            let connection = try await connect(port, certificates)
            let call = connection.stream(path: "/t/Gated")
            try await call.send(ByteBuffer(bytes: [42]))
            while gate.received < 1 { try await Task.sleep(for: .milliseconds(5)) }
            async let ended: Void = server.shutdownGracefully(timeout: .milliseconds(300))
            let status = await status {
                while try await call.next() != nil {}
            }
            #expect(status?.code == .unavailable)
            #expect(status?.message.contains("stops") == true, "\(String(describing: status))")
            await ended
        }
    }

    @Test("All addresses of a name are served, on one port")
    func allAddresses() async throws {
        let sockets = try ListeningSocket.listening(host: "localhost", port: 0, backlog: 16)
        #expect(Set(sockets.map(\.port)).count == 1)
        #expect(sockets.allSatisfy { $0.isLoopback && $0.path == nil })
        #expect(sockets.first?.description.hasPrefix("127.0.0.1:") == true)
        let port = try #require(sockets.first).port
        // Neither twice here, nor beside them.
        for host in ["127.0.0.1", "0.0.0.0"] {
            #expect(throws: ListenError.self) {
                try ListeningSocket.listening(host: host, port: port, backlog: 16)
            }
        }
        // Those that are there already are taken as they are.
        let again = try ListeningSocket.listening(
            host: "127.0.0.1",
            port: 0,
            backlog: 16,
            reusing: sockets
        )
        #expect(again.map(\.descriptor) == [sockets.first?.descriptor])
        for socket in sockets { socket.close() }
    }
}
