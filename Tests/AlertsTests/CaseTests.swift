// SPDX-License-Identifier: Apache-2.0

// Cases 04, 05, 06, 07 and 08: edges, models, keys, and what is put off.

import Alerts
import Documents
import Quantities
import Testing

@Suite struct CaseTests {
    @Test func aValueAroundItsEdgeIsToldOnce() throws {
        let (input, expected) = try AlertCase.read("04-hysteresis-class-edge")
        let limits = try input.member("rule")
        let rule = try scoreBelow(
            Double(limits.member("raise_below").integer()),
            clear: Double(limits.member("clear_at_or_above").integer())
        )
        let scores = try input.member("score_by_day").integers()
        let readings = scores.enumerated().map { scored(Double($1), day($0)) }
        let trial = try AlertTrial(rule, over: readings)
        let wanted = try expected.member("events").list().map { event in
            let parts = try event.list()
            return try "\(parts[0].integer()) \(parts[1].text()) \(parts[2].integer())"
        }
        let found = trial.events.map { event in
            "\(event.day.days(since: day(0))) \(event.change.rawValue) \(Int(event.newValue ?? 0))"
        }
        #expect(found == wanted)
        let without = try expected.member("without_hysteresis_events").integer()
        #expect(trial.unguardedCount == without)
        #expect(trial.events.map(\.openings) == [1, 1, 2])
        #expect(trial.steps.count == scores.count && trial.state.phase == .raised)
    }

    @Test func onlyTheCompanyRaisesAlertsAboutIt() throws {
        let (input, expected) = try AlertCase.read("05-model-vs-company")
        func score(_ name: String) throws -> Double { Double(try input.member(name).integer()) }
        let move = ScoreMove(
            yesterdayByOldModel: try score("yesterday_inputs_old_model"),
            yesterdayByNewModel: try score("yesterday_inputs_new_model"),
            today: try score("today_inputs_new_model")
        )
        func wanted(_ name: String) throws -> Double { Double(try expected.member(name).integer()) }
        #expect(try move.total == wanted("total"))
        #expect(try move.modelPart == wanted("model_part"))
        #expect(try move.companyPart == wanted("company_part"))
        let points = try input.member("rule").member("company_drop_at_least").integer()
        let drop = try rule(.scoreDrop) { $0.raise = Double(points) }
        let reading = AlertReading(
            day: day(1),
            [
                AlertInput(.score): move.today,
                AlertInput(.score, daysBefore: 1): move.yesterdayByNewModel,
            ]
        )
        var state = AlertState()
        #expect(state.step(drop, reading) == nil && state.phase == .ok)
        let explanation = AlertExplanation(drop, reading, state, move: move)
        #expect(explanation.verdict == .underEdge && explanation.value == 41)
        let lines = explanation.lines(inFrench: false).joined(separator: "\n")
        #expect(lines.contains("Change of -69: -28 by the model, -41 by the company"))
        // With the old model's score of yesterday there would have been one.
        let mixed = AlertReading(
            day: day(1),
            [
                AlertInput(.score): move.today,
                AlertInput(.score, daysBefore: 1): move.yesterdayByOldModel,
            ]
        )
        #expect(state.step(drop, mixed)?.change == .raised)
    }

    @Test func papersAreToldApartFromTheCompany() {
        func cause(_ without: Double?) -> AlertCause {
            ScoreMove(
                yesterdayByOldModel: 600,
                yesterdayByNewModel: 610,
                today: 550,
                todayWithoutPapers: without
            ).cause
        }
        #expect(cause(nil) == .company && cause(600) == .dataArrived && cause(560) == .company)
        #expect(cause(640) == .dataArrived, "without the papers it would have risen")
    }

    @Test func theKeyIsThatOfTheCase() throws {
        let (input, expected) = try AlertCase.read("07-dedupe-two-servers")
        let parts = try input.member("same_evaluation").list().map { try $0.text() }
        let subject = try AlertSubject(portfolio: parts[0], company: parts[1])
        let kind = try #require(AlertKind(rawValue: parts[2]))
        var draft = AlertRuleDraft(name: parts[3], kind: kind.rawValue)
        draft.raise = 50
        let rule = try AlertRule(draft)
        let reading = AlertReading(
            day: try day(parts[4]),
            [AlertInput(.score): 500, AlertInput(.score, daysBefore: 1): 600]
        )
        let servers = try (0..<input.member("servers").integer()).map { _ in
            var state = AlertState()
            let event = state.step(rule, reading)
            return try subject.key(of: #require(event))
        }
        #expect(Set(servers).count == (try expected.member("events_stored").integer()))
        #expect(try servers[0] == expected.member("dedupe_key").text())
    }

    @Test func whatIsPutOffIsToldWhenItIsWorse() throws {
        let (input, expected) = try AlertCase.read("08-snooze-until-or-worse")
        let rule = try scoreBelow(550)
        let first = try day(input.member("snoozed_on").text())
        let start = scored(Double(try input.member("score_at_snooze").integer()), first)
        var state = AlertState()
        #expect(state.step(rule, start)?.change == .raised)
        let snooze = AlertAction.snooze(
            until: try day(input.member("until").text()),
            worseBy: Double(try input.member("or_drop_of_at_least").integer())
        )
        #expect(try state.apply(snooze, by: "ann", rule, start).change == .snoozed)
        var found: [String] = []
        for date in ["2026-11-05", "2026-11-08", "2026-11-09", "2026-11-16"] {
            let score = try input.member("score_by_date").member(date).integer()
            guard let event = state.step(rule, scored(Double(score), try day(date))) else {
                continue
            }
            found.append("\(event.day) \(event.change): worse by \(Int(event.worseBy ?? 0))")
        }
        let wanted = try expected.member("events").list().map { event in
            try event.list().map { try $0.text() }.joined(separator: " ")
        }
        #expect(found == wanted)
    }

    /// Case 06 has no file: a model is switched, and 100,000 companies move with it.
    @Test func anotherModelIsOneEvent() throws {
        let rules = [try scoreBelow(600, clear: 610), try rule(.scoreDrop) { $0.raise = 50 }]
        let portfolio = try rule(.modelChanged)
        let inputs = [AlertInput(.score), AlertInput(.score, daysBefore: 1)]
        let evaluator = AlertBlockEvaluator(try AlertBlockPlan(rules, inputs: inputs))
        let count = 50_000
        var change = ModelChange()
        var transitions: [AlertTransition] = []
        for block in 0..<2 {
            // By the model before all are at 640; by the new one at 590, and one in a thousand has
            // fallen by 60 points more of itself.
            let rows = 0..<count
            let before = rows.map { _ in 590.0 }
            let now = rows.map { $0 % 1_000 == 7 ? 530.0 : 590.0 }
            for _ in rows { change.add(oldScore: 640, newScore: 590, oldClass: 4, newClass: 5) }
            var cells = rules.map { _ in [UInt64](repeating: AlertCell.initial.word, count: count) }
            withColumns([now, before], &cells) { columns, cells in
                let block = AlertBlock(day: day(block), rowCount: count, columns: columns)
                #expect(evaluator.rebase(block, cells, &change)?.isEmpty == true)
                #expect(evaluator.evaluate(block, cells))
                transitions += evaluator.transitions
            }
        }
        // The alerts below 600 are the model's; only falls are the companies'.
        #expect(transitions.count == 100 && transitions.allSatisfy { $0.change == .raised })
        #expect(transitions.allSatisfy { $0.rule == 1 && $0.row % 1_000 == 7 })
        #expect(change.companies == 100_000 && change.opened == 100_000 && change.closed == 0)
        #expect(change.mean == -50 && change.quantile(0.5) == -50)
        #expect(change.classMoves == [.init(from: 4, to: 5): 100_000])
        var state = AlertState()
        let reading = AlertReading(day: day(0), [AlertInput(.modelChanged): 1])
        #expect(state.step(portfolio, reading)?.change == .raised, "one event of the portfolio")
    }

    /// Gives columns and cells to a body.
    private func withColumns(
        _ columns: [[Double]],
        _ cells: inout [[UInt64]],
        _ body: ([UnsafePointer<Double>], [UnsafeMutablePointer<UInt64>]) -> Void
    ) {
        let memory = ColumnMemory(columns, cells)
        body(memory.columns, memory.cells)
        cells = memory.cellArrays
    }
}

/// Columns and cells that have an address.
final class ColumnMemory {
    let columns: [UnsafePointer<Double>]
    let cells: [UnsafeMutablePointer<UInt64>]
    private let owned: [UnsafeMutablePointer<Double>]
    private let rowCount: Int

    init(_ columns: [[Double]], _ cells: [[UInt64]]) {
        rowCount = cells.first?.count ?? columns.first?.count ?? 0
        owned = columns.map { column in
            let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(column.count, 1))
            memory.initialize(from: column, count: column.count)
            return memory
        }
        self.columns = owned.map { UnsafePointer($0) }
        self.cells = cells.map { column in
            let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: max(column.count, 1))
            memory.initialize(from: column, count: column.count)
            return memory
        }
    }

    deinit {
        for column in owned { column.deallocate() }
        for column in cells { column.deallocate() }
    }

    var cellArrays: [[UInt64]] {
        cells.map { Array(UnsafeBufferPointer(start: $0, count: rowCount)) }
    }
}
