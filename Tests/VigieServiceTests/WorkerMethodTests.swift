// SPDX-License-Identifier: Apache-2.0

// Unary methods off the event loop: what they refuse, and that health checks pass them by.

import GRPCTransport
import NIOCore
import ProtobufCoding
import ServiceErrors
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct WorkerMethodTests {
    private static let describePath = "/vigie.v1.ModelService/DescribeModel"

    @Test(arguments: [
        ("/vigie.v1.ModelService/ListModels", 20_000, "controlMessageBytesMax"),
        ("/vigie.v1.ModelService/GetQuantiser", 20_000, "controlMessageBytesMax"),
        ("/grpc.health.v1.Health/Check", 5_000, "healthMessageBytesMax"),
        ("/grpc.health.v1.Health/Watch", 5_000, "healthMessageBytesMax"),
    ])
    func refusesLongRequests(path: String, byteCount: Int, limit: String) async throws {
        try await TestServer.run { server in
            // Unknown fields, which a decoder keeps one by one.
            let bytes = (0..<byteCount / 2).flatMap { _ in [0x78, 0] as [UInt8] }
            let failure = try await Failure.of { _ = try await server.call(path, bytes: bytes) }
            #expect(failure.code == .resourceExhausted)
            #expect(failure.message.contains(limit))
        }
    }

    @Test(arguments: [(0, 9), (9, 0)])
    func refusesWhatTheQueueHasNoRoomFor(ofAll: Int, ofOne: Int) async throws {
        var limits = ServiceLimits()
        (limits.queuedCallsMax, limits.connectionQueuedCallsMax) = (ofAll, ofOne)
        try await TestServer.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await server.call(Self.describePath, bytes: [])
            }
            #expect(failure.code == .unavailable)
            #expect(failure.information.reason == "OVERLOADED")
            #expect(failure.retryDelayNanoseconds == 200_000_000)
            let health: Grpc_Health_V1_HealthCheckResponse = try await server.call(
                "/grpc.health.v1.Health/Check",
                Grpc_Health_V1_HealthCheckRequest()
            )
            #expect(health.status == .serving)
        }
    }

    @Test func answersManyAtOnceAndLetsCancelledOnesGo() async throws {
        try await TestServer.run { server in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in 0..<100 {
                    tasks.addTask {
                        if index % 3 == 0 {
                            // Left before its answer.
                            let stream = server.client.stream(path: Self.describePath)
                            try await stream.send(ByteBuffer())
                            stream.finishSending()
                            stream.cancel()
                            return
                        }
                        let answer: Vigie_V1_DescribeModelResponse = try await server.call(
                            Self.describePath,
                            Vigie_V1_DescribeModelRequest()
                        )
                        #expect(answer.model.summary.name == "test")
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }

    @Test func aServerWithoutMemoryTellsWhenToComeBack() throws {
        let failure = try Failure(.noAnswerMemory)
        #expect(failure.code == .unavailable)
        #expect(failure.message.contains("answerBytesMax"))
        #expect(failure.information.reason == "OVERLOADED")
        #expect(failure.information.domain == ServiceError.domain)
        #expect(failure.retryDelayNanoseconds == 1_000_000_000)
        let half = try Failure(.retryLater("Later.", milliseconds: 1_250))
        #expect(half.retryDelayNanoseconds == 1_250_000_000)
    }
}
