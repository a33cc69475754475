// SPDX-License-Identifier: Apache-2.0

// A row as a database hands it over, read in place. Cost: some 20 ns a value from either, the copy
// of a text or of bytes on top.

internal import CPostgreSQL
internal import CSQLite

/// A row that is valid while the body of a query runs.
package struct DatabaseRow {
    enum Source {
        case sqlite(OpaquePointer)
        case postgresql(PostgreSQLRow)
    }

    let source: Source

    init(_ source: Source) { self.source = source }

    /// The whole number of a column; nil when it is null.
    package func integerIfAny(_ column: Int) throws(DatabaseError) -> Int? {
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_NULL: return nil
            case SQLITE_INTEGER: return Int(sqlite3_column_int64(statement, Int32(column)))
            default: throw wrong(column, "a whole number")
            }
        case .postgresql(let row):
            guard let bytes = row.bytes(column) else { return nil }
            switch bytes.count {
            case 1: return Int(bytes[0])
            case 4: return Int(Int32(truncatingIfNeeded: PostgreSQLRow.bigEndian(bytes)))
            case 8: return Int(Int64(bitPattern: PostgreSQLRow.bigEndian(bytes)))
            default: throw wrong(column, "a whole number")
            }
        }
    }

    /// The double of a column; nil when it is null.
    package func realIfAny(_ column: Int) throws(DatabaseError) -> Double? {
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_NULL: return nil
            case SQLITE_FLOAT: return sqlite3_column_double(statement, Int32(column))
            default: throw wrong(column, "a double")
            }
        case .postgresql(let row):
            guard let bytes = row.bytes(column) else { return nil }
            guard bytes.count == 8 else { throw wrong(column, "a double") }
            return Double(bitPattern: PostgreSQLRow.bigEndian(bytes))
        }
    }

    /// The text of a column; nil when it is null.
    package func textIfAny(_ column: Int) throws(DatabaseError) -> String? {
        try withBytes(column, of: SQLITE_TEXT, "a text") { bytes in
            bytes.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The bytes of a column; nil when it is null.
    package func bytesIfAny(_ column: Int) throws(DatabaseError) -> [UInt8]? {
        try withBytes(column, of: SQLITE_BLOB, "bytes") { bytes in bytes.map { Array($0) } }
    }

    /// The whole number of a column that is never null.
    package func integer(_ column: Int) throws(DatabaseError) -> Int {
        guard let value = try integerIfAny(column) else { throw wrong(column, "not null") }
        return value
    }

    /// The double of a column that is never null.
    package func real(_ column: Int) throws(DatabaseError) -> Double {
        guard let value = try realIfAny(column) else { throw wrong(column, "not null") }
        return value
    }

    /// The text of a column that is never null.
    package func text(_ column: Int) throws(DatabaseError) -> String {
        guard let value = try textIfAny(column) else { throw wrong(column, "not null") }
        return value
    }

    /// The bytes of a column that is never null.
    package func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard let value = try bytesIfAny(column) else { throw wrong(column, "not null") }
        return value
    }

    private func withBytes<Result>(
        _ column: Int,
        of type: Int32,
        _ words: String,
        _ body: (UnsafeRawBufferPointer?) -> Result
    ) throws(DatabaseError) -> Result {
        switch source {
        case .sqlite(let statement):
            let found = sqlite3_column_type(statement, Int32(column))
            guard found != SQLITE_NULL else { return body(nil) }
            guard found == type else { throw wrong(column, words) }
            let start = sqlite3_column_blob(statement, Int32(column))
            let count = Int(sqlite3_column_bytes(statement, Int32(column)))
            return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
        case .postgresql(let row):
            return body(row.bytes(column))
        }
    }

    private func wrong(_ column: Int, _ words: String) -> DatabaseError {
        DatabaseError(.defect, "column \(column + 1) of a row is not what it should be: \(words)")
    }
}

/// A row of a result of PostgreSQL, in its binary form.
struct PostgreSQLRow {
    let result: OpaquePointer
    let row: Int32

    /// The bytes of a column; nil when it is null.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
        guard column >= 0, column < Int(PQnfields(result)),
            PQgetisnull(result, row, Int32(column)) == 0
        else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, Int32(column)),
            count: Int(PQgetlength(result, row, Int32(column)))
        )
    }

    /// The number that at most 8 bytes give, the most significant one first.
    static func bigEndian(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
