// SPDX-License-Identifier: Apache-2.0

// What runs find is told once, to the right portfolio, for the right reason: on both databases.

import AlertStore
import Alerts
import Databases
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases
import Testing
import VigieLimits

@Suite struct FollowerTests {
    /// Case 04 of the collected reports, through the store.
    @Test(arguments: TestDatabase.all)
    func anEdgeIsToldOnceEachWay(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        try store.watch([try rule(.threshold, "edge") { ($0.raise, $0.clear) = (600, 610) }])
        let scores = [612, 604, 598, 603, 597, 604, 589, 601, 607, 611, 615, 580]
        for (day, score) in scores.enumerated() {
            try store.run(november(day + 1), [1: score, 2: 700])
        }
        #expect(
            try store.told() == [
                "2026-11-03 1 edge raised", "2026-11-10 1 edge cleared",
                "2026-11-12 1 edge raised",
            ]
        )
        let alerts = try store.connection.alerts(of: store.portfolio, .all, limit: 9)
        #expect(alerts.map(\.raisedOn) == [november(12), november(3)])
        #expect(alerts.map(\.clearedOn) == [nil, november(10)])
        #expect(alerts.map(\.ending) == [nil, .cleared])
        #expect(alerts.map(\.openings) == [2, 1])
        #expect(alerts[0].oldValue == 615 && alerts[0].newValue == 580)
    }

    /// Case 05: what the model did does not count, whichever way the window goes.
    @Test(arguments: TestDatabase.all)
    func theModelsPartIsNotTheCompanys(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        try store.watch([
            try rule(.scoreDrop, "day") { $0.raise = 50 },
            try rule(.scoreDrop, "week") { ($0.raise, $0.windowDays) = (60, 7) },
        ])
        try store.run(november(1), [1: 640, 2: 630])
        try store.run(november(2), [1: 640, 2: 630])
        func byNewModel(_ score: CompanyScore) -> CompanyScore {
            var score = score
            score.score = score.score.map { $0 - 28 }
            return score
        }
        // 69 points, 28 of them the model's; and 50 of the company's own.
        try store.run(november(3), [1: 571, 2: 552], model: "b", byNewModel: byNewModel)
        #expect(try store.told() == ["2026-11-03 2 day raised"])
        // Over the week 640 - 28 is what the company had on the first as the new model sees it.
        try store.run(november(8), [1: 553, 2: 552], model: "b")
        #expect(try store.told().suffix(1) == ["2026-11-08 2 day cleared"])
        try store.run(november(8), [1: 552, 2: 552], model: "b")
        #expect(try store.told().suffix(1) == ["2026-11-08 1 week raised"])
    }

    /// Case 08: put off until a day, or worse.
    @Test(arguments: TestDatabase.all)
    func whatIsPutOffWakesWhenItIsWorse(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        let rule = try rule(.threshold, "edge") { $0.raise = 600 }
        try store.watch([rule])
        try store.run(november(1), [1: 540])
        let alert = try #require(
            try store.connection.alerts(of: store.portfolio, .open, limit: 9).first
        )
        var state = AlertState()
        let reading = AlertReading(day: november(1), [AlertInput(.score): 540])
        _ = state.step(rule, reading)
        _ = try state.apply(
            .snooze(until: november(15), worseBy: 20),
            by: "anna",
            rule,
            reading
        )
        try store.connection.change(alert.number, handling: state.handling)
        _ = try store.connection.execute(
            "update alert_cell set word = $1",
            [.integer(AlertCell(state).kept)]
        )
        #expect(try store.connection.alerts(of: store.portfolio, .quiet, limit: 9).count == 1)
        for (day, score) in [(5, 530), (8, 519), (9, 515), (16, 515)] {
            try store.run(november(day), [1: score])
        }
        #expect(
            try store.told() == ["2026-11-01 1 edge raised", "2026-11-08 1 edge woken"]
        )
        #expect(try store.connection.alerts(of: store.portfolio, .active, limit: 9).count == 1)
    }

    @Test(arguments: TestDatabase.all)
    func whatTwoFollowersFindIsToldOnce(_ kind: TestDatabase) async throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database, companies: 200)
        try store.watch([
            try rule(.threshold, "edge") { $0.raise = 600 },
            try rule(.threshold, "twice") { ($0.raise, $0.confirmRuns) = (600, 2) },
        ])
        let run = try store.plan(november(1))
        let block = ScoredBlock(
            run: run,
            day: november(1),
            slots: 0..<65_536,
            companies: (1...200).map {
                ScoredCompany(before: nil, now: store.score($0, $0 % 2 == 0 ? 500 : 700))
            }
        )
        let follower = store.follower
        let databases = [database.open(), database.open()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for database in databases {
                group.addTask {
                    try database.write { connection throws(DatabaseError) in
                        try follower.follow(block, connection)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.told().count == 100)
        #expect(try store.connection.alerts(of: store.portfolio, .open, limit: 999).count == 100)
        for database in databases { database.close() }
        // A second run of the day confirms; the key of the day keeps it at one.
        try store.end(run, follower)
        try store.run(november(1), [2: 500, 4: 700])
        #expect(
            try store.told().suffix(2) == [
                "2026-11-01 2 twice raised", "2026-11-01 4 edge cleared",
            ]
        )
        try store.run(november(1), [4: 500])
        #expect(try store.told().count == 102)
        let again = try store.connection.alerts(of: store.portfolio, .open, slot: 4, limit: 9)
        #expect(again.map(\.ruleName) == ["edge"])
    }

    @Test(arguments: TestDatabase.all)
    func rulesSeeOnlyTheirOwnPortfolio(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        let other = try store.connection.addPortfolio(
            name: "other",
            note: "",
            by: "ben",
            nowMicroseconds: 1
        )
        _ = try store.connection.copyCompanies(
            [2],
            from: store.portfolio,
            to: other,
            nowMicroseconds: 1
        )
        try store.watch([try rule(.threshold, "low") { $0.raise = 600 }])
        try store.watch([try rule(.threshold, "lower") { $0.raise = 500 }], of: other)
        try store.run(november(1), [1: 550, 2: 450, 3: 450])
        let events = try store.connection.events(after: 0, limit: 99).map(\.event)
        let ours = events.filter { $0.portfolio == store.portfolio }
        #expect(ours.map(\.slot) == [1, 2, 3])
        #expect(events.filter { $0.portfolio == other }.map(\.slot) == [2])
        #expect(try store.connection.alerts(of: other, .all, limit: 9).map(\.slot) == [2])
        // A run for the other one finds for ours what it finds of a company of both.
        try store.run(november(2), [2: 700], of: other)
        #expect(try store.connection.alerts(of: other, .open, limit: 9).isEmpty)
        let left = try store.connection.alerts(of: store.portfolio, .open, limit: 9)
        #expect(left.map(\.slot) == [3, 1])
        let rule = try #require(try store.connection.alertRules(of: store.portfolio).first)
        let look = try #require(
            try store.connection.look(at: 2, of: store.portfolio, by: rule)
        )
        #expect(look.reading.day == november(2) && look.state.phase == .ok && look.open == nil)
        #expect(look.alert?.clearedOn == november(2))
    }

    @Test(arguments: TestDatabase.all)
    func aCompanyAndADayAreOneEvent(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(
            database,
            exposure: { _ in 90_000 },
            limit: { $0 == 1 ? 80_000 : nil }
        )
        try store.watch([
            try rule(.threshold, "low") { $0.raise = 600 }, try rule(.limitExceeded, "limit"),
            try rule(.legalEvent, "court") { $0.events = ["lj_opened", "rj_opened"] },
            try rule(.paymentSignal, "late") {
                ($0.signal, $0.raise) = ("days_beyond_terms", 30)
            },
            try rule(.statementOverdue, "old") { $0.raise = 12 },
            try rule(.outcomeChange, "outcome"),
        ])
        try store.run(november(1), [1: 700])
        try store.run(
            november(2),
            [1: 500],
            seen: { company in
                company.legalEvents = ["rj_opened", "seat_moved"]
                company.figures.daysBeyondTerms = 40
                company.figures.lastClosing = CalendarDate("2025-06-30")
                company.now.outcome = 4
                company.now.cause = .dataArrived
            }
        )
        let events = try store.connection.events(after: 0, limit: 99).map(\.event)
        #expect(events.count == 2 && events.allSatisfy { $0.kind == "alert.raised" })
        #expect(try store.told().first == "2026-11-01 1 limit raised")
        let notices = try #require(AlertStreamBody(events[1])).notices
        #expect(notices.map(\.event.rule) == ["court", "late", "low", "old", "outcome"])
        #expect(notices.allSatisfy { $0.event.cause == .dataArrived && $0.alert != nil })
        #expect(notices[0].event.legalEvents == ["rj_opened"])
        #expect(Set(notices.map(\.key)).count == 5)
        // It happens again, and is one alert still.
        try store.run(
            november(3),
            [1: 500],
            seen: {
                $0.legalEvents = ["lj_opened"]
                ($0.now.outcome, $0.figures.daysBeyondTerms) = (3, 10)
            }
        )
        #expect(
            try store.told().suffix(3) == [
                "2026-11-03 1 court reopened", "2026-11-03 1 late cleared",
                "2026-11-03 1 outcome reopened",
            ]
        )
        #expect(try store.connection.alerts(of: store.portfolio, .open, limit: 9).count == 5)
    }

    @Test(arguments: TestDatabase.all)
    func whatIsMissingIsToldWhereARuleWantsSo(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        try store.watch([
            try rule(.threshold, "edge") { ($0.raise, $0.noDataRuns) = (600, 2) },
            try rule(.threshold, "silent") { $0.raise = 600 },
            try rule(.noData, "gone") { $0.raise = 3 },
        ])
        try store.run(november(1), [1: 700])
        try store.run(november(2), [1: nil])
        #expect(try store.told().isEmpty)
        try store.run(november(3), [1: nil])
        try store.run(november(4), [1: nil])
        try store.run(november(5), [1: 690])
        #expect(
            try store.told() == [
                "2026-11-03 1 edge no_data", "2026-11-04 1 gone raised",
                "2026-11-05 1 edge data_back", "2026-11-05 1 gone cleared",
            ]
        )
        // A rule that tells nothing of missing values keeps nothing of them.
        let silent = try #require(
            try store.connection.alertRules(of: store.portfolio).first { $0.rule.name == "silent" }
        )
        let kept = try store.connection.all(
            "select slot from alert_cell where rule = $1",
            [.integer(silent.number)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        #expect(kept.isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func portfoliosAreWatchedAsAWhole(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database, companies: 20, exposure: { $0 == 1 ? 900 : 10 })
        try store.watch([
            try rule(.concentration, "hhi") { $0.raise = 0.5 },
            try rule(.concentration, "top") {
                ($0.quantity, $0.raise) = ("top_share", 0.99)
            },
            try rule(.portfolioLoss, "loss") { $0.raise = 20 },
        ])
        try store.run(november(1), [1: 900, 2: 900])
        try store.run(november(2), [1: 890, 2: 900])
        try store.run(november(3), [1: 860, 2: 900])
        #expect(try store.told() == ["2026-11-01 0 hhi raised", "2026-11-03 0 loss raised"])
        let alerts = try store.connection.alerts(of: store.portfolio, .open, limit: 9)
        #expect(alerts.map(\.slot) == [nil, nil])
    }

    /// What was before is what was known on that day, whatever runs there were since.
    @Test(arguments: TestDatabase.all)
    func changesCountOverDaysAndNotOverRuns(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        try store.watch([
            try rule(.scoreDrop, "day") { $0.raise = 50 },
            try rule(.scoreDrop, "week") { ($0.raise, $0.windowDays) = (50, 7) },
            try rule(.percentileDrop, "rank") { $0.raise = 60 },
        ])
        try store.run(november(1), [1: 700, 2: 600, 3: 500])
        // Twice on a day by 30 points: 60 since the day before.
        try store.run(november(2), [1: 670])
        #expect(try store.told().isEmpty)
        try store.run(november(2), [1: 640])
        #expect(try store.told() == ["2026-11-02 1 day raised"])
        try store.run(november(3), [1: 640])
        #expect(try store.told().last == "2026-11-03 1 day cleared")
        // A week of which nobody knows the beginning tells nothing; from then on it does.
        try store.run(november(8), [1: 630, 2: 560])
        #expect(try store.told().suffix(1) == ["2026-11-08 1 week raised"])
        try store.run(november(9), [1: 490, 2: 560])
        #expect(
            try store.told().suffix(2) == ["2026-11-09 1 day raised", "2026-11-09 1 rank raised"]
        )
    }

    /// The largest are looked at together (largestCompanies).
    @Test func theLargestOweTogether() throws {
        let database = TestDatabase.sqlite.makeEmpty()
        let count = 2 * AlertLimits.largestCompanies
        let store = try WatchedStore(database, companies: count, exposure: { $0 <= 10 ? 300 : 100 })
        try store.watch([
            try rule(.concentration, "top") { ($0.quantity, $0.raise) = ("top_share", 0.74) },
            try rule(.concentration, "more") { ($0.quantity, $0.raise) = ("top_share", 0.76) },
        ])
        try store.run(november(1), [1: 900])
        #expect(try store.told() == ["2026-11-01 0 top raised"])
    }

    /// Ten who owe all there is are few, which everybody knows, and no concentration.
    @Test func tenDebtorsAreNoConcentration() throws {
        let database = TestDatabase.sqlite.makeEmpty()
        let store = try WatchedStore(
            database,
            companies: 2 * AlertLimits.largestCompanies,
            exposure: { $0 <= AlertLimits.largestCompanies ? 300 : 0 }
        )
        try store.watch([
            try rule(.concentration, "top") { ($0.quantity, $0.raise) = ("top_share", 0.5) },
            try rule(.concentration, "hhi") { ($0.quantity, $0.raise) = ("hhi", 0.09) },
        ])
        try store.run(november(1), [1: 900])
        #expect(try store.told() == ["2026-11-01 0 hhi raised"])
    }

    /// A company in proceedings is no loss less for having no probability any more.
    @Test(arguments: TestDatabase.all)
    func proceedingsAreExpectedToBeLost(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database, exposure: { _ in 10_000 })
        try store.watch([try rule(.portfolioLoss, "loss") { $0.raise = 20 }])
        try store.run(november(1), [1: 900, 2: 900, 3: 900])
        try store.run(november(2), [1: nil], seen: { $0.now.outcome = 4 })
        #expect(try store.told() == ["2026-11-02 0 loss raised"])
    }

    /// Who is closed closes no accounts any more.
    @Test(arguments: TestDatabase.all)
    func oldStatementsOfClosedCompaniesAreNotTold(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        try store.watch([try rule(.statementOverdue, "old") { $0.raise = 12 }])
        for (day, outcome) in [(1, 3), (2, 4)] {
            try store.run(
                november(day),
                [1: 700],
                seen: { company in
                    company.now.outcome = outcome
                    company.figures.lastClosing = CalendarDate("2024-12-31")
                }
            )
        }
        #expect(try store.told() == ["2026-11-02 1 old raised"])
    }

    /// More than one event holds (groupEvents) is told in several.
    @Test func muchOfOneCompanyIsSeveralEvents() throws {
        let database = TestDatabase.sqlite.makeEmpty()
        let store = try WatchedStore(database)
        let count = AlertLimits.groupEvents + 3
        for number in 1...count {
            try store.watch([try rule(.threshold, "r\(number)") { $0.raise = 600 }])
        }
        try store.run(november(1), [1: 500])
        let bodies = try store.connection.events(after: 0, limit: 9).compactMap {
            AlertStreamBody($0.event)
        }
        #expect(bodies.map(\.notices.count) == [AlertLimits.groupEvents, 3])
    }
}
