// SPDX-License-Identifier: Apache-2.0

// Turns trees into the forms that are walked node by node.

internal import CForest

/// How a split is decided by bytes: a row goes left where its byte is at most the rank.
struct SplitTest {
    let byte: UInt32
    let rank: UInt8
}

/// Compiles the trees that are walked, one after another.
struct WalkCompiler {
    let ensemble: TreeEnsemble
    private let conditions: [SplitCondition]
    let sets: CategorySets
    private let columns: BinColumns
    private var byteNumbers: [Int: UInt32] = [:]

    /// The runs of a row.
    private(set) var runs: [vigie_run] = []
    /// The number of each walked tree among those of its form.
    private(set) var treeNumbers: [Int: Int] = [:]
    /// Trees in groups.
    private(set) var groups: RowGroups

    /// The bytes that nodes test, in order of column; byte 0 is that of leaves.
    private(set) var bytes: [vigie_walk_byte] = [.init(column: 0, kind: 0)]
    /// The tables of sets, whose bytes follow these.
    let setTables: SetTables
    /// Which of the bytes are each column's.
    private(set) var byteRanges: [Range<Int>] = []
    /// Places of bins with zero missing, by column.
    private let zeroPlaces: [Int: Int]
    private(set) var binnedRoots: [UInt32] = []
    private(set) var nodes: [vigie_walk_node] = []
    private(set) var nodeValues: [Double] = []
    private(set) var generalRoots: [Int32] = []
    private(set) var splits: [vigie_walk_split] = []
    private(set) var leaves: [vigie_walk_leaf] = []
    private(set) var terms: [vigie_walk_term] = []

    /// A compiler of trees whose binned splits have these conditions in these columns.
    init(
        _ ensemble: TreeEnsemble,
        conditions: [SplitCondition],
        columns: BinColumns,
        sets: CategorySets,
        groupTrees: Int,
        isBinned: (Int) -> Bool
    ) {
        self.ensemble = ensemble
        self.conditions = conditions
        self.columns = columns
        self.sets = sets
        setTables = SetTables(sets, columns)
        let zeroes = columns.zeroColumns.enumerated()
        zeroPlaces = Dictionary(
            uniqueKeysWithValues: zeroes.map { ($0.element, columns.columns.count + $0.offset) }
        )
        groups = RowGroups(treesMaximum: groupTrees)
        var used = Set<Int>()
        for tree in 0..<ensemble.treeCount where isBinned(tree) {
            for split in ensemble.splits(of: tree) where !ensemble.kinds[split].isCategorical {
                used.insert(byteKey(split))
            }
        }
        // Keys are in order of column. A split at which no value goes left needs a byte as well.
        for key in used.sorted() {
            byteNumbers[key] = UInt32(bytes.count)
            bytes.append(.init(column: UInt32(key / 4), kind: UInt32(key % 4)))
        }
        var next = 1
        for column in columns.columns.indices {
            let start = next
            while next < bytes.count, bytes[next].column == column { next += 1 }
            byteRanges.append(start..<next)
        }
    }

    private func byteKey(_ split: Int) -> Int {
        columns.places[split].column * 4 + Int(conditions[split].missing.rawValue)
    }

    /// The number of the set that a split asks for, if it does.
    func set(of split: Int) -> Int? { sets.numbers[split] }

    /// The byte that a split of a binned tree tests.
    func byte(of split: Int) -> UInt32 {
        if let number = sets.numbers[split] { return UInt32(bytes.count + number) }
        return byteNumbers[byteKey(split)] ?? 0
    }

    /// The largest byte that goes left at the split; that of a set is 0 or 255.
    func rank(of split: Int) -> UInt32 {
        sets.numbers[split] == nil ? UInt32(columns.places[split].rank + 1) : 0
    }

    /// What groups of eight test at the split: the place of a bin, what is added to that, and the
    /// least sum that goes right.
    func binTest(of split: Int) -> (place: UInt32, added: UInt8, rank: UInt8) {
        let column = columns.places[split].column
        let missing = conditions[split].missing
        let added: UInt8 = missing == .notANumberLeft || missing == .zeroLeft ? 1 : 0
        var place = column
        if conditions[split].needsZero {
            place = zeroPlaces[column] ?? column
        }
        return (UInt32(place), added, UInt8(rank(of: split)) + added)
    }

    /// Which of the features with sets a column is for, from 1; 0 if it is for none.
    func setFeature(of column: Int) -> Int {
        guard columns.columns[column].use == .classes else { return 0 }
        let feature = columns.columns[column].feature
        return (sets.features.firstIndex { $0.feature == feature } ?? -1) + 1
    }

    /// Numbers of sets.
    var setCount: Int { sets.count }

    /// Columns with the bounds of zero.
    var zeroColumns: [UInt32] { columns.zeroColumns.map { UInt32($0) } }

    /// What each split of the ensemble tests; of no meaning for those of general trees and of sets.
    var tests: [SplitTest] {
        ensemble.features.indices.map {
            SplitTest(byte: byte(of: $0), rank: UInt8(truncatingIfNeeded: rank(of: $0)))
        }
    }

    /// Compiles the trees of a run of a row.
    mutating func append(_ run: ForestLayout.Run) {
        let first: Int
        var count = run.trees.count
        switch run.form {
        case .grouped:
            first = groups.groups.count
            groups.append(run.trees, from: self)
            count = groups.groups.count - first
        case .binned, .sliced:
            first = binnedRoots.count
            for tree in run.trees {
                treeNumbers[tree] = binnedRoots.count
                appendBinned(tree)
            }
        case .general:
            first = generalRoots.count
            for tree in run.trees {
                treeNumbers[tree] = generalRoots.count
                appendGeneral(tree)
            }
        }
        runs.append(
            vigie_run(
                kind: run.form.rawValue,
                first_tree: UInt32(first),
                tree_count: UInt32(count)
            )
        )
    }

    /// Lays the tree out breadth first, so that siblings are neighbours.
    private mutating func appendBinned(_ tree: Int) {
        let firstSplit = ensemble.splitOffsets[tree]
        let firstLeaf = ensemble.leafOffsets[tree]
        let splitCount = ensemble.splitOffsets[tree + 1] - firstSplit
        binnedRoots.append(UInt32(nodes.count))
        var order: [Int32] = [splitCount == 0 ? ~0 : 0]
        order.reserveCapacity(2 * splitCount + 1)
        var next = 0
        while next < order.count {
            let node = order[next]
            if node < 0 {
                nodes.append(.init(byte: 0, way_and_rank: 255))
                nodeValues.append(ensemble.leafValues[firstLeaf + Int(~node)])
            } else {
                let split = firstSplit + Int(node)
                let way = UInt32(order.count - next)
                nodes.append(.init(byte: byte(of: split), way_and_rank: way << 8 | rank(of: split)))
                nodeValues.append(0)
                order.append(ensemble.leftChildren[split])
                order.append(ensemble.rightChildren[split])
            }
            next += 1
        }
    }

    private mutating func appendGeneral(_ tree: Int) {
        let (firstSplit, firstLeaf) = (splits.count, leaves.count)
        let range = ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1]
        func place(_ child: Int32) -> Int32 {
            child >= 0 ? Int32(firstSplit) + child : ~(Int32(firstLeaf) + ~child)
        }
        generalRoots.append(place(range.isEmpty ? ~0 : 0))
        for split in range {
            let words = ensemble.categoryRanges[split]
            splits.append(
                vigie_walk_split(
                    threshold: ensemble.thresholds[split],
                    feature: UInt32(ensemble.features[split]),
                    left: place(ensemble.leftChildren[split]),
                    right: place(ensemble.rightChildren[split]),
                    category_start: UInt32(words.lowerBound),
                    category_count: UInt32(words.count),
                    kind: UInt32(ensemble.kinds[split].rawValue)
                )
            )
        }
        for leaf in ensemble.leafOffsets[tree]..<ensemble.leafOffsets[tree + 1] {
            appendGeneralLeaf(value: ensemble.leafValues[leaf], linear: ensemble.linearLeaf(leaf))
        }
    }

    private mutating func appendGeneralLeaf(value: Double, linear: LinearLeaf?) {
        leaves.append(
            vigie_walk_leaf(
                value: value,
                constant: linear?.constant ?? 0,
                term_start: UInt32(terms.count),
                term_count: UInt32(linear?.features.count ?? 0),
                is_linear: linear != nil
            )
        )
        guard let linear else { return }
        terms += zip(linear.coefficients, linear.features).map {
            vigie_walk_term(coefficient: $0, feature: UInt32($1))
        }
    }
}
