// SPDX-License-Identifier: Apache-2.0

// Persons who go from universes: nothing leads to their columns any more, whatever load is under
// way, and a backup does not bring them back.

import Databases
import PortfolioApplication
import PortfolioStore
import Quantities
import ServiceErrors
import TestDatabases
import Testing
import UniverseApplication
import UniverseStore
import VigieLimits

@Suite struct UniverseErasureTests {
    private let today = CalendarDate("2026-11-30")!

    private func erase(_ company: SIREN, _ universe: MadeUpUniverse) throws -> [Erasure] {
        let erasure = UniverseErasure()
        return try universe.store.write { connection throws(DatabaseError) in
            .success(try erasure.erase(company, for: .request, on: today, connection))
        }
    }

    private func list(_ erasures: [Erasure]) throws -> ErasureList {
        try ErasureList(ErasureList().addition(of: erasures).bytes)
    }

    private func replay(_ list: ErasureList, _ universe: MadeUpUniverse) throws -> Int {
        let erasure = UniverseErasure()
        return try universe.store.write { connection throws(DatabaseError) in
            .success(try erasure.replay(list, connection))
        }
    }

    private func isKnown(
        _ company: SIREN,
        _ universe: MadeUpUniverse,
        in name: String = "all"
    ) throws -> Bool {
        do throws(ServiceError) {
            _ = try universe.universes.history(of: company, in: name, since: "")
            return true
        } catch {
            #expect(error.reason == "UNKNOWN_COMPANY")
            return false
        }
    }

    private func backup(_ universe: MadeUpUniverse) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let connection = try universe.database.connect()
        _ = try DatabaseBackup(StoreSchema.migrations).write(connection) { bytes += $0 }
        return bytes
    }

    private func restored(_ bytes: [UInt8], _ kind: TestDatabase) throws -> MadeUpUniverse {
        try MadeUpUniverse(kind) { connection in
            var rest = bytes[...]
            let backup = DatabaseBackup(StoreSchema.migrations)
            _ = try backup.restore(connection, nowMicroseconds: 9) { () throws(DatabaseError) in
                defer { rest = [] }
                return Array(rest)
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func aPersonGoesFromAllUniverses(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let companies = universe.companies(60)
        try universe.load(companies)
        let others = companies.filter { $0.key % 2 == companies.keys.min()! % 2 }
        for (name, named) in [("other", others), ("third", companies.filter { $0.key % 2 != 0 })] {
            let load = try universe.begin { $0.universe = name }
            try universe.add(named.keys.sorted(), named, to: load)
            _ = try load.finish { true }
        }
        let run = try universe.score()
        // The least number also stands beside its block.
        let siren = try #require(companies.keys.min())
        let company = try #require(SIREN(checking: siren))
        let places = try erase(company, universe)
        let number = try #require(places.first?.universe)
        #expect(places.count == (siren % 2 == 0 ? 2 : 3))
        #expect(places.contains { $0.universe == number + 1 && $0.slot == 0 })
        #expect(places.allSatisfy { $0.day == today && $0.reason == .request })
        for name in ["all", "other", "third"] {
            #expect(try !isKnown(company, universe, in: name))
        }
        #expect(try universe.scores(run).count == 59)
        let count = try universe.store.read { connection throws(DatabaseError) in
            .success(
                try connection.first(
                    "select count(*) from universe_key where least = $1 or greatest = $1",
                    [.integer(Int(siren))]
                ) { row throws(DatabaseError) in try row.integer(0) }
            )
        }
        #expect(count == 0)
        #expect(try erase(company, universe).isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func aBackupThatIsRestoredForgetsAgain(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(80)
        try universe.load(companies)
        let run = try universe.score()
        let bytes = try backup(universe)
        // After the backup: one that it has goes, and one that came since.
        let siren = try #require(companies.keys.max())
        let company = try #require(SIREN(checking: siren))
        var erasures = try erase(company, universe)
        companies[siren] = nil
        let late = try #require(universe.companies(1).first)
        try universe.load(companies.merging([late.key: late.value]) { $1 })
        erasures += try erase(try #require(SIREN(checking: late.key)), universe)
        #expect(erasures.map(\.slot).max() == 80)
        let list = try list(erasures + [Erasure(slot: 7, day: today, reason: .request)])

        let other = try restored(bytes, kind)
        #expect(try isKnown(company, other))
        #expect(try replay(list, other) == 1)
        #expect(try !isKnown(company, other))
        #expect(try other.scores(run) == other.expected(companies))
        // The place of the one that the backup does not have is nobody's for good: the same list
        // takes nobody else out.
        let more = companies.merging(universe.companies(5)) { $1 }
        try other.load(more)
        #expect(try other.universes.list().map(\.slotCount) == [86])
        #expect(try replay(list, other) == 0)
        #expect(try other.scores(other.score()) == other.expected(more))
    }

    @Test(arguments: TestDatabase.all)
    func aListSaysNothingOfOtherUniverses(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let companies = universe.companies(10)
        try universe.load(companies)
        let early = try #require(CalendarDate("2020-01-01"))
        // One of another universe of that number, and one of a universe that is not there.
        let lines = [
            Erasure(slot: 3, of: 1, day: early, reason: .request),
            Erasure(slot: 70_000, of: 9, day: today, reason: .request),
        ]
        #expect(try replay(try list(lines), universe) == 0)
        #expect(try universe.scores(universe.score()) == universe.expected(companies))
        let load = try universe.begin { $0.universe = "next" }
        try universe.add(companies.keys.sorted(), companies, to: load)
        #expect(try load.finish { true }.universe.number == 10)
        // A clock that was set back when somebody was erased does not look like that.
        let company = try #require(SIREN(checking: companies.keys.min()!))
        let erased = try universe.store.write { connection throws(DatabaseError) in
            .success(try UniverseErasure().erase(company, for: .request, on: early, connection))
        }
        #expect(erased.count == 2 && erased.allSatisfy { $0.day > early })
    }

    @Test(arguments: TestDatabase.all)
    func aPlaceOfManyBlocksBehindIsNobodys(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let companies = universe.companies(10)
        try universe.load(companies)
        let place = 2 * HistoryLimits.blockSlots + 5
        let line = Erasure(slot: place, of: 1, day: today, reason: .request)
        #expect(try replay(try list([line]), universe) == 0)
        let more = companies.merging(universe.companies(3)) { $1 }
        try universe.load(more)
        #expect(try universe.universes.list().map(\.slotCount) == [place + 4])
        let run = try universe.score()
        #expect(run.state == .done && run.blockCount == 3)
        #expect(try universe.scores(run) == universe.expected(more))
    }

    @Test(arguments: TestDatabase.all)
    func aLoadUnderWayBringsNobodyBack(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(50)
        try universe.load(companies)
        let siren = try #require(companies.keys.min())
        let company = try #require(SIREN(checking: siren))
        // The load writes the block again, since one comes to it.
        let more = companies.merging(universe.companies(5)) { $1 }
        let load = try universe.begin()
        try universe.add(more.keys.sorted(), more, to: load)
        #expect(try erase(company, universe).count == 1)
        _ = try load.finish { true }
        #expect(try !isKnown(company, universe))
        companies = more
        companies[siren] = nil
        #expect(try universe.scores(universe.score()) == universe.expected(companies))
    }

    @Test(arguments: TestDatabase.all)
    func aChangeLeavesNobodysPlacesOut(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let companies = universe.companies(50)
        try universe.load(companies)
        let siren = try #require(companies.keys.max())
        _ = try erase(try #require(SIREN(checking: siren)), universe)
        let some = companies.filter { $0.key < siren }.prefix(1)
        let counts = try universe.load(
            Dictionary(uniqueKeysWithValues: some.map { ($0.key, $0.value) }),
            isWhole: false
        )
        #expect(counts.companies == 49 && counts.left == 1)
        #expect(try universe.score().companyCount == 49)
    }
}
