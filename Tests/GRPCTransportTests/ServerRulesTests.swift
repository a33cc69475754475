// SPDX-License-Identifier: Apache-2.0

// The rules of gRPC and the limits of the server, each broken once.

import GRPCTransport
import NIOCore
import NIOPosix
import TestCertificates
import Testing
import VigieLimits

@Suite("Rules and limits of the server") struct ServerRulesTests {
    private let openGate: GatedEcho.Gate = {
        let gate = GatedEcho.Gate()
        gate.open()
        return gate
    }()

    private var routes: [MethodRoute] {
        let gate = openGate
        return [
            MethodRoute(path: "/t/Unary", clientStreaming: false) { _ in GatedEcho(gate) },
            MethodRoute(path: "/t/Stream", clientStreaming: true) { _ in GatedEcho(gate) },
        ]
    }

    @Test("An unknown method is unimplemented")
    func unknownMethod() async throws {
        try await withServer(routes: routes) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let status = await status {
                _ = try await connection.unary(path: "/t/No", message: ByteBuffer(), deadline: nil)
            }
            #expect(status?.code == .unimplemented)
            connection.close()
        }
    }

    @Test("A unary call carries one message, neither none nor two")
    func messageCount() async throws {
        try await withServer(routes: routes) { _, port, certificates in
            let connection = try await connect(port, certificates)
            for count in [0, 1, 2] {
                let stream = connection.stream(path: "/t/Unary")
                let status = await status {
                    for _ in 0..<count { try await stream.send(ByteBuffer(string: "m")) }
                    stream.finishSending()
                    #expect(try await stream.next() == ByteBuffer(string: "m"))
                    #expect(try await stream.next() == nil)
                }
                #expect(status?.code == (count == 1 ? nil : .invalidArgument), "\(count) messages")
            }
            connection.close()
        }
    }

    @Test("A message over the limit is refused, naming the limit; the connection lives on")
    func messageOverLimit() async throws {
        var limits = TransportLimits()
        limits.messageBytesMax = 1 << 20
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let big = ByteBuffer(repeating: 1, count: 8 << 20)
            let status = await status {
                _ = try await connection.unary(path: "/t/Unary", message: big, deadline: nil)
            }
            #expect(status?.code == .resourceExhausted)
            #expect(status?.message.contains("messageBytesMax") == true)
            let small = ByteBuffer(string: "small")
            let echoed = try await connection.unary(
                path: "/t/Unary",
                message: small,
                deadline: nil
            )
            #expect(echoed == small)
            connection.close()
        }
    }

    @Test("Headers over a limit are refused, naming it", arguments: [20_000, 60])
    func headersOverLimit(size: Int) async throws {
        try await withServer(routes: routes) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let one = size > 1000
            let metadata = (0..<(one ? 1 : 200)).map {
                (name: "x-\($0)", value: String(repeating: "v", count: one ? size : 1))
            }
            let status = await status {
                _ = try await connection.unary(
                    path: "/t/Unary",
                    message: ByteBuffer(),
                    metadata: metadata,
                    deadline: nil
                )
            }
            #expect(status?.code == .resourceExhausted)
            let name = one ? "headerListBytesMax" : "headerCountMax"
            #expect(status?.message.contains(name) == true)
            connection.close()
        }
    }

    @Test("Plain text is answered with a sentence and closed")
    func plainText() async throws {
        try await withServer(routes: routes) { _, port, _ in
            let answer = try await sendRaw("GET / HTTP/1.1\r\nHost: x\r\n\r\n", port: port)
            #expect(answer.contains("400 Bad Request"))
            #expect(answer.contains("gRPC over TLS"))
        }
    }

    @Test("A peer that never greets is cut off")
    func silentPeer() async throws {
        var limits = TransportLimits()
        limits.handshakeTimeoutSeconds = 1
        try await withServer(routes: routes, limits: limits) { _, port, _ in
            let clock = ContinuousClock()
            let begun = clock.now
            let answer = try await sendRaw("", port: port)
            #expect(answer.isEmpty)
            #expect(clock.now - begun < .seconds(6))
        }
    }

    @Test("Connections over the limit are closed")
    func connectionLimit() async throws {
        var limits = TransportLimits()
        limits.connectionsMax = 2
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let first = try await connect(port, certificates)
            let second = try await connect(port, certificates)
            await #expect(throws: ClientCallError.self) {
                _ = try await connect(port, certificates)
            }
            first.close()
            second.close()
        }
    }

    @Test("Shutting down lets a call finish and refuses new connections")
    func gracefulShutdown() async throws {
        let gate = GatedEcho.Gate()
        let route = MethodRoute(path: "/t/Wait", clientStreaming: true) { _ in GatedEcho(gate) }
        try await withServer(routes: [route]) { server, port, certificates in
            let connection = try await connect(port, certificates)
            let stream = connection.stream(path: "/t/Wait")
            try await stream.send(ByteBuffer(string: "a"))
            #expect(try await stream.next() == ByteBuffer(string: "a"))
            async let shutdown: Void = server.shutdownGracefully(timeout: .seconds(20))
            #expect(try await refusesConnections(port, certificates))
            gate.open()
            try await stream.send(ByteBuffer(string: "b"))
            stream.finishSending()
            #expect(try await stream.next() == ByteBuffer(string: "b"))
            #expect(try await stream.next() == nil)
            await shutdown
        }
    }

    /// Whether the server stops to take connections within ten seconds.
    private func refusesConnections(
        _ port: Int,
        _ certificates: TestCertificates
    ) async throws -> Bool {
        for _ in 0..<200 {
            guard let connection = try? await connect(port, certificates) else { return true }
            connection.close()
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    /// Sends text without TLS and returns all that comes back until the end.
    private func sendRaw(_ text: String, port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            if !text.isEmpty { try await outbound.write(ByteBuffer(string: text)) }
            var answer = ""
            for try await part in inbound { answer += String(buffer: part) }
            return answer
        }
    }
}
