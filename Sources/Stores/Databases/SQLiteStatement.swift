// SPDX-License-Identifier: Apache-2.0

// A prepared statement of SQLite, which is bound, run and bound again.

internal import CSQLite

/// A prepared statement; belongs to its connection.
final class SQLiteStatement {
    let handle: OpaquePointer
    let text: String
    /// The places of values ($1 is 1) by the order in which SQLite counts its parameters.
    private let places: [Int]

    init(_ handle: OpaquePointer, _ text: String) throws(DatabaseError) {
        self.handle = handle
        self.text = text
        var places: [Int] = []
        for index in 0..<sqlite3_bind_parameter_count(handle) {
            guard let name = sqlite3_bind_parameter_name(handle, index + 1), name[0] == 0x24,
                let place = Int(String(cString: name + 1)), place >= 1
            else {
                sqlite3_finalize(handle)
                throw DatabaseError(.defect, "a placeholder is not $1, $2 …", in: text)
            }
            places.append(place)
        }
        self.places = places
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds all values of the statement.
    func bind(_ values: [DatabaseValue]) throws(DatabaseError) {
        guard (places.max() ?? 0) == values.count else {
            throw DatabaseError(
                .defect,
                "\(values.count) values for \(places.max() ?? 0) placeholders",
                in: text
            )
        }
        for (index, place) in places.enumerated() {
            try bind(values[place - 1], at: index + 1)
        }
    }

    private func bind(_ value: DatabaseValue, at index: Int) throws(DatabaseError) {
        switch value {
        case .null: try bindNull(at: index)
        case .integer(let value): try bind(value, at: index)
        case .real(let value): try bind(value, at: index)
        case .text(let value):
            try value.withCheckedBytes { bytes throws(DatabaseError) in
                try bind(text: bytes, at: index)
            }
        case .bytes(let value): try bind(bytes: value, at: index)
        }
    }

    func bindNull(at index: Int) throws(DatabaseError) {
        try check(sqlite3_bind_null(handle, Int32(index)))
    }

    func bind(_ value: Int64, at index: Int) throws(DatabaseError) {
        try check(sqlite3_bind_int64(handle, Int32(index), value))
    }

    func bind(_ value: Double, at index: Int) throws(DatabaseError) {
        try DatabaseValue.real(value).check(text)
        // It keeps 0 and -0 as the whole number 0: so -0 becomes 0 in both databases.
        try check(sqlite3_bind_double(handle, Int32(index), value + 0))
    }

    func bind(text bytes: UnsafeRawBufferPointer, at index: Int) throws(DatabaseError) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        let count = UInt64(bytes.count)
        // An empty text may have no address, which SQLite would take for null.
        try check(
            start == nil
                ? vigie_sqlite_bind_text(handle, Int32(index), "", 0)
                : vigie_sqlite_bind_text(handle, Int32(index), start, count)
        )
    }

    func bind(bytes: [UInt8], at index: Int) throws(DatabaseError) {
        guard !bytes.isEmpty else {
            return try check(vigie_sqlite_bind_bytes(handle, Int32(index), "", 0))
        }
        let result = bytes.withUnsafeBytes {
            vigie_sqlite_bind_bytes(handle, Int32(index), $0.baseAddress, UInt64($0.count))
        }
        try check(result)
    }

    /// Runs a statement that gives no rows.
    func runOnce() throws(DatabaseError) {
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_DONE: return
            case SQLITE_ROW: continue
            default: throw failure()
            }
        }
    }

    /// Runs a statement and hands over its rows.
    func forEachRow(
        _ body: (DatabaseRow) throws(DatabaseError) -> Bool
    ) throws(DatabaseError) {
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_DONE: return
            case SQLITE_ROW:
                guard try body(DatabaseRow(.sqlite(handle))) else { return }
            default: throw failure()
            }
        }
    }

    private func check(_ result: Int32) throws(DatabaseError) {
        if result != SQLITE_OK { throw failure() }
    }

    private func failure() -> DatabaseError {
        SQLiteConnection.failure(sqlite3_db_handle(handle), in: text)
    }
}
