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

    /// A store with what was computed and written of two companies, the second of which is held.
    private func written(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try filledStore(database)
        let days = ["2010-01-01", "2012-01-01", "2016-11-29", "2020-01-01"].map {
            Int(CalendarDate($0)?.dayNumber ?? 0)
        }
        let name = try #require(try connection.portfolio(named: "customers")).id
        _ = try connection.execute("insert into model values (1, 'm', '1', '1')")
        for (place, day) in days.enumerated() {
            let (run, values) = (place + 1, [DatabaseValue.integer(place + 1), .integer(day)])
            try [
                """
                insert into run (number, kind, as_of_day, model, requested_at, requested_by, state,
                    note) values ($1, 'requested', $2, 1, 0, '', 'done', '')
                """,
                """
                insert into dunning_run (number, portfolio, as_of_day, scenarios, done_at, done_by)
                values ($1, \(name), $2, 0, 0, '')
                """,
            ].forEach { _ = try connection.execute($0, values) }
            for slot in [1, 2] {
                try [
                    """
                    insert into score_change (slot, run, outcome, score, cause)
                    values (\(slot), \(run), 1, \(run), 'company')
                    """,
                    "insert into model_shift (run, slot) values (\(run), \(slot))",
                    """
                    insert into dunning_letter values (\(run), \(slot), \(name), '\(run) \(slot)',
                        1, 'mail', 'EUR', 1, 's', 'b')
                    """,
                    """
                    insert into company_figures (slot, day, legal_events)
                    values (\(slot), \(day), '')
                    """,
                ].forEach { try connection.execute($0) }
            }
            for block in [0, 1] {
                try connection.keepFrame([1], ofBlock: block, run: run, isKey: place % 2 == 0)
            }
        }
        return connection
    }

    @Test(arguments: TestDatabase.all)
    func whatWasComputedAndWrittenGoesToo(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try written(database)
        #expect(try connection.hold(2, reason: "claim 7", by: "anna", nowMicroseconds: 3))
        let sweep = RetentionSweep(today: today)
        // The first day that is kept is that of the third run. Of the company that is not held: two
        // letters, two scores and two marks of another model, two figures; of a block that has
        // nobody who is held, the frames before the key frame of that day.
        let wanted: [RetentionKind: Int] = [.letters: 2, .scores: 4, .figures: 2, .history: 2]
        #expect(try sweep.due(connection) == wanted)
        var deleted: [RetentionKind: Int] = [:]
        while true {
            let step = try connection.transaction { () throws(DatabaseError) in
                try sweep.step(connection, limit: 3)
            }
            if step.isEmpty { break }
            deleted.merge(step) { $0 + $1 }
        }
        #expect(deleted == wanted)
        func runs(_ table: String, _ condition: String) throws -> [Int] {
            try connection.all("select run from \(table) where \(condition) order by run") {
                row throws(DatabaseError) in try row.integer(0)
            }
        }
        for table in ["dunning_letter", "score_change", "model_shift"] {
            #expect(try runs(table, "slot = 1") == [3, 4])
            #expect(try runs(table, "slot = 2") == [1, 2, 3, 4])
        }
        #expect(try runs("history_frame", "block = 0") == [1, 2, 3, 4])
        #expect(try runs("history_frame", "block = 1") == [3, 4])
        #expect(try connection.release(2, reason: "claim 7"))
        while try !sweep.step(connection).isEmpty {}
        #expect(try runs("dunning_letter", "true") == [3, 3, 4, 4])
        #expect(
            try connection.dunningRuns(of: portfolio(connection), limit: 9).map(\.number) == [4, 3]
        )
        // What a day said that is kept is told as before: the score of the first one, too.
        let later = RetentionSweep(today: try #require(today.adding(days: 400)))
        while try !later.step(connection).isEmpty {}
        #expect(try runs("score_change", "slot = 1") == [3, 4])
    }

    @Test(arguments: TestDatabase.all)
    func messagesThatNobodyTookGoInTheEnd(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        try connection.run(
            script: """
                insert into delivery_target values (1, 'mail', null, 'a@example.com', '', '', null,
                    'fr', 'daily', 'active', 0, 0, 0, 'anna')
                """
        )
        for (number, state) in [(1, "kept"), (2, "kept"), (3, "waiting"), (4, "kept")] {
            let created = time(number == 4 ? "2016-11-29" : "2016-11-28")
            _ = try connection.execute(
                """
                insert into delivery (number, target, first_event, last_event, identifier, state,
                    tries, next_at, owner, attempt, repeats, last_answer, created_at)
                values ($1, 1, $1, $1, '', '\(state)', 1, 0, '', 1, 0, '', $2)
                """,
                [.integer(number), .integer(created)]
            )
            let event = StoreEvent(
                "a",
                slot: number == 2 ? 2 : 1,
                day: today,
                createdAtMicroseconds: time("2026-11-01")
            )
            _ = try connection.append([event])
        }
        #expect(try connection.hold(2, reason: "claim 7", by: "anna", nowMicroseconds: 3))
        let sweep = RetentionSweep(today: today)
        #expect(try sweep.due(connection) == [.deliveries: 1])
        #expect(try sweep.step(connection) == [.deliveries: 1])
        #expect(try connection.deliveries(to: 1, before: nil, limit: 9).map(\.number) == [4, 3, 2])
    }

    @Test(arguments: TestDatabase.all)
    func recordsAreShortenedUnlessTheyAreHeld(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database, companies: 4)
        let id = try portfolio(connection)
        for slot in 1...4 {
            #expect(
                try connection.keepCollectionRecord(
                    slot == 3 ? "new" : "old",
                    of: slot,
                    in: id,
                    after: 0,
                    nowMicroseconds: 1
                )
            )
        }
        #expect(try connection.hold(2, reason: "claim 7", by: "anna", nowMicroseconds: 3))
        let sweep = RetentionSweep(today: today)
        func shorten(changes: Bool) throws -> Int {
            var (place, count) = (Optional(RecordSweepPlace()), 0)
            while place != nil {
                count += try sweep.shortenRecords(connection, &place, changes: changes, limit: 1) {
                    document,
                    first in
                    #expect(first == CalendarDate("2016-11-29"))
                    return document == "old" ? (2, "shortened") : nil
                }
            }
            return count
        }
        #expect(try shorten(changes: false) == 4)
        #expect(try shorten(changes: true) == 4)
        #expect(try shorten(changes: true) == 0)
        let records = try connection.collectionRecords(of: id, limit: 9)
        #expect(records.map(\.content) == ["shortened", "old", "new", "shortened"])
        #expect(records.map(\.change) == [2, 1, 1, 2])
    }
}
