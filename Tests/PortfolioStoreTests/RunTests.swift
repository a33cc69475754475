// SPDX-License-Identifier: Apache-2.0

// Runs: planned once, worked on under leases, counted once; and what they find.

import Databases
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases
import Testing
import VigieLimits

@Suite struct RunTests {
    private static let model = RunModel(name: "m", version: "1", hash: "a")
    private static let other = RunModel(name: "m", version: "2", hash: "b")
    private static let monday = CalendarDate("2026-11-30")!
    /// Longer than a lease (leaseMicroseconds).
    private static let later = 61_000_000

    /// A store with companies in blocks 0, 2 and 3, in two portfolios.
    private func filled(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try database.connect()
        let migrator = Migrator(StoreSchema.migrations)
        _ = try migrator.migrate(connection, nowMicroseconds: 1) {}
        for (portfolio, slots) in [(1, [1, 2, 65_535]), (2, [2, 131_072, 200_000])] {
            _ = try connection.execute(
                """
                insert into portfolio (id, name, note, created_at, created_by)
                values ($1, $2, '', 0, 'anna')
                """,
                [.integer(portfolio), .text("p\(portfolio)")]
            )
            for slot in slots {
                _ = try connection.execute(
                    """
                    insert into company (slot, kind, identity, name, added_at)
                    values ($1, 'own', $2, '', 0) on conflict do nothing
                    """,
                    [.integer(slot), .text("c\(slot)")]
                )
                _ = try connection.execute(
                    """
                    insert into portfolio_company (portfolio, slot, reference, added_at)
                    values ($1, $2, '', 0)
                    """,
                    [.integer(portfolio), .integer(slot)]
                )
            }
        }
        return connection
    }

    private func plan(
        _ connection: any DatabaseConnection,
        _ kind: ScoringRun.Kind = .daily,
        portfolio: Int? = nil,
        asOf day: CalendarDate = monday,
        by model: RunModel = model
    ) throws -> Int {
        try connection.transaction { () throws(DatabaseError) in
            try connection.planRun(
                kind,
                portfolio: portfolio,
                asOf: day,
                by: model,
                requestedBy: "anna",
                nowMicroseconds: 5
            )
        }
    }

    @Test(arguments: TestDatabase.all)
    func areOfBlocksThatHaveCompanies(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filled(database)
        let daily = try plan(connection)
        // Who asks for the same finds it; another day, model or reason is another run.
        #expect(try plan(connection) == daily)
        #expect(try plan(connection, by: Self.other) != daily)
        #expect(try plan(connection, asOf: Self.monday.adding(days: 1)!) != daily)
        let arrival = try plan(connection, .arrival, portfolio: 2)
        #expect(try plan(connection, .arrival, portfolio: 2) != arrival)
        let run = try #require(try connection.run(daily))
        #expect(run.blockCount == 3 && run.doneCount == 0 && run.state == .open)
        #expect(run.model == Self.model && run.day == Self.monday && run.portfolio == nil)
        #expect(try connection.run(arrival)?.blockCount == 3)
        #expect(try connection.run(999) == nil)
        #expect(try connection.openRuns().count == 5)
        #expect(try connection.runs(limit: 2).map(\.number).first ?? 0 > arrival)
        // Without companies there is nothing to do.
        let empty = try plan(connection, .arrival, portfolio: 77)
        #expect(try connection.finishRuns(nowMicroseconds: 7) == [empty])
        #expect(try connection.run(empty)?.state == .done)
        // A run that failed does not stand in the way of another one.
        #expect(try connection.failRun(daily, note: "why", nowMicroseconds: 6))
        #expect(try !connection.failRun(daily, note: "why", nowMicroseconds: 6))
        #expect(try plan(connection) > daily)
        #expect(try connection.run(daily)?.note == "why")
    }

    /// A lease whose end is farther away than any can be, as clocks differ, is of a clock that was
    /// set back, and keeps nobody waiting.
    @Test(arguments: TestDatabase.all)
    func aLeaseOfAClockThatWasSetBackIsOver(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filled(database)
        _ = try plan(connection, portfolio: 1)
        let hours = 3 * 3_600_000_000
        let lease = try #require(try connection.takeBlock("a", nowMicroseconds: hours))
        let end = hours + StoreLimits.leaseMicroseconds
        let most = StoreLimits.leaseMicroseconds + StoreLimits.clockSlackMicroseconds
        #expect(try connection.takeBlock("b", nowMicroseconds: end - most) == nil)
        let taken = try connection.takeBlock("b", nowMicroseconds: end - most - 1)
        #expect(taken?.block == lease.block && taken?.attempt == 2)
        #expect(try !connection.keep(lease, nowMicroseconds: hours))
    }

    @Test(arguments: TestDatabase.all)
    func aBlockIsOneWorkersAtATime(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filled(database)
        let run = try plan(connection)
        let first = try #require(try connection.takeBlock("a", nowMicroseconds: 10))
        let second = try #require(try connection.takeBlock("b", nowMicroseconds: 10))
        let third = try #require(try connection.takeBlock("c", nowMicroseconds: 10))
        #expect([first, second, third].map(\.block) == [0, 2, 3])
        #expect(third.firstSlot == 196_608)
        #expect(try connection.takeBlock("d", nowMicroseconds: 10) == nil)
        // Who is killed loses it when its time is over; who keeps on working does not.
        #expect(try connection.keep(second, nowMicroseconds: Self.later))
        let again = try #require(try connection.takeBlock("d", nowMicroseconds: Self.later))
        #expect(again.block == 0 && again.attempt == 2 && again.owner == "d")
        // What the first finds after all does not count.
        func complete(_ lease: LeasedBlock) throws -> Bool {
            try connection.complete(lease, companyCount: 2, scoredCount: 1, changedCount: 1)
        }
        #expect(try !connection.keep(first, nowMicroseconds: Self.later))
        #expect(try !complete(first))
        #expect(try complete(again))
        #expect(try !complete(again))
        #expect(try complete(second))
        #expect(try connection.finishRuns(nowMicroseconds: 9).isEmpty)
        // Given back, it is there at once.
        try connection.giveBack(third)
        let last = try #require(try connection.takeBlock("e", nowMicroseconds: 11))
        #expect(last.block == 3 && last.attempt == 2)
        #expect(try complete(last))
        #expect(try connection.finishRuns(nowMicroseconds: 9) == [run])
        #expect(try connection.finishRuns(nowMicroseconds: 9).isEmpty)
        let done = try #require(try connection.run(run))
        #expect(done.state == .done && done.doneCount == 3 && done.companyCount == 6)
        #expect(done.scoredCount == 3 && done.changedCount == 3)
    }

    @Test(arguments: TestDatabase.all)
    func manyWorkersDoEachBlockOnce(_ kind: TestDatabase) async throws {
        let database = kind.makeEmpty()
        let connection = try filled(database)
        for day in 1...10 {
            _ = try plan(connection, asOf: Self.monday.adding(days: day)!)
        }
        let store = database.open()
        let done = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var done: [String] = []
                    while let lease = try store.write({ connection throws(DatabaseError) in
                        try connection.takeBlock("w\(worker)", nowMicroseconds: 10)
                    }) {
                        let isDone = try store.write { connection throws(DatabaseError) in
                            try connection.complete(
                                lease,
                                companyCount: 1,
                                scoredCount: 1,
                                changedCount: 0
                            )
                        }
                        _ = try store.write { connection throws(DatabaseError) in
                            try connection.finishRuns(nowMicroseconds: 11)
                        }
                        #expect(isDone)
                        done.append("\(lease.run)/\(lease.block)")
                    }
                    return done
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(done.count == 30 && Set(done).count == 30)
        #expect(try connection.openRuns().isEmpty)
        store.close()
    }

    @Test(arguments: TestDatabase.all)
    func scoresAreKeptAndTheirChanges(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filled(database)
        func keep(_ scores: [CompanyScore], _ day: Int) throws -> Int {
            let run = try plan(connection, asOf: Self.monday.adding(days: day)!)
            return try connection.transaction { () throws(DatabaseError) in
                try connection.keep(scores, of: run)
            }
        }
        let first = [
            CompanyScore(1, outcome: 1, score: 700, riskClass: 3, probability: 0.01),
            CompanyScore(2, outcome: 2), CompanyScore(131_072, outcome: 1, score: 1, riskClass: 10),
            // Erased since it was read.
            CompanyScore(77, outcome: 1, score: 5),
        ]
        #expect(try keep(first, 0) == 3)
        #expect(try keep(first, 1) == 0)
        var second = first
        second[0].probability = 0.011
        (second[1].score, second[1].outcome, second[1].cause) = (650, 1, .dataArrived)
        second.append(CompanyScore(65_535, outcome: 3))
        #expect(try keep(second, 2) == 2)
        #expect(
            try connection.scores(from: 0, below: 65_536) == [
                second[0], CompanyScore(2, outcome: 1, score: 650), second[4],
            ]
        )
        second[1].score = nil
        #expect(try keep(second, 5) == 1)
        func changes(_ slot: Int, since day: Int) throws -> [Int?] {
            let changes = try connection.scoreChanges(
                of: slot,
                since: Self.monday.adding(days: day)!
            )
            #expect(changes.map(\.run) == changes.map(\.run).sorted())
            return changes.map(\.score.score)
        }
        #expect(try changes(2, since: -9) == [nil, 650, nil])
        #expect(try changes(2, since: 2) == [650, nil])
        #expect(try changes(2, since: 4) == [650, nil])
        #expect(try changes(2, since: 9) == [nil])
        #expect(try changes(1, since: 9) == [700])
        #expect(try changes(999, since: 0).isEmpty)
        let told = try connection.scoreChanges(of: 2, since: Self.monday)
        #expect(told[1].score.cause == .dataArrived && told[1].day == Self.monday.adding(days: 2))
    }
}
