// SPDX-License-Identifier: Apache-2.0

// Which of some rows go in blocks, which in tiles and which alone.

/// How rows are divided, by the fewest that are worth a block or a tile.
struct RowDivision: Sendable {
    /// Numbers of rows: first those in blocks, then those in tiles, then those alone.
    struct Parts {
        let inBlocks: Int
        let inTiles: Int
        let alone: Int
    }

    /// The most that a number of rows can be, and no number of rows is worth.
    private static let never = Int.max

    private var tileRowsMinimum = never
    private var blockRowsMinimum = never

    /// The fastest division for rows of one type.
    init(_ work: ForestWork, path: ForestPath, isDouble: Bool) {
        func isWorth(_ nanoseconds: Double, _ rowCount: Int) -> Bool {
            nanoseconds
                < work.nanoseconds(path: path, parts(of: rowCount), isDouble: isDouble)
        }
        if work.hasTiles {
            let least = (1...ForestWork.tileRows).first {
                isWorth(work.tileNanoseconds(path: path, rowCount: $0, isDouble: isDouble), $0)
            }
            tileRowsMinimum = least ?? Self.never
        }
        let least = (1...ForestWork.blockRows).first {
            isWorth(work.blockNanoseconds(path: path, rowCount: $0, isDouble: isDouble), $0)
        }
        blockRowsMinimum = least ?? Self.never
    }

    /// One way for all rows.
    init(_ forced: ForestPlan.Blocks, hasTiles: Bool) {
        if forced == .always { blockRowsMinimum = 1 }
        if forced == .tiles, hasTiles { tileRowsMinimum = 1 }
    }

    /// Divides rows.
    func parts(of rowCount: Int) -> Parts {
        let (blockRest, inBlocks) = split(rowCount, ForestWork.blockRows, blockRowsMinimum)
        let (tileRest, inTiles) = split(blockRest, ForestWork.tileRows, tileRowsMinimum)
        return Parts(inBlocks: inBlocks, inTiles: inTiles, alone: tileRest)
    }

    /// How many of the rows are left over, and how many go by `size`.
    private func split(_ rowCount: Int, _ size: Int, _ minimum: Int) -> (rest: Int, taken: Int) {
        guard minimum <= size else { return (rowCount, 0) }
        let rest = rowCount % size
        return rest < minimum ? (rest, rowCount - rest) : (0, rowCount)
    }
}
