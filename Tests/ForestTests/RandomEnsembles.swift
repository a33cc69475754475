// SPDX-License-Identifier: Apache-2.0

// Random ensembles and the nastiest rows we can think of, the same ones on every run.

import Forest
import TestRandomness

/// What kind of ensemble to make.
struct EnsembleShape: Sendable, CustomStringConvertible {
    var featureCount = 6
    var treeCount = 25
    var leavesMaximum = 20
    /// Whether trees are grown level by level.
    var isBalanced = false
    /// Of the splits: LightGBM's and XGBoost's kind of them.
    var categoricalShare = 0.0
    var indexShare = 0.0
    /// Of the trees.
    var linearShare = 0.0
    var outputCount = 1
    var sumsAreFloat32 = false
    var description: String {
        "\(featureCount) features, \(treeCount) trees, \(leavesMaximum) leaves, "
            + (isBalanced ? "balanced, " : "")
            + "\(categoricalShare) + \(indexShare) categorical, \(linearShare) linear, "
            + "\(outputCount) \(sumsAreFloat32 ? "float32" : "float64") outputs"
    }
}

/// Values at which a wrong comparison would show.
let nastyValues: [Double] = [
    0, -0.0, 1, -1, 0.1, -0.1, 1e-35, -1e-35, Double(Float(1e-35)), -Double(Float(1e-35)),
    Double(Float(1e-35).nextUp), Double(Float(1e-35).nextDown), 1e-40, -1e-40,
    .leastNonzeroMagnitude,
    Double(Float.leastNonzeroMagnitude), Double(Float.greatestFiniteMagnitude), 1e300, -1e300,
    .infinity, -.infinity, .nan, 2_147_483_647, 2_147_483_648, 4_294_967_296, -0.5, 31, 32, 63.9,
]

/// A random sound ensemble.
func randomEnsemble(_ shape: EnsembleShape, seed: Int) throws -> TreeEnsemble {
    var generator = SeededGenerator(seed: seed)
    let trees = (0..<shape.treeCount).map { _ in randomTree(shape, using: &generator) }
    let start = (0..<shape.outputCount).map {
        $0 == 0 && !shape.sumsAreFloat32 ? 0 : Float.random(in: -3...3, using: &generator)
    }
    return try TreeEnsemble(
        featureCount: shape.featureCount,
        sum: shape.sumsAreFloat32
            ? .float32(start: start) : .float64(start: start.map(Double.init)),
        trees: trees
    )
}

/// A random tree grown leaf by leaf, as LightGBM grows them, or level by level; some have a single
/// leaf.
func randomTree(_ shape: EnsembleShape, using generator: inout SeededGenerator) -> DecisionTree {
    var tree = DecisionTree()
    let leaves = Int.random(in: 1...shape.leavesMaximum, using: &generator)
    tree.output = .random(in: 0..<shape.outputCount, using: &generator)
    tree.leafValues = (0..<leaves).map { _ in
        let value = Double.random(in: -1...1, using: &generator)
        return shape.sumsAreFloat32 ? Double(Float(value)) : value
    }
    if Double.random(in: 0..<1, using: &generator) < shape.linearShare {
        tree.linearLeaves = (0..<leaves).map { _ in randomLeaf(shape, using: &generator) }
    }
    tree.leafCovers = (0..<leaves).map { _ in Double(Int.random(in: 1...50, using: &generator)) }
    var places: [(split: Int, isLeft: Bool)] = []
    for split in 0..<leaves - 1 {
        let next = shape.isBalanced || split == 0 ? 0 : Int.random(in: 0..<split, using: &generator)
        let place = split == 0 ? nil : places.remove(at: next)
        if let place {
            if place.isLeft {
                tree.leftChildren[place.split] = split
            } else {
                tree.rightChildren[place.split] = split
            }
        }
        appendRandomSplit(to: &tree, shape, using: &generator)
        places += [(split, true), (split, false)]
    }
    for (leaf, place) in places.enumerated() {
        if place.isLeft {
            tree.leftChildren[place.split] = ~leaf
        } else {
            tree.rightChildren[place.split] = ~leaf
        }
    }
    fillSplitCovers(of: &tree)
    return tree
}

/// A leaf of up to three terms.
private func randomLeaf(
    _ shape: EnsembleShape,
    using generator: inout SeededGenerator
) -> LinearLeaf {
    let features = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        Int.random(in: 0..<shape.featureCount, using: &generator)
    }
    return LinearLeaf(
        constant: .random(in: -1...1, using: &generator),
        features: features,
        coefficients: features.map { _ in .random(in: -1...1, using: &generator) }
    )
}

private func appendRandomSplit(
    to tree: inout DecisionTree,
    _ shape: EnsembleShape,
    using generator: inout SeededGenerator
) {
    tree.features.append(.random(in: 0..<shape.featureCount, using: &generator))
    tree.leftChildren.append(0)
    tree.rightChildren.append(0)
    tree.splitCovers.append(0)
    let start = tree.categoryWords.count
    let kind = Double.random(in: 0..<1, using: &generator)
    if kind < shape.categoricalShare + shape.indexShare {
        tree.kinds.append(
            kind < shape.categoricalShare
                ? .categorical : .categoryIndex(missingGoesLeft: .random(using: &generator))
        )
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            tree.categoryWords.append(.random(in: 0...UInt32.max, using: &generator))
        }
        tree.thresholds.append(0)
    } else {
        tree.kinds.append(
            .numerical(
                missing: MissingKind.allCases.randomElement(using: &generator)!,
                missingGoesLeft: .random(using: &generator)
            )
        )
        tree.thresholds.append(
            Bool.random(using: &generator)
                ? nastyValues.randomElement(using: &generator)!
                : Double.random(in: -2...2, using: &generator)
        )
    }
    tree.categoryRanges.append(start..<tree.categoryWords.count)
}

/// Splits are numbered parents first, so going backwards meets children before parents.
private func fillSplitCovers(of tree: inout DecisionTree) {
    for split in tree.features.indices.reversed() {
        for child in [tree.leftChildren[split], tree.rightChildren[split]] {
            tree.splitCovers[split] +=
                child >= 0 ? tree.splitCovers[child] : tree.leafCovers[~child]
        }
    }
}

/// Row-major rows of nasty values, thresholds of the ensemble and their float32 neighbours.
func randomRows(_ ensemble: TreeEnsemble, count: Int, seed: Int) -> [Double] {
    var generator = SeededGenerator(seed: ~seed)
    return (0..<count * ensemble.featureCount).map { _ in
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return nastyValues.randomElement(using: &generator)!
        case 1: return Double.random(in: -2...2, using: &generator)
        case 2: return Double(Int.random(in: -3...100, using: &generator))
        default:
            let threshold = ensemble.thresholds.randomElement(using: &generator) ?? 0
            let near = Float(threshold)
            return [
                threshold, threshold.nextUp, threshold.nextDown, Double(near), Double(near.nextUp),
                Double(near.nextDown),
            ].randomElement(using: &generator)!
        }
    }
}
