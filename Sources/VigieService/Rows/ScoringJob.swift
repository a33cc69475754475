// SPDX-License-Identifier: Apache-2.0

// The scoring of one block: in one go on the event loop, or in chunks on a
// scoring thread, with a look at deadline and cancellation between them.

internal import NIOCore
internal import Scoring
internal import Synchronization

/// A block to be scored.
///
/// Made on an event loop, run on one thread, and looked at by the loop again only after it has
/// run; only `cancel` is called meanwhile. That is why it can be Sendable.
final class ScoringJob: @unchecked Sendable {
    /// What became of the job.
    enum Outcome {
        /// All rows have their answers.
        case scored
        /// The call was cancelled, so nobody wants the answers.
        case cancelled
        /// The call's deadline passed.
        case deadlineExceeded
    }

    /// Memory of the block and of the answers.
    let scratch: ScoringScratch
    /// What applies to the rows.
    let header: PreparedHeader
    /// What became of the job; known when it has run.
    private(set) var outcome = Outcome.scored
    private let block: RowBlock
    private let deadline: NIODeadline?
    private let isCancelled = Atomic(false)

    init(block: RowBlock, header: PreparedHeader, scratch: ScoringScratch, deadline: NIODeadline?) {
        self.block = block
        self.header = header
        self.scratch = scratch
        self.deadline = deadline
    }

    /// What the job will take, in nanoseconds.
    var estimatedNanoseconds: Double {
        header.model.estimatedNanoseconds(rowCount: block.rowCount, request: header.request)
    }

    /// Makes the job stop before its next chunk.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Scores the block.
    ///
    /// - Parameter chunkNanoseconds: Work between two looks at deadline and cancellation.
    func run(chunkNanoseconds: Double) {
        let rowNanoseconds = max(estimatedNanoseconds / Double(block.rowCount), 0.1)
        let wanted = Int(min(chunkNanoseconds / rowNanoseconds, Double(block.rowCount)))
        // Whole groups of 512, in which the fast path scores rows.
        let chunkRows = max(wanted / 512 * 512, 512)
        var start = 0
        while start < block.rowCount {
            guard mayGoOn() else { return }
            let end = min(start + chunkRows, block.rowCount)
            score(start..<end)
            start = end
        }
        scratch.describeIssues(model: header.model)
    }

    private func mayGoOn() -> Bool {
        if isCancelled.load(ordering: .relaxed) {
            outcome = .cancelled
        } else if let deadline, deadline <= .now() {
            outcome = .deadlineExceeded
        }
        return outcome == .scored
    }

    private func score(_ rows: Range<Int>) {
        header.model.scoreRows(
            block,
            rows: rows,
            binding: header.binding,
            request: header.request,
            workspace: scratch.workspace,
            result: scratch.columns
        )
    }
}
