// SPDX-License-Identifier: Apache-2.0

// The program that finds the leaf numbers of many rows in some trees, split by split.

internal import CForest

/// Compiles trees of at most 64 leaves into splits that part the rows which come to them.
///
/// A split reads the rows that come to it and its condition, and writes those that go left and
/// those that go right. Where both children are leaves, it writes the right ones only: the network
/// that makes numbers takes the rows of two neighbouring leaves and of the second. Splits are
/// ordered by depth, so that neighbours do not wait for each other.
struct SplitProgram {
    private let ensemble: TreeEnsemble

    /// A split that all its rows come to.
    private struct Split {
        /// Which of the trees, and which of all splits.
        let tree: Int
        let index: Int
        let depth: Int
    }

    /// The splits in their order; of the last ``lastCount`` both children are leaves.
    private(set) var splits: [vigie_slice_split] = []
    private(set) var lastCount = 0
    /// Vectors of results.
    private(set) var resultCount = 0
    /// For each tree and number, where the rows at the leaf are, or those of its pair.
    private(set) var leafPlaces: [[UInt16]] = []
    /// For each tree and number, the leaf.
    private(set) var leaves: [[Int]] = []

    /// Compiles some trees with the place of every split's condition, in vectors; results lie one
    /// after another from `firstResult`.
    init(
        _ ensemble: TreeEnsemble,
        trees: ArraySlice<Int>,
        conditions: [UInt32],
        firstResult: Int
    ) {
        self.ensemble = ensemble
        let order = trees.flatMap { splits(of: $0) }
            .sorted { (hasTwoLeaves($0) ? 1 : 0, $0.depth) < (hasTwoLeaves($1) ? 1 : 0, $1.depth) }
        // Where the rows of each split and leaf are. All rows come to the first split.
        var splitPlaces: [Int: Int] = [:]
        var leafPlaces: [Int: Int] = [:]
        for split in order {
            let rows = splitPlaces[split.index] ?? Self.allRows
            splits.append(
                vigie_slice_split(
                    condition: UInt16(truncatingIfNeeded: conditions[split.index]),
                    rows: UInt16(truncatingIfNeeded: rows)
                )
            )
            let isLast = hasTwoLeaves(split)
            lastCount += isLast ? 1 : 0
            for (side, node) in children(split).enumerated() {
                var place = rows
                if side == 1 || !isLast {
                    place = firstResult + resultCount
                    resultCount += 1
                }
                if node < 0 {
                    leafPlaces[ensemble.leafOffsets[split.tree] + Int(~node)] = place
                } else {
                    splitPlaces[ensemble.splitOffsets[split.tree] + Int(node)] = place
                }
            }
        }
        for tree in trees { addLeaves(of: tree, places: leafPlaces) }
    }

    /// Splits before those with two leaves.
    var fullCount: Int { splits.count - lastCount }

    /// Whether the splits take less time than steps of the same trees.
    func isShorter(than schedule: StepSchedule) -> Bool {
        // In full splits; measured for 512 rows on an AMD EPYC (Zen 4), AVX2: 1.1 ns.
        let numbered = leafPlaces.lazy.map(\.count).reduce(0, +)
        let own = 1.0 * Double(fullCount) + 0.6 * Double(lastCount) + 0.35 * Double(numbered)
        return own < Double(schedule.steps.count)
    }

    private static let noRows = 0
    private static let allRows = 1

    private func children(_ split: Split) -> [Int32] {
        [ensemble.leftChildren[split.index], ensemble.rightChildren[split.index]]
    }

    private func hasTwoLeaves(_ split: Split) -> Bool {
        children(split).allSatisfy { $0 < 0 }
    }

    /// The splits of a tree, from the root down.
    private func splits(of tree: Int) -> [Split] {
        let first = ensemble.splitOffsets[tree]
        guard first < ensemble.splitOffsets[tree + 1] else { return [] }
        var splits = [Split(tree: tree, index: first, depth: 0)]
        var next = 0
        while next < splits.count {
            let split = splits[next]
            for node in children(split) where node >= 0 {
                splits.append(Split(tree: tree, index: first + Int(node), depth: split.depth + 1))
            }
            next += 1
        }
        return splits
    }

    /// Numbers the leaves of a tree: pairs first, whose numbers must be neighbours.
    private mutating func addLeaves(of tree: Int, places: [Int: Int]) {
        let pairs = splits(of: tree).filter(hasTwoLeaves).flatMap { children($0).map { Int(~$0) } }
        let firstLeaf = ensemble.leafOffsets[tree]
        let paired = Set(pairs)
        let others = (0..<ensemble.leafOffsets[tree + 1] - firstLeaf).filter {
            !paired.contains($0)
        }
        let order = pairs + others
        leaves.append(order)
        let numberCount = [8, 16, 32].first { $0 >= order.count } ?? 64
        // A leaf alone is number 0, as no row is anywhere else.
        leafPlaces.append(
            (0..<numberCount).map { number in
                guard number < order.count else { return UInt16(Self.noRows) }
                let place = places[firstLeaf + order[number]]
                return UInt16(truncatingIfNeeded: place ?? Self.noRows)
            }
        )
    }
}
