// SPDX-License-Identifier: Apache-2.0

// Natural persons who go from the store, and do not come back with a backup.

import Databases
import Foundation
import PortfolioStore
import Portfolios
import Quantities
import ServiceErrors
import TestDatabases
import Testing

@Suite struct ErasureTests {
    private let today = CalendarDate("2026-11-30")!

    /// A store in which much is known of three companies.
    private func known(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try filledStore(database, nowMicroseconds: time("2026-11-01"))
        for slot in 1...3 {
            try bring(
                [
                    try fact(slot, .paper, "2025-12-31", "paper-\(slot)"),
                    try fact(slot, .statement, "2025-12-31", "statement-\(slot)"),
                ],
                connection
            )
            try bring(
                [try fact(slot, .statement, "2025-12-31", "correction-\(slot)")],
                .replace,
                at: 6,
                connection
            )
            let event = StoreEvent(
                "alert.raised",
                portfolio: 1,
                slot: slot,
                day: today,
                createdAtMicroseconds: 7,
                body: "{\"name\":\"name-\(slot)\"}"
            )
            _ = try connection.transaction { () throws(DatabaseError) in
                _ = try connection.keep([CompanyScore(slot, outcome: 1, score: 50)], of: 1)
                _ = try keepCollection(of: slot, connection)
                try connection.append([event])
            }
        }
        _ = try connection.transaction { () throws(DatabaseError) in
            try connection.planArrivalRun(
                asOf: today,
                by: RunModel(name: "m", version: "1", hash: "1"),
                waitMicroseconds: 0,
                otherModelMicroseconds: 0,
                nowMicroseconds: 8
            )
        }
        return connection
    }

    private func erase(
        _ slot: Int,
        _ connection: any DatabaseConnection
    ) throws -> ErasureOutcome {
        try connection.transaction { () throws(DatabaseError) in
            try connection.erase(slot, for: .request, on: today, by: "anna")
        }
    }

    /// In which tables there is a row with a slot, whatever tables there are.
    private func tables(
        with slot: Int,
        _ connection: any DatabaseConnection
    ) throws -> Set<String> {
        let tables = try StoreSchema.migrations.flatMap(\.tables).filter {
            try connection.columns(of: $0).contains("slot")
        }
        return Set(
            try tables.filter { table in
                try connection.first("select 1 from \(table) where slot = $1", [.integer(slot)]) {
                    _ in true
                } != nil
            }
        )
    }

    /// Whether a company is known, with all that was known of it.
    private func isWhole(_ slot: Int, _ connection: any DatabaseConnection) throws -> Bool {
        let identity = try CompanyIdentity(kind: "own", text: "identity-\(slot)")
        let bodies = try connection.events(after: 0, limit: 9).map(\.event)
            .filter { $0.slot == slot }.map(\.body)
        return try connection.slot(of: identity) == slot
            && connection.factCounts(of: slot) == [.paper: 1, .statement: 2]
            && connection.members(of: 1, limit: 9).contains { $0.slot == slot }
            && bodies == ["{\"name\":\"name-\(slot)\"}"]
    }

    @Test(arguments: TestDatabase.all)
    func nothingOfThePersonStays(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try known(database)
        _ = try connection.hold(2, reason: "x", by: "anna", nowMicroseconds: 1)
        let all: Set = [
            "company", "portfolio_company", "company_fact", "company_score", "score_change",
            "event", "legal_hold", "run_company", "collection_record",
            "dunning_letter",
        ]
        #expect(try tables(with: 2, connection) == all)
        _ = try connection.release(2, reason: "x")
        let wanted = Erasure(slot: 2, day: today, reason: .request)
        #expect(try erase(2, connection) == .erased(wanted))
        // Of a table that a later migration adds, these tell that it is to be erased from.
        #expect(try tables(with: 2, connection) == ["event", "erasure"])
        let events = try connection.events(after: 0, limit: 9)
        #expect(events.map(\.number) == [1, 2, 3])
        #expect(events[1].event.body == "{}")
        #expect(try connection.erasures(limit: 9) == [wanted])
        for slot in [1, 3] { #expect(try isWhole(slot, connection)) }
        #expect(try erase(2, connection) == .unknown)
        #expect(ErasureOutcome.unknown.refusal?.reason == "COMPANY_UNKNOWN")
        // Not even where the database keeps what nobody can ask for any more.
        #expect(try connection.purgeDeleted())
        if case .file(let path) = database.address {
            for file in [path, path + "-wal"] {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                for word in ["name-", "identity-", "reference-", "paper-", "correction-"] {
                    #expect(bytes.range(of: Data("\(word)2".utf8)) == nil)
                }
            }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(bytes.range(of: Data("paper-1".utf8)) != nil)
        }
        // Who comes again is somebody else, and so is everybody after.
        var lines = try [2, 7].map {
            PortfolioLine(try CompanyIdentity(kind: "own", text: "identity-\($0)"))
        }[...]
        _ = try connection.transaction { () throws(DatabaseError) in
            try PortfolioImport(1, .add, nowMicroseconds: 9).run(connection) {
                () throws(DatabaseError) in lines.popFirst()
            }
        }
        #expect(try connection.members(of: 1, limit: 9).map(\.slot) == [1, 3, 4, 5])
    }

    @Test(arguments: TestDatabase.all)
    func aLegalHoldRefuses(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try known(database)
        _ = try connection.hold(2, reason: "claim 7", by: "anna", nowMicroseconds: 1)
        let outcome = try erase(2, connection)
        #expect(outcome == .held(try connection.holds(of: 2)))
        #expect(outcome.refusal?.reason == "LEGAL_HOLD")
        #expect(outcome.refusal?.message.contains("claim 7") == true)
        #expect(try isWhole(2, connection))
        #expect(try connection.erasures(limit: 9).isEmpty)
        _ = try connection.release(2, reason: "claim 7")
        let erased = try erase(2, connection)
        #expect(erased.refusal == nil)
        #expect(try !isWhole(2, connection))
    }

    private func backup(_ connection: any DatabaseConnection) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try DatabaseBackup(StoreSchema.migrations).write(connection) { bytes += $0 }
        return bytes
    }

    private func restored(
        _ bytes: [UInt8],
        _ database: TemporaryDatabase
    ) throws -> any DatabaseConnection {
        let connection = try database.connect()
        var rest = bytes[...]
        _ = try DatabaseBackup(StoreSchema.migrations).restore(connection, nowMicroseconds: 9) {
            () throws(DatabaseError) in
            defer { rest = [] }
            return Array(rest)
        }
        return connection
    }

    private func replay(
        _ list: ErasureList,
        _ connection: any DatabaseConnection
    ) throws -> Int {
        try connection.transaction { () throws(DatabaseError) in
            try connection.replayErasures(list, by: "restore")
        }
    }

    @Test(arguments: TestDatabase.all)
    func aBackupThatIsRestoredForgetsAgain(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try known(database)
        _ = try connection.hold(2, reason: "released later", by: "anna", nowMicroseconds: 1)
        let bytes = try backup(connection)
        _ = try connection.release(2, reason: "released later")
        // After the backup: one of its companies goes, and one that it does not know.
        var file: [UInt8] = []
        for slot in [2, 2, 40] {
            file += try ErasureList(file)
                .addition(of: Erasure(slot: slot, day: today, reason: .request)).bytes
        }
        _ = try erase(2, connection)
        let target = kind.makeEmpty()
        let other = try restored(bytes, target)
        #expect(try isWhole(2, other))
        #expect(try replay(try ErasureList(file), other) == 1)
        #expect(try tables(with: 2, other) == ["event", "erasure"])
        for slot in [1, 3] { #expect(try isWhole(slot, other)) }
        #expect(try other.erasures(limit: 9).map(\.slot) == [2, 40])
        #expect(try other.erasures(limit: 1) == connection.erasures(limit: 1))
        #expect(try other.takeNumbers(1, of: .slot) == 41)
        // Again it changes nothing.
        #expect(try replay(try ErasureList(file), other) == 0)
        #expect(try replay(ErasureList(), other) == 0)
        #expect(try other.takeNumbers(1, of: .slot) == 42)
    }

    @Test(arguments: TestDatabase.all)
    func aListOfAnotherStoreErasesNobody(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try known(database)
        // Companies are of November: a slot that was erased in October cannot be theirs.
        let days = [(1, "2026-11-02"), (2, "2026-10-31")]
        let file = try days.flatMap { slot, day in
            try ErasureList().addition(
                of: Erasure(slot: slot, day: #require(CalendarDate(day)), reason: .unlawful)
            ).bytes
        }
        #expect(kindOfFailure { _ = try replay(try ErasureList(file), connection) } == .damaged)
        for slot in 1...3 { #expect(try isWhole(slot, connection)) }
        #expect(try connection.erasures(limit: 9).isEmpty)
        // A clock that was set back when somebody was erased does not look like that.
        let early = try #require(CalendarDate("2020-01-01"))
        let outcome = try connection.transaction { () throws(DatabaseError) in
            try connection.erase(1, for: .objection, on: early, by: "anna")
        }
        let added = try #require(CalendarDate("2026-11-01"))
        #expect(outcome == .erased(Erasure(slot: 1, day: added, reason: .objection)))
    }

    @Test(arguments: TestDatabase.all)
    func aBackupOfTheReleaseBeforeComesIn(_ kind: TestDatabase) throws {
        let older = Array(StoreSchema.migrations.dropLast())
        let database = kind.makeEmpty()
        let connection = try database.connect()
        _ = try Migrator(older).migrate(connection, nowMicroseconds: 1) {}
        _ = try connection.execute(
            "insert into company values (1, 'own', 'identity-1', 'name-1', 5)"
        )
        var bytes: [UInt8] = []
        _ = try DatabaseBackup(older).write(connection) { bytes += $0 }
        let target = kind.makeEmpty()
        let other = try restored(bytes, target)
        let newer = Migrator(StoreSchema.migrations)
        #expect(try newer.migrate(other, nowMicroseconds: 9) {} == [StoreSchema.migrations.count])
        #expect(try bring([try fact(1, "x")], other).added == 1)
        // The release before works beside this one.
        #expect(try Migrator(older).migrate(other, nowMicroseconds: 9) {} == [])
    }
}
