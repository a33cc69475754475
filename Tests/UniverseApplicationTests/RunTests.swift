// SPDX-License-Identifier: Apache-2.0

// Loads and runs from rows to scores: each company has the score that it would have alone, on each
// day, and what moved it is told.

import Databases
import PortfolioStore
import Quantities
import Rescoring
import ScoreHistory
import Scoring
import ServiceErrors
import TestDatabases
import Testing
import UniverseApplication
import UniverseBlocks
import UniverseStore
import VigieLimits

@Suite struct RunTests {
    @Test(arguments: TestDatabase.all)
    func allDaysAreExact(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(3_000)
        var days: [(UniverseRun, [UInt32: SlotScore])] = []
        #expect(try universe.load(companies).added == 3_000)
        let first = try universe.score()
        #expect(first.state == .done && first.companyCount == 3_000)
        days.append((first, try universe.expected(companies)))
        for day in 1...20 {
            universe.nextDay()
            let others = universe.companies(60)
            for siren in companies.keys.sorted().shuffled(using: &universe.random).prefix(40) {
                companies[siren] = nil
            }
            let kept = companies.keys.sorted().shuffled(using: &universe.random)
            for (siren, other) in zip(kept, others.values.sorted { $0.owed < $1.owed }) {
                companies[siren] = other
            }
            for (siren, company) in universe.companies(20) { companies[siren] = company }
            let counts = try universe.load(companies)
            #expect(counts.left == 40 && counts.companies == companies.count)
            let model = day < 10 ? 0 : 1
            let run = try universe.score(by: model)
            days.append((run, try universe.expected(companies, by: model)))
        }
        for (run, expected) in days { #expect(try universe.scores(run) == expected) }
    }

    @Test(arguments: TestDatabase.all)
    func causesAreKeptApart(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let before = universe.companies(2_000)
        try universe.load(before)
        try universe.score()
        universe.nextDay()
        // A third gets other inputs, a half of those with a mark; and there is another model.
        var now = before
        let others = universe.companies(2_000).values.sorted { $0.owed < $1.owed }
        for (place, siren) in before.keys.sorted().enumerated() where place % 3 == 0 {
            now[siren] = others[place]
            if place % 2 == 0 { now[siren]?.mark = "2026" }
        }
        try universe.load(now)
        let run = try universe.score(by: 1)
        let (old, middle) = (try universe.expected(before), try universe.expected(before, by: 1))
        let new = try universe.expected(now, by: 1)
        var moved = [0, 0, 0]
        for siren in now.keys where old[siren] != new[siren] {
            let cause = middle[siren] == new[siren] ? 2 : now[siren]?.mark == "2026" ? 1 : 0
            moved[cause] += 1
            let history = try universe.universes.history(
                of: SIREN(checking: siren)!,
                in: "all",
                since: ""
            )
            #expect(history.map(\.score) == [old[siren]!.score, new[siren]!.score])
            #expect(history.last?.cause == [.company, .dataArrived, .modelChanged][cause])
        }
        #expect([run.companyMoved, run.dataMoved, run.modelMoved] == moved)
        let risk = try universe.universes.risk(of: "all", asOf: "", before: "", moverCount: 50)
        for mover in risk.risen + risk.fallen {
            #expect(mover.before == old[mover.siren]?.score)
            #expect(mover.after == new[mover.siren]?.score)
            #expect(mover.between == middle[mover.siren]?.score)
        }
        #expect(risk.risen.count == 50)
    }

    @Test(arguments: TestDatabase.all)
    func figuresAreThoseOfEachCompany(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let before = universe.companies(1_500)
        try universe.load(before)
        try universe.score()
        universe.nextDay()
        var now = before
        for siren in before.keys.sorted().prefix(100) { now[siren] = nil }
        for (siren, company) in universe.companies(70) { now[siren] = company }
        try universe.load(now)
        try universe.score()
        let risk = try universe.universes.risk(of: "all", asOf: "", before: "", moverCount: 5)
        let (old, new) = (try universe.expected(before), try universe.expected(now))
        var cells: [[Int]: Int] = [:]
        let nobody = MigrationMatrix.noCompany
        for siren in Set(old.keys).union(new.keys) {
            let from = old[siren].map { Int($0.riskClass) } ?? nobody
            let to = new[siren].map { Int($0.riskClass) } ?? nobody
            cells[[from, to], default: 0] += 1
        }
        for (cell, count) in cells {
            #expect(risk.figures.migration.companies(from: cell[0], to: cell[1]) == count)
        }
        let scale = universe.models[0].scoreProbabilities()
        let loss = now.reduce(0.0) { sum, entry in
            let score = new[entry.key]?.score ?? SlotScore.noScore
            return score == SlotScore.noScore
                ? sum : sum + Double(entry.value.owed) * scale[Int(score)]
        }
        #expect(abs(risk.loss.expectedCents / loss - 1) < 1e-9)
    }

    @Test(arguments: TestDatabase.all)
    func aChangeLeavesOthers(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(500)
        try universe.load(companies)
        let first = try universe.score()
        var changed = universe.companies(20)
        for siren in companies.keys.sorted().prefix(30) { changed[siren] = changed.values.first }
        let counts = try universe.load(changed, isWhole: false)
        #expect(counts.left == 0 && counts.added == 20 && counts.companies == 520)
        companies.merge(changed) { $1 }
        let run = try universe.score()
        #expect(try universe.scores(run) == universe.expected(companies))
        #expect(try universe.scores(first).count == 500)
    }

    @Test func blocksAreManyAndRunsGoOverAll() throws {
        let universe = try MadeUpUniverse(.sqlite)
        let companies = universe.companies(70_000)
        try universe.load(companies)
        let run = try universe.score()
        #expect(run.blockCount == 2 && run.doneCount == 2 && run.companyCount == 70_000)
        let some = companies.filter { $0.key % 50 == 0 }
        let expected = try universe.expected(some)
        let scores = try universe.scores(run)
        #expect(scores.count == 70_000)
        #expect(scores.filter { some[$0.key] != nil } == expected)
    }
}
