// SPDX-License-Identifier: Apache-2.0

// Rows on their way into a table by the thousand: PostgreSQL gets them as its binary COPY, SQLite
// bound to one prepared statement. Values are written in the order of the columns.
//
// Cost, estimated: 8 values of 8 bytes are 100 bytes of COPY, some 60 ns; SQLite takes 1.3 us for
// such a row.

/// Where rows are written to, a value after the other.
package final class RowWriter {
    /// What takes the rows.
    enum Target {
        case sqlite(SQLiteStatement)
        case postgresql(PostgreSQLCopy)
    }

    private let target: Target
    private let columnCount: Int
    private var column = 0
    /// Rows that are whole.
    private(set) var rowCount = 0

    init(_ target: Target, columnCount: Int) {
        self.target = target
        self.columnCount = columnCount
    }

    /// Writes a whole number, or null.
    package func write(_ value: Int?) throws(DatabaseError) {
        guard let value else { return try writeNull() }
        try next()
        switch target {
        case .sqlite(let statement): try statement.bind(Int64(value), at: column)
        case .postgresql(let copy): copy.append(UInt64(bitPattern: Int64(value)))
        }
    }

    /// Writes a double, or null.
    package func write(_ value: Double?) throws(DatabaseError) {
        guard let value else { return try writeNull() }
        try next()
        switch target {
        case .sqlite(let statement): try statement.bind(value, at: column)
        case .postgresql(let copy):
            try DatabaseValue.real(value).check("copy")
            copy.append((value + 0).bitPattern)
        }
    }

    /// Writes a text, or null.
    package func write(_ value: String?) throws(DatabaseError) {
        guard let text = value else { return try writeNull() }
        try next()
        try text.withCheckedBytes { bytes throws(DatabaseError) in
            switch target {
            case .sqlite(let statement): try statement.bind(text: bytes, at: column)
            case .postgresql(let copy): copy.append(bytes)
            }
        }
    }

    /// Writes bytes, or null.
    package func write(bytes: [UInt8]?) throws(DatabaseError) {
        guard let bytes else { return try writeNull() }
        try next()
        switch target {
        case .sqlite(let statement): try statement.bind(bytes: bytes, at: column)
        case .postgresql(let copy): bytes.withUnsafeBytes { copy.append($0) }
        }
    }

    /// Writes any value.
    package func write(_ value: DatabaseValue) throws(DatabaseError) {
        switch value {
        case .null: try writeNull()
        case .integer(let value): try write(Int(value))
        case .real(let value): try write(value)
        case .text(let value): try write(value)
        case .bytes(let value): try write(bytes: value)
        }
    }

    /// Ends a row.
    package func endRow() throws(DatabaseError) {
        guard column == columnCount else {
            throw DatabaseError(.defect, "a row has \(column) values for \(columnCount) columns")
        }
        column = 0
        rowCount += 1
        switch target {
        case .sqlite(let statement): try statement.runOnce()
        case .postgresql(let copy): try copy.endRow()
        }
    }

    private func writeNull() throws(DatabaseError) {
        try next()
        switch target {
        case .sqlite(let statement): try statement.bindNull(at: column)
        case .postgresql(let copy): copy.appendNull()
        }
    }

    /// Goes to the next column.
    private func next() throws(DatabaseError) {
        guard column < columnCount else {
            throw DatabaseError(.defect, "a row has more than \(columnCount) values")
        }
        if column == 0, case .postgresql(let copy) = target { copy.beginRow(columnCount) }
        column += 1
    }
}

extension String {
    /// The bytes of the text, which has no zero byte.
    func withCheckedBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        var text = self
        var outcome: Swift.Result<Result, DatabaseError>?
        text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            do throws(DatabaseError) {
                guard !bytes.contains(0) else {
                    throw DatabaseError(.value, "a text has a zero byte")
                }
                outcome = .success(try body(bytes))
            } catch {
                outcome = .failure(error)
            }
        }
        guard let outcome else { throw DatabaseError(.defect, "a text has no bytes") }
        return try outcome.get()
    }
}
