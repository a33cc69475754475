// SPDX-License-Identifier: Apache-2.0

// The splits of an XGBoost tree.

internal import Documents
internal import Forest

extension XGBoostTree {
    /// A tree whose leaves have no values yet.
    struct Shape {
        var tree = DecisionTree()
        /// The node of the file that each leaf is.
        var leaves: [Int] = []
    }

    /// Walks from node 0 and numbers splits and leaves as they are met.
    ///
    /// - Parameter wordsLeft: Words for sets of categories that the model may still take.
    func shape(wordsLeft: inout Int) throws(ModelFormatError) -> Shape {
        let sets = try categorySets()
        var shape = Shape()
        var seen = [Bool](repeating: false, count: leftChildren.count)
        // A node and the split whose left or right child it is.
        var pending: [(node: Int, parent: Int, isLeft: Bool)] = [(0, -1, true)]
        while let (place, parent, isLeft) = pending.popLast() {
            guard place >= 0, place < seen.count else {
                throw node.malformed("a child is node \(place) of \(seen.count)")
            }
            guard !seen[place] else { throw node.malformed("node \(place) is reached twice") }
            seen[place] = true
            let isLeaf = leftChildren[place] == -1
            let number = isLeaf ? ~shape.leaves.count : shape.tree.features.count
            if parent >= 0, isLeft { shape.tree.leftChildren[parent] = number }
            if parent >= 0, !isLeft { shape.tree.rightChildren[parent] = number }
            if isLeaf {
                shape.leaves.append(place)
                shape.tree.leafCovers.append(cover(place))
                continue
            }
            let isCategorical = !splitTypes.isEmpty && splitTypes[place] == 1
            try appendSplit(place, to: &shape.tree)
            if isCategorical {
                try appendCategories(sets[place], place, to: &shape.tree, wordsLeft: &wordsLeft)
            }
            // XGBoost sends members of the set to the right, the engine to the left.
            pending.append((rightChildren[place], number, isCategorical))
            pending.append((leftChildren[place], number, !isCategorical))
        }
        let unreached = seen.count { !$0 }
        guard leafSize > 1 || deletedCount ?? unreached == unreached else {
            throw try node.member("tree_param").malformed(
                "\(unreached) nodes hang on no other, but num_deleted is \(deletedCount ?? 0)"
            )
        }
        return shape
    }

    /// A numerical split: left if `x < t`, which for float32 numbers is `x <= t.nextDown`; nothing
    /// is below -infinity, nor is anything `<= NaN`.
    private func appendSplit(_ place: Int, to tree: inout DecisionTree) throws(ModelFormatError) {
        guard features[place] >= 0, features[place] < featureCount else {
            throw node.malformed(
                "node \(place) tests feature \(features[place]) of \(featureCount)"
            )
        }
        let threshold = conditions[place]
        let bound: Float = threshold == -.infinity ? .nan : threshold.nextDown
        tree.features.append(features[place])
        tree.thresholds.append(Double(bound))
        tree.kinds.append(
            .numerical(missing: .notANumber, missingGoesLeft: defaultsLeft[place] != 0)
        )
        tree.leftChildren.append(0)
        tree.rightChildren.append(0)
        tree.categoryRanges.append(tree.categoryWords.count..<tree.categoryWords.count)
        tree.splitCovers.append(cover(place))
    }

    /// Makes the split appended last one on a set of categories.
    private func appendCategories(
        _ set: ArraySlice<Int>?,
        _ place: Int,
        to tree: inout DecisionTree,
        wordsLeft: inout Int
    ) throws(ModelFormatError) {
        guard let set, set.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }) else {
            throw node.malformed(
                set == nil
                    ? "node \(place) is categorical, but has no set of categories"
                    : "node \(place) has a category that is not from 0 to 16777215"
            )
        }
        let words = (set.max() ?? -1) / 32 + 1
        wordsLeft -= words * leafSize
        guard wordsLeft >= 0 else {
            throw node.unsupported("its categories are too high for the size of the file")
        }
        let first = tree.categoryWords.count
        tree.categoryWords += [UInt32](repeating: 0, count: words)
        for category in set {
            tree.categoryWords[first + category / 32] |= 1 << UInt32(category % 32)
        }
        let split = tree.kinds.count - 1
        tree.kinds[split] = .categoryIndex(missingGoesLeft: defaultsLeft[place] == 0)
        tree.thresholds[split] = 0
        tree.categoryRanges[split] = first..<first + words
    }

    /// The set of each categorical node.
    private func categorySets() throws(ModelFormatError) -> [Int: ArraySlice<Int>] {
        guard splitTypes.contains(1) else { return [:] }
        let categories = try node.member("categories").integers()
        let nodes = try node.member("categories_nodes").integers()
        let starts = try node.integers("categories_segments", count: nodes.count)
        let sizes = try node.integers("categories_sizes", count: nodes.count)
        var sets: [Int: ArraySlice<Int>] = [:]
        // Each category is of one node: else a list could be read once for each.
        var next = 0
        for ((place, start), size) in zip(zip(nodes, starts), sizes) {
            guard start == next, size >= 0, size <= categories.count - start else {
                throw node.malformed(
                    "node \(place) has the categories \(start)..<\(start)+\(size) of "
                        + "\(categories.count)"
                )
            }
            next = start + size
            guard place >= 0, place < splitTypes.count, splitTypes[place] == 1,
                sets.updateValue(categories[start..<next], forKey: place) == nil
            else {
                throw try node.member("categories_nodes").malformed(
                    "node \(place) is not categorical, or is there twice"
                )
            }
        }
        guard next == categories.count else {
            throw try node.member("categories").malformed(
                "\(categories.count) values, of which nodes have \(next)"
            )
        }
        return sets
    }

    /// Training weight that reached a node; 0 when unknown or no weight.
    private func cover(_ place: Int) -> Double {
        guard place < covers.count, covers[place] >= 0, covers[place].isFinite else { return 0 }
        return Double(covers[place])
    }
}
