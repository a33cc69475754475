// SPDX-License-Identifier: Apache-2.0

// Where a store is, as one setting says it: a file is SQLite, a URI is PostgreSQL.

/// Where a database is.
package enum DatabaseAddress: Sendable, Equatable {
    /// A file of SQLite.
    case file(path: String)
    /// What libpq connects to; the schema that holds the tables, nil for the user's own.
    case postgresql(uri: String, schema: String?)

    /// Reads `postgresql://…` or `postgres://…` as PostgreSQL, anything else as the path of a file.
    ///
    /// - Returns: nil for what is neither: an empty text, or another scheme.
    package init?(_ text: String) {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            self = .postgresql(uri: text, schema: nil)
        } else if text.isEmpty || text.contains("://") || text.hasPrefix(":")
            || text.utf8.contains(0)
        {
            return nil
        } else {
            self = .file(path: text)
        }
    }

    /// The kind of database.
    package var dialect: DatabaseDialect {
        switch self {
        case .file: .sqlite
        case .postgresql: .postgresql
        }
    }

    /// Connects: in SQLite so that a reader cannot write; PostgreSQL says so to each transaction.
    package func connect(
        for access: DatabaseAccess
    ) throws(DatabaseError) -> any DatabaseConnection {
        switch self {
        case .file(let path): try SQLiteConnection(path: path, isReader: access == .read)
        case .postgresql(let uri, let schema):
            try PostgreSQLConnection(address: uri, schema: schema)
        }
    }
}

extension DatabaseAddress: CustomStringConvertible {
    /// The place, without what a URI tells of users, passwords and keys.
    package var description: String {
        switch self {
        case .file(let path): return path
        case .postgresql(let uri, _):
            let rest = uri.drop { $0 != "/" }.dropFirst(2)
            let address = rest.prefix { $0 != "?" }
            // A password may have @ in it, although it should not.
            let place = address.lastIndex(of: "@").map { address[address.index(after: $0)...] }
            return "postgresql://\(place ?? address)"
        }
    }
}
