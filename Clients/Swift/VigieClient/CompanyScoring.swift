// SPDX-License-Identifier: Apache-2.0

// What an application needs of a client, so that its tests can do without a server.

/// Whatever scores companies: ``ScoringClient``, or what a test puts in its place.
///
/// ```swift
/// struct FixedScoring: CompanyScoring {
///     let probability: Double
///
///     func score(_ table: FeatureTable, options: ScoreOptions) async throws -> ScoredTable {
///         try ScoredTable(
///             model: ModelIdentity(name: "fixed"),
///             rowCount: table.rowCount,
///             probabilities: Array(repeating: probability, count: table.rowCount)
///         )
///     }
/// }
/// ```
///
/// The other ways to score are made of this one. Later versions add methods only with an
/// implementation, so that what conforms today goes on to.
public protocol CompanyScoring: Sendable {
    /// Scores a table.
    ///
    /// - Parameters:
    ///   - table: The rows.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: One result for each row, in the order of the rows.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    func score(_ table: FeatureTable, options: ScoreOptions) async throws -> ScoredTable

    /// Scores one company.
    ///
    /// - Parameters:
    ///   - row: The values by column name; a column that is absent, `nil` or NaN is missing.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: The result.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    func score(row: [String: Double?], options: ScoreOptions) async throws -> Score

    /// Scores blocks of rows as they come.
    ///
    /// - Parameters:
    ///   - blocks: The rows, a few thousand a block.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: The results of each block, in the order of the blocks.
    func score<Blocks: AsyncSequence & Sendable>(
        blocks: Blocks,
        options: ScoreOptions
    ) -> ScoredBlocks where Blocks.Element == FeatureTable
}

extension CompanyScoring {
    /// Scores a table with the default options.
    ///
    /// - Parameter table: The rows.
    /// - Returns: One result for each row, in the order of the rows.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func score(_ table: FeatureTable) async throws -> ScoredTable {
        try await score(table, options: .default)
    }

    /// Scores one company with the default options.
    ///
    /// - Parameter row: The values by column name; what is absent, `nil` or NaN is missing.
    /// - Returns: The result.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func score(row: [String: Double?]) async throws -> Score {
        try await score(row: row, options: .default)
    }

    /// Scores blocks of rows with the default options.
    ///
    /// - Parameter blocks: The rows, a few thousand a block.
    /// - Returns: The results of each block, in the order of the blocks.
    public func score<Blocks: AsyncSequence & Sendable>(
        blocks: Blocks
    ) -> ScoredBlocks where Blocks.Element == FeatureTable {
        score(blocks: blocks, options: .default)
    }

    /// Scores one company as a table of one row.
    ///
    /// - Parameters:
    ///   - row: The values by column name; a column that is absent, `nil` or NaN is missing.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: The result.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func score(row: [String: Double?], options: ScoreOptions) async throws -> Score {
        let entries = row.sorted { $0.key < $1.key }
        let table = try FeatureTable(
            columns: entries.map(\.key),
            rowCount: 1,
            doubleValues: entries.map { $0.value ?? .nan }
        )
        let scored = try await score(table, options: options)
        guard let score = scored.first else {
            throw VigieError.badResponse("One row got no result.")
        }
        return score
    }

    /// Scores blocks of rows, each as a table of its own.
    ///
    /// - Parameters:
    ///   - blocks: The rows, a few thousand a block.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: The results of each block, in the order of the blocks.
    public func score<Blocks: AsyncSequence & Sendable>(
        blocks: Blocks,
        options: ScoreOptions
    ) -> ScoredBlocks where Blocks.Element == FeatureTable {
        ScoredBlocks(blocks.map { block in try await self.score(block, options: options) })
    }
}
