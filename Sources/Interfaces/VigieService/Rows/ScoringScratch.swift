// SPDX-License-Identifier: Apache-2.0

// Everything that scoring one block needs beside the model, reused from block to
// block: the decoded values, the scratch of the engine and the answers.

internal import CVigieWire
internal import Scoring
internal import VigieLimits

/// Memory for one block at a time. It is on one thread at a time: an event loop, or
/// the scoring thread to which the loop has handed it.
final class ScoringScratch {
    /// Memory of the decoded block, and then of the issues of its rows.
    let arena: DecodingArena
    /// Scratch of the engine.
    let workspace = ScoringWorkspace()
    /// The answers.
    let columns = ScoreColumns()
    /// The issues of the answers, ready to be encoded; in the arena.
    private(set) var issues: UnsafeMutablePointer<UnsafeMutablePointer<Vigie__V1__RowIssue>?>?

    init(limits: ServiceLimits) {
        arena = DecodingArena(retainedBytesMax: limits.retainedMemoryBytes)
    }

    /// Forgets the answers of the last block.
    func begin() {
        columns.removeAll(keepingCapacity: true)
        issues = nil
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

    /// Readies the issues for encoding. The block is not needed any more and is given back.
    func describeIssues(model: ScoringModel) {
        guard columns.hasUnscored else { return }
        arena.reset()
        let count = columns.issues.count
        guard
            let list = arena.take(count, of: UnsafeMutablePointer<Vigie__V1__RowIssue>?.self),
            let messages = arena.take(count, of: Vigie__V1__RowIssue.self)
        else { return }
        for (index, issue) in columns.issues.enumerated() {
            let message = messages + index
            vigie__v1__row_issue__init(message)
            message.pointee.row_index = UInt32(clamping: issue.rowIndex)
            message.pointee.kind = Vigie__V1__RowIssueKind(UInt32(issue.kind.rawValue))
            message.pointee.value = issue.value
            message.pointee.column = copy(
                issue.inputColumn.map { model.inputColumns[$0].name } ?? ""
            )
            message.pointee.description = copy(model.description(of: issue))
            list[index] = message
        }
        issues = list
    }

    /// A text as C wants it, in the arena.
    private func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
        var text = text
        return text.withUTF8 { bytes in
            guard let copy = arena.take(bytes.count + 1, of: CChar.self) else { return nil }
            UnsafeMutableRawBufferPointer(start: copy, count: bytes.count).copyBytes(from: bytes)
            copy[bytes.count] = 0
            return copy
        }
    }
}
