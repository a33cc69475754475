// SPDX-License-Identifier: Apache-2.0

// Tables of companies that are scored and decided on over one stream, as an application reads them.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
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
            iteration: TableIteration(
                tables: tables.makeAsyncIterator(),
                stream: TableStream(
                    client,
                    DecidingTables(options: options),
                    timeout: options.timeout
                )
            )
        )
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var iteration: TableIteration<Tables.AsyncIterator, DecidingTables>

        /// Waits for the decisions on the next table.
        ///
        /// - Returns: The decisions, or `nil` after the last table.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of tables threw.
        public mutating func next() async throws -> DecidedRows? { try await iteration.next() }
    }
}

/// Messages of StreamDecideRows.
struct DecidingTables: TableCalls {
    let options: DecisionTableOptions

    var path: String { "/vigie.v1.DecisionService/StreamDecideRows" }

    var metadata: CallMetadata { options.metadata }

    func columns(of table: DecisionTable) -> DecisionTableColumns { table.columns }

    func rowCount(of table: DecisionTable) -> Int { table.rowCount }

    func header(_ columns: DecisionTableColumns) -> [UInt8] {
        Vigie_V1_StreamDecideRowsRequest.with { $0.header = .init(options, columns) }
            .serializedBytes()
    }

    func message(_ table: DecisionTable) -> (head: ByteBuffer, tail: (any MessageTail)?) {
        let request = Vigie_V1_StreamDecideRowsRequest.with { $0.block = .init(table) }
        return (ByteBuffer(bytes: request.serializedBytes()), nil)
    }

    func context(_ response: Vigie_V1_StreamDecideRowsResponse) -> DecidedRowLabels? {
        guard case .context(let context)? = response.message else { return nil }
        return DecidedRowLabels(context)
    }

    func answer(
        _ response: Vigie_V1_StreamDecideRowsResponse,
        _ labels: DecidedRowLabels,
        columns: DecisionTableColumns,
        rowCount: Int
    ) throws -> DecidedRows {
        try DecidedRows(response.block, labels, columns: columns.items, rowCount: rowCount)
    }
}
