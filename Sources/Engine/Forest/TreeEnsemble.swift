// SPDX-License-Identifier: Apache-2.0

// The engine's form of a tree model: all trees in parallel arrays, checked once.

/// Sums of decision trees, one for each output, all trees concatenated in parallel arrays.
///
/// Every ensemble that exists is sound: each index is in range and each tree is a tree, whose every
/// node is reached exactly once from its root. Scorers rely on that and check nothing again.
///
/// The raw score of a row is, for each output, the sum of the leaf values of that output's trees,
/// in tree order, as ``sum`` says.
package struct TreeEnsemble: Sendable {
    /// LightGBM's `kZeroThreshold`, the float32 nearest to 1e-35, within which a value is "zero".
    package static let zeroThreshold = Double(Float(1e-35))

    /// Values in a row.
    package let featureCount: Int
    /// Number of trees.
    package let treeCount: Int
    /// Outputs of the model: raw scores of a row.
    package let outputCount: Int
    /// How leaf values are added.
    package let sum: TreeSum
    /// Output that each tree adds to.
    package private(set) var treeOutputs: [Int32] = []

    /// Splits of tree `t` are `splitOffsets[t] ..< splitOffsets[t + 1]`.
    package private(set) var splitOffsets: [Int] = [0]
    /// Leaves of tree `t` are `leafOffsets[t] ..< leafOffsets[t + 1]`.
    package private(set) var leafOffsets: [Int] = [0]

    /// Feature each split tests.
    package private(set) var features: [Int32] = []
    /// Threshold of each numerical split.
    package private(set) var thresholds: [Double] = []
    /// How each split decides.
    package private(set) var kinds: [SplitKind] = []
    /// Left child: `c >= 0` is split `splitOffsets[t] + c`; `c < 0` is leaf `leafOffsets[t] + ~c`.
    package private(set) var leftChildren: [Int32] = []
    /// Right child, as ``leftChildren``.
    package private(set) var rightChildren: [Int32] = []
    /// The words of ``categoryWords`` that are each split's set; empty for numerical splits.
    package private(set) var categoryRanges: [Range<Int32>] = []
    /// Bit sets of categories: category `c` is bit `c % 32` of word `c / 32` of its range.
    package private(set) var categoryWords: [UInt32] = []
    /// Training rows that reached each split; 0 when unknown.
    package private(set) var splitCovers: [Double] = []

    /// Value of each leaf.
    package private(set) var leafValues: [Double] = []
    /// Training rows that reached each leaf; 0 when unknown.
    package private(set) var leafCovers: [Double] = []
    /// The linear function of each leaf, nil for plain ones; empty when no tree is linear.
    package private(set) var linearLeaves: [LinearLeaf?] = []

    /// Checks the trees and joins them.
    ///
    /// - Parameters:
    ///   - featureCount: Values in a row.
    ///   - sum: How leaf values are added; it has a start for each output. Without one, the
    ///     ensemble has one output, a float64 sum from 0.
    ///   - trees: The trees, in the order of the sum.
    package init(
        featureCount: Int,
        sum: TreeSum = .float64(start: [0]),
        trees: [DecisionTree]
    ) throws(ForestError) {
        self.featureCount = featureCount
        self.sum = sum
        self.outputCount = sum.outputCount
        self.treeCount = trees.count
        for (index, tree) in trees.enumerated() {
            try tree.check(index: index, featureCount: featureCount)
            guard tree.output >= 0, tree.output < min(outputCount, Int(Int32.max)) else {
                throw ForestError(
                    code: .indexOutOfRange,
                    tree: index,
                    message: "it adds to output \(tree.output) of \(outputCount)"
                )
            }
            try append(tree, index: index)
        }
    }

    private mutating func append(_ tree: DecisionTree, index: Int) throws(ForestError) {
        // Half of Int32, so that the plan can number splits and leaves of all trees together.
        let limit = Int(Int32.max) / 2
        guard
            features.count + tree.features.count <= limit,
            leafValues.count + tree.leafValues.count <= limit,
            categoryWords.count + tree.categoryWords.count <= limit
        else {
            throw ForestError(code: .tooLarge, tree: index, message: "too many nodes in the model")
        }
        let firstWord = Int32(categoryWords.count)
        features += tree.features.lazy.map { Int32($0) }
        thresholds += tree.thresholds
        kinds += tree.kinds
        leftChildren += tree.leftChildren.lazy.map { Int32($0) }
        rightChildren += tree.rightChildren.lazy.map { Int32($0) }
        categoryRanges += tree.categoryRanges.lazy.map {
            firstWord + Int32($0.lowerBound)..<firstWord + Int32($0.upperBound)
        }
        categoryWords += tree.categoryWords
        splitCovers += tree.splitCovers
        leafValues += tree.leafValues
        leafCovers += tree.leafCovers
        if !tree.linearLeaves.isEmpty || !linearLeaves.isEmpty {
            let plain = leafValues.count - tree.leafValues.count - linearLeaves.count
            linearLeaves += Array(repeating: nil, count: plain)
            linearLeaves +=
                tree.linearLeaves.isEmpty
                ? Array(repeating: nil, count: tree.leafValues.count)
                : tree.linearLeaves.map { $0 }
        }
        treeOutputs.append(Int32(tree.output))
        splitOffsets.append(features.count)
        leafOffsets.append(leafValues.count)
    }
}
