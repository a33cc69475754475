// SPDX-License-Identifier: Apache-2.0

// Calls of one message each way, against a real server over TLS.

import GRPCTransport
import NIOCore
import Testing

@Suite struct ClientCallTests {
    @Test(arguments: [0, 1, 5, 16_379, 16_384, 100_000, 5_000_000])
    func aMessageComesBackAsItWas(byteCount: Int) async throws {
        try await withClientConnection { _, connection in
            let message = ByteBuffer(
                bytes: (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 * 7) }
            )
            let answer = try await connection.unary(
                path: "/test/Echo",
                message: message,
                deadline: .now() + .seconds(30)
            )
            #expect(answer == message)
        }
    }

    @Test func manyCallsShareAConnection() async throws {
        try await withClientConnection { _, connection in
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for index in 0..<1_000 {
                    tasks.addTask {
                        let message = ByteBuffer(string: "call \(index)")
                        let answer = try await connection.unary(
                            path: "/test/Echo",
                            message: message,
                            deadline: .now() + .seconds(30)
                        )
                        return answer == message
                    }
                }
                for try await isSame in tasks { #expect(isSame) }
            }
        }
    }

    @Test func aStatusArrivesWhole() async throws {
        try await withClientConnection { _, connection in
            let error = await #expect(throws: ClientCallError.self) {
                try await connection.unary(
                    path: "/test/Fail",
                    message: ByteBuffer(string: "x"),
                    deadline: nil
                )
            }
            let expected = GRPCStatus(
                .failedPrecondition,
                "50 % \"é\"\n",
                details: [1, 2, 3, 250]
            )
            #expect(error?.status == expected)
            #expect(error?.kind == .answered)
            #expect(error?.answerBegan == false)
        }
    }

    @Test func anUnknownMethodIsUnimplemented() async throws {
        try await withClientConnection { _, connection in
            let error = await #expect(throws: ClientCallError.self) {
                try await connection.unary(
                    path: "/test/None",
                    message: ByteBuffer(),
                    deadline: nil
                )
            }
            #expect(error?.status.code == .unimplemented)
        }
    }

    @Test func theDeadlineEndsACallOnBothSides() async throws {
        try await withClientConnection { server, connection in
            let start = ContinuousClock.now
            let error = await #expect(throws: ClientCallError.self) {
                try await connection.unary(
                    path: "/test/Silent",
                    message: ByteBuffer(string: "x"),
                    deadline: .now() + .seconds(2)
                )
            }
            #expect(error?.status.code == .deadlineExceeded)
            #expect(start.duration(to: .now) >= .milliseconds(1_990))
            #expect(start.duration(to: .now) < .seconds(50))
            let reason = try await server.endings.first()
            #expect(reason != nil)
        }
    }

    @Test func cancellingTheTaskResetsTheCall() async throws {
        try await withClientConnection { server, connection in
            let task = Task {
                try await connection.unary(
                    path: "/test/Silent",
                    message: ByteBuffer(string: "x"),
                    deadline: nil
                )
            }
            try await server.endings.waitForBegin()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await server.endings.first() == .cancelled)
        }
    }

    @Test func aCancelledTaskMakesNoCall() async throws {
        try await withClientConnection { _, connection in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await connection.unary(
                    path: "/test/Echo",
                    message: ByteBuffer(string: "x"),
                    deadline: nil
                )
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func aServerThatStopsEndsItsCalls() async throws {
        let server = try await ClientTestServer.start()
        let connection = try await server.connect()
        let task = Task {
            try await connection.unary(
                path: "/test/Silent",
                message: ByteBuffer(string: "x"),
                deadline: nil
            )
        }
        try await server.endings.waitForBegin()
        await server.stop()
        let error = await #expect(throws: ClientCallError.self) { try await task.value }
        #expect(error?.status.code == .unavailable)
        // The end of the call may come before that of the connection.
        for _ in 0..<200 where connection.takesCalls {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(!connection.takesCalls)
        let late = await #expect(throws: ClientCallError.self) {
            try await connection.unary(path: "/test/Echo", message: ByteBuffer(), deadline: nil)
        }
        #expect(late?.kind == .notBegun)
    }

    @Test func aDrainedConnectionFinishesItsCallsAndCloses() async throws {
        try await withClientConnection { _, connection in
            let stream = connection.stream(path: "/test/EchoStream")
            try await stream.send(ByteBuffer(string: "before"))
            connection.drain()
            #expect(try await stream.next() == ByteBuffer(string: "before"))
            try await stream.send(ByteBuffer(string: "after"))
            stream.finishSending()
            #expect(try await stream.next() == ByteBuffer(string: "after"))
            #expect(try await stream.next() == nil)
            try await connection.closeFuture.get()
        }
    }
}
