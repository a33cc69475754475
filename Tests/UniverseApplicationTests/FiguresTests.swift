// SPDX-License-Identifier: Apache-2.0

// Figures that runs count are those that are computed out of both days, to the bit, whatever
// happens between.

import Databases
import PortfolioApplication
import PortfolioStore
import Quantities
import Rescoring
import ScoreHistory
import ServiceErrors
import TestDatabases
import Testing
import UniverseApplication
import UniverseStore
import VigieLimits

@Suite struct FiguresTests {
    private func risk(
        _ universe: MadeUpUniverse,
        asOf day: String = "",
        before: String = "",
        moverCount: Int = 40
    ) throws -> UniverseRisk {
        // New use cases remember nothing.
        try UniverseUseCases(universe.store)
            .risk(of: "all", asOf: day, before: before, moverCount: moverCount)
    }

    private func totals(_ universe: MadeUpUniverse) throws -> [Int] {
        try universe.store.read { connection throws(DatabaseError) in
            .success(
                try connection.all("select run from universe_total order by run") {
                    row throws(DatabaseError) in try row.integer(0)
                }
            )
        }
    }

    private func execute(_ statement: String, _ universe: MadeUpUniverse) throws {
        try universe.store.write { connection throws(DatabaseError) in
            _ = try connection.execute(statement)
            return .success(())
        }
    }

    private func areSame(_ one: UniverseRisk, _ other: UniverseRisk) -> Bool {
        let classes = 0...MigrationMatrix.noCompany
        return one.before.number == other.before.number && one.after.number == other.after.number
            && one.figures.migration == other.figures.migration && one.loss == other.loss
            && one.figures.concentration == other.figures.concentration
            && one.risen == other.risen && one.fallen == other.fallen
            && classes.allSatisfy {
                one.figures.exposureCents(ofClass: $0) == other.figures.exposureCents(ofClass: $0)
            }
    }

    /// Holds what the last run counted against what is computed, and deletes what was counted.
    private func check(_ universe: MadeUpUniverse) throws {
        let moverCounts = [3, UniverseLimits.movers]
        let counted = try moverCounts.map { try risk(universe, moverCount: $0) }
        let run = try #require(counted.first).after.number
        #expect(try totals(universe).last == run)
        #expect(try count("universe_figure", universe) == 0)
        try execute("delete from universe_total", universe)
        for (moverCount, risk) in zip(moverCounts, counted) {
            #expect(areSame(try self.risk(universe, moverCount: moverCount), risk))
        }
    }

    private func count(_ table: String, _ universe: MadeUpUniverse) throws -> Int? {
        try universe.store.read { connection throws(DatabaseError) in
            .success(
                try connection.first("select count(*) from \(table)") {
                    row throws(DatabaseError) in try row.integer(0)
                }
            )
        }
    }

    /// What a day brings.
    private func change(_ companies: inout [UInt32: MadeUpCompany], _ universe: MadeUpUniverse) {
        let names = companies.keys.sorted().shuffled(using: &universe.random)
        let others = universe.companies(40).values.sorted { $0.owed < $1.owed }
        for (name, other) in zip(names, others) {
            companies[name] = other
            if other.owed % 2 == 0 { companies[name]?.mark = "2026" }
        }
        for name in names.suffix(10) { companies[name] = nil }
        companies.merge(universe.companies(15)) { $1 }
    }

    @Test(arguments: TestDatabase.all)
    func whatRunsCountIsWhatIsComputed(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(200)
        try universe.load(companies)
        try universe.score()
        try check(universe)
        for day in 1...9 {
            universe.nextDay()
            change(&companies, universe)
            if day == 3 {
                let siren = try #require(SIREN(checking: companies.keys.min()!))
                try universe.universes.forget(siren, in: "all")
                companies[siren.number] = nil
            }
            if day == 5 {
                // From here on companies come into a third block.
                let place = 2 * HistoryLimits.blockSlots + 5
                let today = try #require(CalendarDate("2100-01-01"))
                let line = Erasure(slot: place, of: 1, day: today, reason: .request)
                let list = try ErasureList(ErasureList().addition(of: line).bytes)
                _ = try universe.store.write { connection throws(DatabaseError) in
                    .success(try UniverseErasure().replay(list, connection))
                }
            }
            try universe.load(companies, isWhole: day != 7)
            try universe.score(by: day < 4 || day == 8 ? 0 : 1)
            let risk = try risk(universe)
            #expect(!risk.risen.isEmpty && !risk.fallen.isEmpty)
            #expect(risk.risen.contains { $0.between != nil } == [4, 8, 9].contains(day))
            try check(universe)
        }
    }

    @Test(arguments: TestDatabase.all)
    func aRunThatFailsOrIsOldIsPassedOver(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(300)
        try universe.load(companies)
        let first = try universe.score()
        universe.nextDay()
        change(&companies, universe)
        try universe.load(companies)
        // A block of it is done; the next run stands on that, and nobody is told of it.
        let failed = try universe.universes.startRun(
            over: "all",
            asOf: "",
            by: universe.models[1],
            requestedBy: nil
        )
        let work = UniverseWork(universe.store, universe.models)
        let held = try universe.store.write { connection throws(DatabaseError) in
            .success(
                try connection.takeBlock(
                    "one",
                    in: .universes,
                    nowMicroseconds: universe.store.clock()
                )
            )
        }
        let lease = try #require(held)
        let prepared = try #require(try work.run(failed.number))
        let found = try #require(try work.score(prepared, lease) { true })
        #expect(try work.keep(found, prepared, lease) != .lost)
        #expect(try work.fail(failed.number, "as it is wanted"))
        #expect(try count("universe_figure", universe) == 1)
        universe.nextDay()
        change(&companies, universe)
        try universe.load(companies)
        let run = try universe.score()
        let told = try risk(universe)
        #expect(told.before.number == first.number && told.after.number == run.number)
        // What it counted stands on the one that failed.
        try check(universe)
        // One that a server of the release before had a part in.
        universe.nextDay()
        change(&companies, universe)
        try universe.load(companies)
        let mixed = try universe.universes.startRun(
            over: "all",
            asOf: "",
            by: universe.models[0],
            requestedBy: nil
        )
        let other = UniverseWork(universe.store, universe.models)
        let next = try universe.store.write { connection throws(DatabaseError) in
            .success(
                try connection.takeBlock(
                    "two",
                    in: .universes,
                    nowMicroseconds: universe.store.clock()
                )
            )
        }
        let taken = try #require(next)
        let ready = try #require(try other.run(mixed.number))
        let result = try #require(try other.score(ready, taken) { true })
        #expect(try other.keep(result, ready, taken) != .lost)
        try execute("delete from universe_figure", universe)
        #expect(try other.finishRuns() == 1)
        #expect(try totals(universe).isEmpty)
        #expect(try risk(universe).after.number == mixed.number)
    }

    @Test func whatWasOwedLongAgoIsTold() throws {
        let universe = try MadeUpUniverse(.sqlite)
        var companies = universe.companies(100)
        var days: [UniverseRisk] = []
        for _ in 0...2 * UniverseLimits.inputDeltaFrames + 2 {
            universe.nextDay()
            change(&companies, universe)
            for name in companies.keys.sorted() { companies[name]?.owed += 100 }
            try universe.load(companies)
            try universe.score()
            days.append(try risk(universe))
        }
        for (place, then) in days.enumerated() where place % 9 == 1 {
            let day = "\(then.after.day)"
            #expect(areSame(try risk(universe, asOf: day), then))
            // Against another day it is the same that is owed.
            let others = try risk(universe, asOf: day, before: "\(days[0].after.day)")
            #expect(others.loss == then.loss && others.loss.expectedCents > 0)
            #expect(others.before.number == days[0].after.number)
        }
    }

    @Test(arguments: TestDatabase.all)
    func damagedFiguresAreTold(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        try universe.load(universe.companies(20))
        try universe.score()
        universe.nextDay()
        try universe.score()
        try universe.store.write { connection throws(DatabaseError) in
            _ = try connection.execute(
                "update universe_total set content = $1",
                [.bytes([1, 2, 3])]
            )
            return .success(())
        }
        let error = #expect(throws: ServiceError.self) { try risk(universe) }
        #expect(error?.code == .dataLoss && error?.message.contains("figures") == true)
    }
}
