// SPDX-License-Identifier: Apache-2.0

// The path from a root to the node an explainer stands on, feature by feature.

/// The features between a root and a node, with what the row and the training rows do at them.
/// A feature tested several times is one entry. All memory is taken when the path is made.
struct ExplainedPath {
    /// A feature of the path.
    private struct Entry {
        var feature = 0
        /// Product of the shares of training rows that keep to the path.
        var share = 1.0
        /// Whether the row keeps to the path.
        var rowFollows = true
    }

    /// One side of a split.
    struct Side {
        let child: Int32
        let share: Double
    }

    /// A side still to be visited, or the way back.
    private struct Step {
        var side: Side
        var feature: Int
        var rowFollows: Bool
        /// Steps taken before this one.
        var depth: Int
    }

    /// What a step changed, so that it can be taken back.
    private struct Undo {
        var slot: Int
        var entry: Entry
        var isNew: Bool
    }

    private var entries: [Entry] = []
    private var pending: [Step] = []
    private var undos: [Undo] = []
    /// Entry of each feature; -1 when it is not on the path.
    private var slots: [Int]
    /// The entries the row follows, with the integral each gets.
    private var hot: [(slot: Int, share: Double, integral: Double)] = []

    init(featureCount: Int, depthMaximum: Int) {
        slots = [Int](repeating: -1, count: featureCount)
        entries.reserveCapacity(depthMaximum)
        undos.reserveCapacity(depthMaximum)
        hot.reserveCapacity(depthMaximum)
        // Each split on the way leaves at most its other side behind.
        pending.reserveCapacity(depthMaximum + 2)
    }

    /// Stands at a root.
    mutating func start() {
        unwind(to: 0)
        pending.removeAll(keepingCapacity: true)
    }

    /// Notes both sides of the split it stands on, to be visited by `next`.
    mutating func descend(feature: Int, left: Side, right: Side, rowGoesLeft: Bool) {
        let depth = undos.count
        pending.append(
            Step(side: right, feature: feature, rowFollows: !rowGoesLeft, depth: depth)
        )
        pending.append(Step(side: left, feature: feature, rowFollows: rowGoesLeft, depth: depth))
    }

    /// Moves to the next node to visit; nil when the tree is done.
    mutating func next() -> Int32? {
        guard let step = pending.popLast() else { return nil }
        unwind(to: step.depth)
        let known = slots[step.feature]
        let slot = known >= 0 ? known : entries.count
        if known < 0 {
            entries.append(Entry(feature: step.feature))
            slots[step.feature] = slot
        }
        undos.append(Undo(slot: slot, entry: entries[slot], isNew: known < 0))
        entries[slot].share *= step.side.share
        entries[slot].rowFollows = entries[slot].rowFollows && step.rowFollows
        return step.side.child
    }

    private mutating func unwind(to depth: Int) {
        while undos.count > depth {
            let undo = undos.removeLast()
            if undo.isNew {
                slots[undo.entry.feature] = -1
                entries.removeLast()
            } else {
                entries[undo.slot] = undo.entry
            }
        }
    }
}

// MARK: Leaves

extension ExplainedPath {
    /// Adds what the leaf it stands on gives each feature; the formula is ``TreeExplainer``'s.
    ///
    /// Features the row does not follow ("cold") all have the factor (1 − t) zᵢ and get the same.
    mutating func addLeaf(
        value: Double,
        rules: [GaussLegendre],
        into output: UnsafeMutableBufferPointer<Double>
    ) {
        var coldShare = 1.0
        hot.removeAll(keepingCapacity: true)
        for slot in entries.indices {
            if entries[slot].rowFollows {
                hot.append((slot, entries[slot].share, 0))
            } else {
                coldShare *= entries[slot].share
            }
        }
        guard coldShare > 0 else { return }
        let rule = rules[min((entries.count + 1) / 2, rules.count) - 1]
        let coldIntegral = integrate(rule)
        for item in hot {
            let gain = value * coldShare * (1 - item.share) * item.integral
            output[entries[item.slot].feature] += gain
        }
        for entry in entries where !entry.rowFollows {
            output[entry.feature] -= value * coldShare * coldIntegral
        }
    }

    /// Integrates the product of all factors but one: for each hot feature into `hot`, and for a
    /// cold one (without its share) as the result.
    private mutating func integrate(_ rule: GaussLegendre) -> Double {
        let coldCount = entries.count - hot.count
        var coldIntegral = 0.0
        for point in rule.points.indices {
            let t = rule.points[point]
            var product = rule.weights[point]
            for item in hot { product *= t + (1 - t) * item.share }
            for _ in 1..<max(coldCount, 1) { product *= 1 - t }
            if coldCount > 0 {
                coldIntegral += product
                product *= 1 - t
            }
            for index in hot.indices {
                // The divisor is at least t, which is above 0.
                hot[index].integral += product / (t + (1 - t) * hot[index].share)
            }
        }
        return coldIntegral
    }
}
