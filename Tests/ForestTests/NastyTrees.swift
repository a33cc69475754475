// SPDX-License-Identifier: Apache-2.0

// Trees and rows at which a wrong comparison would show, and the comparison with the reference.

import Forest
import TestRandomness
import Testing

/// The raw scores of row-major rows.
func score(_ plan: ForestPlan, _ rows: [Float], width: Int) -> [Double] {
    let count = rows.count / width
    var scores = [Double](repeating: .nan, count: count * plan.outputCount)
    plan.rawScores(rows: rows, rowCount: count, rowStride: width, output: &scores)
    return scores
}

/// Expects the scores of an ensemble of one output, in blocks on every path, to be the reference's,
/// bit for bit.
func expectReference(_ ensemble: TreeEnsemble, _ rows: [Float]) {
    let scorer = ReferenceScorer(ensemble)
    let expected = eachRow(of: rows, ensemble.featureCount) { scorer.rawScore(row: $0).bitPattern }
    for path in SlicedForestTests.paths {
        let plan = ForestPlan(ensemble, forcing: path)
        let scores = score(plan, rows, width: ensemble.featureCount)
        #expect(plan.path == path)
        #expect(scores.map(\.bitPattern) == expected, "\(path)")
    }
}

/// A tree of one split on feature 0; `missing` numbers the six ways to treat missing values.
func stump(threshold: Double, missing: Int) -> DecisionTree {
    var tree = chain(leaves: 2)
    tree.thresholds = [threshold]
    let kind = MissingKind.allCases[missing / 2]
    tree.kinds = [.numerical(missing: kind, missingGoesLeft: missing % 2 == 0)]
    tree.leafValues = [threshold.isFinite ? threshold * 0.1 + 1 : 3, -0.7]
    return tree
}

/// A tree as deep as it can be: `x <= 0`, then `x <= 1`, and so on.
func chain(leaves: Int) -> DecisionTree {
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

/// Numbers at which a wrong truncation or a wrong end of the categories would show.
let nastyCategories: [Float] =
    [-1, (-1 as Float).nextUp, (-1 as Float).nextDown, -0.5, -0.0, (0 as Float).nextDown]
    + [1, 32, 64, 96, 16_777_216, 2_147_483_648].flatMap { [$0, $0.nextUp, $0.nextDown] }
    + [0.5, 31.5, .nan, .infinity, -.infinity, -7]

/// Rows of float32 as ``randomRows(_:count:seed:)`` makes them, from one random number a value.
func nastyRows(_ ensemble: TreeEnsemble, count: Int, seed: Int) -> [Float] {
    let thresholds = ensemble.thresholds.map { Float($0) }
    var values =
        nastyValues.map { Float($0) } + thresholds + thresholds.map(\.nextUp)
        + thresholds.map(\.nextDown) + (-8...8).map { Float($0) * 0.3 }
    if ensemble.kinds.contains(where: \.isCategorical) {
        // As often as all others, or most categories would never be met.
        let count = values.count / 97
        for _ in 0...count { values += (0..<97).map { Float($0) } }
        values += nastyCategories
    }
    var generator = SeededGenerator(seed: ~seed)
    return (0..<count * ensemble.featureCount).map { _ in
        values[Int(generator.next() >> 33) % values.count]
    }
}

/// The rows as bins, row by row.
func quantise(_ rows: [Float], _ quantiser: Quantiser, path: ForestPath) -> [UInt8] {
    let count = rows.count / quantiser.featureCount
    var bins = [UInt8](repeating: 7, count: count * quantiser.columns.count)
    quantiser.bins(
        rows: rows,
        rowCount: count,
        rowStride: quantiser.featureCount,
        output: &bins,
        path: path
    )
    return bins
}
