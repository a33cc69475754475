// SPDX-License-Identifier: Apache-2.0

// Stores from one release to the next.

import Databases
import ServiceErrors
import Synchronization
import TestDatabases
import Testing

@Suite struct MigratorTests {
    static let first = Migration(
        1,
        "first",
        oldestProgram: 1,
        [.table("a", "x bigint primary key")]
    )
    static let adds = Migration(
        2,
        "adds",
        oldestProgram: 1,
        [.statement("alter table a add column y text"), .orderedTable("b", "x bigint primary key")]
    )
    static let removes = Migration(3, "removes", oldestProgram: 3, [.statement("drop table b")])

    private func migrate(
        _ connection: any DatabaseConnection,
        _ migrations: [Migration],
        backUp: () throws(ServiceError) -> Void = {}
    ) throws -> [Int] {
        try Migrator(migrations).migrate(connection, nowMicroseconds: 7, backUp: backUp)
    }

    private func refusal(
        _ connection: any DatabaseConnection,
        _ migrations: [Migration]
    ) -> String? {
        do {
            _ = try migrate(connection, migrations)
            return nil
        } catch { return (error as? ServiceError)?.reason }
    }

    @Test(arguments: TestDatabase.all)
    func aReleaseWorksWithItsSchemaAndTheNext(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try database.connect()
        #expect(try migrate(connection, [Self.first]) == [1])
        #expect(try migrate(connection, [Self.first]) == [])
        // The next release adds; the old one goes on beside it and can be started again.
        #expect(try migrate(connection, [Self.first, Self.adds]) == [2])
        #expect(refusal(connection, [Self.first]) == nil)
        // The one after removes: now the oldest cannot, and the second neither.
        #expect(try migrate(connection, [Self.first, Self.adds, Self.removes]) == [3])
        #expect(refusal(connection, [Self.first]) == "STORE_TOO_NEW")
        #expect(refusal(connection, [Self.first, Self.adds]) == "STORE_TOO_NEW")
    }

    @Test(arguments: TestDatabase.all)
    func aMigrationThatChangedIsRefused(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try database.connect()
        _ = try migrate(connection, [Self.first])
        let other = Migration(1, "first", oldestProgram: 1, [.table("a", "x bigint")])
        #expect(refusal(connection, [other]) == "STORE_DIFFERS")
    }

    @Test(arguments: TestDatabase.all)
    func allOfItOrNothing(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try database.connect()
        let broken = Migration(
            2,
            "broken",
            oldestProgram: 1,
            [.table("c", "x bigint"), .statement("nonsense")]
        )
        #expect(refusal(connection, [Self.first, broken]) == "STORE_DEFECT")
        #expect(try migrate(connection, [Self.first]) == [1])
        #expect(throws: DatabaseError.self) { try connection.execute("select * from c") }
    }

    @Test(arguments: TestDatabase.all)
    func dataIsBackedUpFirst(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try database.connect()
        var backups = 0
        _ = try migrate(connection, [Self.first]) { backups += 1 }
        #expect(backups == 0)
        _ = try migrate(connection, [Self.first, Self.adds]) { backups += 1 }
        #expect(backups == 1)
        let all = [Self.first, Self.adds, Self.removes]
        #expect(throws: ServiceError.self) {
            try migrate(connection, all) { () throws(ServiceError) in
                throw ServiceError(.resourceExhausted, "NO_ROOM", "no room")
            }
        }
        #expect(try migrate(connection, [Self.first, Self.adds]) == [])
    }

    @Test(arguments: TestDatabase.all)
    func serversThatStartTogetherMigrateOnce(_ kind: TestDatabase) async throws {
        let database = kind.makeEmpty()
        let done = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let store = database.open()
                    let done = try store.alone { connection throws(DatabaseError) in
                        let migrator = Migrator([Self.first, Self.adds])
                        do throws(ServiceError) {
                            return try migrator.migrate(connection, nowMicroseconds: 7) {}
                        } catch {
                            throw DatabaseError(.defect, error.message)
                        }
                    }
                    store.close()
                    return done
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(done == [1, 2])
    }
}
