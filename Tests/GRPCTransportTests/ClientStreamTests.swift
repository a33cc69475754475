// SPDX-License-Identifier: Apache-2.0

// Streams both ways, against a real server over TLS: order, bounds, endings.

import GRPCTransport
import NIOCore
import Synchronization
import Testing
import VigieLimits

@Suite struct ClientStreamTests {
    @Test func messagesComeBackInOrder() async throws {
        try await withClientConnection { _, connection in
            let stream = connection.stream(path: "/test/EchoStream")
            let sizes = (0..<500).map { $0 * 37 % 20_000 }
            async let sending: Void = {
                for (index, size) in sizes.enumerated() {
                    try await stream.send(ByteBuffer(repeating: UInt8(index % 251), count: size))
                }
                stream.finishSending()
            }()
            for (index, size) in sizes.enumerated() {
                let message = try await stream.next()
                #expect(message == ByteBuffer(repeating: UInt8(index % 251), count: size))
            }
            #expect(try await stream.next() == nil)
            try await sending
        }
    }

    /// A server that does not read holds the sender, and so does a reader that does not read.
    @Test(arguments: ["/test/Silent", "/test/EchoStream"])
    func memoryIsBounded(path: String) async throws {
        try await withClientConnection { _, connection in
            let stream = connection.stream(path: path)
            let sent = Atomic<Int>(0)
            let sending = Task {
                for _ in 0..<64 {
                    try await stream.send(ByteBuffer(repeating: 1, count: 1 << 20))
                    sent.wrappingAdd(1, ordering: .relaxed)
                }
                stream.finishSending()
            }
            var last = -1
            while last <= 0 || last != sent.load(ordering: .relaxed) {
                last = sent.load(ordering: .relaxed)
                try await Task.sleep(for: .milliseconds(500))
            }
            // Outbox, windows and queues of both sides together are less than this.
            #expect(last > 0 && last < 40)
            if path == "/test/EchoStream" {
                var received = 0
                while let message = try await stream.next() {
                    #expect(message.readableBytes == 1 << 20)
                    received += 1
                }
                #expect(received == 64)
                try await sending.value
            } else {
                stream.cancel()
                await #expect(throws: CancellationError.self) { try await sending.value }
            }
        }
    }

    @Test func oneStalledReaderDoesNotHoldOtherCalls() async throws {
        try await withClientConnection { _, connection in
            let stalled = (0..<6).map { _ in connection.stream(path: "/test/EchoStream") }
            for stream in stalled {
                for _ in 0..<6 { try await stream.send(ByteBuffer(repeating: 1, count: 1 << 20)) }
            }
            try await Task.sleep(for: .milliseconds(300))
            let message = ByteBuffer(repeating: 2, count: 1 << 20)
            let answer = try await connection.unary(
                path: "/test/Echo",
                message: message,
                deadline: .now() + .seconds(10)
            )
            #expect(answer == message)
            for stream in stalled { stream.cancel() }
        }
    }

    @Test func aFailureEndsReaderAndSender() async throws {
        try await withClientConnection { _, connection in
            let stream = connection.stream(path: "/test/FailStream")
            try await stream.send(ByteBuffer(string: "x"))
            let error = await #expect(throws: ClientCallError.self) { try await stream.next() }
            #expect(error?.status.code == .failedPrecondition)
            await #expect(throws: ClientCallError.self) {
                try await stream.send(ByteBuffer(string: "y"))
            }
        }
    }

    @Test func cancellingAReaderResetsTheStream() async throws {
        try await withClientConnection { server, connection in
            let stream = connection.stream(path: "/test/Silent")
            try await stream.send(ByteBuffer(string: "x"))
            let reading = Task { try await stream.next() }
            try await server.endings.waitForBegin()
            reading.cancel()
            await #expect(throws: CancellationError.self) { try await reading.value }
            #expect(try await server.endings.first() == .cancelled)
        }
    }

    @Test func anAnswerThatDoesNotComeEndsTheStream() async throws {
        try await withClientConnection { _, connection in
            let stream = connection.stream(path: "/test/Silent", answerTimeout: .milliseconds(200))
            try await Task.sleep(for: .milliseconds(400))
            try await stream.send(ByteBuffer(string: "x"))
            let start = ContinuousClock.now
            let error = await #expect(throws: ClientCallError.self) { try await stream.next() }
            #expect(error?.status.code == .deadlineExceeded)
            #expect(start.duration(to: .now) >= .milliseconds(150))
        }
    }

    @Test func moreStreamsThanTheServerAllowsWaitTheirTurn() async throws {
        var limits = TransportLimits()
        limits.concurrentStreamsMax = 4
        try await withClientConnection(limits: limits) { _, connection in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<40 {
                    tasks.addTask {
                        let message = ByteBuffer(string: "stream \(index)")
                        let stream = connection.stream(
                            path: "/test/EchoStream",
                            deadline: .now() + .seconds(20)
                        )
                        try await stream.send(message)
                        stream.finishSending()
                        #expect(try await stream.next() == message)
                        #expect(try await stream.next() == nil)
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }
}
