// SPDX-License-Identifier: Apache-2.0

// What an explainer knows of the training rows before it sees a row.

extension TreeExplainer {
    /// Share of each split's training rows that went to each side.
    static func shares(_ ensemble: TreeEnsemble) -> (left: [Double], right: [Double]) {
        var left: [Double] = []
        var right: [Double] = []
        left.reserveCapacity(ensemble.features.count)
        right.reserveCapacity(ensemble.features.count)
        for tree in 0..<ensemble.treeCount {
            let firstSplit = ensemble.splitOffsets[tree]
            let firstLeaf = ensemble.leafOffsets[tree]
            func cover(_ child: Int32) -> Double {
                child >= 0
                    ? ensemble.splitCovers[firstSplit + Int(child)]
                    : ensemble.leafCovers[firstLeaf + Int(~child)]
            }
            for split in firstSplit..<ensemble.splitOffsets[tree + 1] {
                let whole = ensemble.splitCovers[split]
                left.append(whole > 0 ? cover(ensemble.leftChildren[split]) / whole : 0.5)
                right.append(whole > 0 ? cover(ensemble.rightChildren[split]) / whole : 0.5)
            }
        }
        return (left, right)
    }

    /// Calls `body` with each leaf of the tree (its index in the ensemble), the share of training
    /// rows that reached it and its depth.
    static func visitLeaves(
        _ ensemble: TreeEnsemble,
        tree: Int,
        shares: (left: [Double], right: [Double]),
        body: (Int, Double, Int) -> Void
    ) {
        let firstSplit = ensemble.splitOffsets[tree]
        let hasSplits = ensemble.splitOffsets[tree + 1] > firstSplit
        var pending: [(node: Int32, share: Double, depth: Int)] = [(hasSplits ? 0 : ~0, 1, 0)]
        while let (node, share, depth) = pending.popLast() {
            guard node >= 0 else {
                body(ensemble.leafOffsets[tree] + Int(~node), share, depth)
                continue
            }
            let split = firstSplit + Int(node)
            let (left, right) = (ensemble.leftChildren[split], ensemble.rightChildren[split])
            pending.append((right, share * shares.right[split], depth + 1))
            pending.append((left, share * shares.left[split], depth + 1))
        }
    }
}
