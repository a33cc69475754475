// SPDX-License-Identifier: Apache-2.0

// ScoreRows over TLS: what comes back is what the engine says, bit by bit.

import GRPCTransport
import ProtobufCoding
import Scoring
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct ScoreRowsTests {
    /// Everything in place, everything on scoring threads in chunks, and decoded there too.
    static let limits: [ServiceLimits] = {
        var offLoop = ServiceLimits()
        offLoop.inPlaceNanosecondsMax = -1
        offLoop.chunkNanoseconds = 1
        var decodedOffLoop = offLoop
        decodedOffLoop.inPlaceDecodedBytesMax = -1
        return [ServiceLimits(), offLoop, decodedOffLoop]
    }()

    @Test(arguments: limits, [1, 7, 513, 20_000])
    func givesWhatTheEngineGives(limits: ServiceLimits, rowCount: Int) async throws {
        let values = randomRows(rowCount, seed: UInt64(rowCount))
        try await TestServer.run(limits: limits) { server in
            var header = Vigie_V1_ScoreHeader()
            header.outputs = [.probability, .score, .riskClass, .percentile, .rawScore]
            header.reasonCount = 2
            let block = Vigie_V1_RowBlock(values, rowCount: rowCount)
            let response = try await server.score(.init(block, header: header))
            let expected = try scoreInProcess(
                values,
                rowCount: rowCount,
                model: server.models[0],
                request: ScoreRequest(
                    outputs: [.probability, .score, .riskClass, .percentile, .rawScore],
                    reasonCount: 2
                )
            )
            #expect(isEqual(response.block, expected))
            #expect(hasIssues(response.block, expected))
            #expect(response.model.baseLogOdds == server.models[0].baseLogOdds)
        }
    }

    @Test func saysWhoScoredAndWhen() async throws {
        try await TestServer.run(clock: { 1_750_000_000 }) { server in
            let block = Vigie_V1_RowBlock([1, 2, 3], rowCount: 1)
            let identity = try await server.score(.init(block)).model
            #expect(identity.name == "test")
            #expect(identity.version == "1.0.0")
            #expect(identity.contentHash == server.models[0].contentHash)
            #expect(identity.event == "test_event")
            #expect(identity.horizonMonths == 12)
            #expect(identity.scoreScale == "vigie-1000")
            #expect(identity.highScoreIsSafe)
            #expect(identity.asOfDate == "2025-06-15")
            #expect(identity.baseLogOdds == 0)
            let header = Vigie_V1_ScoreHeader.with { $0.asOfDate = "2024-02-29" }
            let dated = try await server.score(.init(block, header: header))
            #expect(dated.model.asOfDate == "2024-02-29")
        }
    }

    @Test func answersTheNextDayWithTheNextDate() async throws {
        let clock = TestClock(seconds: 86_399)
        try await TestServer.run(clock: { clock.seconds }) { server in
            let request = Vigie_V1_ScoreRowsRequest(.init([1, 2, 3], rowCount: 1))
            let today = try await server.score(request).model
            #expect(today.asOfDate == "1970-01-01")
            clock.seconds = 86_400
            let tomorrow = try await server.score(request).model
            #expect(tomorrow.asOfDate == "1970-01-02")
        }
    }

    @Test func takesColumnsByNameAndInAnyLayout() async throws {
        try await TestServer.run { server in
            let plain = try await server.score(.init(.init([1, 2, 3, 4, 5, 6], rowCount: 2)))
            let header = Vigie_V1_ScoreHeader.with { $0.columns = ["c", "a", "b"] }
            let named = Vigie_V1_RowBlock([3, 1, 2, 6, 4, 5], rowCount: 2)
            let columnMajor = Vigie_V1_RowBlock.with {
                $0.rowCount = 2
                $0.layout = .columnMajor
                $0.floatValues = [1, 4, 2, 5, 3, 6]
            }
            let doubles = Vigie_V1_RowBlock.with {
                $0.rowCount = 2
                $0.doubleValues = [1, 2, 3, 4, 5, 6]
            }
            #expect(try await server.score(.init(named, header: header)).block == plain.block)
            #expect(try await server.score(.init(columnMajor)).block == plain.block)
            #expect(try await server.score(.init(doubles)).block == plain.block)
        }
    }

    @Test func answersOnlyWhatIsAskedFor() async throws {
        try await TestServer.run { server in
            let block = Vigie_V1_RowBlock([1, 2, 3], rowCount: 1)
            let usual = try await server.score(.init(block)).block
            #expect(usual.probabilities.count == 1 && usual.scores.count == 1)
            #expect(usual.riskClasses.count == 1 && usual.percentiles.count == 1)
            #expect(usual.rawScores.isEmpty && usual.reasonFeatures.isEmpty)
            #expect(usual.outcomes.isEmpty && usual.issueCount == 0)
            let header = Vigie_V1_ScoreHeader.with { $0.outputs = [.score] }
            let scores = try await server.score(.init(block, header: header)).block
            #expect(
                scores
                    == Vigie_V1_ScoreBlock.with {
                        $0.rowCount = 1
                        $0.scores = usual.scores
                    }
            )
        }
    }

    @Test func tellsRowsThatCannotBeScored() async throws {
        try await TestServer.run { server in
            let values: [Float] = [1, 2, 3, .nan, 2, 3, -1, 2, 3, .infinity, 2, 3, 1, .nan, .nan]
            let block = try await server.score(.init(.init(values, rowCount: 5))).block
            #expect(block.outcomes == [.scored, .notScorable, .notScorable, .notScorable, .scored])
            #expect(block.issueCount == 3)
            #expect(block.issueRows == [1, 2, 3])
            #expect(block.issueColumns == [1, 1, 1])
            #expect(
                block.issueKinds == [.requiredValueMissing, .valueOutOfRange, .valueInfinite]
            )
            #expect(block.issueValues[0].isNaN)
            #expect(block.issueValues.dropFirst() == [-1, .infinity])
            #expect(block.probabilities.map(\.isNaN) == [false, true, true, true, false])
        }
    }

    @Test func tellsOnlySoManyIssues() async throws {
        var limits = ServiceLimits()
        limits.blockIssuesMax = 10
        try await TestServer.run(limits: limits) { server in
            let values = [Float](repeating: .nan, count: 3 * 5_000)
            let block = try await server.score(.init(.init(values, rowCount: 5_000))).block
            #expect(block.outcomes == .init(repeating: .notScorable, count: 5_000))
            #expect(block.issueCount == 5_000)
            #expect(block.issueRows == (0..<10).map { UInt32($0) })
            #expect(block.issueKinds.count == 10 && block.issueValues.count == 10)
        }
    }

    @Test(arguments: limits)
    func setsMemoryAsideBeforeItScores(limits: ServiceLimits) async throws {
        var transportLimits = TransportLimits()
        transportLimits.answerBytesMax = 2 << 20
        try await TestServer.run(limits: limits, transportLimits: transportLimits) { server in
            // Packed values are read where they lie, others need memory of their own first.
            let large = Vigie_V1_RowBlock(.init(repeating: 1, count: 300_000), rowCount: 100_000)
            for _ in 0..<3 {
                let failure = try await Failure.of { _ = try await server.score(.init(large)) }
                #expect(failure.code == .unavailable)
                #expect(failure.information.reason == "OVERLOADED")
                #expect(failure.retryDelayNanoseconds == 200_000_000)
            }
            // What was set aside comes back each time: these add up to more than there is.
            let values = [Float](repeating: 1, count: 3 * 10_000)
            for _ in 0..<8 {
                let block = try await server.score(.init(.init(values, rowCount: 10_000))).block
                #expect(block.scores.count == 10_000)
            }
        }
    }

    @Test func rejectsBlocksThatTheQueueHasNoRoomFor() async throws {
        var limits = ServiceLimits()
        limits.inPlaceNanosecondsMax = -1
        limits.queuedBlocksMax = 0
        try await TestServer.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await server.score(.init(.init([1, 2, 3], rowCount: 1)))
            }
            #expect(failure.code == .unavailable)
            #expect(failure.information.reason == "OVERLOADED")
            #expect(failure.retryDelayNanoseconds == 200_000_000)
        }
    }
}
