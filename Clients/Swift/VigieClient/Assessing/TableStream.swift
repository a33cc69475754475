// SPDX-License-Identifier: Apache-2.0

// Tables of companies over one stream, whatever is asked about them, with two tables under way.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits

/// How the messages of a method are made and read.
protocol TableCalls: Sendable {
    /// Companies as rows.
    associatedtype Table: Sendable
    /// The names of the columns of a table.
    associatedtype Columns: Equatable
    /// What is answered to one.
    associatedtype Answer
    /// The message of answers.
    associatedtype Response: ProtobufMessage
    /// What is said once.
    associatedtype Context

    var path: String { get }
    var metadata: CallMetadata { get }

    func columns(of table: Table) -> Columns
    func rowCount(of table: Table) -> Int
    /// The first message of a stream of tables with these columns.
    func header(_ columns: Columns) -> [UInt8]
    /// The message of a table, and values that follow it.
    func message(_ table: Table) throws -> (head: ByteBuffer, tail: (any MessageTail)?)
    /// What is said once; nil for a response that is another answer.
    func context(_ response: Response) -> Context?
    /// The answer to so many rows.
    func answer(
        _ response: Response,
        _ context: Context,
        columns: Columns,
        rowCount: Int
    ) throws -> Answer
}

/// A stream of tables. Used by one task at a time.
final class TableStream<Calls: TableCalls> {
    private typealias Open = OpenStream<Calls.Response, Calls.Context>

    private let client: ScoringClient
    private let calls: Calls
    private let deadline: NIODeadline?
    private var open: (stream: Open, columns: Calls.Columns)?
    /// Rows of each block that waits for its answer.
    private var sent: [Int] = []

    init(_ client: ScoringClient, _ calls: Calls, timeout: Duration?) {
        (self.client, self.calls) = (client, calls)
        deadline = timeout.map { .after($0) }
    }

    deinit { open?.stream.stream.cancel() }

    /// Whether no more is to be sent before an answer is taken.
    var isFull: Bool { sent.count >= ClientLimits.assessedMessages }

    /// Whether no answer is waited for.
    var isIdle: Bool { sent.isEmpty }

    /// Sends a table; one without rows is none.
    func send(_ table: Calls.Table) async throws {
        let rowCount = calls.rowCount(of: table)
        // A block has at least one row.
        guard rowCount > 0 else { return }
        let columns = calls.columns(of: table)
        guard open == nil || open?.columns == columns else {
            throw VigieError.invalidTable("A table has other columns than the first.")
        }
        let stream: Open
        if let open { stream = open.stream } else { stream = try await opened(columns) }
        open = (stream, columns)
        let message = try calls.message(table)
        try await Open.mapped { try await stream.stream.send(message.head, tail: message.tail) }
        sent.append(rowCount)
    }

    /// The answer to the table that was sent first.
    func answer() async throws -> Calls.Answer? {
        guard let open, !sent.isEmpty else { return nil }
        let rowCount = sent.removeFirst()
        let response = try await open.stream.answer(to: "tables")
        let context = open.stream.context
        return try calls.answer(response, context, columns: open.columns, rowCount: rowCount)
    }

    /// Ends the stream.
    func end() async throws {
        try await open?.stream.end(of: "tables")
        open = nil
    }

    private func opened(_ columns: Calls.Columns) async throws -> Open {
        try await Open(
            client,
            calls.metadata,
            path: calls.path,
            header: calls.header(columns),
            deadline: deadline,
            context: calls.context
        )
    }
}

/// Sends tables as they come, and takes their answers.
struct TableIteration<Tables: AsyncIteratorProtocol, Calls: TableCalls>
where Tables.Element == Calls.Table {
    private var tables: Tables
    private let stream: TableStream<Calls>
    private var hasEnded = false

    init(tables: Tables, stream: TableStream<Calls>) {
        (self.tables, self.stream) = (tables, stream)
    }

    /// The answer to the next table; nil after the last.
    mutating func next() async throws -> Calls.Answer? {
        while !hasEnded, !stream.isFull {
            guard let table = try await tables.next() else {
                hasEnded = true
                break
            }
            try await stream.send(table)
        }
        if stream.isIdle {
            try await stream.end()
            return nil
        }
        return try await stream.answer()
    }
}
