// SPDX-License-Identifier: Apache-2.0

// What is known of companies, in both kinds of databases.

import Databases
import PortfolioStore
import Quantities
import TestDatabases
import Testing
import VigieLimits

@Suite struct FactTests {
    @Test(arguments: TestDatabase.all)
    func theSamePaperTwiceIsUnchanged(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        let facts = [
            try fact(2, .statement, "a"), try fact(1, .statement, "a"), try fact(1, .paper, "a"),
            try fact(1, .statement, "2024-12-31", "a"), try fact(1, .statement, "b"),
        ]
        #expect(try bring(facts, connection) == FactSummary(added: 5))
        #expect(try bring(facts + facts, at: 6, connection) == FactSummary(unchanged: 10))
        let other = try fact(1, .statement, "a", source: "another")
        let new = try fact(1, .statement, "")
        #expect(
            try bring([other, new, new], at: 6, connection)
                == FactSummary(added: 1, unchanged: 2)
        )
        let known = try connection.facts(of: 1)
        #expect(known.map(\.fact) == [facts[1], facts[2], facts[3], facts[4], new])
        #expect(known.map(\.number) == [2, 3, 4, 5, 6])
        #expect(known.map(\.knownAtMicroseconds) == [5, 5, 5, 5, 6])
        #expect(try connection.facts(of: 1, after: 2, limit: 2).map(\.number) == [3, 4])
        #expect(try connection.factCounts() == [.statement: 5, .paper: 1])
        #expect(try connection.factCounts(of: 2) == [.statement: 1])
        #expect(try connection.facts(of: 3).isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func whatWasKnownOnADayStaysKnown(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        // Published in May, corrected in July, the correction taken back in September.
        let (first, correction) = (try fact(1, "first"), try fact(1, "correction"))
        let judgment = try fact(1, .event, "2026-06-15", "judgment")
        try bring([first], at: time("2026-05-10"), connection)
        try bring([judgment], at: time("2026-06-20"), connection)
        #expect(
            try bring([correction], .replace, at: time("2026-07-01"), connection)
                == FactSummary(added: 1, superseded: 1)
        )
        #expect(
            try bring([first], .replace, at: time("2026-09-01"), connection)
                == FactSummary(added: 1, superseded: 1)
        )
        func asOf(_ day: String) throws -> [String] {
            contents(try connection.facts(of: 1, .asOf(try #require(CalendarDate(day)))))
        }
        #expect(try asOf("2026-05-09") == [])
        #expect(try asOf("2026-05-10") == ["first"])
        // It had happened, and nobody here knew.
        #expect(try asOf("2026-06-16") == ["first"])
        #expect(try asOf("2026-06-30") == ["first", "judgment"])
        #expect(try asOf("2026-07-01") == ["judgment", "correction"])
        #expect(try asOf("2026-12-31") == ["judgment", "first"])
        #expect(try contents(connection.facts(of: 1)) == ["judgment", "first"])
        // What is known now of what was until a day.
        let day = try #require(CalendarDate("2026-06-14"))
        var view = FactView(knownAtMicroseconds: .max, day: day)
        #expect(try contents(connection.facts(of: 1, view)) == ["first"])
        view.kinds = [.event]
        #expect(try connection.facts(of: 1, view).isEmpty)
        view.kinds = []
        #expect(try connection.facts(of: 1, view).isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func replacingIsOfWhatComes(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        try bring(
            [
                try fact(1, .payment, "kept"), try fact(1, .payment, "gone"),
                try fact(1, .payment, "2025-12-30", "day before"), try fact(1, .ledger, "kind"),
                try fact(2, .payment, "company"),
            ],
            connection
        )
        #expect(
            try bring(
                [try fact(1, .payment, "new"), try fact(1, .payment, "kept")],
                .replace,
                at: 9,
                connection
            ) == FactSummary(added: 1, unchanged: 1, superseded: 1)
        )
        #expect(
            try contents(connection.facts(of: 1)) == ["kept", "day before", "kind", "new"]
        )
        #expect(try contents(connection.facts(of: 2)) == ["company"])
        // It is not gone: its end is known.
        let before = try connection.facts(of: 1, FactView(knownAtMicroseconds: 8))
        #expect(contents(before) == ["kept", "gone", "day before", "kind"])
        #expect(before.map(\.supersededAtMicroseconds) == [nil, 9, nil, nil])
    }

    @Test(arguments: TestDatabase.all)
    func aClockThatWasSetBackLosesNothing(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        try bring([try fact(1, "first")], at: 100, connection)
        try bring([try fact(1, "second")], .replace, at: 50, connection)
        let known = try connection.facts(of: 1)
        #expect(contents(known) == ["second"])
        #expect(known.map(\.knownAtMicroseconds) == [101])
        let before = try connection.facts(of: 1, FactView(knownAtMicroseconds: 100))
        #expect(contents(before) == ["first"])
        // There and back at one moment: no moment has two, and none has none.
        for content in ["first", "second", "first"] {
            try bring([try fact(1, content)], .replace, at: 50, connection)
        }
        for moment in 100...104 {
            let view = FactView(knownAtMicroseconds: moment)
            #expect(try connection.facts(of: 1, view).count == 1)
        }
    }

    @Test(arguments: TestDatabase.all)
    func blocksComeInTheOrderOfSlots(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database, companies: 9)
        var facts = try (0..<90).map { number in
            try fact(
                1 + number % 9,
                FactKind.allCases[number % 4],
                "2025-12-\(10 + number % 7)",
                "\(number)"
            )
        }
        func read(_ slots: Range<Int>, _ view: FactView = .now) throws -> [CompanyFact] {
            var found: [CompanyFact] = []
            try connection.forEachFact(inSlots: slots, view) { found.append($0.fact) }
            return found
        }
        facts.reverse()
        try bring(facts, connection)
        let found = try read(3..<6)
        #expect(found.count == 30)
        #expect(Set(found.map(\.slot)) == [3, 4, 5])
        let keys = found.map { ($0.slot, $0.kind.rawValue, $0.day) }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(try read(0..<100).count == 90)
        #expect(try read(10..<10).isEmpty)
        #expect(try read(1..<10, FactView([.ledger], knownAtMicroseconds: 5)).count == 23)
        #expect(try read(1..<10, FactView(knownAtMicroseconds: 4)).isEmpty)
        // The same, in whatever order they came.
        let other = kind.makeEmpty()
        let again = try filledStore(other, companies: 9)
        try bring(facts.reversed(), again)
        var second: [CompanyFact] = []
        try again.forEachFact(inSlots: 3..<6) { second.append($0.fact) }
        #expect(second == found)
        #expect(throws: DatabaseError.self) { try read(0..<StoreLimits.factSlotsMax + 1) }
        #expect(try read(0..<StoreLimits.factSlotsMax).count == 90)
    }

    @Test(arguments: TestDatabase.all)
    func whoHasNewFactsIsTold(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        func told(_ companies: [FactNews]) -> [[Int]] {
            companies.map { [$0.slot, $0.number, $0.knownAtMicroseconds] }
        }
        #expect(try connection.factNews(after: 0, limit: 10).companies.isEmpty)
        try bring([try fact(2, "a"), try fact(1, "a"), try fact(2, "b")], at: 5, connection)
        var news = try connection.factNews(after: 0, limit: 10)
        #expect(told(news.companies) == [[1, 2, 5], [2, 3, 5]])
        #expect(news.last == 3)
        #expect(try connection.factNews(after: 0, limit: 1).last == 1)
        // What was known is no news; what replaces something is.
        try bring([try fact(1, "a")], at: 6, connection)
        try bring([try fact(2, "c")], .replace, at: 7, connection)
        news = try connection.factNews(after: 3, limit: 10)
        #expect(told(news.companies) == [[2, 4, 7]])
        #expect(try connection.factNews(after: 4, limit: 10).last == 4)
    }

    @Test(arguments: TestDatabase.all)
    func manyComeInParts(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        let count = StoreLimits.factsAtOnceMax * 2 + 1
        let facts = try (0..<count).map { try fact(1 + $0 % 3, .payment, "\($0)") }
        #expect(try bring(facts, connection) == FactSummary(added: count))
        // Parts are one whole: what comes in the first is not superseded by the second.
        #expect(try bring(facts, .replace, at: 6, connection) == FactSummary(unchanged: count))
        let long = String(repeating: "x", count: StoreLimits.factsAtOnceBytes / 2)
        let longs = try (0..<5).map { try fact(1, .paper, "\($0)\(long)") }
        #expect(try bring(longs, connection) == FactSummary(added: 5))
        #expect(try bring(longs + facts, connection).unchanged == 5 + count)
        #expect(try connection.factCounts() == [.payment: count, .paper: 5])
    }

    @Test(arguments: TestDatabase.all)
    func whatCannotBeKeptIsRefusedWhole(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        let sound = try fact(1, "sound")
        var long = try fact(1, "")
        long.content = [UInt8](repeating: 7, count: StoreLimits.factBytesMax + 1)
        let source = String(repeating: "s", count: StoreLimits.factSourceBytesMax + 1)
        for (bad, wanted) in [
            (long, DatabaseError.Kind.value), (try fact(1, "x", source: source), .value),
            (try fact(99, "nobody"), .constraint),
        ] {
            #expect(kindOfFailure { try bring([sound, bad], connection) } == wanted)
            #expect(try connection.factCounts().isEmpty)
        }
        long.content.removeLast()
        let sourced = try fact(1, "x", source: String(source.dropLast()))
        #expect(try bring([long, sourced, sound], connection).added == 3)
        #expect(try connection.facts(of: 1).first?.fact == long)
        // A kind of which nobody said for how long it is kept.
        #expect(
            kindOfFailure {
                try connection.execute(
                    """
                    insert into company_fact (number, slot, kind, day, known_at, source, digest,
                        content)
                    select 1000, slot, 'gossip', day, known_at, source, digest, content
                    from company_fact limit 1
                    """
                )
            } == .constraint
        )
    }

    @Test(arguments: TestDatabase.all)
    func whatTwoBringAtOnceIsThereOnce(_ kind: TestDatabase) async throws {
        let database = kind.makeEmpty()
        _ = try filledStore(database)
        let facts = try (0..<200).map { try fact(1 + $0 % 3, .payment, "\($0)") }
        let added = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let connection = try database.connect()
                    return try bring(facts, connection).added
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(added == 200)
        #expect(try database.connect().factCounts() == [.payment: 200])
    }
}

/// The kind of what a body throws; nil when it does not.
func kindOfFailure(_ body: () throws -> Void) -> DatabaseError.Kind? {
    do {
        try body()
        return nil
    } catch {
        return (error as? DatabaseError)?.kind
    }
}
