// SPDX-License-Identifier: Apache-2.0

// One thing that is done to all rows of a block, and several in a row. Both are bound once,
// from a header, and used for every block: each call of a stage is for many rows, so that
// what it costs to find it is paid once a block and never for a row.

/// What is done to the rows of a block.
package protocol Stage<Block>: Sendable {
    /// What it reads and appends to.
    associatedtype Block: Frame
    /// Appends the columns of some rows, which follow those of the last call.
    func run(_ rows: Range<Int>, of frame: Block)
    /// What all rows will take, in nanoseconds of one core; an estimate.
    func nanoseconds(of frame: Block) -> Double
    /// Bytes of the columns that are appended.
    func columnBytes(of frame: Block) -> Int
    /// Rows that the stage likes to have together; 1 if it does not care.
    var rowsTogether: Int { get }
    /// Rows that it takes at a time at most, whatever others like: few where it has seen that rows
    /// take long.
    var rowsAtMost: Int { get }
}

extension Stage {
    /// As many as come.
    package var rowsAtMost: Int { .max }
}

/// Stages, each of which sees what those before it have appended.
package struct Line<Block: Frame>: Sendable {
    private let stages: [any Stage<Block>]

    /// Takes the stages in their order.
    package init(_ stages: [any Stage<Block>]) {
        self.stages = stages
    }

    /// Runs some rows through all stages.
    package func run(_ rows: Range<Int>, of frame: Block) {
        for stage in stages { stage.run(rows, of: frame) }
    }

    /// What all rows will take, in nanoseconds of one core; an estimate.
    package func nanoseconds(of frame: Block) -> Double {
        stages.reduce(0) { $0 + $1.nanoseconds(of: frame) }
    }

    /// Bytes of all columns that are appended.
    package func columnBytes(of frame: Block) -> Int {
        stages.reduce(0) { $0 + $1.columnBytes(of: frame) }
    }

    /// Rows that the stages like to have together.
    package var rowsTogether: Int {
        stages.reduce(1) { max($0, $1.rowsTogether) }
    }

    /// What a chunk of a block will take, of as many rows as below.
    package func chunkNanoseconds(of frame: Block, chunkNanoseconds: Double) -> Double {
        let rows = Double(chunkRows(of: frame, chunkNanoseconds: chunkNanoseconds))
        return nanoseconds(of: frame) * rows / Double(max(frame.rowCount, 1))
    }

    /// Rows of a chunk that takes about `chunkNanoseconds`, in as many as the stages like together.
    package func chunkRows(of frame: Block, chunkNanoseconds: Double) -> Int {
        let rowCount = Double(max(frame.rowCount, 1))
        let rowNanoseconds = max(nanoseconds(of: frame) / rowCount, 0.1)
        let wanted = Int(min(chunkNanoseconds / rowNanoseconds, rowCount))
        let most = max(stages.reduce(Int.max) { min($0, $1.rowsAtMost) }, 1)
        let together = min(max(rowsTogether, 1), most)
        return min(max(wanted / together * together, together), most)
    }
}
