// SPDX-License-Identifier: Apache-2.0

// Everything that scoring one block needs beside the model, reused from block to
// block: the decoded values, the scratch of the engine and the answers.

internal import CVigieWire
internal import Scoring
internal import VigieLimits

/// Memory for one block at a time. It is on one thread at a time: an event loop, or
/// the scoring thread to which the loop has handed it.
final class ScoringScratch {
    /// Memory of the decoded block.
    let arena: DecodingArena
    /// Scratch of the engine.
    let workspace = ScoringWorkspace()
    /// The answers.
    let columns = ScoreColumns()

    init(limits: ServiceLimits) {
        arena = DecodingArena(retainedBytesMax: limits.retainedMemoryBytes)
    }

    /// Forgets the answers of the last block.
    func begin() {
        columns.removeAll(keepingCapacity: true)
    }

    /// Decodes a block: into the arena, unless it can be read where it lies.
    ///
    /// - Parameter mayBorrow: Whether `bytes` stay until the block is scored.
    /// - Throws: What is wrong with the block, naming the field.
    func decode(
        _ bytes: UnsafeRawBufferPointer,
        mayBorrow: Bool,
        header: PreparedHeader,
        limits: ServiceLimits
    ) throws(ServiceError) -> RowBlock {
        begin()
        if mayBorrow, let message = Vigie__V1__RowBlock(borrowing: bytes) {
            arena.reset()
            return try RowBlock(message, header: header, limits: limits)
        }
        return try RowBlock(arena.block(bytes, limits: limits), header: header, limits: limits)
    }

    /// Scores rows of the decoded block.
    func score(_ rows: Range<Int>, of block: RowBlock, header: PreparedHeader) {
        header.model.scoreRows(
            block,
            rows: rows,
            binding: header.binding,
            request: header.request,
            workspace: workspace,
            result: columns
        )
    }
}
