// SPDX-License-Identifier: Apache-2.0

// Turns an ensemble into the bit-sliced form: its thresholds, conditions and trees.

import CForest

/// Compiles one ensemble for the bit-sliced kernel, if it fits.
struct SliceCompiler {
    /// Most vectors of an arena (4 MiB a thread).
    private static let vectorsMaximum = 1 << 16

    let ensemble: TreeEnsemble
    private(set) var features: [vigie_slice_feature] = []
    private(set) var pivots: [Float] = []
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
        let thresholds = ensemble.thresholds.map(PreparedSplit.roundedDown)
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
        thresholds: [Float],
        places: inout [UInt32]
    ) -> Bool {
        let byThreshold = splits.split(whereNeighbours: { thresholds[$0] != thresholds[$1] })
        let count = byThreshold.count
        guard count <= Int(vigie_slice_thresholds_max) else { return false }
        let first = vectorCount
        let patchStart = patches.count
        for (rank, equals) in byThreshold.enumerated() {
            for same in equals.split(whereNeighbours: { patchKind($0) != patchKind($1) }) {
                let kind = patchKind(same[same.startIndex])
                var vector = first + rank
                if kind != 0 {
                    vector = first + count + patches.count - patchStart
                    patches.append(.init(source: UInt32(first + rank), kind: kind))
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
        vectorCount += count + patches.count - patchStart
        return vectorCount <= Self.vectorsMaximum
    }

    /// Adds the search tree over the thresholds: node 1 is the root, the children of node i are 2i
    /// and 2i + 1, and infinities, which only NaN exceeds, stand in for missing thresholds.
    private mutating func addPivots(_ thresholds: [Float], planeCount: Int) {
        let start = pivots.count
        pivots += [Float](repeating: .infinity, count: 256)
        for level in 0..<planeCount {
            let width = 1 << (planeCount - level)
            for node in 0..<1 << level {
                let rank = node * width + width / 2 - 1
                if rank < thresholds.count {
                    pivots[start + (1 << level) + node] = thresholds[rank]
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
    private mutating func makeTrees(conditions: [UInt32]) {
        var resultsMaximum = 0
        for tree in 0..<ensemble.treeCount {
            var program = LeafProgram(
                ensemble,
                tree: tree,
                conditions: conditions,
                firstResult: resultStart
            )
            let bits = program.compile()
            trees.append(
                vigie_slice_tree(
                    step_start: UInt32(steps.count),
                    step_count: UInt32(program.steps.count),
                    bit_count: UInt32(program.bitCount),
                    leaf_start: UInt32(leaves.count),
                    bits: (bits[0], bits[1], bits[2], bits[3], bits[4], bits[5])
                )
            )
            steps += program.steps
            leaves += program.leafTable
            resultsMaximum = max(resultsMaximum, program.steps.count)
        }
        vectorCount += resultsMaximum
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
