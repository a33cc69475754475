// SPDX-License-Identifier: Apache-2.0

// No state of a call or connection without a clock, each waited for; and none of them for
// calls that are only slow to think.

import GRPCTransport
import NIOCore
import Testing
import VigieLimits

@Suite("Clocks of the server") struct ServerClockTests {
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
            MethodRoute(path: "/t/Big", clientStreaming: false) { _ in BigAnswer() },
            MethodRoute(path: "/t/Silent", clientStreaming: false) { _ in NoAnswer() },
        ]
    }

    private var limits: TransportLimits {
        var limits = TransportLimits()
        limits.requestWindowSeconds = 2
        limits.stallTimeoutSeconds = 2
        limits.firstMessageTimeoutSeconds = 2
        limits.idleStreamTimeoutSeconds = 3
        return limits
    }

    @Test("A unary request without its end, with or without a message", arguments: [0, 1, 40_000])
    func withoutEnd(messageBytes: Int) async throws {
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let stream = connection.stream(path: "/t/Unary")
            let status = await status {
                if messageBytes > 0 {
                    try await stream.send(ByteBuffer(repeating: 1, count: messageBytes))
                }
                _ = try await stream.next()
            }
            #expect(status?.code == .cancelled)
            #expect(status?.message.contains("requestWindowSeconds") == true)
            let echoed = try await connection.unary(
                path: "/t/Unary",
                message: ByteBuffer(string: "on"),
                deadline: nil
            )
            #expect(echoed == ByteBuffer(string: "on"))
            connection.close()
        }
    }

    @Test("A stream whose first message does not come, and one that falls silent")
    func silentStreams() async throws {
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let empty = connection.stream(path: "/t/Stream")
            let first = await status { _ = try await empty.next() }
            #expect(first?.message.contains("firstMessageTimeoutSeconds") == true)
            let begun = connection.stream(path: "/t/Stream")
            let later = await status {
                for _ in 0..<4 {
                    // A client that thinks for less than its time goes on.
                    try await begun.send(ByteBuffer(string: "x"))
                    #expect(try await begun.next() == ByteBuffer(string: "x"))
                    try await Task.sleep(for: .milliseconds(1_200))
                }
                _ = try await begun.next()
            }
            #expect(later?.message.contains("idleStreamTimeoutSeconds") == true)
            connection.close()
        }
    }

    @Test("A byte now and then is no progress", arguments: ["/t/Unary", "/t/Stream"])
    func drip(path: String) async throws {
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, path)
            client.send(1, [0, 0, 1, 0, 0])
            var end: RawClient.End?
            for _ in 0..<40 where end == nil {
                client.send(1, [7])
                end = try await client.end(of: 1, within: .milliseconds(300))
            }
            #expect(end == .endStream)
            client.close()
        }
    }

    @Test("A request at its least rate goes on")
    func slowButSteady() async throws {
        var limits = limits
        limits.callBytesPerSecondMin = 100
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Unary")
            let message = [0, 0, 0, 16, 0] + [UInt8](repeating: 1, count: 4_096)
            for start in stride(from: 0, to: message.count, by: 256) {
                let part = Array(message[start..<min(start + 256, message.count)])
                client.send(1, part, end: start + 256 >= message.count)
                try await Task.sleep(for: .milliseconds(350))
            }
            #expect(try await client.end(of: 1) == .endStream)
            #expect(client.dataBytes(of: 1) == message.count)
            client.close()
        }
    }

    @Test("An answer that nobody takes is let go, though the call is over for its service")
    func unreadAnswer() async throws {
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates, windowBytes: 100)
            client.begin(1, "/t/Big")
            client.send(1, [0, 0, 0, 0, 0], end: true)
            // REFUSED_STREAM
            #expect(try await client.end(of: 1) == .reset(7))
            #expect(client.dataBytes(of: 1) == 100)
            client.close()
        }
    }

    @Test("A connection whose calls make no progress counts as idle")
    func idleConnection() async throws {
        var limits = limits
        limits.idleTimeoutSeconds = 3
        limits.requestWindowSeconds = 1
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            var end: RawClient.End?
            for index in 0..<60 where end != .connectionClosed {
                let stream = UInt32(2 * index + 1)
                client.begin(stream, "/t/Unary")
                client.send(stream, [0])
                end = try await client.end(of: stream, within: .milliseconds(500))
            }
            #expect(end == .connectionClosed)
            client.close()
        }
    }

    @Test("A peer that is gone is asked, and closed; one that answers is not")
    func keepalive() async throws {
        var limits = limits
        limits.keepaliveSeconds = 1
        limits.keepaliveTimeoutSeconds = 2
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            // Answers no PING.
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Silent")
            client.send(1, [0, 0, 0, 0, 0], end: true)
            let alive = try await connect(port, certificates)
            let waiting = alive.stream(path: "/t/Silent")
            try await waiting.send(ByteBuffer())
            waiting.finishSending()
            #expect(try await client.end(of: 1) == .connectionClosed)
            #expect(client.pingCount == 1)
            try await Task.sleep(for: .seconds(3))
            let echoed = try await alive.unary(
                path: "/t/Unary",
                message: ByteBuffer(string: "still"),
                deadline: nil
            )
            #expect(echoed == ByteBuffer(string: "still"))
            alive.close()
        }
    }

    @Test("A peer between two calls that is gone without a word gives its place back")
    func vanished() async throws {
        var limits = limits
        limits.keepaliveSeconds = 1
        limits.keepaliveTimeoutSeconds = 1
        limits.unacknowledgedMilliseconds = 1_000
        try await withServer(routes: routes, limits: limits) { server, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Unary")
            client.send(1, [0, 0, 0, 0, 0], end: true)
            #expect(try await client.end(of: 1) == .endStream)
            let alive = try await connect(port, certificates)
            let message = ByteBuffer(string: "still")
            let before = try await alive.unary(path: "/t/Unary", message: message, deadline: nil)
            #expect(before == message && server.holdings.connections == 2)
            try await client.vanish()
            for _ in 0..<400 where server.holdings.connections > 1 {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(server.holdings.connections == 1)
            // Who is there is asked, too, and answers.
            try await Task.sleep(for: .seconds(3))
            let after = try await alive.unary(path: "/t/Unary", message: message, deadline: nil)
            #expect(after == message)
            alive.close()
        }
    }
}

/// Answers with a megabyte.
private final class BigAnswer: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        call.finish(byteCount: 1 << 20) { _ = $0.initializeMemory(as: UInt8.self, repeating: 3) }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// Answers nothing, like a health watch on which nothing changes.
private final class NoAnswer: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {}

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}
