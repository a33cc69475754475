// SPDX-License-Identifier: Apache-2.0

// SQLite in this process, by its own library: readers see the last commit while one writes (WAL),
// and a commit is on disk when it returns (synchronous FULL). SQLite's own library is all that is
// between: GRDB, which was tried, takes 100 s of processor time to build for a fifth of what the
// whole demonstration may take, and of what it does (records, observation, a language of queries)
// nothing would be used, since PostgreSQL has to give the same answers.

internal import CSQLite
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A connection to a file of SQLite.
package final class SQLiteConnection: DatabaseConnection {
    /// "Vgie": what marks a file as ours, so that no foreign one is written to.
    static let applicationNumber = 0x5667_6965

    private let database: OpaquePointer
    private let path: String
    /// Where the file was on disk when it was opened.
    private let file: FilePlace?
    /// Statements that are kept prepared, by their text.
    private var statements: [String: SQLiteStatement] = [:]

    /// Opens a file, and makes it when there is none.
    ///
    /// - Parameter isReader: Whether nothing may be written through this connection.
    package init(path: String, isReader: Bool = false) throws(DatabaseError) {
        if !isReader { try Self.makeIfMissing(path) }
        var handle: OpaquePointer?
        let access = isReader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let result = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, nil)
        guard let handle else { throw DatabaseError(.unavailable, "no memory for SQLite") }
        guard result == SQLITE_OK else {
            defer { sqlite3_close_v2(handle) }
            throw Self.failure(handle, in: "open")
        }
        database = handle
        (self.path, file) = (path, FilePlace(path))
        sqlite3_extended_result_codes(handle, 1)
        // What is thrown from here on closes the file: all it has is set, so deinit runs.
        try prepareUse(isReader: isReader)
    }

    deinit {
        statements = [:]
        sqlite3_close_v2(database)
    }

    /// Makes a file for its owner alone, as what SQLite puts beside it then is, too: it is about
    /// companies. One that is there is not even opened: closing it would take the locks of all
    /// connections of this process away.
    private static func makeIfMissing(_ path: String) throws(DatabaseError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        guard FilePlace(path)?.nameCount ?? 1 < 2 else {
            throw DatabaseError(
                .denied,
                "the file has a second name (a hard link), and what is written under one would not "
                    + "be seen under the other; take that away"
            )
        }
    }

    private func prepareUse(isReader: Bool) throws(DatabaseError) {
        sqlite3_busy_timeout(database, Int32(StoreLimits.busyMilliseconds))
        guard vigie_sqlite_defend(database) == SQLITE_OK else {
            throw Self.failure(database, in: "open")
        }
        // In this order: another process that makes the same file marks it before its first table.
        let tables = try first("select count(*) from sqlite_schema") { row throws(DatabaseError) in
            try row.integer(0)
        }
        let number = try first("pragma application_id") { row throws(DatabaseError) in
            try row.integer(0)
        }
        guard number == Self.applicationNumber || number == 0 && tables == 0 else {
            throw DatabaseError(.damaged, "the file belongs to another program")
        }
        if isReader {
            try run(script: "pragma query_only = on; pragma foreign_keys = on")
            return
        }
        if number == 0 {
            try run(script: "pragma application_id = \(Self.applicationNumber)")
        }
        try run(
            script: """
                pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
                pragma journal_size_limit = \(StoreLimits.journalBytesMax);
                pragma cache_size = \(-StoreLimits.cacheKibibytes);
                pragma temp.cache_size = \(-StoreLimits.cacheKibibytes)
                """
        )
    }

    package var dialect: DatabaseDialect { .sqlite }

    package var isUsable: Bool { true }

    package func execute(
        _ statement: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> Int {
        let prepared = try prepare(statement)
        try prepared.bind(values)
        // Else a statement that changes nothing by nature, such as commit, tells of the one before.
        let before = sqlite3_total_changes64(database)
        try prepared.runOnce()
        return sqlite3_total_changes64(database) == before ? 0 : Int(sqlite3_changes64(database))
    }

    package func query(
        _ statement: String,
        _ values: [DatabaseValue],
        _ body: (DatabaseRow) throws(DatabaseError) -> Bool
    ) throws(DatabaseError) {
        let prepared = try prepare(statement)
        try prepared.bind(values)
        try prepared.forEachRow(body)
    }

    package func run(script: String) throws(DatabaseError) {
        guard sqlite3_exec(database, script, nil, nil, nil) == SQLITE_OK else {
            throw Self.failure(database, in: script)
        }
    }

    package func load(
        into table: String,
        columns: [String],
        _ body: (RowWriter) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Int {
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let statement = try prepare(
            "insert into \(table) (\(columns.joined(separator: ", "))) values (\(places))"
        )
        let writer = RowWriter(.sqlite(statement), columnCount: columns.count)
        // All rows or none, in a transaction or without one: a commit for each row takes
        // milliseconds.
        try execute("savepoint load")
        do throws(DatabaseError) {
            try body(writer)
            try execute("release load")
        } catch {
            _ = try? execute("rollback to load")
            _ = try? execute("release load")
            throw error
        }
        return writer.rowCount
    }

    package func begin(_ access: DatabaseAccess) throws(DatabaseError) {
        guard file == FilePlace(path) else {
            throw DatabaseError(
                .unavailable,
                "the file was taken away or replaced while it was open; put it back, or stop "
                    + "everything that uses it and start again"
            )
        }
        try execute(access == .write ? "begin immediate" : "begin")
    }

    private func prepare(_ text: String) throws(DatabaseError) -> SQLiteStatement {
        // One whose rows are being read right now cannot be run a second time.
        if let statement = statements[text], sqlite3_stmt_busy(statement.handle) == 0 {
            return statement
        }
        var handle: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(database, text, -1, flags, &handle, nil) == SQLITE_OK else {
            throw Self.failure(database, in: text)
        }
        guard let handle else { throw DatabaseError(.defect, "an empty statement", in: text) }
        let statement = try SQLiteStatement(handle, text)
        if statements.count >= StoreLimits.preparedStatementsMax { statements = [:] }
        statements[text] = statement
        return statement
    }
}
