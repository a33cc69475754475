// SPDX-License-Identifier: Apache-2.0

// Scenarios, records of customers, runs and letters: one contract for both databases.

import Databases
import PortfolioStore
import Quantities
import TestDatabases
import Testing

/// A letter to a customer.
func keptLetter(to slot: Int, _ key: String) -> KeptLetter {
    KeptLetter(
        slot: slot,
        key: key,
        level: 2,
        channel: "email",
        currency: "EUR",
        totalCents: 12_345,
        subject: "subject \(key)",
        body: "body of name-\(slot)"
    )
}

/// Keeps a record of a customer and a letter to it.
func keepCollection(
    of slot: Int,
    _ connection: any DatabaseConnection
) throws(DatabaseError) -> Bool {
    _ = try connection.keepDunningRun(
        of: 1,
        asOf: .first,
        scenarios: 0,
        by: "anna",
        nowMicroseconds: 7,
        [keptLetter(to: slot, "key-\(slot)")]
    )
    return try connection.keepCollectionRecord(
        "record of name-\(slot)",
        of: slot,
        in: 1,
        after: 0,
        nowMicroseconds: 7
    )
}

@Suite struct CollectionStoreTests {
    private let day = CalendarDate("2026-11-30")!

    @Test(arguments: TestDatabase.all)
    func theLastScenariosHold(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        #expect(try connection.dunningScenarios(of: 1) == nil)
        for (number, content) in ["one", "two"].enumerated() {
            let kept = try connection.transaction { () throws(DatabaseError) in
                try connection.addDunningScenarios(
                    content,
                    to: 1,
                    by: "anna",
                    nowMicroseconds: number
                )
            }
            #expect(kept == number + 1)
        }
        let last = try #require(try connection.dunningScenarios(of: 1))
        #expect(last.number == 2 && last.content == "two" && last.createdBy == "anna")
        #expect(try connection.dunningScenarios(of: 1, number: 1)?.content == "one")
        #expect(try connection.dunningScenarios(of: 1, number: 3) == nil)
        #expect(try connection.dunningScenarios(of: 2) == nil)
    }

    @Test(arguments: TestDatabase.all)
    func ofTwoWhoChangeARecordTheSecondIsTold(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        func keep(_ content: String, after change: Int, slot: Int = 2) throws -> Bool {
            try connection.transaction { () throws(DatabaseError) in
                try connection.keepCollectionRecord(
                    content,
                    of: slot,
                    in: 1,
                    after: change,
                    nowMicroseconds: 5
                )
            }
        }
        #expect(try connection.collectionRecord(of: 2, in: 1) == nil)
        #expect(try !keep("x", after: 1), "nothing is there to be changed")
        #expect(try keep("a", after: 0) && !keep("b", after: 0))
        #expect(try keep("c", after: 1) && !keep("d", after: 1))
        let kept = try #require(try connection.collectionRecord(of: 2, in: 1))
        #expect(kept.slot == 2 && kept.change == 2 && kept.content == "c")
        #expect(try connection.collectionRecord(of: 1, in: 1) == nil)
        #expect(try connection.collectionRecord(of: 2, in: 9) == nil)
        #expect(try keep("e", after: 0, slot: 3))
        let page = try connection.collectionRecords(of: 1, limit: 1)
        #expect(page.map(\.slot) == [2])
        let next = try connection.collectionRecords(of: 1, after: 2, limit: 9)
        #expect(next.map(\.content) == ["e"])
        #expect(throws: DatabaseError.self) { try keep("f", after: 0, slot: 77) }
    }

    @Test(arguments: TestDatabase.all)
    func aRunThatIsDoneTwiceSendsNothingTwice(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database)
        func keep(_ letters: [KeptLetter], portfolio: Int = 1) throws -> [Int]? {
            try connection.transaction { () throws(DatabaseError) in
                try connection.keepDunningRun(
                    of: portfolio,
                    asOf: day,
                    scenarios: 4,
                    by: "anna",
                    nowMicroseconds: 5,
                    letters
                )?.slots
            }
        }
        let both = [keptLetter(to: 1, "a"), keptLetter(to: 2, "b")]
        #expect(try keep(both) == [1, 2])
        #expect(try keep(both) == nil, "nothing is new")
        #expect(try keep(both + [keptLetter(to: 3, "c")]) == [3])
        let other = try connection.addPortfolio(
            name: "others",
            note: "",
            by: "anna",
            nowMicroseconds: 1
        )
        #expect(try keep(both, portfolio: other) == [1, 2], "keys are of a portfolio")
        let runs = try connection.dunningRuns(of: 1, limit: 9)
        #expect(runs.map(\.letterCount) == [1, 2] && runs[0].number > runs[1].number)
        #expect(runs.allSatisfy { $0.day == day && $0.scenarios == 4 && $0.doneBy == "anna" })
        var wanted = both
        for place in wanted.indices { wanted[place].run = runs[1].number }
        #expect(try connection.letters(ofRun: runs[1].number, in: 1, limit: 9) == wanted)
        let page = try connection.letters(ofRun: runs[1].number, in: 1, after: 1, limit: 1)
        #expect(page.map(\.slot) == [2])
        #expect(try connection.letters(ofRun: runs[1].number, in: other, limit: 9).isEmpty)
        #expect(try connection.letters(to: 3, in: 1, limit: 9).map(\.key) == ["c"])
        #expect(try connection.letters(to: 1, in: other, limit: 9).count == 1)
        // What is told of a portfolio goes with it.
        _ = try connection.transaction { () throws(DatabaseError) in
            try connection.removePortfolio(1)
        }
        #expect(try connection.letters(to: 3, in: 1, limit: 9).isEmpty)
        #expect(try connection.letters(to: 1, in: other, limit: 9).count == 1)
    }
}
