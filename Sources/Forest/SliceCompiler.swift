// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into the bit-sliced form: its thresholds, conditions and trees.

import CForest

/// Compiles one ensemble for the bit-sliced kernel, if it fits.
struct SliceCompiler {
    /// Most vectors of an arena (4 MiB a thread).
    private static let vectorsMaximum = 1 << 16

    let ensemble: TreeEnsemble
    private(set) var columns: BinColumns
    private(set) var features: [vigie_slice_feature] = []
    private(set) var pivots32: [Float] = []
    private(set) var pivots64: [Double] = []
    private(set) var patches: [vigie_slice_patch] = []
    private(set) var trees: [vigie_slice_tree] = []
    private(set) var steps: [vigie_slice_step] = []
    private(set) var leaves: [Double] = []
    private(set) var resultStart = 0
    private(set) var vectorCount = 0

    /// Compiles the ensemble; nil if it has categorical splits, a tree with more than 64 leaves, too
    /// many conditions, or no split at all.
    init?(_ ensemble: TreeEnsemble) {
        self.ensemble = ensemble
        guard !ensemble.features.isEmpty, Self.fits(ensemble) else { return nil }
        let conditions = ensemble.features.indices.map { SplitCondition(ensemble, split: $0) }
        columns = BinColumns(conditions)
        guard let places = makeConditions(conditions) else { return nil }
        makeTrees(conditions: places)
    }

    private static func fits(_ ensemble: TreeEnsemble) -> Bool {
        zip(ensemble.leafOffsets, ensemble.leafOffsets.dropFirst())
            .allSatisfy { $1 - $0 <= Int(vigie_slice_leaves_max) }
            && ensemble.kinds.allSatisfy { !$0.isCategorical }
    }
}

// MARK: Conditions

extension SliceCompiler {
    /// Fills in features, pivots and patches. Gives the place of each split's condition in the
    /// arena, in bytes; nil if there are too many conditions.
    private mutating func makeConditions(_ conditions: [SplitCondition]) -> [UInt32]? {
        var places = [UInt32](repeating: Self.place(0), count: conditions.count)
        let columns = columns
        func key(_ split: Int) -> (Int, Int, UInt32) {
            let place = columns.places[split]
            return (place.column, place.rank, conditions[split].missing.rawValue)
        }
        // Splits by column, threshold and kind; equal neighbours share a condition. Conditions that
        // never hold are the vector of zeros.
        let order = conditions.indices
            .filter { !conditions[$0].threshold.isNaN || conditions[$0].missing != .plain }
            .map { (key: key($0), split: $0) }
            .sorted { $0.key < $1.key }
        vectorCount = 2
        for same in order.split(whereNeighbours: { $0.key.0 != $1.key.0 }) {
            addFeature(columns.columns[same[same.startIndex].key.0])
            for equals in same.split(whereNeighbours: { $0.key.1 != $1.key.1 }) {
                let byKind = equals.split(whereNeighbours: { $0.key.2 != $1.key.2 })
                for kind in byKind {
                    let place = addCondition(
                        rank: kind[kind.startIndex].key.1,
                        kind: kind[kind.startIndex].key.2,
                        isOnly: byKind.count == 1
                    )
                    for item in kind { places[item.split] = place }
                }
            }
            guard vectorCount <= Self.vectorsMaximum else { return nil }
        }
        resultStart = vectorCount
        return places
    }

    /// Adds a column and its plain conditions.
    private mutating func addFeature(_ column: BinColumns.Column) {
        let count = column.thresholds.count
        let bounds = SplitCondition.zeroBounds
        let zeroLow = column.thresholds.firstPlace { $0 >= bounds.low }
        let zeroHigh = column.thresholds.firstPlace { $0 >= bounds.high }
        let planeCount = planeCount(thresholds: count)
        features.append(
            vigie_slice_feature(
                feature: UInt32(column.feature),
                threshold_count: UInt32(count),
                plane_count: UInt32(planeCount),
                first_condition: UInt32(vectorCount),
                zero_low: column.hasZero ? UInt32(vectorCount + zeroLow) : 0,
                zero_high: column.hasZero ? UInt32(vectorCount + zeroHigh) : 0,
                patch_start: UInt32(patches.count),
                patch_count: 0
            )
        )
        pivots32 += searchTree(
            column.thresholds.map(SplitCondition.roundedDown),
            planeCount: planeCount
        )
        pivots64 += searchTree(column.thresholds, planeCount: planeCount)
        vectorCount += count
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

    private mutating func makeTrees(conditions: [UInt32]) {
        var resultsMaximum = 0
        for start in stride(from: 0, to: ensemble.treeCount, by: Self.treesPerGroup) {
            let firstTree = trees.count
            var group: [vigie_slice_step] = []
            for tree in start..<min(start + Self.treesPerGroup, ensemble.treeCount) {
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
            resultsMaximum = max(resultsMaximum, group.count)
        }
        vectorCount += resultsMaximum
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
