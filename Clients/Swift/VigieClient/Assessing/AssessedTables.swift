// SPDX-License-Identifier: Apache-2.0

// The assessments of tables of companies, as an application reads them.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

/// The assessments of tables of companies, in the order of the tables.
///
/// Made by ``ScoringClient/assess(tables:options:)``. Leaving the loop early, or cancelling its
/// task, stops the work on the server. Each iteration is a stream of its own.
public struct AssessedTables<Tables: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Tables.Element == CompanyTable {
    /// The assessments of one table.
    public typealias Element = RowAssessments

    let client: ScoringClient
    let tables: Tables
    let options: AssessmentOptions

    /// Prepares a stream; it begins when the first answer is asked for.
    ///
    /// - Returns: An iterator over the answers.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            tables: tables.makeAsyncIterator(),
            stream: TableStream(client, options)
        )
    }

    /// Iterates over the answers of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var tables: Tables.AsyncIterator
        private let stream: TableStream
        private var hasEnded = false

        init(tables: Tables.AsyncIterator, stream: TableStream) {
            (self.tables, self.stream) = (tables, stream)
        }

        /// Waits for the assessments of the next table.
        ///
        /// - Returns: The assessments, or `nil` after the last table.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of tables threw.
        public mutating func next() async throws -> RowAssessments? {
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

/// A stream of tables. Used by one task at a time.
final class TableStream {
    private typealias Open = OpenStream<Vigie_V1_StreamAssessRowsResponse, AssessmentLabels>

    private let client: ScoringClient
    private let options: AssessmentOptions
    private let deadline: NIODeadline?
    private var open: Open?
    private var columns: (facts: [String], items: [String]) = ([], [])
    /// Rows of each block that waits for its answer.
    private var sent: [Int] = []

    init(_ client: ScoringClient, _ options: AssessmentOptions) {
        (self.client, self.options) = (client, options)
        deadline = options.timeout.map { .after($0) }
    }

    deinit { open?.stream.cancel() }

    /// Whether no more is to be sent before an answer is taken.
    var isFull: Bool { sent.count >= ClientLimits.assessedMessages }

    /// Whether no answer is waited for.
    var isIdle: Bool { sent.isEmpty }

    /// Sends a table.
    func send(_ table: CompanyTable) async throws {
        let stream: ClientStream
        if let open {
            guard columns == (table.factColumns, table.columns) else {
                throw VigieError.invalidTable("A table has other columns than the first.")
            }
            stream = open.stream
        } else {
            columns = (table.factColumns, table.columns)
            let opened = try await opened()
            open = opened
            stream = opened.stream
        }
        var head = ByteBuffer()
        try RequestEncoding.appendHead(of: table.values, to: &head)
        let message = head
        try await Open.mapped { try await stream.send(message, tail: table.values.values) }
        sent.append(table.rowCount)
    }

    /// The answer to the table that was sent first.
    func answer() async throws -> RowAssessments? {
        guard let open, !sent.isEmpty else { return nil }
        let rowCount = sent.removeFirst()
        return try await RowAssessments(
            open.answer(to: "tables").block,
            open.context,
            columns: columns.facts + columns.items,
            rowCount: rowCount
        )
    }

    /// Ends the stream.
    func end() async throws {
        try await open?.end(of: "tables")
        open = nil
    }

    private func opened() async throws -> Open {
        var request = Vigie_V1_StreamAssessRowsRequest()
        request.header = .with {
            $0.model = options.model ?? ""
            $0.card = options.card ?? ""
            $0.asOfDate = options.asOf?.description ?? ""
            $0.reasonCount = UInt32(clamping: options.reasonCount)
            $0.factColumns = columns.facts
            $0.columns = columns.items
        }
        return try await Open(
            client,
            options.metadata,
            path: "/vigie.v1.AssessmentService/StreamAssessRows",
            header: request.serializedBytes(),
            deadline: deadline
        ) { response in
            guard case .context(let context)? = response.message else { return nil }
            return AssessmentLabels(context)
        }
    }
}
