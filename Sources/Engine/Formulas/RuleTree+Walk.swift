// SPDX-License-Identifier: Apache-2.0

// How a row goes through a rule tree.

extension RuleTree {
    /// What a walk finds on its way.
    private struct Walk {
        /// Uses of default children and surrogates.
        var penalties = 0
        /// Whether results of several nodes are added up.
        var adds = false
        /// Nodes that gave a result, and their shares together.
        var found = 0
        var total = 0.0
    }

    /// Writes the ``resultCount`` values of a row whose arguments `value` gives by number.
    @inline(__always)
    package func evaluate(
        into results: UnsafeMutableBufferPointer<Double>,
        _ value: (Int) -> Double
    ) {
        for index in 0..<resultCount { results[index] = 0 }
        var walk = Walk()
        if !nodes.isEmpty, truth(of: nodes[0].predicate, penalties: &walk.penalties, value) == .yes
        {
            descend(from: 0, share: 1, walk: &walk, results, value)
        }
        finish(walk, results)
    }

    /// Follows a row down from a node whose predicate holds, or is taken to hold.
    private func descend(
        from start: Int,
        share: Double,
        walk: inout Walk,
        _ results: UnsafeMutableBufferPointer<Double>,
        _ value: (Int) -> Double
    ) {
        var node = start
        descent: while let first = nodes[node].firstChild {
            var next: Int? = first
            while let child = next {
                switch truth(of: nodes[child].predicate, penalties: &walk.penalties, value) {
                case .yes:
                    node = child
                    continue descent
                case .no: break
                case .unknown:
                    switch missingStrategy {
                    case .none: break
                    case .nullPrediction: return
                    case .lastPrediction: return take(node, share: share, walk: &walk, results)
                    case .defaultChild:
                        guard let child = nodes[node].defaultChild else { return }
                        walk.penalties += 1
                        node = child
                        continue descent
                    case .weightedConfidence, .aggregateNodes:
                        return spread(from: child, share: share, walk: &walk, results, value)
                    }
                }
                next = nodes[child].nextSibling
            }
            guard returnsLastPrediction, nodes[node].hasScore else { return }
            break
        }
        take(node, share: share, walk: &walk, results)
    }

    /// Sends a row to a child that may be true and to its later siblings.
    private func spread(
        from first: Int,
        share: Double,
        walk: inout Walk,
        _ results: UnsafeMutableBufferPointer<Double>,
        _ value: (Int) -> Double
    ) {
        walk.adds = true
        let weighs = missingStrategy == .weightedConfidence
        var records = 0.0
        var next: Int? = weighs ? first : nil
        var ignored = 0
        while let child = next {
            if truth(of: nodes[child].predicate, penalties: &ignored, value) != .no {
                records += nodes[child].records
            }
            next = nodes[child].nextSibling
        }
        next = first
        while let child = next {
            let truth = truth(of: nodes[child].predicate, penalties: &walk.penalties, value)
            if truth != .no {
                let childShare = weighs ? share * (nodes[child].records / records) : share
                descend(from: child, share: childShare, walk: &walk, results, value)
            }
            // Where a predicate is true, no later child can be the row's.
            next = truth == .yes && !weighs ? nil : nodes[child].nextSibling
        }
    }

    /// Adds the result of a node.
    private func take(
        _ node: Int,
        share: Double,
        walk: inout Walk,
        _ results: UnsafeMutableBufferPointer<Double>
    ) {
        guard nodes[node].hasResult else { return }
        let first = node * resultCount
        // Records of a class are its probability times the node's.
        let counts = walk.adds && missingStrategy == .aggregateNodes
        let share = counts ? nodes[node].records : share
        walk.found += 1
        walk.total += share
        for index in 0..<resultCount { results[index] += share * values[first + index] }
    }

    /// Makes the sums into a result.
    private func finish(_ walk: Walk, _ results: UnsafeMutableBufferPointer<Double>) {
        guard walk.found > 0 else {
            for index in 0..<resultCount { results[index] = .nan }
            return
        }
        let confidences = 1 + classCount
        if walk.adds {
            // What led nowhere leaves the others their parts of the whole.
            for index in 1..<resultCount { results[index] /= walk.total }
            let decides = missingStrategy == .aggregateNodes ? 1 : confidences
            var winner = 0
            for index in 0..<classCount where results[decides + index] > results[decides + winner] {
                winner = index
            }
            results[0] = Double(winner)
        }
        for _ in 0..<walk.penalties where missingPenalty != 1 {
            for index in 0..<classCount { results[confidences + index] *= missingPenalty }
        }
    }
}
