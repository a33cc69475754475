// SPDX-License-Identifier: Apache-2.0

// A block on a thread of the pool: in chunks of rows, with a look at deadline and
// cancellation between them.

internal import Synchronization

/// What a thread of the pool does for an owner.
package protocol PoolWork: AnyObject, Sendable {
    /// Does a chunk of it, on one thread at a time.
    ///
    /// - Returns: Whether it is done, and is not to be called again.
    func runChunk() -> Bool
    /// Makes it stop soon, or not begin; may be called on any thread.
    func cancel()
}

/// A frame on its way through a line.
///
/// Made on an event loop, run on one thread at a time, and looked at by the loop again only after
/// it has run; only `cancel` is called meanwhile. That is why it can be Sendable.
package final class BlockRun<Block: Frame>: PoolWork, @unchecked Sendable {
    /// What became of the block.
    package enum Outcome {
        /// All rows have their answers.
        case finished
        /// The call was cancelled, so nobody wants the answers.
        case cancelled
        /// The call's deadline passed.
        case deadlineExceeded
    }

    /// The block.
    package let frame: Block
    /// What became of it; known when it has run.
    package private(set) var outcome = Outcome.finished
    private let line: Line<Block>
    private let chunkNanoseconds: Double
    private let isOverdue: (@Sendable () -> Bool)?
    private let isCancelled = Atomic(false)
    private var isLoaded = false
    /// Where the next chunk begins.
    private var start = 0

    /// Takes a frame with its block.
    ///
    /// - Parameters:
    ///   - frame: The block.
    ///   - line: The stages.
    ///   - chunkNanoseconds: Work between two looks at deadline and cancellation.
    ///   - isOverdue: Whether the answers are of no use any more; nil if they always are.
    package init(
        _ frame: Block,
        line: Line<Block>,
        chunkNanoseconds: Double,
        isOverdue: (@Sendable () -> Bool)?
    ) {
        self.frame = frame
        self.line = line
        self.chunkNanoseconds = chunkNanoseconds
        self.isOverdue = isOverdue
    }

    /// Makes the run stop before its next chunk.
    package func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Runs the next rows through the line.
    package func runChunk() -> Bool {
        guard mayGoOn() else { return true }
        if !isLoaded {
            isLoaded = true
            frame.load()
            // To read a block may have taken long, and one that nobody wants takes no memory.
            guard mayGoOn() else { return true }
            frame.begin()
        }
        // A stage may have learned of the last chunk what rows take.
        let chunkRows = line.chunkRows(of: frame, chunkNanoseconds: chunkNanoseconds)
        let end = start + min(chunkRows, frame.rowCount - start)
        line.run(start..<end, of: frame)
        start = end
        return start >= frame.rowCount
    }

    private func mayGoOn() -> Bool {
        if isCancelled.load(ordering: .relaxed) {
            outcome = .cancelled
        } else if isOverdue?() ?? false {
            outcome = .deadlineExceeded
        }
        return outcome == .finished
    }
}
