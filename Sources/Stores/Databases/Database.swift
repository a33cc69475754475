// SPDX-License-Identifier: Apache-2.0

// Work with a database, off the event loops: on threads that may wait, each with a connection that
// it keeps. SQLite has one writer and some readers, PostgreSQL as many of either as there are
// threads. A lost connection is thrown away and made anew by the next work.

internal import VigieLimits

/// A database, and the threads that wait for it.
package final class Database: Sendable {
    /// Where it is.
    package let address: DatabaseAddress

    private let readers: ConnectionPool
    private let writers: ConnectionPool

    /// Takes the place; connects when there is work.
    package init(_ address: DatabaseAddress, connections: Int = StoreLimits.connectionsMax) {
        self.address = address
        readers = ConnectionPool(address, .read, threads: connections)
        writers =
            address.dialect == .sqlite
            ? ConnectionPool(address, .write, threads: 1) : readers
    }

    /// Reads in one transaction, which sees one state of all tables.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any DatabaseConnection) throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        try await readers.run { connection throws(DatabaseError) in
            try connection.transaction(.read) { () throws(DatabaseError) in try body(connection) }
        }
    }

    /// Changes in one transaction, all or nothing. One that others keep from its end is tried
    /// again: the body may run several times, and must do nothing but what the database undoes.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any DatabaseConnection) throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        try await writers.run { connection throws(DatabaseError) in
            var attempt = 1
            while true {
                do throws(DatabaseError) {
                    return try connection.transaction(.write) { () throws(DatabaseError) in
                        try body(connection)
                    }
                } catch {
                    guard error.isRetryable, attempt < StoreLimits.attemptsMax else { throw error }
                    attempt += 1
                }
            }
        }
    }

    /// Works on a connection that nobody else uses meanwhile, in transactions of its own.
    package func alone<Result: Sendable>(
        _ body: @escaping @Sendable (any DatabaseConnection) throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        try await writers.run(body)
    }

    /// Ends the threads when their work is done, and closes the connections.
    package func close() async {
        await readers.close()
        if writers !== readers { await writers.close() }
    }
}
