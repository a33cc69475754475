// SPDX-License-Identifier: Apache-2.0

// Reasons do not depend on the rows that a row is scored with.

import Glibc
import Scoring
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
}
