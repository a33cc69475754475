// SPDX-License-Identifier: Apache-2.0

// An application's tests: values made by hand, and something in the client's place.

import Testing
import VigieClient

/// What an application has that scores companies.
private struct Desk<Scoring: CompanyScoring> {
    let scoring: Scoring

    func isRisky(_ row: [String: Double?]) async throws -> Bool {
        try await scoring.score(row: row).probability ?? 1 > 0.1
    }
}

private struct FailingScoring: CompanyScoring {
    func score(_ table: FeatureTable, options: ScoreOptions) async throws -> ScoredTable {
        throw VigieError(code: .unavailable, message: "away", cause: .connectionRefused)
    }
}

@Suite struct WithoutServerTests {
    @Test func anApplicationIsTestedWithoutAServer() async throws {
        let desk = Desk(scoring: FixedScoring(probability: 0.25))
        #expect(try await desk.isRisky(["a": 1, "b": nil]))
        let row: [String: Double] = ["a": 1]
        #expect(try await desk.isRisky(row))
        let error = await #expect(throws: VigieError.self) {
            try await Desk(scoring: FailingScoring()).isRisky([:])
        }
        #expect(error?.cause == .connectionRefused)
    }

    @Test func blocksAreScoredWithoutAServer() async throws {
        let blocks = AsyncStream<FeatureTable> { continuation in
            for count in 1...3 {
                continuation.yield(
                    try! FeatureTable(
                        columns: ["a"],
                        rowCount: count,
                        doubleValues: Array(repeating: 1, count: count)
                    )
                )
            }
            continuation.finish()
        }
        var counts: [Int] = []
        for try await scored in FixedScoring(probability: 0.5).score(blocks: blocks) {
            counts.append(scored.count)
            #expect(scored.allSatisfy { $0.probability == 0.5 && $0.outcome == .scored })
        }
        #expect(counts == [1, 2, 3])
    }

    @Test func everyValueCanBeMade() throws {
        let text = LocalizedText(english: "Debt")
        #expect(text.french == "Debt")
        let feature = ModelFeature(name: "debt", reasonWhenRaising: text)
        let table = try ScoredTable(
            model: ModelIdentity(name: "m"),
            rowCount: 2,
            outcomes: [.scored, .notScorable],
            probabilities: [0.5, .nan],
            reasonCount: 1,
            reasonFeatures: [0, 0],
            reasonContributions: [1, 0],
            issues: [RowIssue(row: 1, kind: .noResult)],
            features: [feature]
        )
        #expect(table[0].reasons == [Reason(feature: "debt", contribution: 1, explanation: text)])
        #expect(table[1].issues.first?.kind == .noResult && table[1].probability == nil)
        let score = Score(model: table.model, probability: 0.5)
        #expect(score.outcome == .scored && score.reasons.isEmpty)
        let summary = ModelSummary(name: "m")
        let scale = ScoreScale(
            id: "s",
            minimum: 1,
            maximum: 9,
            highScoreIsSafe: true,
            pointsToDoubleOdds: 1,
            anchorScore: 5,
            anchorProbability: 0.1
        )
        let description = ModelDescription(
            summary: summary,
            inputs: [ModelInput(name: "debt")],
            features: [feature],
            scoreScale: scale,
            riskClasses: [RiskClass(number: 1, probabilityMaximum: 1)]
        )
        #expect(description.inputs.first?.isMissingAllowed == true)
    }

    @Test func resultsThatDoNotFitAreRefused() {
        let model = ModelIdentity(name: "m")
        for make in [
            { try ScoredTable(model: model, rowCount: -1) },
            { try ScoredTable(model: model, rowCount: 2, probabilities: [1]) },
            { try ScoredTable(model: model, rowCount: 1, reasonCount: 1) },
            { try ScoredTable(model: model, rowCount: Int.max, reasonCount: 2) },
            { try ScoredTable(model: model, rowCount: 1, reasonCount: -1) },
            {
                try ScoredTable(
                    model: model,
                    rowCount: 1,
                    reasonCount: 1,
                    reasonFeatures: [0],
                    reasonContributions: [1]
                )
            },
            {
                try ScoredTable(
                    model: model,
                    rowCount: 1,
                    issues: [RowIssue(row: 1, kind: .noResult)]
                )
            },
            {
                try ScoredTable(
                    model: model,
                    rowCount: 2,
                    issues: [RowIssue(row: 1, kind: .noResult), RowIssue(row: 0, kind: .noResult)]
                )
            },
        ] as [() throws -> ScoredTable] {
            let error = #expect(throws: VigieError.self) { try make() }
            #expect(error?.reason == VigieError.ClientReason.invalidTable)
        }
    }

    @Test func codesMayGrow() {
        #expect(VigieError.Code(rawValue: 14) == .unavailable)
        #expect("\(VigieError.Code.unavailable)" == "unavailable")
        #expect("\(VigieError.Code(rawValue: 99))" == "code 99")
        #expect("\(VigieError.Code(rawValue: -1))" == "code -1")
        let error = VigieError(code: .internal, message: "m", cause: .notTLS)
        #expect("\(error)" == "internal: m [NOT_TLS]")
    }
}
