// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into the bit-sliced form: its thresholds, conditions and trees.

import CForest

/// Compiles one ensemble for the bit-sliced kernel, if it fits.
struct SliceCompiler {
    /// Most vectors of an arena (4 MiB a thread).
    private static let vectorsMaximum = 1 << 16

    let ensemble: TreeEnsemble
    private(set) var features: [vigie_slice_feature] = []
    private(set) var pivots32: [Float] = []
    private(set) var pivots64: [Double] = []
    private(set) var patches: [vigie_slice_patch] = []
    private(set) var trees: [vigie_slice_tree] = []
    private(set) var steps: [vigie_slice_step] = []
    private(set) var leaves: [Double] = []
    private(set) var resultStart = 0
    private(set) var vectorCount = 0

    /// Compiles the ensemble; nil if it has categorical splits, a tree with more than 64 leaves, a
    /// feature with more than 255 thresholds, thresholds that are no numbers, or no split at all.
    init?(_ ensemble: TreeEnsemble) {
        self.ensemble = ensemble
        guard !ensemble.features.isEmpty, Self.fits(ensemble) else { return nil }
        guard let places = makeConditions() else { return nil }
        makeTrees(conditions: places)
    }

    private static func fits(_ ensemble: TreeEnsemble) -> Bool {
        zip(ensemble.leafOffsets, ensemble.leafOffsets.dropFirst())
            .allSatisfy { $1 - $0 <= Int(vigie_slice_leaves_max) }
            && zip(ensemble.kinds, ensemble.thresholds)
                .allSatisfy { !$0.isCategorical && !$1.isNaN }
    }

    /// The kind of patch that a split's condition needs; 0 for a plain one.
    private func patchKind(_ split: Int) -> UInt32 {
        let kind = ensemble.kinds[split]
        let kinds =
            switch kind.missing {
            case .none: ensemble.goesLeft(0, split: split) ? vigie_slice_nan_left : nil
            case .notANumber: kind.missingGoesLeft ? vigie_slice_nan_left : nil
            case .zero: kind.missingGoesLeft ? vigie_slice_zero_left : vigie_slice_zero_right
            }
        return UInt32(kinds ?? 0)
    }
}

// MARK: Conditions

extension SliceCompiler {
    /// Fills in features, pivots and patches. Gives the place of each split's condition in the
    /// arena, in bytes; nil if a feature has too many thresholds or there are too many conditions.
    private mutating func makeConditions() -> [UInt32]? {
        var places = [UInt32](repeating: 0, count: ensemble.features.count)
        let thresholds = ensemble.thresholds
        // Splits by feature, threshold and kind; equal neighbours share a condition.
        let order = ensemble.features.indices.sorted {
            (ensemble.features[$0], thresholds[$0], patchKind($0))
                < (ensemble.features[$1], thresholds[$1], patchKind($1))
        }
        vectorCount = 2
        for splits in order.split(whereNeighbours: {
            ensemble.features[$0] != ensemble.features[$1]
        }) {
            guard addFeature(splits, thresholds: thresholds, places: &places) else { return nil }
        }
        resultStart = vectorCount
        return places
    }

    /// Adds the feature of these splits, which come in order of threshold and kind.
    private mutating func addFeature(
        _ splits: ArraySlice<Int>,
        thresholds: [Double],
        places: inout [UInt32]
    ) -> Bool {
        let byThreshold = splits.split(whereNeighbours: { thresholds[$0] != thresholds[$1] })
        let count = byThreshold.count
        guard count <= Int(vigie_slice_thresholds_max) else { return false }
        let first = vectorCount
        let patchStart = patches.count
        var added = 0
        for (rank, equals) in byThreshold.enumerated() {
            let byKind = equals.split(whereNeighbours: { patchKind($0) != patchKind($1) })
            let isPlainUsed = byKind.contains { patchKind($0[$0.startIndex]) == 0 }
            for (index, same) in byKind.enumerated() {
                let kind = patchKind(same[same.startIndex])
                var vector = first + rank
                if kind != 0 {
                    // The last patch takes the place of a plain condition that nothing else needs.
                    if isPlainUsed || index + 1 < byKind.count {
                        vector = first + count + added
                        added += 1
                    }
                    patches.append(
                        .init(source: UInt32(first + rank), target: UInt32(vector), kind: kind)
                    )
                }
                for split in same { places[split] = Self.place(vector) }
            }
        }
        let planeCount = [2, 4, 6, 8].first { 1 << $0 > count } ?? 8
        features.append(
            vigie_slice_feature(
                feature: UInt32(ensemble.features[splits[splits.startIndex]]),
                threshold_count: UInt32(count),
                plane_count: UInt32(planeCount),
                first_condition: UInt32(first),
                patch_start: UInt32(patchStart),
                patch_count: UInt32(patches.count - patchStart)
            )
        )
        addPivots(byThreshold.map { thresholds[$0[$0.startIndex]] }, planeCount: planeCount)
        vectorCount += count + added
        return vectorCount <= Self.vectorsMaximum
    }

    /// Adds the search tree over the thresholds: node 1 is the root, the children of node i are 2i
    /// and 2i + 1, and infinities, which only NaN exceeds, stand in for missing thresholds.
    private mutating func addPivots(_ thresholds: [Double], planeCount: Int) {
        let start = pivots64.count
        pivots32 += [Float](repeating: .infinity, count: 256)
        pivots64 += [Double](repeating: .infinity, count: 256)
        for level in 0..<planeCount {
            let width = 1 << (planeCount - level)
            for node in 0..<1 << level {
                let rank = node * width + width / 2 - 1
                if rank < thresholds.count {
                    let place = start + (1 << level) + node
                    pivots32[place] = PreparedSplit.roundedDown(thresholds[rank])
                    pivots64[place] = thresholds[rank]
                }
            }
        }
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

extension RandomAccessCollection {
    /// The runs between neighbours for which `isBoundary` holds.
    fileprivate func split(
        whereNeighbours isBoundary: (Element, Element) -> Bool
    ) -> [SubSequence] {
        var runs: [SubSequence] = []
        var start = startIndex
        var previous = startIndex
        for index in indices.dropFirst() {
            if isBoundary(self[previous], self[index]) {
                runs.append(self[start..<index])
                start = index
            }
            previous = index
        }
        if !isEmpty { runs.append(self[start...]) }
        return runs
    }
}
