// SPDX-License-Identifier: Apache-2.0

// Connections to a database for threads that may wait: each call has one to itself while it runs,
// and leaves it to the next. Whoever calls brings the thread, and so bounds the connections: there
// are never more than threads at work. SQLite has one writer, for which its threads wait here and
// not in the database, which would let them ask again and again. A lost connection is thrown away
// and made anew by the next call.

internal import Synchronization
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A database. Never called on an event loop.
package final class Database: Sendable {
    /// A connection, which goes from thread to thread and is never on two.
    private struct Idle: @unchecked Sendable {
        let connection: any DatabaseConnection
    }

    /// Where it is.
    package let address: DatabaseAddress

    private let readers = Mutex<[Idle]>([])
    /// PostgreSQL reads and writes by the same connections: this has none of them.
    private let writer = Mutex<Idle?>(nil)

    /// Takes the place; connects when there is work.
    package init(_ address: DatabaseAddress) { self.address = address }

    /// Reads in one transaction, which sees one state of all tables.
    package func read<Result>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try withReader { connection throws(DatabaseError) in
            try connection.transaction(.read) { () throws(DatabaseError) in try body(connection) }
        }
    }

    /// Changes in one transaction, all or nothing. One that others keep from its end is tried
    /// again: the body may run several times, and must do nothing but what the database undoes.
    package func write<Result>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try alone { connection throws(DatabaseError) in
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

    /// Works on a connection that may write, in transactions of its own; of SQLite on the only one.
    package func alone<Result>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        guard address.dialect == .sqlite else { return try withReader(body) }
        // As long as one waits for another process, too. Nobody waits for longer: what its caller
        // has given up must not be done behind his back.
        for _ in 0..<StoreLimits.busyMilliseconds / Self.waitMilliseconds {
            let outcome = try writer.withLockIfAvailable { idle throws(DatabaseError) in
                if let idle { return try body(idle.connection) }
                let connection = try address.connect(for: .write)
                idle = Idle(connection: connection)
                return try body(connection)
            }
            if let outcome { return outcome }
            usleep(UInt32(Self.waitMilliseconds * 1_000))
        }
        throw DatabaseError(.busy, "a long change, such as an import, has not ended yet")
    }

    /// Time between two looks whether the writer is free.
    private static let waitMilliseconds = 5

    private func withReader<Result>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        let connection = try takeReader()
        defer {
            if connection.isUsable { readers.withLock { $0.append(Idle(connection: connection)) } }
        }
        return try body(connection)
    }

    private func takeReader() throws(DatabaseError) -> any DatabaseConnection {
        while let connection = readers.withLock({ $0.popLast()?.connection }) {
            if connection.isUsable { return connection }
        }
        return try address.connect(for: .read)
    }

    /// Closes the connections that nobody uses.
    package func close() {
        readers.withLock { $0 = [] }
        writer.withLock { $0 = nil }
    }
}
