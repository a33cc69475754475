// SPDX-License-Identifier: Apache-2.0

// Scoring: one row, one table, or blocks without end.

extension VigieClient {
    /// Scores one company.
    ///
    /// - Parameters:
    ///   - row: The values by column name; a column that is absent or NaN is missing.
    ///   - options: Model, outputs, reasons, date and deadline.
    /// - Returns: The result.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func score(
        row: [String: Double],
        options: ScoreOptions = .default
    ) async throws -> Score {
        let entries = row.sorted { $0.key < $1.key }
        let table = try FeatureTable(
            columns: entries.map(\.key),
            rowCount: 1,
            doubleValues: entries.map(\.value)
        )
        return try await score(table, options: options)[0]
    }

    /// Scores a table with one call. A table of more than some ten thousand rows is better sent as
    /// blocks: see ``score(blocks:options:)``.
    ///
    /// - Parameters:
    ///   - table: The rows.
    ///   - options: Model, outputs, reasons, date and deadline.
    /// - Returns: One result for each row, in the order of the rows.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func score(
        _ table: FeatureTable,
        options: ScoreOptions = .default
    ) async throws -> ScoredTable {
        throw VigieError(code: .unimplemented, message: "")
    }

    /// Scores blocks of rows as they come, in constant memory.
    ///
    /// The blocks are read ahead of the results by no more than
    /// ``VigieClientConfiguration/streamBlockWindow``, and a slow reader of the results slows the
    /// reading of the blocks. Nothing is sent before the first result is asked for. All blocks must
    /// have the columns of the first. With more than one connection, blocks are spread over all of
    /// them; the results come in the order of the blocks all the same.
    ///
    /// - Parameters:
    ///   - blocks: The rows, a few thousand a block.
    ///   - options: Model, outputs, reasons, date and deadline.
    /// - Returns: The results of each block, in the order of the blocks. Iterate once.
    public func score<Blocks: AsyncSequence & Sendable>(
        blocks: Blocks,
        options: ScoreOptions = .default
    ) -> ScoredBlocks where Blocks.Element == FeatureTable {
        ScoredBlocks()
    }
}
