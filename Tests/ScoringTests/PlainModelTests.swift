// SPDX-License-Identifier: Apache-2.0

import Forest
import ModelFormats
import Scoring
import TestRandomness
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Plain columns")
struct PlainModelTests {
    private static let values: [Double] = {
        var generator = SeededGenerator(seed: 5)
        let cells: [Double] = [
            0.1, Double(Float(0.1)), 0.1.nextUp, -0.3, -0.30000000000000004, 0.7, 0.7.nextUp,
            Double(Float(0.7)), .nan, .infinity, -.infinity, 0, -0.0, 1e300, -1e300,
        ]
        return (0..<1200).flatMap { _ in
            [
                cells.randomElement(using: &generator)!, cells.randomElement(using: &generator)!,
                [0.7, 0.7.nextUp, 0.5, 10, -10].randomElement(using: &generator)!,
            ]
        }
    }()

    /// The rows with their columns in the order third, first, second.
    private func rotated<Value>(_ values: [Value]) -> [Value] {
        values.indices.map { $0 % 3 == 0 ? values[$0 + 2] : values[$0 - 1] }
    }

    private func reference() throws -> ReferenceScorer {
        ReferenceScorer(try ensemble())
    }

    @Test("float64 rows are scored as LightGBM scores doubles, in any layout")
    func float64() throws {
        let (model, reference) = (try TestBundle.plain.load(), try reference())
        let expected = stride(from: 0, to: Self.values.count, by: 3).map { start in
            Array(Self.values[start..<start + 3]).withUnsafeBufferPointer {
                reference.rawScore(row: $0)
            }
        }
        let direct = try model.score(Self.values)
        #expect(direct.rawScores == expected)
        #expect(!direct.hasUnscored)
        let columns = try model.score(
            Self.values.transposed(columnCount: 3),
            layout: .columnMajor
        )
        #expect(columns.rawScores == expected)
        let permuted = rotated(Self.values)
        let named = try model.score(permuted, columns: ["third", "first", "second"], step: 513)
        #expect(named.rawScores == expected)
    }

    @Test("float32 rows are scored as floats, in any layout")
    func float32() throws {
        let (model, reference) = (try TestBundle.plain.load(), try reference())
        let floats = Self.values.map { Float($0) }
        let expected = stride(from: 0, to: floats.count, by: 3).map { start in
            Array(floats[start..<start + 3]).withUnsafeBufferPointer { reference.rawScore(row: $0) }
        }
        #expect(try model.score(floats: floats).rawScores == expected)
        let columns = try model.score(
            floats: floats.transposed(columnCount: 3),
            layout: .columnMajor
        )
        #expect(columns.rawScores == expected)
        let permuted = rotated(floats)
        let named = try model.score(floats: permuted, columns: ["third", "first", "second"])
        #expect(named.rawScores == expected)
    }

    @Test("infinities reach the trees only where no range is declared")
    func infinities() throws {
        let model = try TestBundle.plain.load()
        let result = try model.score([
            .infinity, -.infinity, 1, 0, 0, .infinity, 0, 0, 11, 0, 0, .nan,
        ])
        #expect(result.outcomes == [1, 2, 2, 2])
        #expect(
            result.issueKinds.compactMap(RowIssueKind.init) == [
                .valueInfinite, .valueOutOfRange, .requiredValueMissing,
            ]
        )
        #expect(result.issueColumns == [3, 3, 3])
        #expect(result.issueValues.bits == [.infinity, 11, .nan].bits)
    }

    @Test("reasons of trees add up, for float32 and float64")
    func reasons() throws {
        let model = try TestBundle.plain.load()
        let request = ScoreRequest(outputs: .all, reasonCount: 3)
        let shift = try model.baseLogOdds - base()
        let finite = Self.values.map { $0.isInfinite ? 0.25 : $0 }
        for result in [
            try model.score(finite, request: request),
            try model.score(
                floats: finite.map { Float($0).isFinite ? Float($0) : 3 },
                request: request
            ),
        ] {
            for row in 0..<result.rowCount {
                let contributions = result.reasonContributions[row * 3..<row * 3 + 3]
                let logOdds = 0.5 + 2 * result.rawScores[row] + shift
                #expect(abs(contributions.reduce(model.baseLogOdds, +) - logOdds) < 1e-9)
                let sizes = contributions.map { abs($0) }
                #expect(sizes == sizes.sorted(by: >))
            }
        }
    }

    /// Base log-odds without the prior correction.
    private func base() throws -> Double {
        try 0.5 + 2 * TreeExplainer(ensemble()).baseValues[0]
    }

    private func ensemble() throws -> TreeEnsemble {
        let program = try LightGBMTextReader.read(Array(TestBundle.plain.model.utf8))
        let trees = try #require(program.directTrees(register: program.rawOutputs[0].register))
        return trees.ensemble
    }

    @Test("A random forest's raw score is the sum of its trees, its log-odds come from their mean")
    func randomForest() throws {
        var forest = TestBundle.plain
        forest.model = forest.model.replacing(
            "tree\nversion",
            with: "tree\naverage_output\nversion"
        )
        let request = ScoreRequest(outputs: .all, reasonCount: 3)
        let row = [0.05, 0.4, 0.5]
        let boosted = try TestBundle.plain.load().score(row, request: request)
        let averaged = try forest.load().score(row, request: request)
        #expect(averaged.rawScores == boosted.rawScores)
        let raw = try #require(boosted.rawScores.first)
        let shift = log(0.02 / 0.98) - log(0.01 / 0.99)
        let logOdds = 0.5 + 2 * raw / 2 + shift
        let probability = try #require(averaged.probabilities.first)
        #expect(abs(probability - 1 / (1 + exp(-logOdds))) < 1e-15)
        for (mean, sum) in zip(averaged.reasonContributions, boosted.reasonContributions) {
            #expect(abs(mean - sum / 2) < 1e-15)
        }
    }
}
