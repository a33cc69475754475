// SPDX-License-Identifier: Apache-2.0

// Makes the engine's binary trees of rule trees, where that is possible.

package import Forest

extension RuleTree {
    /// The same tree as binary splits; nil when there is none or it would be much larger. A leaf
    /// has the value that `leaf` makes of the node that gives the result, nil where there is none.
    /// Arguments keep their numbers as features.
    package func decisionTree(
        isCategory: (Int) -> Bool,
        leaf: (ArraySlice<Double>?) -> Double
    ) -> DecisionTree? {
        guard missingStrategy != .weightedConfidence, missingStrategy != .aggregateNodes,
            let root = nodes.first,
            case .always? = condition(root.predicate, isCategory: isCategory)
        else { return nil }
        var converter = RuleTreeConverter(rules: self)
        guard converter.convert(isCategory: isCategory, leaf: leaf) else { return nil }
        converter.setCovers()
        return converter.tree
    }
}

/// Turns one tree. A row is at a place; a split sends it on to others.
private struct RuleTreeConverter {
    /// Where a row is.
    enum Place: Equatable {
        /// At a node whose predicate is true.
        case node(Int)
        /// Before the predicate of a child.
        case before(Int, parent: Int)
        /// At the end, with the result of a node, or with none.
        case result(Int?)
    }

    /// A subtree that is still to be made.
    struct Task {
        var place: Place
        /// The split whose child it is.
        var parent: Int?
        var isLeft = false
        /// Which arguments are known to be missing or not.
        var known: [Int: Bool] = [:]
    }

    let rules: RuleTree
    var tree = DecisionTree()

    mutating func convert(
        isCategory: (Int) -> Bool,
        leaf: (ArraySlice<Double>?) -> Double
    ) -> Bool {
        let leavesMax = 2 * rules.nodes.count + 8
        // Rows can pass the same children on many ways, and carry what is known of each argument.
        var workLeft = 64 * (rules.nodes.count + rules.tests.count + rules.setValues.count + 8)
        var tasks = [Task(place: .node(0))]
        while var task = tasks.popLast() {
            workLeft -= 1 + task.known.count
            if case .before(let child, _) = task.place {
                let test = rules.tests[rules.nodes[child].predicate]
                workLeft -= test.end - rules.nodes[child].predicate + test.set.count
            }
            guard tree.leafValues.count + tasks.count <= leavesMax, workLeft >= 0 else {
                return false
            }
            switch task.place {
            case .node(let node):
                task.place =
                    rules.nodes[node].firstChild.map { .before($0, parent: node) }
                    ?? .result(node)
                tasks.append(task)
            case .result(let node):
                addLeaf(node.flatMap { rules.nodes[$0].hasResult ? $0 : nil }, task, leaf)
            case .before(let child, let parent):
                guard let more = step(task, child, parent, isCategory) else { return false }
                tasks += more
            }
        }
        return true
    }

    private mutating func step(
        _ task: Task,
        _ child: Int,
        _ parent: Int,
        _ isCategory: (Int) -> Bool
    ) -> [Task]? {
        guard let condition = rules.condition(rules.nodes[child].predicate, isCategory: isCategory)
        else { return nil }
        let after = place(after: child, parent: parent)
        var next = task
        switch condition {
        case .always: next.place = .node(child)
        case .never: next.place = after
        case .split(let split):
            let whenMissing = place(missing: split.missing, child, parent, after)
            switch task.known[split.argument] {
            case true?: next.place = whenMissing
            case let isMissing:
                var whenFalse = after
                if case .before(let sibling, _) = after,
                    case .split(let other)? = rules.condition(
                        rules.nodes[sibling].predicate,
                        isCategory: isCategory
                    ), other.isComplement(of: split)
                {
                    whenFalse = .node(sibling)
                }
                return branch(
                    task,
                    split,
                    (.node(child), whenFalse, isMissing == nil ? whenMissing : nil)
                )
            }
        }
        return [next]
    }

    /// Makes the split, or one that sets missing values apart when they go a third way.
    private mutating func branch(
        _ task: Task,
        _ split: RuleSplit,
        _ places: (whenTrue: Place, whenFalse: Place, whenMissing: Place?)
    ) -> [Task] {
        var (left, right) = (task, task)
        left.place = split.trueGoesLeft ? places.whenTrue : places.whenFalse
        right.place = split.trueGoesLeft ? places.whenFalse : places.whenTrue
        var missingGoesLeft = false
        if let whenMissing = places.whenMissing {
            if whenMissing == left.place {
                missingGoesLeft = true
            } else if whenMissing == right.place, split.test == .upTo(.infinity) {
                left.known[split.argument] = false
                right.known[split.argument] = true
            } else if whenMissing != right.place {
                left = task
                left.known[split.argument] = false
                right = task
                right.place = whenMissing
                right.known[split.argument] = true
                let guardSplit = RuleSplit(
                    argument: split.argument,
                    test: .upTo(.infinity),
                    trueGoesLeft: true,
                    missing: .no
                )
                return addSplit(guardSplit, missingGoesLeft: false, task, left, right)
            }
        }
        return addSplit(split, missingGoesLeft: missingGoesLeft, task, left, right)
    }

    private func place(after child: Int, parent: Int) -> Place {
        if let sibling = rules.nodes[child].nextSibling { return .before(sibling, parent: parent) }
        let last = rules.returnsLastPrediction && rules.nodes[parent].hasScore
        return .result(last ? parent : nil)
    }

    private func place(missing: Truth, _ child: Int, _ parent: Int, _ after: Place) -> Place {
        switch (missing, rules.missingStrategy) {
        case (.yes, _): .node(child)
        case (.no, _), (.unknown, .none): after
        case (.unknown, .lastPrediction): .result(parent)
        case (.unknown, .defaultChild):
            rules.nodes[parent].defaultChild.map { .node($0) } ?? .result(nil)
        default: .result(nil)
        }
    }

    private mutating func addLeaf(
        _ node: Int?,
        _ task: Task,
        _ leaf: (ArraySlice<Double>?) -> Double
    ) {
        link(task, to: ~tree.leafValues.count)
        tree.leafValues.append(leaf(node.map { rules.result(of: $0) }))
        // Records of an inner node are not those that stop there.
        let end = node.flatMap { rules.nodes[$0].firstChild == nil ? $0 : nil }
        tree.leafCovers.append(end.map { rules.nodes[$0].records } ?? 0)
    }

    /// Adds covers up from the leaves; where some are not known, none is.
    mutating func setCovers() {
        guard tree.leafCovers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            tree.leafCovers = tree.leafCovers.map { _ in 0 }
            return
        }
        // Children come after their parents.
        for split in tree.features.indices.reversed() {
            let children = [tree.leftChildren[split], tree.rightChildren[split]]
            tree.splitCovers[split] = children.reduce(0) { sum, child in
                sum + (child < 0 ? tree.leafCovers[~child] : tree.splitCovers[child])
            }
        }
    }

    private mutating func addSplit(
        _ split: RuleSplit,
        missingGoesLeft: Bool,
        _ task: Task,
        _ left: Task,
        _ right: Task
    ) -> [Task] {
        let number = tree.features.count
        link(task, to: number)
        tree.features.append(split.argument)
        tree.leftChildren.append(0)
        tree.rightChildren.append(0)
        tree.splitCovers.append(0)
        switch split.test {
        case .upTo(let threshold):
            tree.thresholds.append(threshold)
            tree.kinds.append(
                .numerical(missing: .notANumber, missingGoesLeft: missingGoesLeft)
            )
            tree.categoryRanges.append(0..<0)
        case .categories(let categories):
            tree.thresholds.append(0)
            tree.kinds.append(.categoryIndex(missingGoesLeft: missingGoesLeft))
            let first = tree.categoryWords.count
            let wordCount = Int(categories.last ?? 0) / 32 + 1
            tree.categoryWords += [UInt32](repeating: 0, count: wordCount)
            for category in categories {
                tree.categoryWords[first + Int(category) / 32] |= 1 << UInt32(Int(category) % 32)
            }
            tree.categoryRanges.append(first..<first + wordCount)
        }
        var (left, right) = (left, right)
        (left.parent, left.isLeft) = (number, true)
        (right.parent, right.isLeft) = (number, false)
        return [right, left]
    }

    private mutating func link(_ task: Task, to child: Int) {
        guard let parent = task.parent else { return }
        if task.isLeft {
            tree.leftChildren[parent] = child
        } else {
            tree.rightChildren[parent] = child
        }
    }
}
