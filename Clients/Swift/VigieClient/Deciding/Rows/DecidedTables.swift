// SPDX-License-Identifier: Apache-2.0

// Tables of companies that are scored and decided on over one stream, as an application reads them.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Scores and decides on companies that are rows of tables as they come, in constant memory:
    /// two tables are under way at a time. For portfolios; some thousand rows in a table are best.
    ///
    /// - Parameters:
    ///   - tables: The companies, all with the same columns.
    ///   - options: Policy, model, day, role, what is the same of all, and what is answered.
    /// - Returns: The decisions of each table, in their order; none of an empty one.
    public func decide<Tables: AsyncSequence & Sendable>(
        tables: Tables,
        options: DecisionTableOptions = DecisionTableOptions()
    ) -> DecidedTables<Tables> where Tables.Element == DecisionTable {
        DecidedTables(client: self, tables: tables, options: options)
    }
}

/// The decisions on tables of companies, in the order of the tables.
///
/// Made by ``ScoringClient/decide(tables:options:)``. Leaving the loop early, or cancelling its
/// task, stops the work on the server. Each iteration is a stream of its own.
public struct DecidedTables<Tables: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Tables.Element == DecisionTable {
    /// The decisions on one table.
    public typealias Element = DecidedRows

    let client: ScoringClient
    let tables: Tables
    let options: DecisionTableOptions

    /// Prepares a stream; it begins when the first answer is asked for.
    ///
    /// - Returns: An iterator over the answers.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            tables: tables.makeAsyncIterator(),
            stream: DecisionStream(client, options)
        )
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var tables: Tables.AsyncIterator
        private let stream: DecisionStream
        private var hasEnded = false

        init(tables: Tables.AsyncIterator, stream: DecisionStream) {
            (self.tables, self.stream) = (tables, stream)
        }

        /// Waits for the decisions on the next table.
        ///
        /// - Returns: The decisions, or `nil` after the last table.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of tables threw.
        public mutating func next() async throws -> DecidedRows? {
            while !hasEnded, !stream.isFull {
                guard let table = try await tables.next() else {
                    hasEnded = true
                    break
                }
                // A block has at least one row.
                guard table.rowCount > 0 else { continue }
                try await stream.send(table)
            }
            if stream.isIdle {
                try await stream.end()
                return nil
            }
            return try await stream.answer()
        }
    }
}

/// A stream of tables to decide on. Used by one task at a time.
final class DecisionStream {
    private typealias Open = OpenStream<Vigie_V1_StreamDecideRowsResponse, DecidedRowLabels>

    private let client: ScoringClient
    private let options: DecisionTableOptions
    private let deadline: NIODeadline?
    private var open: Open?
    private var columns: DecisionTableColumns?
    /// Rows of each block that waits for its answer.
    private var sent: [Int] = []

    init(_ client: ScoringClient, _ options: DecisionTableOptions) {
        (self.client, self.options) = (client, options)
        deadline = options.timeout.map { .after($0) }
    }

    deinit { open?.stream.cancel() }

    /// Whether no more is to be sent before an answer is taken.
    var isFull: Bool { sent.count >= ClientLimits.assessedMessages }

    /// Whether no answer is waited for.
    var isIdle: Bool { sent.isEmpty }

    /// Sends a table.
    func send(_ table: DecisionTable) async throws {
        guard columns == nil || columns == table.columns else {
            throw VigieError.invalidTable("A table has other columns than the first.")
        }
        let open: Open
        if let known = self.open { open = known } else { open = try await opened(table.columns) }
        (self.open, columns) = (open, table.columns)
        let request = Vigie_V1_StreamDecideRowsRequest.with { $0.block = .init(table) }
        let bytes = ByteBuffer(bytes: request.serializedBytes())
        try await Open.mapped { try await open.stream.send(bytes) }
        sent.append(table.rowCount)
    }

    /// The answer to the table that was sent first.
    func answer() async throws -> DecidedRows? {
        guard let open, !sent.isEmpty else { return nil }
        let rowCount = sent.removeFirst()
        return try await DecidedRows(
            open.answer(to: "tables").block,
            open.context,
            columns: columns?.items,
            rowCount: rowCount
        )
    }

    /// Ends the stream.
    func end() async throws {
        try await open?.end(of: "tables")
        open = nil
    }

    private func opened(_ columns: DecisionTableColumns) async throws -> Open {
        let request = Vigie_V1_StreamDecideRowsRequest.with { $0.header = .init(options, columns) }
        return try await Open(
            client,
            options.metadata,
            path: "/vigie.v1.DecisionService/StreamDecideRows",
            header: request.serializedBytes(),
            deadline: deadline
        ) { response in
            guard case .context(let context)? = response.message else { return nil }
            return DecidedRowLabels(context)
        }
    }
}
