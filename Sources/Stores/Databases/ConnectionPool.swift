// SPDX-License-Identifier: Apache-2.0

// Connections for as many threads: who has a thread has one, too.

internal import Synchronization
internal import VigieLimits

/// Threads with connections to one database.
final class ConnectionPool: Sendable {
    /// A connection, which goes from thread to thread and is never on two.
    private struct Idle: @unchecked Sendable {
        let connection: any DatabaseConnection
    }

    private let address: DatabaseAddress
    private let access: DatabaseAccess
    private let threads: Database.Threads
    private let idle = Mutex<[Idle]>([])
    private let workCount = Atomic(0)

    init(
        _ address: DatabaseAddress,
        _ access: DatabaseAccess,
        _ threads: @escaping Database.Threads
    ) {
        self.address = address
        self.access = access
        self.threads = threads
    }

    /// Runs work on a thread.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable (any DatabaseConnection) throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        let count = workCount.wrappingAdd(1, ordering: .relaxed).newValue
        defer { workCount.wrappingSubtract(1, ordering: .relaxed) }
        guard count <= StoreLimits.waitingWorkMax else {
            throw DatabaseError(
                .unavailable,
                "more work waits for the store than may (waitingWorkMax)"
            )
        }
        let outcome = await withCheckedContinuation { continuation in
            threads { isActive in
                continuation.resume(returning: isActive ? self.perform(body) : Self.closed())
            }
        }
        return try outcome.get()
    }

    private static func closed<Result>() -> Swift.Result<Result, DatabaseError> {
        .failure(DatabaseError(.unavailable, "the store is closed"))
    }

    private func perform<Result>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result
    ) -> Swift.Result<Result, DatabaseError> {
        do throws(DatabaseError) {
            let connection = try take()
            defer {
                if connection.isUsable { idle.withLock { $0.append(Idle(connection: connection)) } }
            }
            return .success(try body(connection))
        } catch {
            return .failure(error)
        }
    }

    private func take() throws(DatabaseError) -> any DatabaseConnection {
        while let connection = idle.withLock({ $0.popLast()?.connection }) {
            if connection.isUsable { return connection }
        }
        return try address.connect(for: access)
    }

    /// Closes the connections that nobody uses.
    func close() { idle.withLock { $0 = [] } }
}
