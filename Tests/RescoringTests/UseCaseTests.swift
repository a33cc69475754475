// SPDX-License-Identifier: Apache-2.0

// Runs as people ask for them and see them.

import Databases
import PortfolioApplication
import PortfolioStore
import Portfolios
import Quantities
import Rescoring
import ServiceErrors
import TestDatabases
import Testing
import VigieLimits

@Suite struct UseCaseTests {
    private static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    private static let model = MadeUpAssessor().model

    private func reason(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return "none"
        } catch { return (error as? ServiceError)?.reason }
    }

    @Test(arguments: TestDatabase.all)
    func whoAsksTwiceGetsTheRunThatWaits(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        let portfolios = PortfolioUseCases(store.store)
        func start(_ name: String, by viewer: PortfolioViewer) throws -> ScoringRun {
            try portfolios.startRun(of: name, by: Self.model, by: viewer).run
        }
        let first = try start("p1", by: Self.anna)
        #expect(try start("p1", by: Self.anna).number == first.number)
        #expect(try start("p2", by: .everybody).number != first.number)
        let whole = try start("", by: .everybody)
        #expect(whole.portfolio == nil && whole.kind == .requested)
        #expect(reason { _ = try start("", by: Self.anna) } == "OPERATOR_NEEDED")
        try store.work()
        // One that is done is none that waits.
        #expect(try start("p1", by: Self.anna).number > whole.number)
        // Of a run over all he sees that it is done, and not over how many.
        let seen = try portfolios.run(whole.number, of: "p1", by: Self.anna)
        #expect(seen.run.state == .done && !seen.showsCounts)
        #expect(try portfolios.run(first.number, of: "p1", by: Self.anna).showsCounts)
        #expect(
            reason { _ = try portfolios.run(first.number, of: "p2", by: Self.anna) }
                == "UNKNOWN_RUN"
        )
    }

    @Test(arguments: TestDatabase.all)
    func soManyRunsMayWait(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        for _ in 0..<RescoringLimits.openRunsMax { try store.plan(.otherModel) }
        let portfolios = PortfolioUseCases(store.store)
        #expect(
            reason { _ = try portfolios.startRun(of: "p1", by: Self.model, by: Self.anna) }
                == "LIMIT_EXCEEDED"
        )
    }

    @Test(arguments: TestDatabase.all)
    func scoresAndTheirHistoryComeInPages(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        for day in [0, 20, 40] {
            store.set(day: day)
            try store.know(2, .statement, day: -100 - day, [30])
            try store.plan()
            try store.work()
        }
        let portfolios = PortfolioUseCases(store.store)
        func scores(_ size: Int, _ token: String) throws -> ([MemberScore], String) {
            let page = PageRequest(size: size, token: token)
            let found = try portfolios.scores(of: "p1", page, by: Self.anna)
            return (found.members, found.nextToken)
        }
        let (all, end) = try scores(0, "")
        #expect(all.map(\.member.slot) == [1, 2, 70_000] && end.isEmpty)
        #expect(all[1].score?.score == 184 && all[1].before?.score == 156)
        #expect(all[1].since == firstDay.adding(days: 40) && all[1].score?.cause == .dataArrived)
        let (first, token) = try scores(2, "")
        let (second, last) = try scores(2, token)
        #expect(first + second == all && last.isEmpty)

        let company = try CompanyIdentity(kind: "own", text: "c2")
        func history(since day: Int?, _ size: Int = 0, _ token: String = "") throws
            -> ([HistoricScore], String)
        {
            let found = try portfolios.history(
                of: company,
                in: "p1",
                since: day.map { firstDay.adding(days: $0)! },
                PageRequest(size: size, token: token),
                by: Self.anna
            )
            return (found.scores, found.nextToken)
        }
        let (changes, _) = try history(since: nil)
        #expect(changes.map(\.dated.score.score) == [128, 156, 184])
        #expect(changes.allSatisfy { $0.model == Self.model })
        // What held on the first day comes first.
        #expect(try history(since: 30).0.map(\.dated.score.score) == [156, 184])
        let (some, more) = try history(since: nil, 2)
        #expect(try some + history(since: nil, 2, more).0 == changes)
        #expect(reason { _ = try history(since: 41 - RescoringLimits.historyDays) } == "none")
        #expect(
            reason { _ = try history(since: 39 - RescoringLimits.historyDays) } == "DATE_TOO_OLD"
        )
    }
}
