// SPDX-License-Identifier: Apache-2.0

// What running a compiled ensemble takes: estimates, to choose between ways and places to score.

internal import CForest

/// What there is to do for a block of rows, and for a row alone. The times are nanoseconds on one
/// core at 3 to 4 GHz, rounded up from measurements.
struct ForestWork: Sendable {
    /// Rows of a block, and of a tile.
    static let blockRows = Int(vigie_slice_rows)
    static let tileRows = Int(vigie_tile_rows)

    private let columns: Int
    /// Conditions, steps and splits of programs, a vector each.
    private let vectors: Int
    /// Sets of categories.
    private let sets: Int
    private let subtrees: Int
    private let tileSubtrees: Int
    private let slicedTrees: Int
    /// Leaf values of a sliced tree in the kernel's tables.
    private let leafCount: Int
    private let outputs: Int
    /// Levels that a row goes down in walked trees of a block, and in all trees alone.
    private let blockLevels: Double
    private let rowLevels: Double
    /// Trees that a row alone goes through at once, or 0, and what there is to do in such groups.
    private let groupTrees: Int
    private let grouped: RowGroups.Work
    /// Levels that it goes down in general trees, either way.
    private let generalLevels: Double

    init(
        _ ensemble: TreeEnsemble,
        _ layout: ForestLayout,
        _ slices: SliceCompiler,
        _ walk: WalkCompiler
    ) {
        columns = slices.features.count
        vectors =
            slices.vectorCount + slices.programs.steps.count + slices.programs.splits.count
        sets = walk.setCount
        subtrees = slices.programs.subtrees.count
        slicedTrees = slices.programs.trees.count
        leafCount = slices.programs.leafCount
        outputs = ensemble.outputCount
        tileSubtrees = slices.programs.tileSubtrees.count
        func levels(_ form: ForestLayout.Form, of runs: [[ForestLayout.Run]]) -> Double {
            runs.joined().filter { $0.form == form }.flatMap(\.trees).reduce(0) {
                $0 + Self.levels(leaves: ensemble.leafOffsets[$1 + 1] - ensemble.leafOffsets[$1])
            }
        }
        blockLevels = levels(.binned, of: layout.blockRuns)
        rowLevels = levels(.binned, of: layout.rowRuns)
        generalLevels = levels(.general, of: layout.rowRuns)
        grouped = walk.groups.work
        groupTrees = grouped.trees > 0 ? walk.groups.treesMaximum : 0
    }

    /// Whether rows may go in tiles.
    var hasTiles: Bool { tileSubtrees > 0 }

    /// Levels that the slowest of some rows or trees goes down: a balanced tree's and half as many,
    /// and one more to see that it has ended.
    private static func levels(leaves: Int) -> Double {
        1.5 * Double(Int.bitWidth - (leaves - 1).leadingZeroBitCount) + 1
    }

    /// What a block of so many rows takes.
    func blockNanoseconds(path: ForestPath, rowCount: Int, isDouble: Bool) -> Double {
        // 128 rows of a column of float32, or of float64; a vector; a tree, turned into bytes and
        // looked up. A subtree takes 2.4 wherever there are some, a set of categories 5.
        let set = 5.0
        let (column32, column64, vector, tree): (Double, Double, Double, Double) =
            switch path {
            case .avx512Vbmi: (65, 150, 0.6, 14)
            case .avx512: (70, 150, 1.1, 25)
            // Of up to eight leaves, registers hold all values.
            case .avx2: (110, 165, 1.8, leafCount == 8 ? 65 : 130)
            case .portable, .walk: (600, 875, 2.5, 270)
            }
        // AVX2 has vectors of half as many rows, of which more stay in the cache.
        let share = path == .avx2 && rowCount <= Self.blockRows / 2 ? 0.43 : 1
        let binned = Double(columns) * Double((rowCount + 127) / 128)
        let walked = 1.1 * blockLevels + 6 * generalLevels + 2 * Double(outputs)
        return 500 + binned * (isDouble ? column64 : column32)
            + (Double(vectors) * vector + Double(slicedTrees) * tree) * share
            + Double(sets) * set * share
            + Double(subtrees) * 2.4 + Double(rowCount) * walked
            + (subtrees > 0 ? 1.1 * distantLines : 0)
    }

    /// Cache lines of vectors and subtrees that are not always near: each takes a while to come.
    private var distantLines: Double {
        max(0, Double(vectors) + 1.4 * Double(subtrees) - 4_000)
    }

    /// What a tile of so many rows takes.
    func tileNanoseconds(path: ForestPath, rowCount: Int, isDouble: Bool) -> Double {
        // 64 rows of a column of float32, or of float64; a subtree, and 64 rows of one; 64 rows of
        // a tree, looked up.
        let (column32, column64) = path == .avx2 ? (55.0, 85.0) : (15.0, 45.0)
        let (subtree, subtreeRows, tree): (Double, Double, Double) =
            switch path {
            case .avx512Vbmi: (1.8, 1.7, 4)
            case .avx512: (2.0, 1.8, 7)
            case .avx2, .portable, .walk: (0, 8.5, leafCount == 8 ? 7 : 22)
            }
        let groups = Double((rowCount + 63) / 64)
        let binned = Double(columns) * groups * (isDouble ? column64 : column32)
        let walked = 1.1 * blockLevels + 6 * generalLevels + 2 * Double(outputs)
        return 100 + binned + Double(tileSubtrees) * (subtree + subtreeRows * groups)
            + Double(slicedTrees) * tree * groups + Double(rowCount) * walked
    }

    /// What rows take that are divided so.
    func nanoseconds(path: ForestPath, _ parts: RowDivision.Parts, isDouble: Bool) -> Double {
        func sum(_ rowCount: Int, by size: Int, _ nanoseconds: (Int) -> Double) -> Double {
            let rest = rowCount % size
            let whole = rowCount < size ? 0 : Double(rowCount / size) * nanoseconds(size)
            return whole + (rest == 0 ? 0 : nanoseconds(rest))
        }
        let blocks = sum(parts.inBlocks, by: Self.blockRows) {
            blockNanoseconds(path: path, rowCount: $0, isDouble: isDouble)
        }
        let tiles = sum(parts.inTiles, by: Self.tileRows) {
            tileNanoseconds(path: path, rowCount: $0, isDouble: isDouble)
        }
        return blocks + tiles + Double(parts.alone) * rowNanoseconds
    }

    /// What a row takes alone.
    private var rowNanoseconds: Double {
        // A column's bin, a step of a group, a tree's leaf.
        let (column, step, tree): (Double, Double, Double) =
            switch groupTrees {
            case Int(vigie_row_sixteen): (4, 3, 0.6)
            case Int(vigie_row_eight): (4, 2.6, 0.5)
            default: (9, 0, 0)
            }
        return 20 + column * Double(columns) + step * Double(grouped.steps)
            + tree * Double(grouped.trees) + 0.1 * Double(sets) + 1.1 * rowLevels
            + 6 * generalLevels + 2 * Double(outputs)
    }
}
