// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel on every path of this processor: which models fit it, and very many nasty
// rows against the naive scorer.

import Forest
import Glibc
import Testing

@Suite("Bit-sliced kernel")
struct SlicedForestTests {
    static let paths = ForestPath.allCases.filter { $0.runsHere && $0 != .walk }

    /// Rows for each path: 10 million when VIGIE_LONG_TESTS is set, for a release build.
    static let rowCount = getenv("VIGIE_LONG_TESTS") == nil ? 100_000 : 10_000_000

    @Test("very many rows of nasty values score as the reference says")
    func manyRows() async throws {
        // 1 to 64 leaves; the few features have up to 255 thresholds, so all widths of bins occur.
        let shapes = [
            EnsembleShape(featureCount: 2, treeCount: 8, leavesMaximum: 64),
            EnsembleShape(featureCount: 5, treeCount: 8, leavesMaximum: 32),
            EnsembleShape(featureCount: 18, treeCount: 10, leavesMaximum: 64),
            EnsembleShape(featureCount: 67, treeCount: 12, leavesMaximum: 40),
        ]
        let rowsPerSeed = 5_000
        for seed in 0..<Self.rowCount / rowsPerSeed {
            let shape = shapes[seed % shapes.count]
            let ensemble = try randomEnsemble(shape, seed: seed)
            let rows = nastyRows(ensemble, count: rowsPerSeed, seed: seed)
            let scorer = ReferenceScorer(ensemble)
            let expected = eachRow(of: rows, shape.featureCount) { scorer.rawScore(row: $0) }
            for path in Self.paths {
                let plan = ForestPlan(ensemble, forcing: path)
                let scores = score(plan, rows, width: shape.featureCount)
                let differences = zip(scores, expected).count { $0.bitPattern != $1.bitPattern }
                try #require(differences == 0, "seed \(seed), \(path)")
            }
            // Other tests wait for the same few threads, some with a clock running.
            await Task.yield()
        }
    }

    @Test("a feature may have 255 thresholds, and a model with more is walked", arguments: [0, 1])
    func thresholds(excess: Int) throws {
        let count = 255 + excess
        let trees = (0..<count).map { stump(threshold: Double($0) - 100, missing: $0 % 6) }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        let values = (0..<count).flatMap {
            [Float($0) - 100, (Float($0) - 100).nextUp, (Float($0) - 100).nextDown]
        }
        let rows = values + [.nan, .infinity, -.infinity, -0.0, 1e-35, .leastNonzeroMagnitude]
        for path in Self.paths {
            let plan = ForestPlan(ensemble, forcing: path)
            #expect(plan.path == (excess == 0 ? path : .walk))
            try expectReference(ensemble, plan, rows)
        }
    }

    @Test("infinite thresholds and zeros of either sign are thresholds like others")
    func extremeThresholds() throws {
        let thresholds: [Double] = [
            .infinity, -.infinity, 0, -0.0, 1e-300, -1e-300, 1e300, -1e300,
            Double(Float.greatestFiniteMagnitude), 1e-45, -1e-45,
        ]
        let trees = thresholds.flatMap { threshold in
            (0..<6).map { stump(threshold: threshold, missing: $0) }
        }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        for path in Self.paths {
            let plan = ForestPlan(ensemble, forcing: path)
            #expect(plan.path == path)
            try expectReference(ensemble, plan, nastyValues.map { Float($0) })
        }
    }

    @Test("models that do not fit are walked")
    func fallback() throws {
        let unfit = [
            [stump(threshold: .nan, missing: 0)],
            [stump(threshold: 1, missing: 0), chain(leaves: 65)],
        ]
        for path in Self.paths {
            for trees in unfit {
                let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
                let plan = ForestPlan(ensemble, forcing: path)
                #expect(plan.path == .walk)
                try expectReference(ensemble, plan, nastyValues.map { Float($0) })
            }
            let ensemble = try TreeEnsemble(featureCount: 1, trees: [chain(leaves: 64)])
            let plan = ForestPlan(ensemble, forcing: path)
            #expect(plan.path == path)
            try expectReference(ensemble, plan, (-3..<70).map { Float($0) } + [.nan])
        }
    }

    @Test("one thread scores models of any size in turn")
    func workspace() throws {
        for seed in [1, 2, 3, 1] {
            let shape = EnsembleShape(featureCount: 9, treeCount: 40 * seed, leavesMaximum: 30)
            let ensemble = try randomEnsemble(shape, seed: seed)
            let rows = nastyRows(ensemble, count: 600, seed: seed)
            for path in Self.paths {
                try expectReference(ensemble, ForestPlan(ensemble, forcing: path), rows)
            }
        }
    }
}

private func score(_ plan: ForestPlan, _ rows: [Float], width: Int) -> [Double] {
    let count = rows.count / width
    var scores = [Double](repeating: .nan, count: count)
    plan.rawScores(rows: rows, rowCount: count, rowStride: width, output: &scores)
    return scores
}

private func expectReference(
    _ ensemble: TreeEnsemble,
    _ plan: ForestPlan,
    _ rows: [Float]
) throws {
    let scorer = ReferenceScorer(ensemble)
    let expected = eachRow(of: rows, ensemble.featureCount) { scorer.rawScore(row: $0) }
    let scores = score(plan, rows, width: ensemble.featureCount)
    let differing = scores.indices.first { scores[$0].bitPattern != expected[$0].bitPattern }
    #expect(differing == nil, "\(plan.path)")
}

/// A tree of one split on feature 0; `missing` numbers the six ways to treat missing values.
private func stump(threshold: Double, missing: Int) -> DecisionTree {
    var tree = chain(leaves: 2)
    tree.thresholds = [threshold]
    let kind = MissingKind.allCases[missing / 2]
    tree.kinds = [.numerical(missing: kind, missingGoesLeft: missing % 2 == 0)]
    tree.leafValues = [threshold.isFinite ? threshold * 0.1 + 1 : 3, -0.7]
    return tree
}

/// A tree as deep as it can be: `x <= 0`, then `x <= 1`, and so on.
private func chain(leaves: Int) -> DecisionTree {
    var tree = DecisionTree()
    for split in 0..<leaves - 1 {
        tree.features.append(0)
        tree.thresholds.append(Double(split))
        tree.kinds.append(.numerical(missing: .notANumber, missingGoesLeft: split % 2 == 0))
        tree.leftChildren.append(~split)
        tree.rightChildren.append(split + 2 == leaves ? ~(split + 1) : split + 1)
        tree.categoryRanges.append(0..<0)
        tree.splitCovers.append(0)
    }
    tree.leafValues = (0..<leaves).map { Double($0) / 7 - 1 }
    tree.leafCovers = [Double](repeating: 0, count: leaves)
    return tree
}

/// Rows of float32 as ``randomRows(_:count:seed:)`` makes them, from one random number a value.
private func nastyRows(_ ensemble: TreeEnsemble, count: Int, seed: Int) -> [Float] {
    let thresholds = ensemble.thresholds.map { Float($0) }
    let values =
        nastyValues.map { Float($0) } + thresholds + thresholds.map(\.nextUp)
        + thresholds.map(\.nextDown) + (-8...8).map { Float($0) * 0.3 }
    var generator = SeededGenerator(seed: ~seed)
    return (0..<count * ensemble.featureCount).map { _ in
        values[Int(generator.next() >> 33) % values.count]
    }
}
