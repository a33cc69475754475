// SPDX-License-Identifier: Apache-2.0

// What is repeated, how often, and what is not.

import GRPCTransport
import ProtobufCoding
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
