// SPDX-License-Identifier: Apache-2.0

// The store of a server. It is brought to the schema of this program before its first use, which is
// at the start of the server where the store is there then; where it is not, the server scores all
// the same, and each call that needs the store tries again.

package import Databases
internal import Documents
internal import PortfolioStore
package import ServiceErrors
internal import Synchronization

/// The store of a server, or none.
package final class ServerStore: Sendable {
    /// Saves what is there before its tables change, by a connection of its own.
    package typealias BackUp = @Sendable (DatabaseAddress) throws(ServiceError) -> Void

    /// Tells the microseconds since 1970-01-01 in UTC.
    package let clock: MicrosecondClock
    private let database: Database?
    private let backUp: BackUp
    private let tell: @Sendable (String) -> Void
    /// Whether the store did what was asked of it last, as far as that is up to it.
    private let isWell = Atomic(true)
    private let migrator: Migrator
    private let isReady = Atomic(false)
    private let opening = Mutex(())
    private let observers = Mutex<[@Sendable () -> Void]>([])

    /// Takes the place of the store; does not touch it yet.
    ///
    /// - Parameters:
    ///   - address: Where it is; nil for no store.
    ///   - clock: Tells the time of what is kept.
    ///   - migrations: What makes its tables.
    ///   - backUp: Called before tables with data change.
    ///   - tell: Hears, without a full stop, when the store is lost, full or damaged, and when it
    ///     is there again.
    package init(
        _ address: DatabaseAddress?,
        clock: @escaping MicrosecondClock = SystemMicroseconds.now,
        migrations: [Migration] = ServerStore.migrations,
        backUp: @escaping BackUp,
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        database = address.map { Database($0) }
        migrator = Migrator(migrations)
        (self.clock, self.backUp, self.tell) = (clock, backUp, tell)
    }

    /// Wakes the other servers of the store; nil where there are none, as of a file.
    package func makeBell() -> StoreBell? {
        guard let database, let bell = DatabaseBell(database.address) else { return nil }
        observeWrites { bell.ring() }
        return StoreBell(bell)
    }

    /// What makes the tables of a store.
    package static let migrations = StoreSchema.migrations

    /// No store.
    package static let none = ServerStore(nil) { (_) throws(ServiceError) in }

    /// Where it is, without passwords; nil for none.
    package var place: String? { database?.address.description }

    /// Brings the tables to what this program knows, once.
    ///
    /// - Returns: The numbers of the migrations that were carried out now.
    /// - Throws: UNAVAILABLE where the store cannot be reached; FAILED_PRECONDITION where it cannot
    ///   be used by this program, or there is none.
    @discardableResult
    package func open() throws(ServiceError) -> [Int] {
        let database = try known()
        guard !isReady.load(ordering: .acquiring) else { return [] }
        return try opening.withLock { (_) throws(ServiceError) in
            guard !isReady.load(ordering: .acquiring) else { return [] }
            var outcome: Result<[Int], ServiceError> = .success([])
            do throws(DatabaseError) {
                try database.alone { connection throws(DatabaseError) in
                    do throws(ServiceError) {
                        outcome = .success(
                            try migrator.migrate(connection, nowMicroseconds: clock()) {
                                () throws(ServiceError) in try backUp(database.address)
                            }
                        )
                    } catch { outcome = .failure(error) }
                }
            } catch { throw noted(error) }
            let done = try outcome.get()
            isReady.store(true, ordering: .releasing)
            return done
        }
    }

    /// Reads one state of the store.
    package func read<Success>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(ServiceError) -> Success {
        try open()
        let database = try known()
        let outcome: Result<Success, ServiceError>
        do throws(DatabaseError) { outcome = try database.read(body) } catch {
            throw noted(error)
        }
        noteWell()
        return try outcome.get()
    }

    /// Has somebody told whenever the store was changed by this server: on the thread that did it,
    /// which must not be kept.
    package func observeWrites(_ observer: @escaping @Sendable () -> Void) {
        observers.withLock { $0.append(observer) }
    }

    /// Tells those who observe that the store was changed.
    package func noteWrite() { for observer in observers.withLock({ $0 }) { observer() } }

    /// Changes the store: all of it, or nothing when it fails or the body refuses. The body may run
    /// several times.
    package func write<Success>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(ServiceError) -> Success {
        try open()
        let database = try known()
        var refusal: ServiceError?
        do throws(DatabaseError) {
            let result = try database.write { connection throws(DatabaseError) in
                refusal = nil
                switch try body(connection) {
                case .success(let value): return value
                case .failure(let error):
                    refusal = error
                    // Nothing of what was done so far is kept.
                    throw DatabaseError(.constraint, "refused")
                }
            }
            noteWell()
            noteWrite()
            return result
        } catch { throw refusal ?? noted(error) }
    }

    /// What callers are told; and once, until it is over, whoever operates the server.
    private func noted(_ error: DatabaseError) -> ServiceError {
        let told = ServiceError(error)
        switch error.kind {
        case .unavailable, .noSpace, .damaged, .denied, .readOnly, .defect:
            if isWell.exchange(false, ordering: .relaxed) {
                tell("The store fails: \(told.message.withoutFullStop)")
            }
        case .busy, .duplicate, .constraint, .tooSlow, .value: break
        }
        return told
    }

    private func noteWell() {
        if !isWell.load(ordering: .relaxed), !isWell.exchange(true, ordering: .relaxed) {
            tell("The store does what is asked of it again")
        }
    }

    /// Closes the connections.
    package func close() { database?.close() }

    private func known() throws(ServiceError) -> Database {
        guard let database else {
            throw ServiceError(
                .failedPrecondition,
                "NO_STORE",
                "This server has no store; start it with the setting store, which names a file or "
                    + "a PostgreSQL database."
            )
        }
        return database
    }
}
