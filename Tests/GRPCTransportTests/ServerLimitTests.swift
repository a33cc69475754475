// SPDX-License-Identifier: Apache-2.0

// Limits that only a peer hits who means no good, or one that is very slow: each hit once, and
// stopped short of once.

import GRPCTransport
import NIOCore
import NIOPosix
import TestCertificates
import Testing
import VigieLimits

/// Answers each message with as many bytes as it is told.
private final class Sender: CallHandler {
    private let byteCount: Int

    init(_ byteCount: Int) {
        self.byteCount = byteCount
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        call.sendMessage(byteCount: byteCount) { _ in }
    }

    func receiveEnd(call: ServerCall) { call.finish() }

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

extension Sequence {
    fileprivate func asyncMap<Result>(
        _ body: (Element) async throws -> Result
    ) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}

@Suite("Limits of the server that no good client hits") struct ServerLimitTests {
    private let openGate: GatedEcho.Gate = {
        let gate = GatedEcho.Gate()
        gate.open()
        return gate
    }()

    private func routes(answerBytes: Int = 0) -> [MethodRoute] {
        let gate = openGate
        return [
            MethodRoute(path: "/t/Unary", clientStreaming: false) { _ in GatedEcho(gate) },
            MethodRoute(path: "/t/Stream", clientStreaming: true) { _ in GatedEcho(gate) },
            MethodRoute(path: "/t/Silent", clientStreaming: true) { _ in
                GatedEcho(GatedEcho.Gate())
            },
            MethodRoute(path: "/t/Long", clientStreaming: false) { _ in Sender(answerBytes) },
        ]
    }

    private let message: [UInt8] = [0, 0, 0, 0, 1, 42]

    @Test("PING after PING ends the connection; with data between them it does not")
    func pings() async throws {
        var limits = TransportLimits()
        limits.pingStrikesMax = 5
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.ping(5)
            client.begin(1, "/t/Stream")
            client.send(1, message)
            client.ping(5)
            client.send(1, [], end: true)
            #expect(try await client.end(of: 1) == .endStream)
            client.ping(6)
            #expect(try await client.end(of: 3) == .connectionClosed)
        }
    }

    @Test("A PING after some time is no strike, and takes one away")
    func pingsInTime() async throws {
        var limits = TransportLimits()
        limits.pingStrikesMax = 5
        limits.pingIntervalMilliseconds = 20
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            for _ in 0..<12 {
                client.ping(1)
                try await Task.sleep(for: .milliseconds(60))
            }
            client.begin(1, "/t/Stream")
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
        }
    }

    @Test("Frames that carry nothing end the connection; those that carry something make some good")
    func emptyFrames() async throws {
        var limits = TransportLimits()
        limits.emptyFramesMax = 5
        limits.emptyFramesPerSecond = 0
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Stream")
            for _ in 0..<5 { client.send(1, []) }
            client.send(1, message)
            for _ in 0..<4 { client.send(1, []) }
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            client.begin(3, "/t/Stream")
            for _ in 0..<6 { client.send(3, []) }
            #expect(try await client.end(of: 3) == .connectionClosed)
        }
    }

    @Test("Streams over the limit are refused, and far more of them end the connection")
    func refusedStreams() async throws {
        var limits = TransportLimits()
        limits.concurrentStreamsMax = 2
        limits.waitingFramesMax = 8
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin([1, 3, 5, 7, 9, 11], "/t/Stream")
            #expect(try await client.end(of: 5) == .reset(7))
            #expect(try await client.end(of: 11) == .reset(7))
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            client.begin(13, "/t/Stream")
            client.begin(Array(stride(from: 15, to: 51, by: 2)), "/t/Stream")
            #expect(try await client.end(of: 13) == .connectionClosed)
        }
    }

    @Test("What comes late for streams that the server ended is let go, how many they may be")
    func abandonedStreams() async throws {
        var limits = TransportLimits()
        limits.abandonedStreamsMax = 2
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            for stream: UInt32 in [1, 3, 5, 7] {
                client.begin(stream, "/t/No")
                #expect(try await client.end(of: stream) == .endStream)
            }
            for stream: UInt32 in [1, 3, 5, 7] { client.send(stream, message, end: true) }
            client.begin(9, "/t/Unary")
            client.send(9, message, end: true)
            #expect(try await client.end(of: 9) == .endStream)
            // One that the client itself had ended is another matter.
            client.send(9, message)
            client.begin(9, "/t/Unary")
            #expect(try await client.end(of: 11) == .connectionClosed)
        }
    }

    @Test("Streams that were left out do not begin later; of many ranges some are forgotten")
    func skippedStreams() async throws {
        var limits = TransportLimits()
        limits.skippedStreamRangesMax = 1
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin(3, "/t/Stream")
            client.begin(7, "/t/Stream")
            client.send(1, message)
            // As if it had been closed.
            #expect(try await client.end(of: 1) == .reset(5))
            client.send(5, message)
            #expect(try await client.end(of: 5) == .connectionClosed)
        }
    }

    @Test("A message that no thread has room for is refused", arguments: [0, 1])
    func packedMessages(room: Int) async throws {
        var limits = TransportLimits()
        limits.unpackedMessagesMax = room
        limits.inPlaceMadeBytesMax = 1
        let packed = try gzipped([UInt8](repeating: 7, count: 40_000))
        let prefix: [UInt8] = [1] + [24, 16, 8, 0].map { UInt8(packed.count >> $0 & 0xFF) }
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Unary", gzip: true)
            client.send(1, prefix + packed, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            #expect(client.dataBytes(of: 1) == (room == 0 ? 0 : 40_005))
            client.close()
        }
    }

    @Test("Handshakes of one address wait for their turn, with little in hand")
    func handshakesInTurns() async throws {
        var limits = TransportLimits()
        limits.addressHandshakesAtOnceMax = 1
        limits.openingBytesMax = 600
        limits.handshakeTimeoutSeconds = 4
        // The beginning of a record that does not come to its end.
        let beginning = ByteBuffer(
            bytes: [22, 3, 1, 4, 0, 1] + [UInt8](repeating: 0, count: 394)
        )
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let channels = try await (0..<12).asyncMap { _ in
                try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: port).get()
            }
            for channel in channels { try await channel.writeAndFlush(beginning) }
            try await Task.sleep(for: .milliseconds(300))
            #expect(channels.count(where: \.isActive) == channels.count)
            // Twice of it is too much for all but those whose turn it is, one on each loop.
            for channel in channels { try? await channel.writeAndFlush(beginning) }
            for _ in 0..<100 where channels.count(where: \.isActive) > 2 {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect((1...2).contains(channels.count(where: \.isActive)))
            // This one waits until they are cut, and is served then: it has time left.
            try await Task.sleep(for: .seconds(2))
            let client = try await RawClient.connect(port, certificates)
            client.begin(1, "/t/Unary")
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            client.close()
            for channel in channels { try? await channel.close() }
        }
    }

    @Test("A client whose socket takes nothing is cut off, and not sent all at once")
    func unreadSocket() async throws {
        var limits = TransportLimits()
        limits.connectionOutboundBytesMax = 64 << 10
        limits.stallTimeoutSeconds = 2
        let answer = routes(answerBytes: 24 << 20)
        try await withServer(routes: answer, limits: limits) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates, windowBytes: 1 << 30)
            client.grant(1 << 30)
            client.begin(1, "/t/Unary")
            client.send(1, message, end: true)
            #expect(try await client.end(of: 1) == .endStream)
            try await client.read(false)
            client.begin(3, "/t/Long")
            client.send(3, message, end: true)
            try await Task.sleep(for: .seconds(6))
            try await client.read(true)
            #expect(try await client.end(of: 3) == .connectionClosed)
            // What the kernel holds, and what was in the socket, but not the whole answer.
            #expect(client.dataBytes(of: 3) < 20 << 20)
        }
    }

    @Test("A deadline beyond the longest is cut to it")
    func longTimeout() async throws {
        var limits = TransportLimits()
        limits.timeoutSecondsMax = 1
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let begun = ContinuousClock.now
            let status = await status {
                let stream = connection.stream(
                    path: "/t/Silent",
                    deadline: .now() + .seconds(3_000)
                )
                try await stream.send(ByteBuffer(string: "m"))
                while try await stream.next() != nil {}
            }
            #expect(status?.code == .deadlineExceeded)
            #expect(ContinuousClock.now - begun < .seconds(60))
            connection.close()
        }
    }

    @Test("A server that keeps no memory for later calls serves them all the same")
    func nothingKept() async throws {
        var limits = TransportLimits()
        limits.idleCallsMax = 0
        limits.idleMessagesMax = 0
        limits.idleMessageBytesMax = 0
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            for byteCount in [0, 1, 20_000, 1_000_000, 3, 400_000] {
                let message = ByteBuffer(repeating: 9, count: byteCount)
                let echo = try await connection.unary(
                    path: "/t/Unary",
                    message: message,
                    deadline: nil
                )
                #expect(echo == message)
            }
            connection.close()
        }
    }

    @Test("Who is refused for want of memory is told the time that the limit says")
    func retryTime() async throws {
        var limits = TransportLimits()
        limits.assemblyBytesMax = 1
        try await withServer(routes: routes(), limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let message = ByteBuffer(repeating: 9, count: 1_000_000)
            let status = await status {
                _ = try await connection.unary(
                    path: "/t/Unary",
                    message: message,
                    deadline: nil
                )
            }
            #expect(status?.code == .unavailable)
            #expect(status?.message.contains("assemblyBytesMax") == true)
            // RetryInfo with a Duration of as many seconds.
            let seconds = UInt8(TransportLimits().memoryRetryMilliseconds / 1_000)
            let delay: [UInt8] = [0x0A, 2, 0x08, seconds]
            #expect(status?.details.map { contains($0, delay) } == true)
            connection.close()
        }
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part) }
    }
}
