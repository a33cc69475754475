// SPDX-License-Identifier: Apache-2.0

// Reasons do not depend on the rows that a row is scored with.

import Glibc
import Scoring
import TestRandomness
import Testing
import VigieLimits

@Suite("Reasons")
struct ReasonTests {
    @Test("A row has the same reasons, to the bit, alone and among others")
    func company() throws {
        for model in try ScoringModel.bundledModels() {
            var generator = SeededGenerator(seed: 3)
            let rowCount = ScoringLimits.rowsPerBatch + 40
            let values = (0..<rowCount * model.inputColumns.count).map { _ in
                Double.random(in: 1...100, using: &generator)
            }
            let request = ScoreRequest(outputs: .all, reasonCount: 4)
            let together = try model.score(values, request: request)
            #expect(together.reasonContributions.count == 4 * rowCount)
            for step in [1, 33] {
                let apart = try model.score(values, request: request, step: step)
                #expect(apart.reasonFeatures == together.reasonFeatures)
                #expect(
                    apart.reasonContributions.map(\.bitPattern)
                        == together.reasonContributions.map(\.bitPattern)
                )
            }
        }
    }

    @Test("The largest contributions come first, and all of them add up to the score")
    func order() throws {
        let model = try ScoringModel.bundledModels()[0]
        #expect(model.reasonsMaximum == model.featureCount)
        let values = (0..<50 * model.inputColumns.count).map { Double($0 % 97 + 1) }
        let all = try model.score(
            values,
            request: ScoreRequest(outputs: .all, reasonCount: model.featureCount)
        )
        let few = try model.score(values, request: ScoreRequest(outputs: .all, reasonCount: 3))
        for row in 0..<50 {
            let start = row * model.featureCount
            let own = all.reasonContributions[start..<start + model.featureCount]
            #expect(own.map { abs($0) } == own.map { abs($0) }.sorted(by: >))
            #expect(
                Array(all.reasonFeatures[start..<start + 3])
                    == Array(few.reasonFeatures[row * 3..<row * 3 + 3])
            )
            #expect(Array(own.prefix(3)) == Array(few.reasonContributions[row * 3..<row * 3 + 3]))
            let logOdds = own.reduce(model.baseLogOdds, +)
            #expect(abs(1 / (1 + exp(-logOdds)) - all.probabilities[row]) < 1e-9)
        }
    }

    @Test("The value behind each reason is the row's own, in any layout")
    func values() throws {
        let model = try TestBundle.plain.load()
        var generator = SeededGenerator(seed: 11)
        let cells: [Double] = [0.5, -0.25, 3, -0.0, 1e30, -1e30, 7.75]
        // The third column is required; some rows have it missing and so no score.
        let values = (0..<300 * 3).map { place -> Double in
            let isMissing = Int.random(in: 0..<5, using: &generator) == 0
            if isMissing { return .nan }
            return place % 3 == 2 ? 0.5 : cells.randomElement(using: &generator)!
        }
        var request = ScoreRequest(outputs: .all, reasonCount: 3)
        #expect(try model.score(values, request: request).reasonValues.isEmpty)
        request.givesReasonValues = true
        let columns = values.transposed(columnCount: 3)
        let floats = values.map { Float($0) }
        let permuted = values.indices.map { $0 % 3 == 0 ? values[$0 + 2] : values[$0 - 1] }
        for result in [
            try model.score(values, request: request),
            try model.score(columns, layout: .columnMajor, request: request),
            try model.score(permuted, columns: ["third", "first", "second"], request: request),
            try model.score(values, request: request, step: 7),
        ] {
            #expect(result.hasUnscored && result.reasonValues.count == 900)
            #expect(result.reasonValues.bits == expected(values, result).bits)
        }
        let result = try model.score(floats: floats, request: request)
        #expect(result.reasonValues.bits == expected(floats.map { Double($0) }, result).bits)
        result.removeAll()
        #expect(result.reasonValues.isEmpty)
    }

    private func expected(_ values: [Double], _ result: ScoreColumns) -> [Double] {
        result.reasonFeatures.indices.map { place in
            let row = place / 3
            guard result.outcomes[row] == RowOutcome.scored.rawValue else { return .nan }
            return values[row * 3 + Int(result.reasonFeatures[place])]
        }
    }
}
