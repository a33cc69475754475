// SPDX-License-Identifier: Apache-2.0

// Scoring: one row, one table, or blocks without end.

internal import NIOCore

extension ScoringClient {
    /// Scores a table with one call. A table of more than some ten thousand rows is better sent as
    /// blocks: see ``score(blocks:options:)``.
    ///
    /// - Parameters:
    ///   - table: The rows.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: One result for each row, in the order of the rows.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func score(
        _ table: FeatureTable,
        options: ScoreOptions
    ) async throws -> ScoredTable {
        let context = try context(options.timeout, options.metadata)
        let key = QuantiserKey.named(options.model ?? "")
        var encoder = BlockEncoder(self, options.quantisation, context)
        var refusals = 0
        while true {
            var message = try RequestEncoding.header(table.allColumns, options)
            let encoding = try await encoder.append(table, key, to: &message)
            do {
                return try await score(message, of: table, encoding, options, context)
            } catch let error as VigieError where error.isAboutQuantiser && refusals < 2 {
                // The server has another version of the model now. If its quantiser is refused too,
                // servers differ, and values are what they all take.
                refusals += 1
                if refusals == 1 {
                    encoder.forget(key)
                } else if options.quantisation == .automatic {
                    quantisers.noteAbsence(key, error)
                    encoder = BlockEncoder(self, .never, context)
                } else {
                    throw error
                }
            }
        }
    }

    /// Sends a table and reads its answer.
    private func score(
        _ message: ByteBuffer,
        of table: FeatureTable,
        _ encoding: RowEncoding,
        _ options: ScoreOptions,
        _ context: CallContext
    ) async throws -> ScoredTable {
        let answer = try await executor.unary(
            path: "/vigie.v1.ScoringService/ScoreRows",
            message: message,
            context
        )
        let (model, block) = try ResponseDecoding.response(
            answer,
            hasReasons: options.reasonCount > 0
        )
        guard block.rowCount == table.rowCount else {
            throw VigieError.badResponse("\(table.rowCount) rows got \(block.rowCount) results.")
        }
        let features = try await features(of: model, reasonCount: block.reasonCount, context)
        return try ScoredTable(
            model: model,
            features: features,
            columns: table.columns + table.textColumns,
            block: block,
            encoding: encoding
        )
    }

    /// Scores blocks of rows as they come, in constant memory.
    ///
    /// The blocks are read ahead of the results by no more than
    /// ``ScoringClientConfiguration/streamBlockWindow``, and a slow reader of the results slows the
    /// reading of the blocks. Nothing is sent before the first result is asked for. All blocks must
    /// have the columns of the first. With more than one connection, blocks are spread over all of
    /// them; the results come in the order of the blocks all the same.
    ///
    /// When the sequence of blocks throws, the results of the blocks before come first, then the
    /// error.
    ///
    /// - Parameters:
    ///   - blocks: The rows, a few thousand a block.
    ///   - options: Model, outputs, reasons, date, deadline and headers.
    /// - Returns: The results of each block, in the order of the blocks.
    public func score<Blocks: AsyncSequence & Sendable>(
        blocks: Blocks,
        options: ScoreOptions
    ) -> ScoredBlocks where Blocks.Element == FeatureTable {
        ScoredBlocks { [self] in
            let stream = BlockStream(self, options)
            stream.start { try await stream.send(blocks) }
            return stream
        }
    }
}
