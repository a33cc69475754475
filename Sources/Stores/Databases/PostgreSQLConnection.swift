// SPDX-License-Identifier: Apache-2.0

// PostgreSQL by libpq, its own client library, on threads that may wait. Statements are prepared
// once for each connection; values and results travel in their binary form, so that a double comes
// back with its bits, and rows come one at a time, so that no result is held whole.

internal import CPostgreSQL
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A connection to PostgreSQL.
package final class PostgreSQLConnection: DatabaseConnection {
    let connection: OpaquePointer
    /// Names and types of values of prepared statements, by their text.
    private var statements: [String: PreparedStatement] = [:]
    private var nextName = 0

    /// Connects to what a connection URI or string names.
    ///
    /// - Parameters:
    ///   - address: As libpq takes it, such as `postgresql://vigie@host/vigie?sslmode=verify-full`.
    ///   - schema: The schema of tables in it, made where it is missing; nil for the user's own.
    package init(address: String, schema: String? = nil) throws(DatabaseError) {
        guard let connection = Self.connect(address) else {
            throw DatabaseError(.unavailable, "no memory for a connection")
        }
        self.connection = connection
        // What it says of a script, such as that a table exists, is nothing to anyone.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        // What is thrown from here on closes the connection: all it has is set, so deinit runs.
        guard PQstatus(connection) == CONNECTION_OK else { throw connectFailure() }
        try prepareUse(schema)
    }

    deinit { PQfinish(connection) }

    private static func connect(_ address: String) -> OpaquePointer? {
        // The address comes last, so that what it says itself about the rest counts.
        let settings: [(String, String)] = [
            ("connect_timeout", "\(StoreLimits.connectSeconds)"),
            ("application_name", "vigie"),
            ("keepalives_idle", "\(StoreLimits.keepAliveSeconds)"),
            ("keepalives_interval", "\(StoreLimits.keepAliveSeconds)"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "\(StoreLimits.unansweredMilliseconds)"),
            ("client_encoding", "UTF8"),
            ("dbname", address),
        ]
        let names = settings.map { strdup($0.0) }
        let values = settings.map { strdup($0.1) }
        defer { (names + values).forEach { free($0) } }
        let constNames = names.map { UnsafePointer($0) } + [nil]
        let constValues = values.map { UnsafePointer($0) } + [nil]
        return PQconnectdbParams(constNames, constValues, 1)
    }

    private func prepareUse(_ schema: String?) throws(DatabaseError) {
        guard PQserverVersion(connection) >= StoreLimits.postgresqlVersionMin else {
            throw DatabaseError(
                .defect,
                "PostgreSQL \(PQserverVersion(connection) / 10_000) is too old: 13 is the oldest"
            )
        }
        try run(
            script: """
                set statement_timeout = \(StoreLimits.statementMilliseconds);
                set lock_timeout = \(StoreLimits.busyMilliseconds);
                set idle_in_transaction_session_timeout = \(StoreLimits.statementMilliseconds);
                set timezone = 'UTC';
                set client_min_messages = warning
                """
        )
        if let schema {
            // Of two that make it at once, one is told that it is there already.
            do throws(DatabaseError) {
                try run(script: "create schema if not exists \(schema)")
            } catch  where error.kind == .duplicate {}
            try run(script: "set search_path = \(schema)")
        }
    }

    package var dialect: DatabaseDialect { .postgresql }

    package var isUsable: Bool { PQstatus(connection) == CONNECTION_OK }

    package func execute(
        _ statement: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> Int {
        var changed = 0
        try results(of: statement, values) { result throws(DatabaseError) in
            changed += PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
            return true
        }
        return changed
    }

    package func query(
        _ statement: String,
        _ values: [DatabaseValue],
        _ body: (DatabaseRow) throws(DatabaseError) -> Bool
    ) throws(DatabaseError) {
        try results(of: statement, values) { result throws(DatabaseError) in
            for row in 0..<PQntuples(result) {
                let source = PostgreSQLRow(result: result, row: row)
                guard try body(DatabaseRow(.postgresql(source))) else { return false }
            }
            return true
        }
    }

    package func run(script: String) throws(DatabaseError) {
        let result = PQexec(connection, script)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            throw failure(result, in: script)
        }
    }

    package func begin(_ access: DatabaseAccess) throws(DatabaseError) {
        // A reader sees one state of all tables, a writer what others committed before each of its
        // statements: what it depends on it locks.
        try run(
            script: access == .write
                ? "begin" : "begin transaction isolation level repeatable read read only"
        )
    }

    /// The statement under a name on the server.
    func prepare(_ text: String) throws(DatabaseError) -> PreparedStatement {
        if let statement = statements[text] { return statement }
        if statements.count >= StoreLimits.preparedStatementsMax {
            try run(script: "deallocate all")
            statements = [:]
        }
        nextName += 1
        let statement = try PreparedStatement(text, name: "s\(nextName)", on: self)
        statements[text] = statement
        return statement
    }
}
