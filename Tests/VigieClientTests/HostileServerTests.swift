// SPDX-License-Identifier: Apache-2.0

// Servers that mean no good: they may fail a call, and no more than that.

import GRPCTransport
import ProtobufCoding
import Testing
import VigieClient
import VigieLimits
import VigieProtos

@Suite struct HostileServerTests {
    @Test func aListWithoutEndIsGivenUp() async throws {
        var page = Vigie_V1_ListModelsResponse()
        page.nextPageToken = "more"
        for models in [0, 3] {
            page.models = Array(repeating: .init(), count: models)
            let server = try await ScriptedServer.start([.ok], answer: page.serializedBytes())
            let error = await #expect(throws: VigieError.self) { try await server.call() }
            #expect(error?.reason == VigieError.ClientReason.badResponse)
            let pages = server.previousAttempts.count
            #expect(pages == (models == 0 ? ClientLimits.listedModels : 342))
            await server.stop()
        }
    }

    @Test(arguments: [(-5, 0), (Int64.min, Int32.min), (0, -1)] as [(Int64, Int32)])
    func aWaitThatIsOverIsNone(seconds: Int64, nanos: Int32) async throws {
        var retry = Google_Rpc_RetryInfo()
        retry.retryDelay.seconds = seconds
        retry.retryDelay.nanos = nanos
        let status = GRPCStatus(.unavailable, "busy").with(retry)
        let server = try await ScriptedServer.start([status])
        let error = await #expect(throws: VigieError.self) { try await server.call() }
        #expect(error?.retryDelay == .zero)
        #expect(server.previousAttempts.count == ClientLimits.attempts)
        await server.stop()
    }

    /// Each of the unknown fields would take twenty times what it takes to send.
    @Test func anAnswerTakesNoMoreThanItsLengthSays() async throws {
        let table = try FeatureTable(columns: ["a"], rowCount: 1, floatValues: [1])
        let answer: [UInt8] = Vigie_V1_ScoreRowsResponse.with {
            $0.model.name = "m"
            $0.block.rowCount = 1
            $0.block.probabilities = [0.5]
        }.serializedBytes()
        for unknown in [0, 100, 1_000_000] {
            let server = try await ScriptedServer.start(
                [.ok],
                path: "/vigie.v1.ScoringService/ScoreRows",
                answer: answer + (0..<unknown).flatMap { _ in [0x78, 0] as [UInt8] }
            )
            let configuration = ScoringClientConfiguration.loopback(
                server.certificates,
                port: server.port
            )
            func call() async throws -> ScoredTable {
                var options = ScoreOptions()
                options.quantisation = .never
                return try await withScoringClient(configuration) { [options] in
                    try await $0.score(table, options: options)
                }
            }
            if unknown <= 100 {
                #expect(try await call().probabilities == [0.5])
            } else {
                let error = await #expect(throws: VigieError.self) { _ = try await call() }
                #expect(error?.reason == VigieError.ClientReason.badResponse)
            }
            await server.stop()
        }
    }
}
