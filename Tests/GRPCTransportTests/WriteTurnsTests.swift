// SPDX-License-Identifier: Apache-2.0

// Who writes when some have ever more to write, and that all of it arrives.

import GRPCTransport
import NIOCore
import Testing
import VigieLimits

@Suite("Turns of writers") struct WriteTurnsTests {
    @Test("Each has its part; when a turn is used up, the others are first in the next one")
    func turns() {
        var turns = WriteTurns<String>(bytesMax: 500)
        for name in ["a", "b", "c"] { turns.add(name) }
        var order: [String] = []
        for _ in 0..<3 {
            turns.begin()
            while let name = turns.next() {
                order.append(name)
                turns.wrote(256)
                turns.add(name)
            }
            order.append("-")
        }
        #expect(order == ["a", "b", "-", "c", "a", "-", "b", "c", "-"])
        #expect(!turns.isEmpty)
    }

    @Test("Who has written nothing takes nothing of the turn")
    func nothingWritten() {
        var turns = WriteTurns<Int>(bytesMax: 1)
        for number in 0..<10 { turns.add(number) }
        turns.begin()
        for number in 0..<10 {
            #expect(turns.next() == number)
            turns.wrote(0)
        }
        #expect(turns.next() == nil && turns.isEmpty)
    }

    @Test("What is there for good is sent from where it is, and takes no memory for answers")
    func lasting() async throws {
        var limits = TransportLimits()
        // Far less than one answer has.
        limits.answerBytesMax = 64 << 10
        // So that an answer takes many turns.
        (limits.connectionTurnBytesMax, limits.turnBytesMax) = (16 << 10, 32 << 10)
        let route = MethodRoute(path: "/t/Lasting", clientStreaming: true) { _ in LastingAnswer() }
        try await withServer(routes: [route], limits: limits) { _, port, certificates in
            let connection = try await connect(port, certificates)
            let streams = (0..<4).map { _ in connection.stream(path: "/t/Lasting") }
            let requests = 30
            for stream in streams {
                for index in 0..<requests {
                    try await stream.send(ByteBuffer(bytes: [UInt8(index)]))
                }
                stream.finishSending()
            }
            for stream in streams {
                for index in 0..<requests {
                    var expected = ByteBuffer(bytes: [UInt8(index)])
                    for _ in 0..<3 { expected.writeBytes(LastingAnswer.part.bytes) }
                    #expect(try await stream.next() == expected)
                }
                #expect(try await stream.next() == nil)
            }
            connection.close()
        }
    }
}

/// Bytes that are never given back.
private struct SendablePart: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
}

/// Answers each message with it, and with the same bytes three times behind it.
private final class LastingAnswer: CallHandler {
    static let part = {
        let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 300_000, alignment: 1)
        for index in part.indices { part[index] = UInt8(truncatingIfNeeded: index % 251) }
        return SendablePart(bytes: UnsafeRawBufferPointer(part))
    }()

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        call.sendMessage(
            head: Array(message),
            lasting: Array(repeating: Self.part.bytes, count: 3)
        )
    }

    func receiveEnd(call: ServerCall) { call.finish() }

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}
