// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into a plan: which trees are fast, which columns they need, their nodes.

import CForest

/// Compiles one ensemble. A tree is fast when all its splits are numerical and its columns fit a
/// block; the others keep the general form.
struct PlanCompiler {
    private let ensemble: TreeEnsemble
    private var columns: [vigie_forest_column] = []
    private var columnNumbers: [UInt64: Int] = [:]
    private var trees: [vigie_forest_tree] = []
    private var nodes32: [vigie_forest_node32] = []
    private var nodes64: [vigie_forest_node64] = []
    private var nodeValues: [Double] = []
    private var splits: [vigie_forest_split] = []
    private var splitValues: [Double] = []

    /// The estimate behind ``ForestPlan/costNanosecondsPerRow``.
    private(set) var costNanosecondsPerRow = 0.0

    init(_ ensemble: TreeEnsemble) {
        self.ensemble = ensemble
    }

    /// Compiles every tree, in order.
    mutating func compile() {
        // Column 0 is the constant that leaves test; node 0 is a leaf for lanes without a tree.
        columns.append(vigie_forest_column(feature: 0, variant: 0))
        appendLeaf(value: 0)
        for tree in 0..<ensemble.treeCount {
            if addColumns(of: tree) {
                appendFastTree(tree)
            } else {
                appendGeneralTree(tree)
            }
        }
        costNanosecondsPerRow += Double(columns.count)
    }

    /// The plan in memory of its own, which the caller frees.
    func makePlan() -> vigie_forest_plan {
        vigie_forest_plan(
            columns: copied(columns),
            column_count: columns.count,
            trees: copied(trees),
            tree_count: trees.count,
            nodes32: copied(nodes32),
            nodes64: copied(nodes64),
            node_values: copied(nodeValues),
            splits: copied(splits),
            split_values: copied(splitValues),
            category_words: copied(ensemble.categoryWords)
        )
    }
}

// MARK: Fast trees

extension PlanCompiler {
    /// Makes sure that every column of the tree exists; false if the tree cannot be fast.
    private mutating func addColumns(of tree: Int) -> Bool {
        let splits = ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1]
        guard !splits.contains(where: { ensemble.kinds[$0].isCategorical }) else { return false }
        let before = columns.count
        for split in splits where columnNumbers[columnKey(split)] == nil {
            columnNumbers[columnKey(split)] = columns.count
            columns.append(
                vigie_forest_column(
                    feature: UInt32(ensemble.features[split]),
                    variant: PreparedSplit(ensemble, split: split).variant
                )
            )
        }
        guard columns.count > Int(vigie_forest_columns_max) else { return true }
        columns.removeSubrange(before...)
        columnNumbers = columnNumbers.filter { $0.value < before }
        return false
    }

    private func columnKey(_ split: Int) -> UInt64 {
        let variant = PreparedSplit(ensemble, split: split).variant
        return UInt64(ensemble.features[split]) << 2 | UInt64(variant)
    }

    /// Lays the tree out breadth first, so that siblings are neighbours.
    private mutating func appendFastTree(_ tree: Int) {
        let firstSplit = ensemble.splitOffsets[tree]
        let firstLeaf = ensemble.leafOffsets[tree]
        let root = nodeValues.count
        let nodeCount = 2 * (ensemble.splitOffsets[tree + 1] - firstSplit) + 1
        trees.append(vigie_forest_tree(root: Int32(root), is_general: 0))
        var order: [(node: Int32, depth: Double)] = [(nodeCount == 1 ? ~0 : 0, 0)]
        var depthSum = 0.0
        var next = 0
        while next < order.count {
            let (node, depth) = order[next]
            next += 1
            guard node >= 0 else {
                appendLeaf(value: ensemble.leafValues[firstLeaf + Int(~node)])
                depthSum += depth
                continue
            }
            let split = firstSplit + Int(node)
            let prepared = PreparedSplit(ensemble, split: split)
            let children = [ensemble.leftChildren[split], ensemble.rightChildren[split]]
            append(
                prepared,
                columnNumber: columnNumbers[columnKey(split)] ?? 0,
                child: root + order.count
            )
            order += (prepared.swapsChildren ? children.reversed() : children).map {
                ($0, depth + 1)
            }
        }
        // See vigie_forest_walk.inc: 1 ns a level, and the slowest of eight lanes goes deeper.
        costNanosecondsPerRow += 1.5 * (depthSum / Double((nodeCount + 1) / 2) + 1)
    }

    private mutating func append(_ split: PreparedSplit, columnNumber: Int, child: Int) {
        let start = UInt32(columnNumber * Int(vigie_forest_block_rows))
        let child = UInt32(child)
        nodes32.append(.init(threshold: split.threshold32, column_start: start, child: child))
        nodes64.append(.init(threshold: split.threshold64, column_start: start, child: child))
        nodeValues.append(0)
    }

    private mutating func appendLeaf(value: Double) {
        let own = UInt32(nodeValues.count)
        nodes32.append(.init(threshold: .infinity, column_start: 0, child: own))
        nodes64.append(.init(threshold: .infinity, column_start: 0, child: own))
        nodeValues.append(value)
    }
}

// MARK: General trees

extension PlanCompiler {
    private mutating func appendGeneralTree(_ tree: Int) {
        let firstSplit = splits.count
        let firstLeaf = splitValues.count
        let range = ensemble.splitOffsets[tree]..<ensemble.splitOffsets[tree + 1]
        func place(_ child: Int32) -> Int32 {
            child >= 0 ? Int32(firstSplit) + child : ~(Int32(firstLeaf) + ~child)
        }
        trees.append(
            vigie_forest_tree(root: place(range.isEmpty ? ~0 : 0), is_general: 1)
        )
        for split in range {
            let words = ensemble.categoryRanges[split]
            splits.append(
                vigie_forest_split(
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
        splitValues +=
            ensemble.leafValues[ensemble.leafOffsets[tree]..<ensemble.leafOffsets[tree + 1]]
        // About 6 ns a level, most of it mispredicted branches; the depth is that of a full tree.
        costNanosecondsPerRow += 6 * (1 + Double(range.count + 1).logarithm2)
    }
}

extension Double {
    /// Base-2 logarithm, rounded down: enough for an estimate.
    fileprivate var logarithm2: Double { Double(exponent) }
}
