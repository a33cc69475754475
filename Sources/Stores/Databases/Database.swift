// SPDX-License-Identifier: Apache-2.0

// Work with a database, off the event loops: on threads that may wait, with as many connections as
// there are threads. SQLite has one writer and some readers, PostgreSQL as many of either as there
// are threads. A lost connection is thrown away and made anew by the next work.

internal import VigieLimits

/// A database, and the threads that wait for it.
package final class Database: Sendable {
    /// Has work done on a thread that may wait. The work is told false, once, when the threads end
    /// before its turn.
    package typealias Threads =
        @Sendable (_ work: @escaping @Sendable (_ isActive: Bool) -> Void) -> Void

    /// Where it is.
    package let address: DatabaseAddress

    private let readers: ConnectionPool
    private let writers: ConnectionPool

    /// Takes the place; connects when there is work.
    ///
    /// - Parameters:
    ///   - address: Where it is.
    ///   - readers: Threads of what reads, and of what writes to PostgreSQL.
    ///   - writer: The one thread of what writes to SQLite, which has one writer at a time: more
    ///     would wait for each other in the database.
    package init(
        _ address: DatabaseAddress,
        readers: @escaping Threads,
        writer: @escaping Threads
    ) {
        self.address = address
        self.readers = ConnectionPool(address, .read, readers)
        writers =
            address.dialect == .sqlite
            ? ConnectionPool(address, .write, writer) : self.readers
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

    /// Closes the connections; the threads have ended before.
    package func close() {
        readers.close()
        writers.close()
    }
}
