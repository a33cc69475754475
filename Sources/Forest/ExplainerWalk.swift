// SPDX-License-Identifier: Apache-2.0

// The order in which the SHAP kernel goes through a tree, and where it keeps what it needs on the
// way.

import CForest

/// Walks trees depth first. Its memory serves one tree after another.
struct ExplainerWalk {
    /// The splits so far on one feature of a path.
    struct Prior {
        /// The last of them, by its place in ``splits``, and the side of it that the path took.
        let condition: Int
        let isBelowFirst: Bool
        /// Share of training rows that kept to the path in all of them.
        let share: Double
    }

    /// A split in the order of the walk, and those before it on the same feature.
    struct WalkedSplit {
        let split: ExplainedTree.Split
        let prior: Prior?
    }

    /// What a child comes to: the slot of its U, if it is no leaf, and its expected value.
    private struct Value {
        let u: UInt32?
        let expected: Double
    }

    /// A split between the root and the place of the walk.
    private struct Ancestor {
        let condition: Int
        /// Slots of its P and that of its inner children.
        let p: UInt32
        var pFirst: UInt32 = 0
        var pSecond: UInt32 = 0
        /// What the children came to that the walk has left.
        var first: Value?
        var second: Value?
    }

    /// Splits, parents before children.
    private(set) var splits: [WalkedSplit] = []
    /// The steps, but for their sums and factors.
    private(set) var steps: [vigie_shap_step] = []
    /// Slots that the steps use. The walk starts with P in slot 0.
    private(set) var slotCount = 0
    /// Most features on a path.
    private(set) var featuresMaximum = 0

    private var path: [Prior?]
    private var featureCount = 0
    private var freeSlots: [UInt32] = []
    private var ancestors: [Ancestor] = []

    init(featureCount: Int) {
        path = Array(repeating: nil, count: featureCount)
    }

    /// Walks a tree and gives its expected value.
    mutating func walk(_ tree: ExplainedTree) -> Double {
        splits.removeAll(keepingCapacity: true)
        steps.removeAll(keepingCapacity: true)
        freeSlots.removeAll(keepingCapacity: true)
        (slotCount, featuresMaximum) = (0, 0)
        guard let root = tree.splits.first else { return tree.leafValues[0] }
        enter(root, p: takeSlot())
        var finished: Value?
        while let place = ancestors.indices.last {
            if let value = finished { keep(value, at: place) }
            let ancestor = ancestors[place]
            let split = splits[ancestor.condition].split
            let isFirst = ancestor.first == nil
            if ancestor.second != nil {
                finished = leave(place)
            } else if (isFirst ? split.first : split.second) >= 0 {
                finished = nil
                take(first: isFirst, of: ancestor.condition)
                enter(
                    tree.splits[isFirst ? split.first : split.second],
                    p: isFirst ? ancestor.pFirst : ancestor.pSecond
                )
            } else {
                let leaf = ~(isFirst ? split.first : split.second)
                finished = Value(u: nil, expected: tree.leafValues[leaf])
            }
        }
        return finished?.expected ?? 0
    }

    /// Goes down to a split.
    private mutating func enter(_ split: ExplainedTree.Split, p: UInt32) {
        let prior = path[split.feature]
        if prior == nil {
            featureCount += 1
            featuresMaximum = max(featuresMaximum, featureCount)
        }
        var ancestor = Ancestor(condition: splits.count, p: p)
        splits.append(WalkedSplit(split: split, prior: prior))
        if split.first >= 0 {
            ancestor.pFirst = takeSlot()
            if split.second >= 0 { ancestor.pSecond = takeSlot() }
            let kind = split.second >= 0 ? vigie_shap_down_two : vigie_shap_down_one
            var step = step(kind, of: ancestor)
            (step.p_first, step.p_second) = (ancestor.pFirst, ancestor.pSecond)
            steps.append(step)
        }
        ancestors.append(ancestor)
    }

    /// Sets out for one side of a split.
    private mutating func take(first: Bool, of condition: Int) {
        let (split, prior) = (splits[condition].split, splits[condition].prior)
        path[split.feature] = Prior(
            condition: condition,
            isBelowFirst: first,
            share: (prior?.share ?? 1) * (first ? split.share : 1 - split.share)
        )
    }

    /// Notes what a child of an ancestor came to.
    private mutating func keep(_ value: Value, at place: Int) {
        let isFirst = ancestors[place].first == nil
        if value.u != nil {
            freeSlots.append(isFirst ? ancestors[place].pFirst : ancestors[place].pSecond)
        }
        if isFirst { ancestors[place].first = value } else { ancestors[place].second = value }
    }

    /// Goes up from the last ancestor, whose children are known.
    private mutating func leave(_ place: Int) -> Value? {
        let ancestor = ancestors.removeLast()
        guard let first = ancestor.first, let second = ancestor.second else { return nil }
        let (split, prior) = (splits[ancestor.condition].split, splits[ancestor.condition].prior)
        path[split.feature] = prior
        if prior == nil { featureCount -= 1 }
        let expected = split.share * first.expected + (1 - split.share) * second.expected
        let kind =
            second.u != nil
            ? vigie_shap_up_two : first.u != nil ? vigie_shap_up_one : vigie_shap_up_leaves
        var step = step(kind, of: ancestor)
        step.value = first.u != nil ? second.expected : expected
        step.difference = first.expected - second.expected
        step.u = takeSlot()
        for value in [first, second] {
            if let u = value.u { freeSlots.append(u) }
        }
        (step.u_first, step.u_second) = (first.u ?? 0, second.u ?? 0)
        steps.append(step)
        return Value(u: step.u, expected: expected)
    }

    private func step<Kind: BinaryInteger>(
        _ kind: Kind,
        of ancestor: Ancestor
    ) -> vigie_shap_step {
        let walked = splits[ancestor.condition]
        var step = vigie_shap_step()
        step.kind = UInt32(kind) + (walked.prior == nil ? 0 : UInt32(vigie_shap_again))
        step.condition = UInt32(ancestor.condition)
        step.share = walked.split.share
        step.p = ancestor.p
        return step
    }

    private mutating func takeSlot() -> UInt32 {
        if let slot = freeSlots.popLast() { return slot }
        slotCount += 1
        return UInt32(slotCount - 1)
    }
}
