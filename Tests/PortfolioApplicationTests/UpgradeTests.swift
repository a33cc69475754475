// SPDX-License-Identifier: Apache-2.0

// Servers of one release and the next on one store, as when they are replaced one after the other.

import Databases
import PortfolioApplication
import Portfolios
import ServiceErrors
import Synchronization
import TestDatabases
import Testing

@Suite struct UpgradeTests {
    private static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)

    /// A server's store that knows so many migrations less than there are. Its program is today's,
    /// so the newest migration has to be one that lists of companies do not need.
    private static func store(
        _ database: TemporaryDatabase,
        behind: Int = 0,
        backUp: @escaping ServerStore.BackUp = { (_) throws(ServiceError) in }
    ) -> ServerStore {
        ServerStore(
            database.address,
            migrations: ServerStore.migrations.dropLast(behind),
            backUp: backUp
        )
    }

    private static func put(_ name: String, _ store: ServerStore) throws -> Int {
        let line = PortfolioLine(try CompanyIdentity(kind: "own", text: name), name: name)
        return try PortfolioUseCases(store).put([line], into: "p", by: anna).added
    }

    @Test(arguments: TestDatabase.all)
    func oneReleaseAndTheNextWorkOnOneStore(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let old = Self.store(database, behind: 1)
        #expect(try old.open().count == ServerStore.migrations.count - 1)
        _ = try PortfolioUseCases(old).create(name: "p", note: "", by: Self.anna)
        #expect(try Self.put("a", old) == 1)
        let saved = Mutex<[Int]>([])
        let new = Self.store(database) { address throws(ServiceError) in
            do throws(DatabaseError) {
                // What was there before the upgrade, and none of what it makes.
                let number = try Migrator.schemaNumber(try address.connect(for: .read))
                saved.withLock { $0.append(number) }
            } catch { throw ServiceError(error) }
        }
        #expect(try new.open() == [ServerStore.migrations.count])
        // A file has one writer, who looks by the connection that upgrades.
        #expect(saved.withLock { $0 } == [ServerStore.migrations.count - 1])
        // Both go on, and one of the old release may be started again.
        #expect(try Self.put("b", old) == 1 && Self.put("c", new) == 1)
        let again = Self.store(database, behind: 1)
        #expect(try again.open().isEmpty && Self.put("d", again) == 1)
        let page = try PortfolioUseCases(old).companies(
            of: "p",
            PageRequest(size: 10, token: ""),
            by: Self.anna
        )
        #expect(page.companies.map(\.name).sorted() == ["a", "b", "c", "d"])
        let older = Self.store(database, behind: 2)
        let error = #expect(throws: ServiceError.self) { try older.open() }
        #expect(error?.reason == "STORE_TOO_NEW" && error?.code == .failedPrecondition)
        #expect(try Self.put("e", again) == 1)
    }

    /// What a backup cannot save is not changed.
    @Test(arguments: TestDatabase.all)
    func withoutABackupNothingIsChanged(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let old = Self.store(database, behind: 1)
        try old.open()
        let new = Self.store(database) { (_) throws(ServiceError) in
            throw ServiceError(.resourceExhausted, "STORE_FULL", "There is no room.")
        }
        for _ in 0..<2 {
            let error = #expect(throws: ServiceError.self) { try new.open() }
            #expect(error?.reason == "STORE_FULL")
        }
        let number = try Migrator.schemaNumber(try database.connect())
        #expect(number == ServerStore.migrations.count - 1)
        #expect(try Self.store(database).open() == [ServerStore.migrations.count])
    }
}
