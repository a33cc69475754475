// SPDX-License-Identifier: Apache-2.0

// Single rows and whole tables, scored by a real server.

import Testing
import VigieClient

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct TableTests {
    private let allOutputs: ScoreOutputs = [
        .probability, .score, .riskClass, .percentile, .rawScore,
    ]

    @Test(arguments: ["us-listed-failure", "us-listed-scorecard"])
    func resultsAreThoseOfThisProcess(name: String) async throws {
        try await withServer { server, client in
            let model = try #require(server.models.first { $0.name == name })
            let columns = model.columns
            let rowCount = 40
            let values = MadeUpCompanies.values(
                columnCount: columns.count,
                rowCount: rowCount,
                seed: 1
            )
            let table = try FeatureTable(columns: columns, rowCount: rowCount, doubleValues: values)
            let scored = try await client.score(
                table,
                options: ScoreOptions(
                    model: name,
                    outputs: allOutputs,
                    reasonCount: 3,
                    // Reasons take long without optimisation.
                    timeout: .seconds(60)
                )
            )
            let expected = try model.scores(rowCount: rowCount, values: values, reasonCount: 3)
            #expect(bits(scored.probabilities) == bits(expected.probabilities))
            #expect(bits(scored.rawScores) == bits(expected.rawScores))
            #expect(scored.percentiles.map(\.bitPattern) == expected.percentiles.map(\.bitPattern))
            #expect(scored.scores == expected.scores)
            #expect(scored.riskClasses == expected.riskClasses)
            #expect(scored.reasonFeatures == expected.reasonFeatures)
            #expect(bits(scored.reasonContributions) == bits(expected.reasonContributions))
            #expect(scored.issues.map(\.row) == expected.issueRows)
            #expect(scored.issueCount == expected.issueRows.count)
            #expect(!scored.issues.isEmpty && scored.issues.count < rowCount)
            #expect(scored.model.contentHash == model.contentHash)
            #expect(scored.features.map(\.name) == model.featureNames)
        }
    }

    @Test func floatsAreScoredAsTheyAre() async throws {
        try await withServer { server, client in
            let columns = server.models[0].columns
            let floats = MadeUpCompanies.values(columnCount: columns.count, rowCount: 50, seed: 2)
                .map { Float($0) }
            let single = try await client.score(
                FeatureTable(columns: columns, rowCount: 50, floatValues: floats)
            )
            let widened = try await client.score(
                FeatureTable(
                    columns: columns,
                    rowCount: 50,
                    doubleValues: floats.map { Double($0) }
                )
            )
            #expect(bits(single.probabilities) == bits(widened.probabilities))
        }
    }

    @Test func aRowHasAScoreThatExplainsItself() async throws {
        try await withServer { _, client in
            let score = try await client.score(
                row: [
                    "total_assets": 41_000_000, "net_income": -3_500_000,
                    "total_liabilities": 39_000_000, "net_sales": 12_000_000,
                ],
                options: ScoreOptions(outputs: allOutputs, reasonCount: 64)
            )
            let probability = try #require(score.probability)
            #expect(score.outcome == .scored)
            #expect(score.issues.isEmpty)
            #expect((1...1_000).contains(score.score ?? 0))
            #expect((1...10).contains(score.riskClass ?? 0))
            #expect((0...100).contains(score.percentile ?? -1))
            // The base and all contributions sum to the log-odds of the probability.
            let base = try #require(score.model.baseLogOdds)
            let logOdds = score.reasons.map(\.contribution).reduce(base, +)
            #expect(abs(1 / (1 + exp(-logOdds)) - probability) < 1e-9)
            #expect(score.reasons.allSatisfy { !$0.feature.isEmpty })
            let first = try #require(score.reasons.first)
            #expect(!first.explanation.english.isEmpty && !first.explanation.french.isEmpty)
        }
    }

    @Test func aRowWithoutWhatTheModelNeedsHasAnIssue() async throws {
        try await withServer { _, client in
            let score = try await client.score(
                row: ["total_assets": .nan, "net_income": 5],
                options: ScoreOptions(reasonCount: 2)
            )
            #expect(score.outcome == .notScorable)
            #expect(score.probability == nil && score.score == nil && score.percentile == nil)
            #expect(score.reasons.isEmpty)
            let issue = try #require(score.issues.first)
            #expect(issue.kind == .requiredValueMissing)
            #expect(issue.column == "total_assets" && issue.value == nil && !issue.isRowScored)
            #expect(
                "\(issue)" == "total_assets is missing; the model gives no score without it."
            )
        }
    }

    @Test func aValueThatIsNotNeededCountsAsMissingWhenItIsWrong() async throws {
        try await withServer { _, client in
            let row = ["total_assets": 100.0, "net_income": 5]
            let expected = try await client.score(row: row)
            let wrong = try await client.score(
                row: row.merging(["long_term_debt@2": -0.02, "inventory": .infinity]) { $1 }
            )
            #expect(wrong.outcome == .scored && wrong.probability == expected.probability)
            #expect(wrong.issues.map(\.column) == ["inventory", "long_term_debt@2"])
            #expect(wrong.issues.map(\.kind) == [.valueInfinite, .valueOutOfRange])
            #expect(wrong.issues.map(\.value) == [.infinity, -0.02])
            #expect(
                wrong.issues.map { "\($0)" } == [
                    "inventory is infinite; it counted as missing.",
                    "long_term_debt@2 is -0.02, which is outside of its range; it counted as "
                        + "missing.",
                ]
            )
        }
    }

    @Test func onlyWhatWasAskedForIsThere() async throws {
        try await withServer { _, client in
            var table = FeatureTable(columns: ["total_assets", "net_income"])
            try table.append(row: [100, -5])
            try table.append(row: [100, 5])
            let scored = try await client.score(table, options: ScoreOptions(outputs: .score))
            #expect(scored.scores.count == 2)
            #expect(scored.probabilities.isEmpty && scored.riskClasses.isEmpty)
            #expect(scored.map(\.probability) == [nil, nil])
            #expect(scored.model.baseLogOdds == nil)
        }
    }

    @Test func aTableOfManyMegabytesIsScored() async throws {
        try await withServer { server, client in
            let columns = server.models[1].columns
            let rowCount = 4 << 20 / columns.count
            let values = [Float](repeating: 1, count: rowCount * columns.count)
            let scored = try await client.score(
                FeatureTable(columns: columns, rowCount: rowCount, floatValues: values),
                options: ScoreOptions(
                    model: "us-listed-scorecard",
                    outputs: .score,
                    timeout: .seconds(60)
                )
            )
            #expect(scored.count == rowCount)
            #expect(Set(scored.scores).count == 1)
        }
    }

    private func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }
}
