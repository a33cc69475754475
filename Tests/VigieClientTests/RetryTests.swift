// SPDX-License-Identifier: Apache-2.0

// What is repeated, how often, and what is not.

import GRPCTransport
import ProtobufCoding
import Synchronization
import TestCertificates
import TestFrames
import Testing
import VigieClient
import VigieProtos

@Suite struct RetryTests {
    private let unavailable = GRPCStatus(.unavailable, "busy")

    @Test func unavailableIsRepeated() async throws {
        let server = try await ScriptedServer.start([unavailable, unavailable, .ok])
        #expect(try await server.call().isEmpty)
        #expect(server.previousAttempts == [nil, "1", "2"])
        await server.stop()
    }

    @Test(arguments: [(4, 4), (2, 2), (1, 1), (9, 4)])
    func attemptsAreLimited(maximum: Int, expected: Int) async throws {
        let server = try await ScriptedServer.start([unavailable])
        let error = await #expect(throws: VigieError.self) {
            try await server.call { $0.retry.attemptsMaximum = maximum }
        }
        #expect(error?.code == .unavailable && error?.message == "busy")
        #expect(server.previousAttempts.count == expected)
        await server.stop()
    }

    @Test(arguments: [
        GRPCStatus.Code.invalidArgument, .internalError, .resourceExhausted, .unknown,
    ])
    func nothingElseIsRepeated(code: GRPCStatus.Code) async throws {
        let server = try await ScriptedServer.start([GRPCStatus(code, "no"), .ok])
        let error = await #expect(throws: VigieError.self) { try await server.call() }
        #expect(error?.code.rawValue == code.rawValue)
        #expect(server.previousAttempts.count == 1)
        await server.stop()
    }

    @Test func theServersDelayIsKept() async throws {
        var retry = Google_Rpc_RetryInfo()
        retry.retryDelay.nanos = 400_000_000
        let server = try await ScriptedServer.start([unavailable.with(retry), .ok])
        let start = ContinuousClock.now
        _ = try await server.call()
        #expect(start.duration(to: .now) >= .milliseconds(400))
        await server.stop()
    }

    @Test func aDelayBeyondTheDeadlineFailsAtOnce() async throws {
        var retry = Google_Rpc_RetryInfo()
        retry.retryDelay.seconds = 600
        let server = try await ScriptedServer.start([unavailable.with(retry), .ok])
        let start = ContinuousClock.now
        let error = await #expect(throws: VigieError.self) { try await server.call() }
        #expect(error?.retryDelay == .seconds(600))
        #expect(start.duration(to: .now) < .seconds(50))
        await server.stop()
    }

    /// What the server has not begun is repeated at once, and once; then as anything else is.
    @Test(arguments: [(1, 2), (2, 3)])
    func whatIsRefusedIsRepeatedOnceMore(maximum: Int, expected: Int) async throws {
        for isGoodbye in [false, true] {
            let attempts = Attempts()
            let error = await #expect(throws: VigieError.self) {
                try await frames(attempts, { $0.retry.attemptsMaximum = maximum }) { id, _ in
                    [isGoodbye ? .goAway(last: 0, 0, "") : .reset(id, 7)]
                }
            }
            #expect(error?.code == .unavailable)
            #expect(attempts.count == expected)
        }
    }

    @Test(arguments: [("-1", 1), ("soon", 1), ("300", 4)])
    func theServersPushbackIsKept(pushback: String, expected: Int) async throws {
        let attempts = Attempts()
        let start = ContinuousClock.now
        await #expect(throws: VigieError.self) {
            try await frames(attempts) { id, _ in
                let trailers = [
                    (":status", "200"), ("content-type", "application/grpc"),
                    ("grpc-status", "14"), ("grpc-retry-pushback-ms", pushback),
                ]
                return [.headers(id, trailers, isEnd: true)]
            }
        }
        #expect(attempts.count == expected)
        if expected > 1 { #expect(start.duration(to: .now) >= .milliseconds(900)) }
    }

    @Test func nothingIsRepeatedWhileMostFails() async throws {
        let attempts = Attempts()
        let certificates = try TestCertificates.make()
        let server = try await FrameServer.start(certificates) { frame, connection in
            guard frame.kind == .headers else { return }
            let isGood = attempts.add() > 3
            isGood
                ? connection.answer(frame.streamID)
                : connection.send([
                    .headers(
                        frame.streamID,
                        [
                            (":status", "200"), ("content-type", "application/grpc"),
                            ("grpc-status", "14"),
                        ],
                        isEnd: true
                    )
                ])
        }
        var configuration = ScoringClientConfiguration.loopback(certificates, port: server.port)
        configuration.retry.throttling = .init(maxTokens: 4, tokenRatio: 0.5)
        configuration.retry.initialBackoff = .milliseconds(1)
        try await withScoringClient(configuration) { client in
            // Four tokens: the first failure leaves three, the second two, which are too few.
            await #expect(throws: VigieError.self) { try await client.health() }
            #expect(attempts.count == 2)
            await #expect(throws: VigieError.self) { try await client.health() }
            #expect(attempts.count == 3)
            for _ in 0..<6 { _ = try await client.health() }
        }
        try await server.stop()
        certificates.remove()
    }

    /// Attempts that a server has seen.
    private final class Attempts: Sendable {
        private let number = Atomic(0)

        var count: Int { number.load(ordering: .relaxed) }

        func add() -> Int { number.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    /// Makes a call of a server that answers each attempt, by its stream and number, with frames.
    private func frames(
        _ attempts: Attempts,
        _ change: (inout ScoringClientConfiguration) -> Void = { _ in },
        _ answer: @escaping @Sendable (UInt32, Int) -> [Frame]
    ) async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let server = try await FrameServer.start(certificates) { frame, connection in
            guard frame.kind == .headers else { return }
            connection.send(answer(frame.streamID, attempts.add()))
        }
        var configuration = ScoringClientConfiguration.loopback(certificates, port: server.port)
        change(&configuration)
        do {
            _ = try await withScoringClient(configuration) { try await $0.health() }
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test func whatIsWrongIsToldByField() async throws {
        var info = Google_Rpc_ErrorInfo()
        info.reason = "UNKNOWN_COLUMN"
        info.metadata = ["column": "net_incom"]
        var request = Google_Rpc_BadRequest()
        request.fieldViolations = [
            .with {
                $0.field = "header.columns[1]"; $0.description_p = "?"
            }
        ]
        let status = GRPCStatus(.invalidArgument, "50 % é").with(info, request)
        let server = try await ScriptedServer.start([status])
        let error = await #expect(throws: VigieError.self) { try await server.call() }
        #expect(error?.message == "50 % é")
        #expect(error?.reason == "UNKNOWN_COLUMN")
        #expect(error?.metadata == ["column": "net_incom"])
        #expect(error?.fieldViolations.map(\.field) == ["header.columns[1]"])
        await server.stop()
    }

    @Test func aServerThatComesBackIsFoundAgain() async throws {
        let first = try await TestServer.start()
        try await withScoringClient(first.configuration) { client in
            let status = try await client.health()
            #expect(status == .serving)
            await first.stop()
            let again = Task { try await client.health() }
            try await Task.sleep(for: .milliseconds(150))
            let second = try await TestServer.start(
                certificates: first.certificates,
                port: first.port
            )
            #expect(try await again.value == .serving)
            await second.stop()
        }
        first.removeFiles()
    }
}

extension GRPCStatus {
    /// The status with details, as a server sends them.
    func with(_ details: any ProtobufMessage...) -> GRPCStatus {
        var status = Google_Rpc_Status()
        status.code = Int32(code.rawValue)
        status.message = message
        status.details = details.map { Google_Protobuf_Any(message: $0) }
        return GRPCStatus(code, message, details: status.serializedBytes())
    }
}
