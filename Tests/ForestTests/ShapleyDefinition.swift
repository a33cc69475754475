// SPDX-License-Identifier: Apache-2.0

// The Shapley value by its definition: all subsets of features. Only for few features.

import Forest

/// Shapley value of one feature in the game whose worth of a set of features is the ensemble's
/// expected score when only they are known.
func shapleyValue(
    _ ensemble: TreeEnsemble,
    row: [Double],
    feature: Int,
    output: Int = 0
) -> Double {
    let count = ensemble.featureCount
    var sum = 0.0
    for known in 0..<(1 << count) where known >> feature & 1 == 0 {
        let size = known.nonzeroBitCount
        let weight = factorial(size) * factorial(count - size - 1) / factorial(count)
        let gain =
            expectedScore(ensemble, row: row, known: known | 1 << feature, output: output)
            - expectedScore(ensemble, row: row, known: known, output: output)
        sum += weight * gain
    }
    return sum
}

private func factorial(_ number: Int) -> Double {
    number < 2 ? 1 : Double(number) * factorial(number - 1)
}

/// Follows the row at known features, and both sides in proportion to the training rows at others.
private func expectedScore(
    _ ensemble: TreeEnsemble,
    row: [Double],
    known: Int,
    output: Int
) -> Double {
    var sum = 0.0
    for tree in 0..<ensemble.treeCount where Int(ensemble.treeOutputs[tree]) == output {
        let hasSplits = ensemble.splitOffsets[tree + 1] > ensemble.splitOffsets[tree]
        sum += expectedValue(ensemble, tree, node: hasSplits ? 0 : ~0, row: row, known: known)
    }
    return sum
}

private func expectedValue(
    _ ensemble: TreeEnsemble,
    _ tree: Int,
    node: Int32,
    row: [Double],
    known: Int
) -> Double {
    guard node >= 0 else { return ensemble.leafValues[ensemble.leafOffsets[tree] + Int(~node)] }
    let split = ensemble.splitOffsets[tree] + Int(node)
    let children = [ensemble.leftChildren[split], ensemble.rightChildren[split]]
    let values = children.map { expectedValue(ensemble, tree, node: $0, row: row, known: known) }
    let feature = Int(ensemble.features[split])
    if known >> feature & 1 != 0 {
        return goesLeft(ensemble, split, row[feature]) ? values[0] : values[1]
    }
    let covers = children.map {
        $0 >= 0
            ? ensemble.splitCovers[ensemble.splitOffsets[tree] + Int($0)]
            : ensemble.leafCovers[ensemble.leafOffsets[tree] + Int(~$0)]
    }
    return (values[0] * covers[0] + values[1] * covers[1]) / ensemble.splitCovers[split]
}

/// LightGBM's rules and XGBoost's for categories, written a second time so that they can disagree
/// with the engine's.
private func goesLeft(_ ensemble: TreeEnsemble, _ split: Int, _ value: Double) -> Bool {
    let kind = ensemble.kinds[split]
    if kind.isCategorical {
        let words = ensemble.categoryWords[
            Int(
                ensemble.categoryRanges[split].lowerBound
            )..<Int(ensemble.categoryRanges[split].upperBound)
        ]
        if kind.isCategoryIndex {
            if value.isNaN { return kind.missingGoesLeft }
            if value < 0 || value >= 16_777_216 { return false }
        }
        guard let category = Int32(exactly: value.rounded(.towardZero)), category >= 0 else {
            return false
        }
        let word = words.startIndex + Int(category) / 32
        return word < words.endIndex && words[word] & (1 << UInt32(category % 32)) != 0
    }
    let zeroed = value.isNaN && kind.missing != .notANumber ? 0 : value
    let missing =
        kind.missing == .zero && abs(zeroed) <= Double(Float(1e-35))
        || kind.missing == .notANumber && zeroed.isNaN
    return missing ? kind.missingGoesLeft : zeroed <= ensemble.thresholds[split]
}
