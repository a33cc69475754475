// SPDX-License-Identifier: Apache-2.0

// Where a store is, as one setting says it: a file is SQLite, a URI is PostgreSQL.

internal import CPostgreSQL

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

extension DatabaseAddress {
    /// What is wrong with a text as the place of a store; nil when nothing is. A password in it
    /// would stand in lists of processes and of settings.
    package static func problem(_ text: String) -> String? {
        switch DatabaseAddress(text) {
        case nil: return "it is neither the path of a file nor postgresql://…"
        case .file?: return nil
        case .postgresql(let uri, _)?:
            var words: UnsafeMutablePointer<CChar>?
            let options = PQconninfoParse(uri, &words)
            defer { PQconninfoFree(options) }
            guard var option = options else {
                defer { PQfreemem(words) }
                // What libpq says may quote the text, and a password in it.
                return "libpq cannot read it as an address: postgresql://host:port/database"
            }
            while let keyword = option.pointee.keyword {
                if String(cString: keyword) == "password", option.pointee.val != nil {
                    return "it has a password in it; give that as the variable PGPASSWORD or in a "
                        + "file that PGPASSFILE names"
                }
                option += 1
            }
            return nil
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
