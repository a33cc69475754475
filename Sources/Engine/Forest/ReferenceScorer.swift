// SPDX-License-Identifier: Apache-2.0

// The naive scorer: short, slow and obviously right.

/// Scores one row at a time by walking each tree. The measure of every fast path.
package struct ReferenceScorer: Sendable {
    private let ensemble: TreeEnsemble

    /// A scorer of the ensemble.
    package init(_ ensemble: TreeEnsemble) {
        self.ensemble = ensemble
    }

    /// Raw score of one row of `featureCount` float32 values, of the first output.
    package func rawScore(row: UnsafeBufferPointer<Float>) -> Double { rawScores(row: row)[0] }

    /// Raw score of one row of `featureCount` float64 values, of the first output.
    package func rawScore(row: UnsafeBufferPointer<Double>) -> Double { rawScores(row: row)[0] }

    /// Raw scores of one row of `featureCount` float32 values, one for each output.
    package func rawScores(row: UnsafeBufferPointer<Float>) -> [Double] {
        rawScores { Double(row[$0]) }
    }

    /// Raw scores of one row of `featureCount` float64 values, one for each output.
    package func rawScores(row: UnsafeBufferPointer<Double>) -> [Double] {
        rawScores { row[$0] }
    }

    /// Raw scores of the row whose values `value` gives by feature.
    package func rawScores(value: (Int) -> Double) -> [Double] {
        var sums = (0..<ensemble.outputCount).map { ensemble.sum.start(output: $0) }
        for tree in 0..<ensemble.treeCount {
            let output = Int(ensemble.treeOutputs[tree])
            let leaf = leafValue(tree: tree, value: value)
            sums[output] = ensemble.sum.adding(leaf, to: sums[output])
        }
        return sums
    }

    private func leafValue(tree: Int, value: (Int) -> Double) -> Double {
        let splits = ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1]
        var node: Int32 = splits.isEmpty ? ~0 : 0
        while node >= 0 {
            let split = splits.lowerBound + Int(node)
            let left = ensemble.goesLeft(value(Int(ensemble.features[split])), split: split)
            node = left ? ensemble.leftChildren[split] : ensemble.rightChildren[split]
        }
        let leaf = ensemble.leafOffsets[tree] + Int(~node)
        guard let linear = ensemble.linearLeaf(leaf) else { return ensemble.leafValues[leaf] }
        var sum = linear.constant
        for (feature, coefficient) in zip(linear.features, linear.coefficients) {
            let value = value(feature)
            if value.isNaN { return ensemble.leafValues[leaf] }
            sum += coefficient * value
        }
        return sum
    }
}

extension TreeEnsemble {
    /// The linear function of a leaf (an index into the ensemble's leaves); nil for a plain leaf.
    package func linearLeaf(_ leaf: Int) -> LinearLeaf? {
        leaf < linearLeaves.count ? linearLeaves[leaf] : nil
    }
}
