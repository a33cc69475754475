// SPDX-License-Identifier: Apache-2.0

// Kinds of databases that one contract is tested on, and fresh empty ones of each.

package import Databases
import Foundation

/// A kind of database that there is on this machine.
package enum TestDatabase: Sendable, CustomStringConvertible {
    case sqlite
    case postgresql(TestPostgreSQL)

    /// All there are. Where PostgreSQL is missing, this says so once.
    package static let all: [TestDatabase] = {
        let servers = TestPostgreSQL.all
        if servers.isEmpty {
            print("PostgreSQL is not on this machine: its half of the store's contract is skipped")
        }
        return [.sqlite] + servers.map { .postgresql($0) }
    }()

    package var description: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgresql(let server): "\(server)"
        }
    }

    /// An empty database of this kind.
    package func makeEmpty() -> TemporaryDatabase { TemporaryDatabase(self) }
}

/// An empty database, which is gone with this value.
package final class TemporaryDatabase: Sendable {
    package let address: DatabaseAddress
    private let directory: String?

    init(_ kind: TestDatabase) {
        let name = "t\(UInt64.random(in: 0 ... .max))"
        switch kind {
        case .sqlite:
            let directory = NSTemporaryDirectory() + "vigie-store-\(name)"
            try? FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
            self.directory = directory
            address = .file(path: "\(directory)/store.sqlite")
        case .postgresql(let server):
            directory = nil
            address = .postgresql(uri: server.uri, schema: name)
        }
    }

    deinit {
        if let directory { try? FileManager.default.removeItem(atPath: directory) }
    }

    /// A connection that may write.
    package func connect() throws -> any DatabaseConnection { try address.connect(for: .write) }

    /// The database, for the threads of whoever calls.
    package func open() -> Database { Database(address) }
}
