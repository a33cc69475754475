// SPDX-License-Identifier: Apache-2.0

// One way to talk to both kinds of databases: statements in the SQL that they share, with
// placeholders $1, $2 …, values bound and never pasted, rows read one at a time. A connection
// belongs to one thread at a time.

/// Kinds of databases.
package enum DatabaseDialect: String, Sendable, CaseIterable {
    case sqlite
    case postgresql
}

/// A connection to a database.
package protocol DatabaseConnection: AnyObject {
    /// What it is connected to.
    var dialect: DatabaseDialect { get }

    /// Whether it can still be used; a lost one is thrown away.
    var isUsable: Bool { get }

    /// Carries out a statement.
    ///
    /// - Returns: How many rows it inserted, changed or deleted.
    func execute(_ statement: String, _ values: [DatabaseValue]) throws(DatabaseError) -> Int

    /// Reads rows, one at a time and in bounded memory.
    ///
    /// - Parameter body: Takes a row, which is valid until it returns; false for no more. The rest
    ///   of the rows is read all the same from PostgreSQL: whoever wants few asks for few.
    func query(
        _ statement: String,
        _ values: [DatabaseValue],
        _ body: (DatabaseRow) throws(DatabaseError) -> Bool
    ) throws(DatabaseError)

    /// Carries out several statements without values, separated by semicolons, as migrations are.
    func run(script: String) throws(DatabaseError)

    /// Writes many rows into a table, by the fastest way there is.
    ///
    /// - Parameter body: Writes rows until there are no more.
    /// - Returns: How many rows there were.
    func load(
        into table: String,
        columns: [String],
        _ body: (RowWriter) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Int

    /// Begins a transaction: of a reader, which sees one state of all tables, or of a writer.
    func begin(_ access: DatabaseAccess) throws(DatabaseError)
}

/// What a transaction is for.
package enum DatabaseAccess: Sendable, Equatable {
    /// Sees one state of the whole and changes nothing.
    case read
    /// Changes: in SQLite the only writer from its beginning on, so that it cannot fail at its end.
    case write
}

extension DatabaseConnection {
    /// Carries out a statement without values.
    @discardableResult
    package func execute(_ statement: String) throws(DatabaseError) -> Int {
        try execute(statement, [])
    }

    /// Does all of it or nothing.
    package func transaction<Result>(
        _ access: DatabaseAccess = .write,
        _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try begin(access)
        do throws(DatabaseError) {
            let result = try body()
            try execute("commit")
            return result
        } catch {
            // What failed is told, not that rolling back failed too: then the connection is lost,
            // which rolls back as well.
            _ = try? execute("rollback")
            throw error
        }
    }

    /// The first row as the body reads it; nil when there is none.
    package func first<Result>(
        _ statement: String,
        _ values: [DatabaseValue] = [],
        _ body: (DatabaseRow) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result? {
        var result: Result?
        try query(statement, values) { row throws(DatabaseError) in
            result = try body(row)
            return false
        }
        return result
    }

    /// All rows as the body reads them; what is asked must be bounded by its own limit.
    package func all<Result>(
        _ statement: String,
        _ values: [DatabaseValue] = [],
        _ body: (DatabaseRow) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> [Result] {
        var results: [Result] = []
        try query(statement, values) { row throws(DatabaseError) in
            results.append(try body(row))
            return true
        }
        return results
    }

    /// The columns of a table, in their order.
    package func columns(of table: String) throws(DatabaseError) -> [String] {
        let statement =
            switch dialect {
            case .sqlite: "select name from pragma_table_info($1) order by cid"
            case .postgresql:
                """
                select attname::text from pg_attribute
                where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
                order by attnum
                """
            }
        let columns = try all(statement, [.text(table)]) { row throws(DatabaseError) in
            try row.text(0)
        }
        guard !columns.isEmpty else {
            throw DatabaseError(.damaged, "the store has no table \(table)")
        }
        return columns
    }
}
