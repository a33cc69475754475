// SPDX-License-Identifier: Apache-2.0

// Budgets of a running server: what comes in and what waits to go out, and who yields.

import GRPCTransport
import NIOCore
import Synchronization
import Testing
import VigieLimits

@Suite("Memory of the server") struct ServerMemoryTests {
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
            MethodRoute(
                path: "/t/Small",
                clientStreaming: false,
                messageLimit: MessageLimit("smallBytesMax", bytes: 1_000)
            ) { _ in GatedEcho(gate) },
            MethodRoute(path: "/t/Megabyte", clientStreaming: false) { _ in ReservedAnswer() },
        ]
    }

    private func framed(_ message: [UInt8], flags: UInt8 = 0) -> [UInt8] {
        let count = UInt32(message.count)
        return [flags] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + message
    }

    @Test("Answers that nobody takes stop at the budget; who asks beyond is told to come back")
    func unreadAnswers() async throws {
        var limits = TransportLimits()
        // Three answers and nothing more.
        limits.answerBytesMax = 3 << 20 + 3_000
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let greedy = try await RawClient.connect(port, certificates, windowBytes: 0)
            for index in 0..<16 {
                greedy.begin(UInt32(2 * index + 1), "/t/Megabyte")
                greedy.send(UInt32(2 * index + 1), framed([]), end: true)
            }
            // Refused at once: the first three wait for their reader.
            for index in 3..<16 {
                #expect(try await greedy.end(of: UInt32(2 * index + 1)) == .endStream)
            }
            #expect(try await greedy.end(of: 1, within: .milliseconds(100)) == nil)
            let other = try await connect(port, certificates)
            let refused = await status {
                _ = try await other.unary(path: "/t/Megabyte", message: ByteBuffer(), deadline: nil)
            }
            #expect(refused?.code == .unavailable)
            #expect(refused?.message.contains("answerBytesMax") == true)
            #expect(refused?.details?.isEmpty == false)
            // Small answers go on.
            let echoed = try await other.unary(
                path: "/t/Unary",
                message: ByteBuffer(string: "small"),
                deadline: nil
            )
            #expect(echoed == ByteBuffer(string: "small"))
            greedy.close()
            other.close()
        }
    }

    @Test("A connection beyond its part lets go what another, within its part, asks for")
    func yields() async throws {
        var limits = TransportLimits()
        limits.assemblyBytesMax = 16 << 20
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let greedy = try await connect(port, certificates)
            let held = ByteBuffer(repeating: 1, count: 3 << 20)
            let streams = (0..<6).map { _ in greedy.stream(path: "/t/Unary") }
            // Complete, but their ends never come.
            for stream in streams { try await stream.send(held) }
            try await Task.sleep(for: .milliseconds(500))
            let other = try await connect(port, certificates)
            let wanted = ByteBuffer(repeating: 2, count: 500_000)
            var refusals = 0
            var echoed: ByteBuffer?
            for _ in 0..<100 where echoed == nil {
                let refused = await status {
                    echoed = try await other.unary(
                        path: "/t/Unary",
                        message: wanted,
                        deadline: nil
                    )
                }
                guard let refused else { break }
                #expect(refused.code == .unavailable)
                refusals += 1
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(echoed == wanted)
            #expect(refusals <= 60)
            greedy.close()
            other.close()
        }
    }

    @Test("A method's own limit holds for what comes and for what it unpacks to")
    func methodLimit() async throws {
        try await withServer(routes: routes) { _, port, certificates in
            let connection = try await connect(port, certificates)
            for size in [1_000, 1_001] {
                let refused = await status {
                    _ = try await connection.unary(
                        path: "/t/Small",
                        message: ByteBuffer(repeating: 1, count: size),
                        deadline: nil
                    )
                }
                #expect(refused?.code == (size == 1_000 ? nil : .resourceExhausted))
                if size > 1_000 { #expect(refused?.message.contains("smallBytesMax") == true) }
            }
            connection.close()
            let client = try await RawClient.connect(port, certificates)
            let bomb = try gzipped([UInt8](repeating: 0, count: 500_000))
            try #require(bomb.count <= 1_000)
            client.begin(1, "/t/Small", gzip: true)
            client.send(1, framed(bomb, flags: 1), end: true)
            #expect(try await client.end(of: 1) == .endStream)
            #expect(client.dataBytes(of: 1) == 0)
            client.begin(3, "/t/Small", gzip: true)
            client.send(
                3,
                framed(try gzipped([UInt8](repeating: 4, count: 900)), flags: 1),
                end: true
            )
            #expect(try await client.end(of: 3) == .endStream)
            #expect(client.dataBytes(of: 3) == 905)
            client.close()
        }
    }

    @Test("Compressed messages of a stream keep their order, whoever unpacks them")
    func order() async throws {
        try await withServer(routes: routes) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates, windowBytes: 1 << 30)
            client.begin(1, "/t/Stream", gzip: true)
            // Some are unpacked in place, some are not, some come as they are.
            let sizes = [10, 300_000, 0, 3_000_000, 20, 40_000, 5, 2_000_000, 1]
            var sent = 0
            for (index, size) in sizes.enumerated() {
                let message = [UInt8](repeating: UInt8(index + 1), count: size)
                client.send(1, framed(try gzipped(message), flags: 1))
                client.send(1, framed([UInt8(index)]))
                sent += size + 5 + 6
            }
            client.send(1, [], end: true)
            // The connection's own window is what stops this client.
            try await Task.sleep(for: .milliseconds(1_500))
            #expect(openGate.received == 2 * sizes.count)
            #expect(client.dataBytes(of: 1) <= sent)
            client.close()
        }
    }

    @Test("While much is unpacked others are answered, and a deadline ends it")
    func unpackingHoldsUpNobody() async throws {
        try await withServer(routes: routes) { _, port, certificates in
            let client = try await RawClient.connect(port, certificates)
            let bomb = framed(try gzipped([UInt8](repeating: 0, count: 60 << 20)), flags: 1)
            for index in 0..<8 {
                client.begin(UInt32(2 * index + 1), "/t/Unary", gzip: true)
                client.send(UInt32(2 * index + 1), bomb, end: true)
            }
            var slowest = Duration.zero
            let connection = try await connect(port, certificates)
            for _ in 0..<50 {
                let begun = ContinuousClock.now
                _ = try await connection.unary(
                    path: "/t/Unary",
                    message: ByteBuffer(string: "x"),
                    deadline: nil
                )
                slowest = max(slowest, ContinuousClock.now - begun)
            }
            // Unpacked on the loop, one of them took seconds in a debug build.
            #expect(slowest < .milliseconds(400))
            connection.close()
            client.close()
        }
    }
}

/// Reserves a megabyte, and answers with it.
private final class ReservedAnswer: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        guard call.reserveAnswer(1 << 20 + 1_000) else { return call.finish(.noAnswerMemory) }
        call.finish(byteCount: 1 << 20) { _ = $0.initializeMemory(as: UInt8.self, repeating: 3) }
        call.releaseReservedAnswer()
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}
