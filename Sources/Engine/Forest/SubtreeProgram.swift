// SPDX-License-Identifier: Apache-2.0

// The program that finds the leaf number of 512 rows in one tree, six splits at a time.

internal import CForest

/// Compiles one tree of at most 64 leaves into subtrees of at most six splits, each a table that
/// gives, for any outcome of its splits, the leaf or the subtree further down that a row comes to.
///
/// Fewest subtrees: from the leaves up, what hangs together below a split becomes a subtree of its
/// own as soon as it would be too large with the split, the larger side first.
struct SubtreeProgram {
    private static let splitsMaximum = Int(vigie_slice_subtree_splits_max)

    private let ensemble: TreeEnsemble
    private let firstSplit: Int
    private let leafNumbers: [UInt8]
    /// Whether a split is the root of a subtree.
    private var isRoot: [Bool]

    /// The subtrees, each after the one above it.
    private(set) var subtrees: [vigie_slice_subtree] = []
    /// The same for tiles.
    private(set) var tileSubtrees: [vigie_tile_subtree] = []
    /// The 64 entries of each.
    private(set) var tables: [UInt8] = []

    /// Compiles tree `tree` with the place of every split's condition, in vectors, what every split
    /// tests and the numbers of the leaves; `slot` is its place among the trees whose leaves are
    /// added together, `firstTable` the number of tables before its own.
    init(
        _ ensemble: TreeEnsemble,
        tree: Int,
        slot: Int,
        firstTable: Int,
        conditions: [UInt32],
        tests: [SplitTest],
        leafNumbers: [UInt8]
    ) {
        self.ensemble = ensemble
        self.leafNumbers = leafNumbers
        firstSplit = ensemble.splitOffsets[tree]
        isRoot = [Bool](repeating: false, count: ensemble.splitOffsets[tree + 1] - firstSplit)
        var roots: [Int32] = isRoot.isEmpty ? [~0] : [0]
        _ = cut(roots[0])
        var next = 0
        while next < roots.count {
            let (splits, numbers) = collect(next, roots: &roots)
            addSubtree(next, splits: splits, conditions: conditions)
            addTileSubtree(
                next,
                slot: slot,
                firstTable: firstTable,
                tests: splits.map { tests[firstSplit + Int($0)] }
            )
            addTable(root: roots[next], splits: splits, numbers: numbers)
            next += 1
        }
    }

    private func children(_ split: Int32) -> [Int32] {
        let index = firstSplit + Int(split)
        return [ensemble.leftChildren[index], ensemble.rightChildren[index]]
    }

    /// Cuts the tree below a node; gives how many splits hang together there.
    private mutating func cut(_ node: Int32) -> Int {
        guard node >= 0 else { return 0 }
        var sides = children(node).map { (node: $0, splits: cut($0)) }
        sides.sort { $0.splits < $1.splits }
        var splits = 1 + sides[0].splits + sides[1].splits
        for side in sides.reversed() where splits > Self.splitsMaximum {
            isRoot[Int(side.node)] = true
            splits -= side.splits
        }
        return splits
    }

    /// The splits of a subtree, and the numbers of the leaves and subtrees that hang on it; adds
    /// the roots of these.
    private func collect(
        _ subtree: Int,
        roots: inout [Int32]
    ) -> (splits: [Int32], numbers: [Int32: UInt8]) {
        var splits: [Int32] = []
        var numbers: [Int32: UInt8] = [:]
        var open = [roots[subtree]]
        while let node = open.popLast() {
            if node < 0 {
                numbers[node] = leafNumbers[Int(~node)]
            } else if isRoot[Int(node)] && node != roots[subtree] {
                numbers[node] = UInt8(Int(vigie_slice_subtree_number) + roots.count)
                roots.append(node)
            } else {
                splits.append(node)
                open += children(node)
            }
        }
        return (splits, numbers)
    }

    private mutating func addSubtree(_ subtree: Int, splits: [Int32], conditions: [UInt32]) {
        var places = splits.map { conditions[firstSplit + Int($0)] }
        places += [UInt32](repeating: 0, count: Self.splitsMaximum - places.count)
        subtrees.append(
            vigie_slice_subtree(
                conditions: (
                    packed(places[0], places[1], places[2]),
                    packed(places[3], places[4], places[5])
                ),
                number: UInt64(Int(vigie_slice_subtree_number) + subtree)
            )
        )
    }

    private mutating func addTileSubtree(
        _ subtree: Int,
        slot: Int,
        firstTable: Int,
        tests: [SplitTest]
    ) {
        var added = vigie_tile_subtree()
        added.tree = UInt8(slot)
        added.table = UInt32(firstTable + subtree)
        added.number = UInt8(Int(vigie_slice_subtree_number) + subtree)
        withUnsafeMutableBytes(of: &added.places) { places in
            let places = places.bindMemory(to: UInt32.self)
            for (index, test) in tests.enumerated() {
                places[index] = test.byte * UInt32(vigie_tile_rows)
            }
        }
        withUnsafeMutableBytes(of: &added.ranks) { ranks in
            for (index, test) in tests.enumerated() { ranks[index] = test.rank }
        }
        tileSubtrees.append(added)
    }

    /// Adds a subtree's table. What splits say that a row does not come to is of no matter.
    private mutating func addTable(root: Int32, splits: [Int32], numbers: [Int32: UInt8]) {
        // For each split, where it leads on either side: to one of these splits, or past them all
        // to a number.
        let count = splits.count
        func place(_ node: Int32) -> Int {
            splits.firstIndex(of: node) ?? count + Int(numbers[node] ?? 0)
        }
        let sides = splits.map { children($0).map(place) }
        for index in 0..<1 << Self.splitsMaximum {
            var at = place(root)
            while at < count { at = sides[at][1 - index >> at & 1] }
            tables.append(UInt8(at - count))
        }
    }
}
