// SPDX-License-Identifier: Apache-2.0

// What leaves takes its own along: companies, portfolios, rules, persons.

import AlertStore
import Alerts
import Databases
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases
import Testing

@Suite struct LeavingTests {
    private func counts(_ store: WatchedStore, slot: Int? = nil) throws -> [Int] {
        try ["alert_cell", "alert", "company_figures"].map { table in
            let condition = slot.map { "where slot = \($0)" } ?? ""
            return try store.connection.first("select count(*) from \(table) \(condition)") {
                row throws(DatabaseError) in try row.integer(0)
            } ?? -1
        }
    }

    private func filled(_ database: TemporaryDatabase) throws -> WatchedStore {
        let store = try WatchedStore(database)
        try store.watch([try rule(.threshold, "edge") { $0.raise = 600 }])
        try store.run(november(1), [1: 500, 2: 510, 3: 520], seen: { $0.figures.dataDepth = 2 })
        #expect(try counts(store) == [3, 3, 3])
        return store
    }

    @Test(arguments: TestDatabase.all)
    func companiesThatLeaveAreNotWatched(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try filled(database)
        _ = try store.connection.removeCompanies([1], from: store.portfolio)
        #expect(try counts(store) == [2, 2, 3])
        try store.run(november(2), [1: 400, 2: 700, 3: 520])
        #expect(try store.told().last == "2026-11-02 2 edge cleared")
        #expect(try store.connection.removePortfolio(store.portfolio))
        #expect(try counts(store) == [0, 0, 3])
        #expect(try store.connection.watchedPortfolios(among: 0..<99).isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func whoIsErasedIsGone(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try filled(database)
        let outcome = try store.connection.transaction { () throws(DatabaseError) in
            try store.connection.erase(2, for: .request, on: november(3), by: "anna")
        }
        #expect(outcome == .erased(Erasure(slot: 2, day: november(3), reason: .request)))
        #expect(try counts(store, slot: 2) == [0, 0, 0])
        #expect(try counts(store) == [2, 2, 2])
        let bodies = try store.connection.events(after: 0, limit: 9).filter { $0.event.slot == 2 }
        #expect(bodies.map(\.event.body) == ["{}"])
        #expect(bodies.allSatisfy { AlertStreamBody($0.event) == nil })
        // Whoever had read him before tells nothing of him any more.
        try store.run(november(4), [1: 500, 2: 700, 3: 520])
        #expect(try counts(store, slot: 2) == [0, 0, 0])
    }

    @Test(arguments: TestDatabase.all)
    func rulesThatEndCloseTheirAlerts(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try filled(database)
        let rules = try store.connection.alertRules(of: store.portfolio)
        try store.connection.removeRule(
            try #require(rules.first),
            onDay: Int(november(2).dayNumber),
            nowMicroseconds: 5
        )
        #expect(try counts(store) == [0, 3, 3])
        let ended = try store.connection.alerts(of: store.portfolio, .ended, limit: 9)
        #expect(ended.map(\.ending) == [.ruleRemoved, .ruleRemoved, .ruleRemoved])
        // Once their time is over they go.
        let years = try #require(november(3).adding(days: 3_653))
        let sweep = RetentionSweep(today: years)
        #expect(try sweep.due(store.connection)[.alerts] == 3)
        #expect(try sweep.step(store.connection)[.alerts] == 3)
        #expect(try counts(store) == [0, 0, 3])
    }

    @Test(arguments: TestDatabase.all)
    func anEditMovesNobody(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try filled(database)
        let before = try store.connection.events(after: 0, limit: 99).count
        let stored = try #require(try store.connection.alertRules(of: store.portfolio).first)
        var draft = stored.rule.draft
        draft.raise = 550
        try store.watch([try stored.rule.edited(draft)])
        let edited = try #require(try store.connection.alertRules(of: store.portfolio).first)
        #expect(edited.number == stored.number && edited.rule.version == 2)
        try store.run(november(2), [1: 500, 2: 510, 3: 520])
        #expect(try store.connection.events(after: 0, limit: 99).count == before)
        #expect(try store.connection.alerts(of: store.portfolio, .open, limit: 9).count == 3)
    }
}
