// SPDX-License-Identifier: Apache-2.0

import Foundation
import Scoring
import TestRandomness
import Testing

@Suite("Scoring rows")
struct RowTests {
    /// What the derived bundle's program and scorecard say, written out.
    static func expectedRaw(
        assets: Double,
        debt: Double,
        age: Double,
        assets1: Double,
        debt1: Double
    ) -> Double {
        let level = Float(debt / assets)
        let change = Float(debt / assets - debt1 / assets1)
        let years = Float(age / 365)
        var raw = -3.0
        raw += level.isNaN ? 0.25 : level <= 0.5 ? -1 : level <= 1 ? 0.5 : 2
        raw += change.isNaN ? 0 : change <= 0 ? -0.5 : 1
        raw += years.isNaN ? 0 : years <= 3 ? 1 : -1
        return raw
    }

    static let columns = ["age", "debt@1", "assets", "assets@1", "debt"]

    static func randomRows(_ count: Int) -> [Double] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count).flatMap { _ in
            [
                Double.random(in: 0...3000, using: &generator),
                Double.random(in: 0...100, using: &generator),
                Double.random(in: 1...100, using: &generator),
                Double.random(in: 1...100, using: &generator),
                Double.random(in: 0...150, using: &generator),
            ].map { Int.random(in: 0..<8, using: &generator) == 0 ? .nan : Double(Float($0)) }
        }
    }

    @Test("a scorecard over derived features scores as its tables say")
    func derived() throws {
        let model = try TestBundle.derived.load()
        let values = Self.randomRows(1500)
        let result = try model.score(values, columns: Self.columns)
        #expect(result.rowCount == 1500)
        for row in 0..<1500 {
            let cells = values[row * 5..<row * 5 + 5].map { $0 }
            guard !cells[2].isNaN else {
                #expect(result.outcomes[row] == RowOutcome.notScorable.rawValue)
                #expect(result.rawScores[row].isNaN && result.probabilities[row].isNaN)
                #expect(result.percentiles[row].isNaN)
                #expect(result.scores[row] == 0 && result.riskClasses[row] == 0)
                continue
            }
            let raw = Self.expectedRaw(
                assets: cells[2],
                debt: cells[4],
                age: cells[0],
                assets1: cells[3],
                debt1: cells[1]
            )
            #expect(result.rawScores[row] == raw)
            let shift = log(0.02 / 0.98) - log(0.01 / 0.99)
            let probability = 1 / (1 + exp(-(0.5 + 2 * raw + shift)))
            #expect(abs(result.probabilities[row] - probability) < 1e-15)
            #expect(
                result.riskClasses[row] == (probability <= 0.01 ? 1 : probability <= 0.1 ? 2 : 3)
            )
        }
        let unscored = (0..<1500).filter { values[$0 * 5 + 2].isNaN }
        #expect(result.issueRows == unscored.map { UInt32($0) })
        #expect(result.issueCount == unscored.count)
        #expect(
            result.issueKinds.allSatisfy { $0 == RowIssueKind.requiredValueMissing.rawValue }
        )
        #expect(result.hasUnscored)
    }

    @Test("layout, width and the cutting into pieces change nothing")
    func sameAnswers() throws {
        let values = Self.randomRows(1100)
        let floats = values.map { Float($0) }
        let request = ScoreRequest(outputs: .all, reasonCount: 2)
        let model = try TestBundle.derived.load()
        let expected = try model.score(values, columns: Self.columns, request: request)
        let others = [
            try model.score(floats: floats, columns: Self.columns, request: request),
            try model.score(
                values.transposed(columnCount: 5),
                columns: Self.columns,
                layout: .columnMajor,
                request: request
            ),
            try model.score(
                floats: floats.transposed(columnCount: 5),
                columns: Self.columns,
                layout: .columnMajor,
                request: request
            ),
            try model.score(values, columns: Self.columns, request: request, step: 1),
            try model.score(values, columns: Self.columns, request: request, step: 700),
        ]
        for other in others { expectSame(other, expected) }
    }

    func expectSame(_ found: ScoreColumns, _ expected: ScoreColumns) {
        #expect(found.outcomes == expected.outcomes)
        #expect(found.rawScores.bits == expected.rawScores.bits)
        #expect(found.probabilities.bits == expected.probabilities.bits)
        #expect(found.scores == expected.scores)
        #expect(found.riskClasses == expected.riskClasses)
        #expect(found.percentiles.bits == expected.percentiles.bits)
        #expect(found.reasonFeatures == expected.reasonFeatures)
        #expect(found.reasonContributions.bits == expected.reasonContributions.bits)
        #expect(found.issueCount == expected.issueCount)
        #expect(found.issueRows == expected.issueRows)
        #expect(found.issueKinds == expected.issueKinds)
        #expect(found.issueColumns == expected.issueColumns)
        #expect(found.issueValues.bits == expected.issueValues.bits)
    }

    @Test("only what was asked for is answered")
    func outputs() throws {
        let model = try TestBundle.derived.load()
        let result = try model.score([1, 1], columns: ["assets", "debt"], request: .init())
        #expect(result.rawScores.isEmpty && result.reasonFeatures.isEmpty)
        #expect(result.probabilities.count == 1 && result.percentiles.count == 1)
        let scores = try model.score(
            [1, 1],
            columns: ["assets", "debt"],
            request: .init(outputs: .score)
        )
        #expect(scores.probabilities.isEmpty && scores.riskClasses.isEmpty)
        #expect(scores.scores.count == 1)
    }

    @Test("reasons are ordered, add up and end with the features")
    func reasons() throws {
        let model = try TestBundle.derived.load()
        let result = try model.score(
            [10, 20, .nan, .nan, .nan, 10],
            columns: ["assets", "debt", "age"],
            request: ScoreRequest(outputs: .all, reasonCount: 1000)
        )
        #expect(result.reasonCount == 3)
        // Contributions are twice points less mean: level 2 × 1.875, change 2 × -0.0625, years 0.
        #expect(Array(result.reasonFeatures.prefix(3)) == [0, 1, 2])
        #expect(Array(result.reasonContributions.prefix(3)) == [3.75, -0.125, 0])
        let sum = model.baseLogOdds + 3.625
        #expect(abs(sum - log(result.probabilities[0] / (1 - result.probabilities[0]))) < 1e-12)
        #expect(Array(result.reasonFeatures.suffix(3)) == [0, 0, 0])
        #expect(result.reasonContributions.suffix(3).allSatisfy { $0.isNaN })
    }

    @Test("reasons of equal size come in the order of the features")
    func ties() throws {
        var bundle = TestBundle.derived
        bundle.model = bundle.model.replacing("\"mean\": 0.125", with: "\"mean\": 1")
            .replacing("\"mean\": 0.0625", with: "\"mean\": 2")
        let model = try bundle.load()
        // Level 2 - 1, change 0 - 2, years 1 - 0.
        let result = try model.score(
            [10, 20, 1],
            columns: ["assets", "debt", "age"],
            request: ScoreRequest(outputs: .all, reasonCount: 2)
        )
        #expect(result.reasonFeatures == [1, 0])
        #expect(result.reasonContributions == [-4, 2])
    }

    @Test("estimates grow with rows and reasons")
    func estimates() throws {
        for model in try ScoringModel.bundledModels() {
            let one = model.estimatedNanoseconds(rowCount: 1, request: .init())
            let many = model.estimatedNanoseconds(rowCount: 1000, request: .init())
            let explained = model.estimatedNanoseconds(
                rowCount: 1000,
                request: .init(reasonCount: 3)
            )
            #expect(one > 0 && many > 50 * one / 10 && explained > many)
        }
    }
}
