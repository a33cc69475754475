// SPDX-License-Identifier: Apache-2.0

// What running a compiled ensemble takes: estimates, to choose between ways and places to score.

import CForest

/// What there is to do for a block of rows, and for a row alone. The times are nanoseconds on one
/// core at 3 to 4 GHz, rounded up from measurements.
struct ForestWork: Sendable {
    /// Rows of a block.
    static let blockRows = Int(vigie_slice_rows)

    private let columns: Int
    /// Conditions and steps of programs, a vector each.
    private let vectors: Int
    private let subtrees: Int
    private let slicedTrees: Int
    private let outputs: Int
    /// Levels that a row goes down in walked trees of a block, and in all trees alone.
    private let blockLevels: Double
    private let rowLevels: Double
    /// Leaves of trees in groups, 32 or 64 for each.
    private let groupLeaves: Int
    /// Levels that it goes down in general trees, either way.
    private let generalLevels: Double

    init(
        _ ensemble: TreeEnsemble,
        _ layout: ForestLayout,
        _ slices: SliceCompiler,
        _ walk: WalkCompiler
    ) {
        columns = slices.features.count
        vectors = slices.vectorCount + slices.programs.steps.count
        subtrees = slices.programs.subtrees.count
        slicedTrees = slices.programs.trees.count
        outputs = ensemble.outputCount
        var levels: [ForestLayout.Form: Double] = [:]
        for tree in 0..<ensemble.treeCount {
            let leaves = ensemble.leafOffsets[tree + 1] - ensemble.leafOffsets[tree]
            levels[layout.forms[tree], default: 0] += Self.levels(leaves: leaves)
        }
        blockLevels = levels[.binned] ?? 0
        generalLevels = levels[.general] ?? 0
        let isGrouped = !walk.groups.groups.isEmpty
        rowLevels = blockLevels + (isGrouped ? 0 : levels[.sliced] ?? 0)
        groupLeaves = walk.groups.leaves.count
    }

    /// Levels that the slowest of some rows or trees goes down: a balanced tree's and half as many,
    /// and one more to see that it has ended.
    private static func levels(leaves: Int) -> Double {
        1.5 * Double(Int.bitWidth - (leaves - 1).leadingZeroBitCount) + 1
    }

    /// What a block of so many rows takes.
    func blockNanoseconds(path: ForestPath, rowCount: Int, isDouble: Bool) -> Double {
        // A column of float32, or of float64; a vector; a tree, turned into bytes and looked up. A
        // subtree takes 4.5 wherever there are some.
        let (column32, column64, vector, tree): (Double, Double, Double, Double) =
            switch path {
            case .avx512Vbmi: (200, 600, 1.2, 21)
            case .avx512: (200, 600, 1.1, 25)
            case .avx2: (600, 3500, 1.8, 100)
            case .portable, .walk: (2400, 3500, 2.5, 270)
            }
        let walked = 1.1 * blockLevels + 6 * generalLevels + 2 * Double(outputs)
        return 500 + Double(columns) * (isDouble ? column64 : column32) + Double(vectors) * vector
            + Double(subtrees) * 4.5 + Double(slicedTrees) * tree + Double(rowCount) * walked
    }

    /// What a row takes alone: its bins, and 16 trees of a group, with 512 leaves, in 32.
    func rowNanoseconds(path: ForestPath) -> Double {
        let column = path.runsGroups ? 4.0 : 9
        return 20 + column * Double(columns) + 0.065 * Double(groupLeaves) + 1.1 * rowLevels
            + 6 * generalLevels + 2 * Double(outputs)
    }
}
