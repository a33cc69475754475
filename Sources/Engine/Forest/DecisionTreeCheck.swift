// SPDX-License-Identifier: Apache-2.0

// The rules a tree must keep before anything walks it.

extension DecisionTree {
    /// Throws unless the tree is sound; `index` is its place in the ensemble, for the message.
    func check(index: Int, featureCount: Int) throws(ForestError) {
        do {
            try checkLengths()
            try checkSplits(featureCount: featureCount)
            try checkCovers()
            try checkLinearLeaves(featureCount: featureCount)
            try checkShape()
        } catch {
            throw ForestError(code: error.code, tree: index, message: error.message)
        }
    }

    private func checkLengths() throws(ForestError) {
        let splits = features.count
        let lengths = [
            thresholds.count, kinds.count, leftChildren.count, rightChildren.count,
            categoryRanges.count, splitCovers.count,
        ]
        guard lengths.allSatisfy({ $0 == splits }), leafCovers.count == leafValues.count else {
            throw broken(.lengthMismatch, "its arrays differ in length")
        }
        guard leafValues.count == splits + 1 else {
            throw broken(.notATree, "\(splits) splits and \(leafValues.count) leaves")
        }
    }

    private func checkSplits(featureCount: Int) throws(ForestError) {
        for split in features.indices {
            guard features[split] >= 0, features[split] < min(featureCount, Int(Int32.max)) else {
                throw broken(
                    .indexOutOfRange,
                    "split \(split) tests feature \(features[split]) of \(featureCount)"
                )
            }
            let words = categoryRanges[split]
            guard words.lowerBound >= 0, words.upperBound <= categoryWords.count else {
                throw broken(.indexOutOfRange, "split \(split) has no such category set")
            }
        }
    }

    private func checkCovers() throws(ForestError) {
        for cover in splitCovers + leafCovers where !(cover >= 0 && cover.isFinite) {
            throw broken(.badCover, "a node count is \(cover)")
        }
    }

    private func checkLinearLeaves(featureCount: Int) throws(ForestError) {
        guard linearLeaves.isEmpty || linearLeaves.count == leafValues.count else {
            throw broken(.lengthMismatch, "its arrays differ in length")
        }
        for leaf in linearLeaves {
            guard leaf.features.count == leaf.coefficients.count else {
                throw broken(.lengthMismatch, "a leaf has more features than coefficients or fewer")
            }
            for feature in leaf.features where feature < 0 || feature >= featureCount {
                throw broken(.indexOutOfRange, "a leaf uses feature \(feature) of \(featureCount)")
            }
        }
    }

    /// Walks from the root and counts visits: a tree reaches everything once.
    private func checkShape() throws(ForestError) {
        var splitSeen = [Bool](repeating: false, count: features.count)
        var leafSeen = [Bool](repeating: false, count: leafValues.count)
        var pending = [features.isEmpty ? ~0 : 0]
        var reached = 0
        while let node = pending.popLast() {
            reached += 1
            if node >= 0 {
                guard node < splitSeen.count else {
                    throw broken(.indexOutOfRange, "a child is split \(node) of \(splitSeen.count)")
                }
                guard !splitSeen[node] else {
                    throw broken(.notATree, "split \(node) is reached twice")
                }
                splitSeen[node] = true
                pending.append(rightChildren[node])
                pending.append(leftChildren[node])
            } else {
                guard ~node < leafSeen.count else {
                    throw broken(.indexOutOfRange, "a child is leaf \(~node) of \(leafSeen.count)")
                }
                guard !leafSeen[~node] else {
                    throw broken(.notATree, "leaf \(~node) is reached twice")
                }
                leafSeen[~node] = true
            }
        }
        guard reached == splitSeen.count + leafSeen.count else {
            throw broken(.notATree, "some nodes are not reached from the root")
        }
    }

    private func broken(_ code: ForestError.Code, _ message: String) -> ForestError {
        ForestError(code: code, tree: nil, message: message)
    }
}
