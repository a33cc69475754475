// SPDX-License-Identifier: Apache-2.0

// The fast path against the naive scorer, bit for bit.

import Forest
import Testing

@Suite("Forest plan")
struct ForestPlanTests {
    static let shapes = [
        EnsembleShape(),
        EnsembleShape(treeCount: 0),
        EnsembleShape(featureCount: 1, treeCount: 1),
        EnsembleShape(treeCount: 9, leavesMaximum: 100),
        EnsembleShape(categoricalShare: 0.1),
        EnsembleShape(categoricalShare: 1),
        // More columns than a block holds: later trees take the general walk.
        EnsembleShape(featureCount: 900, treeCount: 60, leavesMaximum: 40),
    ]

    @Test("float32 rows score as the reference says", arguments: shapes, [1, 8, 65, 203, 577])
    func float32(shape: EnsembleShape, rowCount: Int) throws {
        for seed in 0..<6 {
            let ensemble = try randomEnsemble(shape, seed: seed)
            let rows = randomRows(ensemble, count: rowCount, seed: seed).map { Float($0) }
            let scorer = ReferenceScorer(ensemble)
            let expected = eachRow(of: rows, shape.featureCount) { scorer.rawScore(row: $0) }
            let plans = ForestPath.allCases.filter(\.runsHere).map {
                ForestPlan(ensemble, forcing: $0)
            }
            for plan in plans + [ForestPlan(ensemble)] {
                var scores = [Double](repeating: .nan, count: rowCount)
                plan.rawScores(
                    rows: rows,
                    rowCount: rowCount,
                    rowStride: shape.featureCount,
                    output: &scores
                )
                let isEqual = scores.map(\.bitPattern) == expected.map(\.bitPattern)
                #expect(isEqual, "seed \(seed), \(plan.path)")
            }
        }
    }

    @Test("float64 rows score as the reference says", arguments: shapes, [1, 8, 65, 203, 577])
    func float64(shape: EnsembleShape, rowCount: Int) throws {
        for seed in 0..<6 {
            let ensemble = try randomEnsemble(shape, seed: seed)
            let rows = randomRows(ensemble, count: rowCount, seed: seed)
            let scorer = ReferenceScorer(ensemble)
            let expected = eachRow(of: rows, shape.featureCount) { scorer.rawScore(row: $0) }
            let plans = ForestPath.allCases.filter(\.runsHere).map {
                ForestPlan(ensemble, forcing: $0)
            }
            for plan in plans + [ForestPlan(ensemble)] {
                var scores = [Double](repeating: .nan, count: rowCount)
                plan.rawScores(
                    rows: rows,
                    rowCount: rowCount,
                    rowStride: shape.featureCount,
                    output: &scores
                )
                let isEqual = scores.map(\.bitPattern) == expected.map(\.bitPattern)
                #expect(isEqual, "seed \(seed), \(plan.path)")
            }
        }
    }

    @Test("rows may lie further apart than their features, and only they are read")
    func stride() throws {
        let ensemble = try randomEnsemble(EnsembleShape(), seed: 3)
        let packed = randomRows(ensemble, count: 70, seed: 3).map { Float($0) }
        let width = ensemble.featureCount
        let spread = (0..<70).flatMap { packed[$0 * width..<($0 + 1) * width] + [7, 8, 9] }
        var expected = [Double](repeating: 0, count: 70)
        var scores = [Double](repeating: 0, count: 70)
        for path in ForestPath.allCases where path.runsHere {
            let plan = ForestPlan(ensemble, forcing: path)
            plan.rawScores(rows: packed, rowCount: 70, rowStride: width, output: &expected)
            plan.rawScores(rows: spread, rowCount: 70, rowStride: width + 3, output: &scores)
            #expect(scores == expected)
        }
    }

    @Test("no rows leave the output alone, and a bigger model costs more")
    func edges() throws {
        let small = ForestPlan(try randomEnsemble(EnsembleShape(treeCount: 2), seed: 1))
        let large = ForestPlan(try randomEnsemble(EnsembleShape(treeCount: 200), seed: 1))
        var output = [42.0]
        small.rawScores(rows: [Float](), rowCount: 0, rowStride: 6, output: &output)
        #expect(output == [42])
        #expect(small.costNanosecondsPerRow > 0)
        #expect(large.costNanosecondsPerRow > 3 * small.costNanosecondsPerRow)
    }
}

/// What `body` makes of each row of row-major values.
func eachRow<Value, Result>(
    of values: [Value],
    _ width: Int,
    body: (UnsafeBufferPointer<Value>) -> Result
) -> [Result] {
    values.withUnsafeBufferPointer { values in
        stride(from: 0, to: values.count, by: width).map {
            body(UnsafeBufferPointer(rebasing: values[$0..<$0 + width]))
        }
    }
}
