// SPDX-License-Identifier: Apache-2.0

// Rows in the binary form of PostgreSQL's COPY: a header, for each row the number of its values and
// for each value its length and bytes, and -1 at the end.

internal import CPostgreSQL
internal import VigieLimits

/// Rows under way to PostgreSQL.
final class PostgreSQLCopy {
    private let connection: PostgreSQLConnection
    private let statement: String
    private var bytes: [UInt8] = []

    init(_ connection: PostgreSQLConnection, _ statement: String) {
        self.connection = connection
        self.statement = statement
        bytes.reserveCapacity(StoreLimits.copyBytes + 4_096)
        bytes += Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0] + [UInt8](repeating: 0, count: 8)
    }

    func beginRow(_ columnCount: Int) { append(UInt16(truncatingIfNeeded: columnCount)) }

    func appendNull() { append(UInt32.max) }

    func append(_ value: UInt64) {
        append(UInt32(8))
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    func append(_ value: UnsafeRawBufferPointer) {
        append(UInt32(truncatingIfNeeded: value.count))
        bytes.append(contentsOf: value)
    }

    func endRow() throws(DatabaseError) {
        if bytes.count >= StoreLimits.copyBytes { try flush() }
    }

    /// Sends the end, too.
    func finish() throws(DatabaseError) {
        append(UInt16.max)
        try flush()
        guard PQputCopyEnd(connection.connection, nil) == 1 else {
            throw connection.failure(nil, in: statement)
        }
        try takeResult()
    }

    /// Ends it so that no row is kept.
    func abandon() {
        guard PQputCopyEnd(connection.connection, "abandoned") == 1 else { return }
        _ = try? takeResult()
    }

    private func takeResult() throws(DatabaseError) {
        var failure: DatabaseError?
        while let result = PQgetResult(connection.connection) {
            defer { PQclear(result) }
            if PQresultStatus(result) != PGRES_COMMAND_OK {
                failure = failure ?? connection.failure(result, in: statement)
            }
        }
        if let failure { throw failure }
    }

    private func flush() throws(DatabaseError) {
        let result = bytes.withUnsafeBytes { bytes in
            PQputCopyData(
                connection.connection,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(clamping: bytes.count)
            )
        }
        bytes.removeAll(keepingCapacity: true)
        guard result == 1 else { throw connection.failure(nil, in: statement) }
    }

    private func append(_ value: UInt16) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private func append(_ value: UInt32) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension PostgreSQLConnection {
    package func load(
        into table: String,
        columns: [String],
        _ body: (RowWriter) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Int {
        let names = columns.joined(separator: ", ")
        let statement = "copy \(table) (\(names)) from stdin (format binary)"
        let started = PQexec(connection, statement)
        defer { PQclear(started) }
        guard PQresultStatus(started) == PGRES_COPY_IN else {
            throw failure(started, in: statement)
        }
        let copy = PostgreSQLCopy(self, statement)
        let writer = RowWriter(.postgresql(copy), columnCount: columns.count)
        do throws(DatabaseError) {
            try body(writer)
            try copy.finish()
        } catch {
            copy.abandon()
            throw error
        }
        return writer.rowCount
    }
}
