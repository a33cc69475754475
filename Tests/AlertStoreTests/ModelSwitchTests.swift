// SPDX-License-Identifier: Apache-2.0

// Another model is one event of the portfolio, however many companies it moves.

import AlertStore
import Alerts
import Databases
import PortfolioStore
import Quantities
import TestDatabases
import Testing

@Suite struct ModelSwitchTests {
    /// Every company falls by 30 points by the model alone, one in a thousand by 60 of its own.
    @Test(arguments: TestDatabase.all)
    func isOneEventOfThePortfolio(_ kind: TestDatabase) throws {
        let count = 100_000
        let database = kind.makeEmpty()
        let store = try WatchedStore(database, companies: count)
        try store.watch([
            try rule(.threshold, "edge") { $0.raise = 600 },
            try rule(.scoreDrop, "drop") { $0.raise = 50 },
            try rule(.classChange, "class"), try rule(.modelChanged, "model"),
        ])
        func old(_ slot: Int) -> Int { 550 + slot % 400 }
        try store.run(
            november(1),
            Dictionary(uniqueKeysWithValues: (1...count).map { ($0, old($0)) })
        )
        let before = try store.connection.alerts(of: store.portfolio, .open, limit: count).count
        #expect(before == count / 400 * 50)
        let last = try store.connection.events(after: 0, limit: count).last?.number ?? 0
        let moved = Set((1...count).filter { $0 % 1_000 == 0 })
        let run = try store.run(
            november(2),
            Dictionary(
                uniqueKeysWithValues: (1...count).map { slot in
                    (slot, old(slot) - 30 - (moved.contains(slot) ? 60 : 0))
                }
            ),
            model: "b",
            byNewModel: { store.score($0.slot, $0.score.map { $0 - 30 }) }
        )
        let events = try store.connection.events(after: last, limit: count).map(\.event)
        let ofCompanies = events.filter { $0.slot != nil }
        let ofPortfolio = events.filter { $0.slot == nil }
        #expect(ofPortfolio.count == 1)
        #expect(Set(ofCompanies.compactMap(\.slot)) == moved)
        let event = try #require(ofPortfolio.first)
        let told = try #require(AlertStreamBody(event))
        #expect(told.notices.map(\.event.kind) == [.modelChanged])
        let change = try #require(told.modelChange)
        #expect(change.contains("\"companies\":100000"))
        #expect(change.contains("\"mean_points\":-30"))
        // 30 scores of 400 came under the edge by the model, whoever moved by himself, too.
        #expect(change.contains("\"alerts_opened\":\(count / 400 * 30)"))
        // Their alerts are not those of companies: nobody is told of them, and none is listed.
        let after = try store.connection.alerts(of: store.portfolio, .open, limit: 2 * count)
        #expect(!after.contains { $0.cause == .modelChanged })
        let left = try store.connection.all("select count(*) from alert_block") {
            row throws(DatabaseError) in try row.integer(0)
        }
        #expect(left == [0] && run > 0)
    }

    @Test(arguments: TestDatabase.all)
    func isToldWithoutARuleToo(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database)
        try store.watch([try rule(.threshold, "edge") { ($0.raise, $0.clear) = (600, 610) }])
        try store.run(november(1), [1: 595, 2: 640, 3: 640])
        try store.run(
            november(2),
            [1: 625, 2: 590, 3: 640],
            model: "b",
            byNewModel: { score in
                var score = score
                if score.slot < 3 { score.score = score.slot == 1 ? 625 : 590 }
                return score
            }
        )
        #expect(try store.told() == ["2026-11-01 1 edge raised"])
        #expect(try store.kinds() == ["alert.raised", "portfolio.model_changed"])
        let alerts = try store.connection.alerts(of: store.portfolio, .all, limit: 9)
        #expect(alerts.map(\.ending) == [.modelChanged])
        // Back by itself: nobody was told that it was under the edge.
        try store.run(november(3), [2: 640], model: "b")
        #expect(try store.told().count == 1)
        try store.run(november(4), [2: 590], model: "b")
        #expect(try store.told().last == "2026-11-04 2 edge raised")
    }

    /// A run that fails half way has moved some companies to the new model; the next one moves the
    /// rest, and tells of all.
    @Test(arguments: TestDatabase.all)
    func isToldOnceThoughARunFails(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let store = try WatchedStore(database, companies: 4)
        try store.watch([try rule(.modelChanged, "model")])
        try store.run(november(1), [1: 700, 2: 700, 3: 700, 4: 700])
        func byB(_ score: CompanyScore) -> CompanyScore { store.score(score.slot, 660) }
        for day in 2...3 {
            try store.run(
                november(day),
                [day - 1: 660],
                model: "b",
                byNewModel: byB,
                ending: .failed
            )
        }
        #expect(try store.kinds().isEmpty)
        try store.run(november(4), [3: 660, 4: 660], model: "b", byNewModel: byB)
        let events = try store.connection.events(after: 0, limit: 9).map(\.event)
        #expect(events.count == 1)
        let change = try #require(events.first.flatMap { AlertStreamBody($0) }?.modelChange)
        #expect(change.contains("\"companies\":4") && change.contains("\"mean_points\":-40"))
        try store.run(november(5), [1: 660, 2: 660, 3: 660, 4: 660], model: "b")
        let left = try store.connection.all("select count(*) from alert_block") {
            row throws(DatabaseError) in try row.integer(0)
        }
        let later = try store.connection.events(after: 0, limit: 9).dropFirst().map(\.event)
        #expect(later.allSatisfy { AlertStreamBody($0)?.modelChange == nil } && left == [0])
    }
}
