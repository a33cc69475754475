// SPDX-License-Identifier: Apache-2.0

// The order in which the SHAP kernel goes through a tree, and where it keeps what it needs on the
// way.

internal import CForest

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

    /// How a child is taken, in the order that children are brought into.
    private enum ChildKind: Int {
        case leaf, pair, split
    }

    /// What a child comes to.
    private struct Value {
        /// The slot of its U, if it takes steps of its own.
        var u: UInt32?
        /// The record of a pair.
        var pair: vigie_shap_step?
        let expected: Double
    }

    /// A split between the root and the place of the walk.
    private struct Ancestor {
        let condition: Int
        let kinds: (first: ChildKind, second: ChildKind)
        /// Slots of its P and that of its children that take steps of their own.
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
        enter(root, of: tree, p: takeSlot())
        var finished: Value?
        while let place = ancestors.indices.last {
            if let value = finished { keep(value, at: place) }
            let ancestor = ancestors[place]
            guard ancestor.second == nil else {
                finished = leave()
                continue
            }
            let isFirst = ancestor.first == nil
            let split = splits[ancestor.condition].split
            let child = isFirst ? split.first : split.second
            switch isFirst ? ancestor.kinds.first : ancestor.kinds.second {
            case .leaf:
                finished = Value(expected: tree.leafValues[~child])
            case .pair:
                finished = pair(tree.splits[child], of: tree)
            case .split:
                finished = nil
                take(first: isFirst, of: ancestor.condition)
                let p = isFirst ? ancestor.pFirst : ancestor.pSecond
                enter(tree.splits[child], of: tree, p: p)
            }
        }
        return finished?.expected ?? 0
    }

    /// Goes down to a split.
    private mutating func enter(_ split: ExplainedTree.Split, of tree: ExplainedTree, p: UInt32) {
        let prior = path[split.feature]
        if prior == nil { featureCount += 1 }
        var kinds = (
            first: kind(of: split.first, below: split, tree),
            second: kind(of: split.second, below: split, tree)
        )
        let isSwapped = kinds.first.rawValue < kinds.second.rawValue
        if isSwapped { kinds = (kinds.second, kinds.first) }
        featuresMaximum = max(featuresMaximum, featureCount + (kinds.first == .pair ? 1 : 0))
        if kinds.second == .pair { featuresMaximum = max(featuresMaximum, featureCount + 1) }
        var ancestor = Ancestor(condition: splits.count, kinds: kinds, p: p)
        splits.append(WalkedSplit(split: isSwapped ? split.swapped : split, prior: prior))
        if kinds.first == .split {
            ancestor.pFirst = takeSlot()
            if kinds.second == .split { ancestor.pSecond = takeSlot() }
            let down = kinds.second == .split ? vigie_shap_down_two : vigie_shap_down_one
            var step = step(down, condition: ancestor.condition, p: p)
            (step.p_first, step.p_second) = (ancestor.pFirst, ancestor.pSecond)
            steps.append(step)
        }
        ancestors.append(ancestor)
    }

    private func kind(
        of child: Int,
        below split: ExplainedTree.Split,
        _ tree: ExplainedTree
    ) -> ChildKind {
        guard child >= 0 else { return .leaf }
        let feature = tree.splits[child].feature
        let isNew = path[feature] == nil && feature != split.feature
        return isNew && tree.splits[child].hasLeaves ? .pair : .split
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

    /// A split with two leaves that takes no steps of its own.
    private mutating func pair(_ split: ExplainedTree.Split, of tree: ExplainedTree) -> Value {
        let first = Value(expected: tree.leafValues[~split.first])
        let second = Value(expected: tree.leafValues[~split.second])
        splits.append(WalkedSplit(split: split, prior: nil))
        let record = step(up: first, second, condition: splits.count - 1, p: 0)
        return Value(pair: record, expected: record.value)
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
    private mutating func leave() -> Value? {
        let ancestor = ancestors.removeLast()
        guard let first = ancestor.first, let second = ancestor.second else { return nil }
        let (split, prior) = (splits[ancestor.condition].split, splits[ancestor.condition].prior)
        path[split.feature] = prior
        if prior == nil { featureCount -= 1 }
        var step = step(up: first, second, condition: ancestor.condition, p: ancestor.p)
        step.u = takeSlot()
        freeSlots += [first.u, second.u].compactMap { $0 }
        steps.append(step)
        steps += [first.pair, second.pair].compactMap { $0 }
        let expected = split.share * first.expected + (1 - split.share) * second.expected
        return Value(u: step.u, expected: expected)
    }
}

// MARK: Steps

extension ExplainerWalk {
    /// The step that joins two children, but for where its own U goes.
    private func step(
        up first: Value,
        _ second: Value,
        condition: Int,
        p: UInt32
    ) -> vigie_shap_step {
        let kind =
            switch (first.u != nil, first.pair != nil, second.u != nil, second.pair != nil) {
            case (true, _, true, _): vigie_shap_up_two
            case (true, _, _, true): vigie_shap_up_one_pair
            case (true, _, _, _): vigie_shap_up_one_leaf
            case (_, true, _, true): vigie_shap_up_pairs
            case (_, true, _, _): vigie_shap_up_pair_leaf
            default: vigie_shap_up_leaves
            }
        var step = step(kind, condition: condition, p: p)
        if kind == vigie_shap_up_leaves {
            step.difference = first.expected - second.expected
            step.value = second.expected + step.share * step.difference
        } else {
            step.value = second.expected
        }
        (step.u_first, step.u_second) = (first.u ?? 0, second.u ?? 0)
        return step
    }

    private func step<Kind: BinaryInteger>(
        _ kind: Kind,
        condition: Int,
        p: UInt32
    ) -> vigie_shap_step {
        let walked = splits[condition]
        var step = vigie_shap_step()
        step.kind = UInt32(kind) + (walked.prior == nil ? 0 : UInt32(vigie_shap_again))
        step.condition = UInt32(condition)
        step.share = walked.split.share
        step.p = p
        return step
    }

    private mutating func takeSlot() -> UInt32 {
        if let slot = freeSlots.popLast() { return slot }
        slotCount += 1
        return UInt32(slotCount - 1)
    }
}
