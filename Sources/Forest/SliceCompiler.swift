// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into the bit-sliced form: its thresholds, conditions and trees.

import CForest

/// Compiles the columns of bins, and the trees that the bit-sliced kernel takes.
struct SliceCompiler {
    let ensemble: TreeEnsemble
    private let columns: BinColumns
    private(set) var features: [vigie_slice_feature] = []
    private(set) var pivots32: [Float] = []
    private(set) var pivots64: [Double] = []
    private(set) var patches: [vigie_slice_patch] = []
    private(set) var trees: [vigie_slice_tree] = []
    private(set) var steps: [vigie_slice_step] = []
    private(set) var leaves: [Double] = []
    private(set) var resultStart = 0
    private(set) var vectorCount = 2

    /// Compiles the columns and, run by run, the sliced trees.
    init(
        _ ensemble: TreeEnsemble,
        conditions: [SplitCondition],
        columns: BinColumns,
        byteRanges: [Range<Int>],
        runs: [[Int]]
    ) {
        self.ensemble = ensemble
        self.columns = columns
        let splits = runs.joined().flatMap {
            ensemble.splitOffsets[$0]..<ensemble.splitOffsets[$0 + 1]
        }
        let places = makeConditions(conditions, splits: splits, byteRanges: byteRanges)
        for run in runs { makeTrees(run, conditions: places) }
    }
}

// MARK: Conditions

extension SliceCompiler {
    /// Fills in features, pivots and patches. Gives the place of each split's condition in the
    /// arena, in bytes.
    private mutating func makeConditions(
        _ conditions: [SplitCondition],
        splits: [Int],
        byteRanges: [Range<Int>]
    ) -> [UInt32] {
        // Conditions that never hold are the vector of zeros.
        var places = [UInt32](repeating: Self.place(0), count: conditions.count)
        var byColumn = [[Int]](repeating: [], count: columns.columns.count)
        for split in splits
        where !conditions[split].threshold.isNaN || conditions[split].missing != .plain {
            byColumn[columns.places[split].column].append(split)
        }
        for (index, column) in columns.columns.enumerated() {
            addFeature(column, bytes: byteRanges[index])
            // By threshold and kind; equal neighbours share a condition.
            let keyed = byColumn[index].map {
                (rank: columns.places[$0].rank, kind: conditions[$0].missing.rawValue, split: $0)
            }
            let order = keyed.sorted { ($0.rank, $0.kind) < ($1.rank, $1.kind) }
            for equals in order.split(whereNeighbours: { $0.rank != $1.rank }) {
                let byKind = equals.split(whereNeighbours: { $0.kind != $1.kind })
                for same in byKind {
                    let first = same[same.startIndex]
                    let isOnly = byKind.count == 1
                    let place = addCondition(rank: first.rank, kind: first.kind, isOnly: isOnly)
                    for item in same { places[item.split] = place }
                }
            }
        }
        resultStart = vectorCount
        return places
    }

    /// Adds a column and its plain conditions.
    private mutating func addFeature(_ column: BinColumns.Column, bytes: Range<Int>) {
        let count = column.thresholds.count
        let bounds = SplitCondition.zeroBounds
        let zeroLow = column.thresholds.firstPlace { $0 >= bounds.low }
        let zeroHigh = column.thresholds.firstPlace { $0 >= bounds.high }
        let planeCount = planeCount(thresholds: count)
        features.append(
            vigie_slice_feature(
                feature: UInt32(column.feature),
                plane_count: UInt32(planeCount),
                threshold_count: column.isSliced ? UInt32(count) : 0,
                first_condition: UInt32(vectorCount),
                zero_low: UInt32(vectorCount + (column.hasZero ? zeroLow : 0)),
                zero_high: UInt32(vectorCount + (column.hasZero ? zeroHigh : 0)),
                patch_start: UInt32(patches.count),
                patch_count: 0,
                byte_start: UInt32(bytes.lowerBound),
                byte_count: UInt32(bytes.count)
            )
        )
        pivots32 += searchTree(
            column.thresholds.map(SplitCondition.roundedDown),
            planeCount: planeCount
        )
        pivots64 += searchTree(column.thresholds, planeCount: planeCount)
        if column.isSliced { vectorCount += count }
    }

    /// Adds a condition of the last column; gives its place in the arena, in bytes. A patched one
    /// takes the place of the plain one if it is the only one of this threshold.
    private mutating func addCondition(rank: Int, kind: UInt32, isOnly: Bool) -> UInt32 {
        let last = features.count - 1
        let source = rank < 0 ? 0 : Int(features[last].first_condition) + rank
        guard kind != SplitCondition.Missing.plain.rawValue else { return Self.place(source) }
        var target = source
        if rank < 0 || !isOnly {
            target = vectorCount
            vectorCount += 1
        }
        patches.append(.init(source: UInt32(source), target: UInt32(target), kind: kind))
        features[last].patch_count += 1
        return Self.place(target)
    }

    /// Place of a vector in the arena, in bytes.
    static func place(_ vector: Int) -> UInt32 {
        UInt32(vector * Int(vigie_slice_vector_bytes))
    }
}

// MARK: Trees

extension SliceCompiler {
    /// Trees whose steps are run together, so that enough of them do not wait for each other.
    private static let treesPerGroup = 4

    /// Compiles the trees of a run.
    private mutating func makeTrees(_ run: [Int], conditions: [UInt32]) {
        for start in stride(from: 0, to: run.count, by: Self.treesPerGroup) {
            let firstTree = trees.count
            var group: [vigie_slice_step] = []
            for tree in run[start..<min(start + Self.treesPerGroup, run.count)] {
                var program = LeafProgram(
                    ensemble,
                    tree: tree,
                    conditions: conditions,
                    firstResult: resultStart + group.count
                )
                let bits = program.compile()
                trees.append(
                    vigie_slice_tree(
                        step_start: UInt32(steps.count),
                        step_count: 0,
                        bit_count: UInt32(program.bitCount),
                        leaf_start: UInt32(leaves.count),
                        bits: (bits[0], bits[1], bits[2], bits[3], bits[4], bits[5])
                    )
                )
                group += program.steps
                leaves += program.leafTable
            }
            steps += schedule(group, bitsOf: firstTree)
            trees[firstTree].step_count = UInt32(group.count)
            vectorCount = max(vectorCount, resultStart + group.count)
        }
    }

    /// Orders the steps of a group of trees by how many steps must come before them, and has the
    /// trees from `firstTree` on find their bits where they then are.
    private mutating func schedule(
        _ group: [vigie_slice_step],
        bitsOf firstTree: Int
    ) -> [vigie_slice_step] {
        let first = Self.place(resultStart)
        let size = UInt32(vigie_slice_vector_bytes)
        var depths: [Int] = []
        func depth(_ place: UInt32) -> Int {
            place < first ? 0 : depths[Int((place - first) / size)] + 1
        }
        for step in group { depths.append(max(depth(step.if_left), depth(step.if_right))) }
        let order = group.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
        var moved = [UInt32](repeating: 0, count: group.count)
        for (position, step) in order.enumerated() {
            moved[step] = Self.place(resultStart + position)
        }
        func place(_ place: UInt32) -> UInt32 {
            place < first ? place : moved[Int((place - first) / size)]
        }
        for tree in firstTree..<trees.count {
            let bits = trees[tree].bits
            trees[tree].bits = (
                place(bits.0), place(bits.1), place(bits.2), place(bits.3), place(bits.4),
                place(bits.5)
            )
        }
        return order.map {
            vigie_slice_step(
                condition: group[$0].condition,
                if_left: place(group[$0].if_left),
                if_right: place(group[$0].if_right)
            )
        }
    }
}
