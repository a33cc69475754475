// SPDX-License-Identifier: Apache-2.0

// What of a connection takes long is laid aside while others have their turn, and none of it is
// lost.

import GRPCTransport
import NIOCore
import Synchronization
import Testing
import VigieLimits

@Suite("Turns of reading") struct ReadTurnTests {
    /// Takes a millisecond for each message once there were many.
    private final class Slow: CallHandler {
        private let count: Atomic<Int>.Reference
        init(_ count: Atomic<Int>.Reference) { self.count = count }

        func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
            guard count.add() > 1_000 else { return }
            let ends = NIODeadline.now() + .milliseconds(1)
            while NIODeadline.now() < ends {}
        }
        func receiveEnd(call: ServerCall) {
            call.sendMessage(byteCount: 0) { _ in }
            call.finish()
        }
        func callEnded(call: ServerCall, reason: CallEndReason) {}
    }

    /// Answers with how many messages the slow one has had.
    private final class Look: CallHandler {
        private let count: Atomic<Int>.Reference
        init(_ count: Atomic<Int>.Reference) { self.count = count }

        func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
            let seen = count.value
            call.sendMessage(byteCount: 8) { $0.storeBytes(of: seen, as: Int.self) }
        }
        func receiveEnd(call: ServerCall) { call.finish() }
        func callEnded(call: ServerCall, reason: CallEndReason) {}
    }

    /// Sends 2,000 messages, of which the second half takes long, and gives how many were worked on
    /// at most before a call of another connection that was made meanwhile.
    private func messagesBeforeOthers(_ limits: TransportLimits) async throws -> Int {
        let count = Atomic<Int>.Reference()
        let routes = [
            MethodRoute(path: "/t/Slow", clientStreaming: true) { _ in Slow(count) },
            MethodRoute(path: "/t/Look", clientStreaming: false) { _ in Look(count) },
        ]
        let most = Atomic<Int>.Reference()
        try await withServer(routes: routes, limits: limits) { _, port, certificates in
            let first = try await connect(port, certificates)
            // Connections go to the event loops in turn: one of these has that of the first.
            let others = [
                try await connect(port, certificates), try await connect(port, certificates),
            ]
            let stream = first.stream(path: "/t/Slow")
            let message = ByteBuffer(repeating: 1, count: 1 << 10)
            async let sending: Void = {
                for _ in 0..<2_000 { try await stream.send(message) }
                stream.finishSending()
            }()
            while count.value < 1_010 { try await Task.sleep(for: .milliseconds(1)) }
            while count.value < 1_900 {
                for other in others {
                    let before = count.value
                    let answer = try await other.unary(
                        path: "/t/Look",
                        message: message,
                        deadline: nil
                    )
                    let seen = answer.getInteger(at: 0, endianness: .host, as: Int.self) ?? .max
                    most.raise(to: seen - before)
                }
            }
            try await sending
            #expect(try await stream.next() != nil)
            #expect(count.value == 2_000)
            for connection in [first] + others { connection.close() }
        }
        return most.value
    }

    @Test("Others are answered while the messages of one take long")
    func othersHaveTheirTurn() async throws {
        let limits = TransportLimits()
        let most = try await messagesBeforeOthers(limits)
        // A record has 16 of them.
        #expect(most < limits.readBytesMax / (2 << 10), "\(most) of one before a call of another")
    }

    @Test("Where nothing more may be laid aside, all that was read is worked on")
    func nothingIsLaidAside() async throws {
        var limits = TransportLimits()
        limits.unreadBytesMax = 0
        let most = try await messagesBeforeOthers(limits)
        #expect(most > limits.readBytesMax / (2 << 10), "\(most) of one before a call of another")
    }

    @Test("A peer that goes while something of it is laid aside leaves nothing behind")
    func peerGoes() async throws {
        let count = Atomic<Int>.Reference()
        let routes = [
            MethodRoute(path: "/t/Slow", clientStreaming: true) { _ in Slow(count) },
            MethodRoute(path: "/t/Look", clientStreaming: false) { _ in Look(count) },
        ]
        var limits = TransportLimits()
        limits.readTurnMicroseconds = 1
        // All of one connection, and of no second one.
        limits.unreadBytesMax = 1
        try await withServer(routes: routes, limits: limits) { server, port, certificates in
            for _ in 0..<20 {
                let connection = try await connect(port, certificates)
                let stream = connection.stream(path: "/t/Slow")
                for _ in 0..<64 {
                    try await stream.send(ByteBuffer(repeating: 1, count: 8 << 10))
                }
                connection.close()
            }
            let other = try await connect(port, certificates)
            let answer = try await other.unary(
                path: "/t/Look",
                message: ByteBuffer(repeating: 1, count: 200_000),
                deadline: .now() + .seconds(10)
            )
            #expect(answer.readableBytes == 8)
            other.close()
        }
    }
}

extension Atomic where Value == Int {
    /// A count that several hold.
    final class Reference: Sendable {
        private let counted = Atomic<Int>(0)
        var value: Int { counted.load(ordering: .relaxed) }
        func add() -> Int { counted.add(1, ordering: .relaxed).newValue }
        func raise(to value: Int) { counted.max(value, ordering: .relaxed) }
    }
}
