// SPDX-License-Identifier: Apache-2.0

// One tree as the SHAP kernel sees it: each split's first child gets a share of the training rows,
// and the second gets the rest.

/// The splits of a tree, numbered as in the ensemble but from 0, and then those made up here.
struct ExplainedTree {
    /// What sends a row to the first child.
    enum Test {
        /// The split of this number in the ensemble.
        case split(Int)
        /// Nothing does.
        case never
    }

    struct Split {
        let test: Test
        let feature: Int
        /// A split, or `~leaf`.
        var first, second: Int
        /// Share of training rows that go to the first child.
        var share: Double
        /// Whether the first child is the one of rows that fail the test.
        var isInverted = false

        /// Whether both children are leaves.
        var hasLeaves: Bool { first < 0 && second < 0 }

        /// The same split with its children the other way round.
        var swapped: Split {
            var split = self
            (split.first, split.second) = (second, first)
            split.share = 1 - share
            split.isInverted.toggle()
            return split
        }
    }

    private(set) var splits: [Split] = []
    private(set) var leafValues: [Double]

    /// Covers that differ by so little, in relation to the whole, do so by rounding to float32.
    private static let coverTolerance = 0x1p-22

    /// Prepares one tree of the ensemble.
    init(_ ensemble: TreeEnsemble, tree: Int) {
        let firstSplit = ensemble.splitOffsets[tree]
        let range = firstSplit..<ensemble.splitOffsets[tree + 1]
        let firstLeaf = ensemble.leafOffsets[tree]
        leafValues = Array(ensemble.leafValues[firstLeaf..<ensemble.leafOffsets[tree + 1]])
        func cover(_ child: Int) -> Double {
            child >= 0
                ? ensemble.splitCovers[firstSplit + child] : ensemble.leafCovers[firstLeaf + ~child]
        }
        var partial: [Split] = []
        splits.reserveCapacity(range.count)
        for split in range {
            let left = Int(ensemble.leftChildren[split])
            let right = Int(ensemble.rightChildren[split])
            let (whole, parts) = (ensemble.splitCovers[split], cover(left) + cover(right))
            // Without covers, both sides count as even.
            let share = whole > 0 && parts > 0 ? cover(left) / parts : 0.5
            let own = Split(
                test: .split(split),
                feature: Int(ensemble.features[split]),
                first: left,
                second: right,
                share: share
            )
            if whole > 0 && abs(parts - whole) > whole * Self.coverTolerance {
                // The rest of the rows went nowhere. A split before this one sends them to a leaf
                // that is worth 0, and every row that is explained to this one.
                splits.append(
                    Split(
                        test: .never,
                        feature: own.feature,
                        first: ~leafValues.count,
                        second: range.count + partial.count,
                        share: 1 - parts / whole
                    )
                )
                partial.append(own)
            } else {
                splits.append(own)
            }
        }
        splits += partial
        leafValues.append(0)
    }
}
