// SPDX-License-Identifier: Apache-2.0

// What SQLite's codes mean for whoever asked.

internal import CSQLite

extension SQLiteConnection {
    /// What went wrong last.
    static func failure(_ database: OpaquePointer?, in statement: String) -> DatabaseError {
        let extended = sqlite3_extended_errcode(database)
        let kind = kind(extended)
        // SQLite's own words name tables and columns, never values.
        let words = sqlite3_errmsg(database).map { String(cString: $0) } ?? "unknown"
        return DatabaseError(kind, words, code: "SQLITE \(extended)", in: statement)
    }

    private static func kind(_ extended: Int32) -> DatabaseError.Kind {
        // Macros that shift are not seen from here; the numbers stand in SQLite's list of codes.
        let (uniqueKey, primaryKey, rowKey): (Int32, Int32, Int32) = (2067, 1555, 2579)
        switch extended & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_CONSTRAINT:
            return [uniqueKey, primaryKey, rowKey].contains(extended) ? .duplicate : .constraint
        case SQLITE_FULL: return .noSpace
        case SQLITE_READONLY: return .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: return .damaged
        case SQLITE_INTERRUPT: return .tooSlow
        // What cannot be opened is no place for a file, or may not be: that does not pass.
        case SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN: return .denied
        case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL: return .unavailable
        case SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE: return .value
        default: return .defect
        }
    }
}
