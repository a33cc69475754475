// SPDX-License-Identifier: Apache-2.0

// Rules and alerts as those see and handle them who may; cursors of the stream.

import AlertStore
import Alerts
import Databases
import PortfolioApplication
import PortfolioStore
import Portfolios
import Quantities
import ServiceErrors
import Synchronization
import TestDatabases
import Testing
import VigieLimits

/// A time that tests set.
private final class TestClock: Sendable {
    private let now: Atomic<Int>

    init(_ now: Int) { self.now = Atomic(now) }

    var microseconds: Int {
        get { now.load(ordering: .relaxed) }
        set { now.store(newValue, ordering: .relaxed) }
    }
}

/// A store with a portfolio of anna's, and runs over it.
private final class WatchedPortfolio {
    static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    static let ben = PortfolioViewer(identity: "ben", roles: ["credit"], isOperator: false)

    let store: ServerStore
    let alerts: AlertUseCases
    let connection: any DatabaseConnection
    /// Moves on from 2026-11-01.
    let clock = TestClock(1_793_491_200_000_000)

    init(_ database: TemporaryDatabase, companies: Int = 3) throws {
        let clock = clock
        store = ServerStore(database.address, clock: { clock.microseconds }) {
            (_) throws(ServiceError) in
        }
        alerts = AlertUseCases(store)
        let portfolios = PortfolioUseCases(store)
        _ = try portfolios.create(name: "customers", note: "", by: Self.anna)
        _ = try portfolios.put(
            try (1...companies).map {
                PortfolioLine(try CompanyIdentity(kind: "own", text: "c\($0)"), name: "name \($0)")
            },
            into: "customers",
            by: Self.anna
        )
        connection = try database.connect()
    }

    func draft(_ kind: AlertKind, _ name: String = "edge", raise: Double? = 600) -> AlertRuleDraft {
        var draft = AlertRuleDraft(name: name, kind: kind.rawValue)
        draft.raise = raise
        return draft
    }

    /// A run of the day after `day` days.
    func run(_ day: Int, _ scores: [Int: Int]) throws {
        let today = try #require(CalendarDate("2026-11-01")?.adding(days: day))
        let (connection, clock) = (connection, clock)
        try connection.transaction { () throws(DatabaseError) in
            let run = try connection.planRun(
                .arrival,
                asOf: today,
                by: RunModel(name: "m", version: "1", hash: "a"),
                requestedBy: "",
                nowMicroseconds: 1
            )
            let before = Dictionary(
                uniqueKeysWithValues: try connection.scores(from: 0, below: 99).map {
                    ($0.slot, $0)
                }
            )
            let companies = scores.keys.sorted().map { slot in
                ScoredCompany(
                    before: before[slot],
                    now: CompanyScore(slot, outcome: 1, score: scores[slot])
                )
            }
            _ = try connection.keep(companies.map(\.now), of: run)
            let follower = AlertFollower { clock.microseconds }
            let block = ScoredBlock(run: run, day: today, slots: 0..<99, companies: companies)
            try follower.follow(block, connection)
            _ = try connection.execute("update run set state = 'done'")
            if let run = try connection.run(run) { try follower.end(run, connection) }
        }
    }
}

@Suite struct AlertUseCaseTests {
    private func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return (error as? ServiceError)?.reason ?? "\(error)" }
    }

    private var page: PageRequest { PageRequest(size: 0, token: "") }

    @Test(arguments: TestDatabase.all)
    func rulesAreOfThoseWhoMay(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let watched = try WatchedPortfolio(database)
        let (alerts, anna, ben) = (watched.alerts, WatchedPortfolio.anna, WatchedPortfolio.ben)
        let edge = watched.draft(.threshold)
        #expect(
            reason { _ = try alerts.put(edge, into: "customers", by: ben) } == "UNKNOWN_PORTFOLIO"
        )
        let portfolios = PortfolioUseCases(watched.store)
        _ = try portfolios.share("customers", with: "credit", .read, by: anna)
        #expect(
            reason { _ = try alerts.put(edge, into: "customers", by: ben) } == "READ_ONLY_PORTFOLIO"
        )
        #expect(try alerts.put(edge, into: "customers", by: anna).rule.version == 1)
        #expect(try alerts.put(edge, into: "customers", by: anna).rule.version == 2)
        var other = edge
        other.kind = AlertKind.scoreDrop.rawValue
        #expect(
            reason { _ = try alerts.put(other, into: "customers", by: anna) }
                == "ALERT_RULE_INVALID"
        )
        for unknown in [
            watched.draft(.coverExpiring, "x", raise: 30),
            { () -> AlertRuleDraft in
                var draft = watched.draft(.threshold, "x", raise: 1)
                draft.quantity = "cover"
                return draft
            }(),
        ] {
            #expect(
                reason { _ = try alerts.put(unknown, into: "customers", by: anna) }
                    == "ALERT_RULE_INVALID"
            )
        }
        #expect(try alerts.rules(of: "customers", by: ben).map(\.changedBy) == ["anna"])
        let french = try alerts.putStandard(into: "customers", inFrench: true, by: anna)
        #expect(french.count == 11)
        // Whatever the language, it is there.
        #expect(try alerts.putStandard(into: "customers", inFrench: false, by: anna).isEmpty)
        for number in french.count + 1..<AlertLimits.portfolioRules {
            _ = try alerts.put(
                watched.draft(.threshold, "r\(number)"),
                into: "customers",
                by: anna
            )
        }
        #expect(
            reason {
                _ = try alerts.put(watched.draft(.threshold, "z"), into: "customers", by: anna)
            } == "LIMIT_EXCEEDED"  // portfolioRules
        )
        #expect(
            reason { try alerts.deleteRule("edge", of: "customers", by: ben) }
                == "READ_ONLY_PORTFOLIO"
        )
        try alerts.deleteRule("edge", of: "customers", by: anna)
        #expect(
            reason { try alerts.deleteRule("edge", of: "customers", by: anna) } == "UNKNOWN_RULE"
        )
    }

    @Test(arguments: TestDatabase.all)
    func alertsAreListedAndHandled(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let watched = try WatchedPortfolio(database)
        let (alerts, anna) = (watched.alerts, WatchedPortfolio.anna)
        _ = try alerts.put(watched.draft(.threshold), into: "customers", by: anna)
        func list(_ state: AlertListState) throws -> [Int] {
            try alerts.alerts(of: "customers", state, company: nil, page, by: anna).alerts
                .map(\.alert.number)
        }
        func act(_ action: AlertAction, _ numbers: [Int]) throws -> [String] {
            try alerts.act(action, on: numbers, of: "customers", note: "n", by: anna).refused
                .map(\.refusal.reason)
        }
        #expect(
            reason { _ = try alerts.explain("edge", nil, of: "customers", by: anna) }
                == "OTHER_SUBJECT"
        )
        let first = try CompanyIdentity(kind: "own", text: "c1")
        #expect(
            reason { _ = try alerts.explain("edge", first, of: "customers", by: anna) } == "NO_RUN"
        )
        try watched.run(0, [1: 540, 2: 550, 3: 700])
        #expect(try list(.open) == [2, 1])
        let shown = try alerts.alerts(
            of: "customers",
            .all,
            company: first,
            PageRequest(size: 1, token: ""),
            by: anna
        )
        #expect(shown.nextToken.isEmpty && shown.alerts.map(\.company?.name) == ["name 1"])
        let half = PageRequest(size: 1, token: "")
        let half1 = try alerts.alerts(of: "customers", .open, company: nil, half, by: anna)
        let rest = PageRequest(size: 1, token: half1.nextToken)
        let half2 = try alerts.alerts(of: "customers", .open, company: nil, rest, by: anna)
        #expect((half1.alerts + half2.alerts).map(\.alert.number) == [2, 1])
        #expect(half2.nextToken.isEmpty)
        // Case 08, with somebody who does it.
        let until = try #require(CalendarDate("2026-11-15"))
        #expect(try act(.snooze(until: until, worseBy: 20), [1, 77]) == ["ALERT_NOT_OPEN"])
        #expect(try list(.quiet) == [1] && list(.active) == [2])
        #expect(try act(.acknowledge, [2]).isEmpty)
        #expect(try act(.acknowledge, [2]) == ["ALERT_UNCHANGED"])
        #expect(try act(.assign(to: "ben"), [1, 2]).isEmpty)
        let why = try alerts.explain("edge", first, of: "customers", by: anna)
        #expect(why.explanation.verdict == .snoozed && why.explanation.value == 540)
        #expect(why.alert?.alert.handling?.assignee == "ben")
        let third = try CompanyIdentity(kind: "own", text: "c3")
        let not = try alerts.explain("edge", third, of: "customers", by: anna)
        #expect(not.explanation.verdict == .underEdge && not.alert == nil)
        for (day, score) in [(4, 530), (7, 519), (8, 515), (15, 515)] {
            try watched.run(day, [1: score])
        }
        let stream = try watched.connection.events(after: 0, limit: 99).compactMap {
            AlertStreamBody($0.event)?.notices.first?.event.change.rawValue
        }
        #expect(
            stream == [
                "raised", "raised", "snoozed", "acknowledged", "assigned", "assigned", "woken",
            ]
        )
        #expect(try list(.active) == [2, 1])
        let path = try alerts.explain("edge", first, of: "customers", by: anna).explanation
        #expect(path.path.map(\.value) == [540, 530, 519, 515] && path.verdict == .toldBefore)
        #expect(path.path.count < AlertLimits.explainedRuns)
        // Held for done it ends without a word, and who looks after it is told as long as it is
        // open.
        #expect(try act(.resolve, [1]).isEmpty)
        try watched.run(20, [1: 640, 2: 550])
        #expect(try list(.ended) == [1] && list(.open) == [2])
        for (numbers, wanted) in [
            ([], "NO_ALERTS"), ([2, 2], "REPEATED_ALERT"),
            (Array(0...AlertLimits.actedOn), "LIMIT_EXCEEDED"),  // actedOn
        ] { #expect(reason { _ = try act(.reopen, numbers) } == wanted) }
        #expect(
            reason {
                _ = try alerts.act(
                    .reopen,
                    on: [2],
                    of: "customers",
                    note: "",
                    by: WatchedPortfolio.ben
                )
            } == "UNKNOWN_PORTFOLIO"
        )
    }

    @Test(arguments: TestDatabase.all)
    func aRuleIsTriedOnThePast(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let watched = try WatchedPortfolio(database)
        let anna = WatchedPortfolio.anna
        let scores = [612, 604, 598, 603, 597, 604, 589, 601, 607, 611, 615, 580]
        for (day, score) in scores.enumerated() { try watched.run(day, [1: score, 2: 900]) }
        watched.clock.microseconds += 20 * 86_400_000_000
        var draft = watched.draft(.threshold)
        draft.clear = 610
        func tried(_ draft: AlertRuleDraft, isWanted: Bool = true) throws -> RuleTrial {
            try watched.alerts.tryRule(
                draft,
                on: "customers",
                from: nil,
                through: nil,
                by: anna,
                isWanted: { isWanted }
            ).trial
        }
        let trial = try tried(draft)
        #expect(trial.days.count == 12 && trial.companyCount == 3 && trial.leftOutCount == 0)
        #expect(trial.companyCount < AlertLimits.trialCompanies)
        // Case 04: three events, and seven with one edge for both ways.
        #expect(trial.toldCount == 3 && trial.unguardedCount == 7 && trial.toldCompanyCount == 1)
        #expect(trial.told.map(\.event.change) == [.raised, .cleared, .raised])
        #expect(trial.told.count < AlertLimits.trialEvents)
        #expect(trial.toldByDay.count == 3)
        #expect(try tried(watched.draft(.scoreDrop, raise: 30)).toldCount == 1)
        #expect(try watched.alerts.rules(of: "customers", by: anna).isEmpty)
        #expect(reason { _ = try tried(draft, isWanted: false) } == "CALL_ENDED")
        #expect(
            reason { _ = try tried(watched.draft(.modelChanged, raise: nil)) }
                == "RULE_OF_PORTFOLIO"
        )
    }

    @Test(arguments: TestDatabase.all)
    func whoComesBackMissesNothing(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let watched = try WatchedPortfolio(database)
        let (alerts, anna) = (watched.alerts, WatchedPortfolio.anna)
        let id = try #require(try watched.connection.portfolioHead(named: "customers")).id
        let day = try #require(CalendarDate("2026-11-01"))
        let rule = try AlertRule(watched.draft(.threshold))
        var state = AlertState()
        let reading = AlertReading(day: day, [AlertInput(.score): 500])
        let step = state.step(rule, reading)
        let event = try #require(step)
        // 10,000 events, every third of another portfolio.
        let events = (0..<10_000).flatMap { number in
            AlertStreamBody.events(
                [AlertNotice(alert: number + 1, key: "\(number)", event: event)],
                portfolio: number % 3 == 2 ? id + 1 : id,
                slot: 1,
                day: day,
                nowMicroseconds: number + 1
            )
        }
        try watched.connection.transaction { () throws(DatabaseError) -> Void in
            _ = try watched.connection.append(events)
        }
        let wanted = (0..<10_000).filter { $0 % 3 != 2 }.map { "\($0)" }
        func replay(from start: AlertCursor) throws -> [String] {
            var (keys, cursor, isLast) = ([String](), start, false)
            while !isLast {
                let page = try alerts.watched(id, after: cursor, by: anna)
                #expect(page.events.count <= AlertLimits.watchEvents)
                keys += page.events.compactMap { $0.body?.notices.first?.key }
                (cursor, isLast) = (page.cursor, page.isLast)
            }
            return keys
        }
        func begin(_ cursor: String) throws -> AlertCursor {
            try alerts.beginWatching(
                "customers",
                from: cursor,
                isFromBeginning: true,
                by: anna
            ).cursor
        }
        let beginning = try begin("")
        #expect(try replay(from: beginning) == wanted)
        let first = try alerts.watched(id, after: beginning, by: anna)
        for place in [0, 255] {
            // A cursor that was told can be come back with.
            let cursor = try begin(first.events[place].cursor.text)
            let seen = first.events.prefix(place + 1).filter { $0.body != nil }.count
            #expect(try replay(from: cursor) == Array(wanted.dropFirst(seen)))
        }
        #expect(reason { _ = try begin("nonsense") } == "BAD_CURSOR")
        let end = try alerts.streamEnd()
        #expect(try replay(from: try begin(end.text)).isEmpty)
        // What is swept away, or of another store, is told; from the oldest one can go on.
        let kept = first.events[200].cursor.number
        _ = try watched.connection.execute(
            "delete from event where number <= $1",
            [.integer(kept)]
        )
        var oldest = ""
        do { _ = try begin(first.events[10].cursor.text) } catch {
            let error = try #require(error as? ServiceError)
            #expect(error.code == .outOfRange && error.reason == "CURSOR_GONE")
            oldest = error.metadata["oldest_cursor"] ?? ""
        }
        let left = try replay(from: try begin(oldest))
        #expect(left == Array(wanted.suffix(left.count)))
        #expect(try replay(from: try begin("")).count == left.count)
        #expect(try begin(first.events[200].cursor.text).number == kept)
        _ = try watched.connection.execute("update event set created_at = created_at + 1")
        #expect(reason { _ = try begin(end.text) } == "CURSOR_GONE")
        // Who may not see it any more is not told.
        #expect(
            reason { _ = try alerts.watched(id, after: end, by: WatchedPortfolio.ben) }
                == "UNKNOWN_PORTFOLIO"
        )
        // Of all portfolios together, only of those that somebody watches.
        let news = try alerts.news(after: beginning) { _ in false }
        #expect(news.events.isEmpty && !news.isLast)
    }
}
