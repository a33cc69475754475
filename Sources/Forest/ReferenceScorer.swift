// SPDX-License-Identifier: Apache-2.0

// The naive scorer: short, slow and obviously right.

/// Scores one row at a time by walking each tree. The measure of every fast path.
package struct ReferenceScorer: Sendable {
    private let ensemble: TreeEnsemble

    /// A scorer of the ensemble.
    package init(_ ensemble: TreeEnsemble) {
        self.ensemble = ensemble
    }

    /// Raw score of one row of `featureCount` float32 values.
    package func rawScore(row: UnsafeBufferPointer<Float>) -> Double {
        rawScore { Double(row[$0]) }
    }

    /// Raw score of one row of `featureCount` float64 values.
    package func rawScore(row: UnsafeBufferPointer<Double>) -> Double {
        rawScore { row[$0] }
    }

    private func rawScore(value: (Int) -> Double) -> Double {
        var sum = 0.0
        for tree in 0..<ensemble.treeCount {
            sum += leafValue(tree: tree, value: value)
        }
        return sum
    }

    private func leafValue(tree: Int, value: (Int) -> Double) -> Double {
        let splits = ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1]
        var node: Int32 = splits.isEmpty ? ~0 : 0
        while node >= 0 {
            let split = splits.lowerBound + Int(node)
            let left = ensemble.goesLeft(value(Int(ensemble.features[split])), split: split)
            node = left ? ensemble.leftChildren[split] : ensemble.rightChildren[split]
        }
        return ensemble.leafValues[ensemble.leafOffsets[tree] + Int(~node)]
    }
}
