// SPDX-License-Identifier: Apache-2.0

// How long what is known is kept, and what keeps it for longer.

import Databases
import PortfolioStore
import Quantities
import TestDatabases
import Testing
import VigieLimits

@Suite struct RetentionTests {
    private let today = CalendarDate("2026-11-30")!

    @Test(arguments: TestDatabase.all)
    func eachKindHasItsTime(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        // Ten years, of which two or three had a 29 February; decisions never less than six months.
        let retentions = try connection.retentions()
        #expect(retentions.map(\.kind) == RetentionKind.allCases)
        #expect(retentions.allSatisfy { $0.days == 3_653 })
        #expect(retentions.filter { $0.daysLeast > 0 }.map(\.kind) == [.facts(.decision)])
        try connection.setRetention(.facts(.decision), days: 184)
        try connection.setRetention(.facts(.payment), days: 0)
        try connection.setRetention(.stream, days: StoreLimits.retentionDaysMax)
        for (kind, days) in [
            (RetentionKind.facts(.decision), 183), (.facts(.payment), -1),
            (.facts(.payment), StoreLimits.retentionDaysMax + 1),
        ] {
            #expect(kindOfFailure { try connection.setRetention(kind, days: days) } == .value)
        }
        #expect(try connection.retentions().map(\.days).sorted().prefix(2) == [0, 184])
        #expect(try connection.retentions().last?.days == StoreLimits.retentionDaysMax)
    }

    /// A store with facts of each kind, two of which are past their time, and with events.
    private func aged(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try filledStore(database)
        var facts: [CompanyFact] = []
        for kind in FactKind.allCases {
            facts += [
                try fact(1, kind, "2016-11-28", "old"), try fact(2, kind, "2016-11-28", "old"),
                try fact(1, kind, "2016-11-29", "kept"), try fact(3, kind, "2026-11-28", "kept"),
            ]
        }
        try bring(facts, connection)
        try bring([try fact(1, .statement, "2016-11-28", "newer")], .replace, at: 9, connection)
        try connection.transaction { () throws(DatabaseError) in
            for (slot, created) in [(1, "2016-11-28"), (2, "2016-11-28"), (3, "2016-11-29")] {
                try connection.append([
                    StoreEvent("a", slot: slot, day: today, createdAtMicroseconds: time(created)),
                    StoreEvent("b", day: today, createdAtMicroseconds: time(created)),
                ])
            }
        }
        return connection
    }

    @Test(arguments: TestDatabase.all)
    func whatIsPastItsTimeGoesUnlessItIsHeld(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try aged(database)
        #expect(try connection.removeCompanies([1, 2], from: portfolio(connection)) == 2)
        #expect(try connection.hold(2, reason: "claim 7", by: "anna", nowMicroseconds: 3))
        let sweep = RetentionSweep(today: today)
        // Of the company that is not held: a fact of each kind, one of them superseded.
        var wanted: [RetentionKind: Int] = [.stream: 3]
        for kind in FactKind.allCases { wanted[.facts(kind)] = kind == .statement ? 2 : 1 }
        #expect(try sweep.due(connection) == wanted)
        #expect(
            try RetentionSweep(today: try #require(CalendarDate("2026-11-28"))).due(connection)
                == [:]
        )
        // In steps, each in its own transaction.
        var (deleted, steps) = ([RetentionKind: Int](), 0)
        while true {
            let step = try connection.transaction { () throws(DatabaseError) in
                try sweep.step(connection, limit: 4)
            }
            if step.isEmpty { break }
            steps += 1
            #expect(step.values.reduce(0, +) <= 4)
            deleted.merge(step) { $0 + $1 }
        }
        #expect(deleted == wanted)
        #expect(steps == 3)
        #expect(try sweep.due(connection) == [:])
        #expect(try contents(connection.facts(of: 1)).allSatisfy { $0 == "kept" })
        #expect(try connection.facts(of: 2).count == FactKind.allCases.count)
        #expect(try connection.facts(of: 3).count == FactKind.allCases.count)
        #expect(try connection.events(after: 0, limit: 9).map(\.event.slot) == [2, 3, nil])
        // When nothing holds it any more, it goes, too.
        #expect(try connection.release(2, reason: "claim 7"))
        #expect(try sweep.due(connection).values.reduce(0, +) == FactKind.allCases.count + 1)
        _ = try sweep.step(connection)
        #expect(try connection.facts(of: 2).isEmpty)
        #expect(try connection.events(after: 0, limit: 9).map(\.event.slot) == [3, nil])
    }

    private func portfolio(_ connection: any DatabaseConnection) throws -> Int {
        try #require(try connection.portfolio(named: "customers")).id
    }

    /// Without a judgment of long ago a company that has ended would look as if it had not.
    @Test(arguments: TestDatabase.all)
    func whatSaysHowAFollowedCompanyStandsStays(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try aged(database)
        let sweep = RetentionSweep(today: today)
        #expect(try sweep.due(connection)[.facts(.event)] == nil)
        while try !sweep.step(connection).isEmpty {}
        #expect(try contents(connection.facts(of: 2)).sorted() == ["old"])
        #expect(try connection.removeCompanies([2], from: portfolio(connection)) == 1)
        #expect(try sweep.step(connection) == [.facts(.event): 1])
        #expect(try connection.facts(of: 2).isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func aStepIsBounded(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        let count = StoreLimits.sweptRowsMax + 10
        try bring(
            (0..<count).map { try fact(1, .statement, "2010-01-01", "\($0)") },
            connection
        )
        let sweep = RetentionSweep(today: today)
        #expect(
            try sweep.step(connection, limit: .max)
                == [.facts(.statement): StoreLimits.sweptRowsMax]
        )
        #expect(try sweep.step(connection) == [.facts(.statement): 10])
        #expect(try sweep.step(connection) == [:])
    }

    @Test(arguments: TestDatabase.all)
    func holdsAreListedAndEndEachForItself(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        func hold(_ slot: Int, _ reason: String) throws -> Bool {
            try connection.hold(slot, reason: reason, by: "anna", nowMicroseconds: 3)
        }
        #expect(try hold(2, "b"))
        #expect(try hold(2, "a"))
        #expect(try !hold(2, "a"))
        #expect(try hold(1, "a"))
        #expect(
            try connection.holds().map { [$0.reason, "\($0.slot)"] } == [
                ["a", "1"], ["a", "2"], ["b", "2"],
            ]
        )
        #expect(try connection.holds(after: 1, limit: 1).map(\.slot) == [2])
        #expect(try connection.holds(of: 2).map(\.reason) == ["a", "b"])
        #expect(try connection.release(2, reason: "a"))
        #expect(try !connection.release(2, reason: "a"))
        let left = try #require(try connection.holds(of: 2).first)
        #expect((left.placedBy, left.placedAtMicroseconds) == ("anna", 3))
        let long = String(repeating: "r", count: StoreLimits.holdReasonBytesMax + 1)
        #expect(kindOfFailure { _ = try hold(1, long) } == .value)
        #expect(try hold(1, String(long.dropLast())))
        #expect(kindOfFailure { _ = try hold(99, "a") } == .constraint)
    }
}
