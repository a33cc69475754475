// SPDX-License-Identifier: Apache-2.0

// The scoring of a large block on a scoring thread: in chunks, with a look at
// deadline and cancellation between them.

internal import GRPCTransport
internal import NIOCore
internal import Scoring
internal import Synchronization

/// A block that a scoring thread scores.
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
    /// Memory that the block takes.
    let blockBytes: Int
    private let block: RowBlock
    private var message: MessageStorage?
    private let chunkRows: Int
    private let deadline: NIODeadline?
    private let isCancelled = Atomic(false)

    /// Takes a decoded block.
    ///
    /// - Parameters:
    ///   - block: The block, in the memory of `message` or else of `scratch`.
    ///   - message: The message that the block came with.
    ///   - header: What applies to its rows.
    ///   - scratch: Memory of the block and for the answers.
    ///   - chunkRows: Rows between two looks at deadline and cancellation, at least 1.
    ///   - deadline: When the answers are of no use any more.
    init(
        block: RowBlock,
        message: MessageStorage?,
        header: PreparedHeader,
        scratch: ScoringScratch,
        chunkRows: Int,
        deadline: NIODeadline?
    ) {
        self.block = block
        self.message = message
        blockBytes = message?.count ?? scratch.arena.takenBytes
        self.header = header
        self.scratch = scratch
        self.chunkRows = chunkRows
        self.deadline = deadline
    }

    /// Makes the job stop before its next chunk.
    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Gives away the message of the block, which has been scored.
    func takeMessage() -> MessageStorage? {
        defer { message = nil }
        return message
    }

    /// Scores the block.
    func run() {
        var start = 0
        while start < block.rowCount {
            guard mayGoOn() else { return }
            let end = min(start + chunkRows, block.rowCount)
            scratch.score(start..<end, of: block, header: header)
            start = end
        }
    }

    private func mayGoOn() -> Bool {
        if isCancelled.load(ordering: .relaxed) {
            outcome = .cancelled
        } else if let deadline, deadline <= .now() {
            outcome = .deadlineExceeded
        }
        return outcome == .scored
    }
}
