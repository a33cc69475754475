// SPDX-License-Identifier: Apache-2.0

// Rules over blocks of columns against the readable machine, on values by chance, at edges, missing
// and infinite, over days that are missing.

import Alerts
import Quantities
import ServiceErrors
import TestRandomness
import Testing
import VigieLimits

@Suite struct BlockTests {
    private let inputs: [AlertInput] = [
        AlertInput(.score), AlertInput(.score, daysBefore: 1), AlertInput(.riskClass),
        AlertInput(.riskClass, daysBefore: 1), AlertInput(.probability),
        AlertInput(.probability, daysBefore: 1), AlertInput(.exposure), AlertInput(.limit),
        AlertInput(.cover), AlertInput(.coverDays), AlertInput(.outcome),
        AlertInput(.outcome, daysBefore: 1), AlertInput(.expectedLoss),
        AlertInput(.expectedLoss, daysBefore: 1),
    ]
    private let legalEvents = ["opening", "conversion", "closure"]

    private func rules() throws -> [AlertRule] {
        var rules: [AlertRule] = []
        for (confirm, keep, missing) in [(1, 0, 0), (2, 3, 2), (3, 1, 1)] {
            func set(_ draft: inout AlertRuleDraft) {
                (draft.confirmRuns, draft.keepForDays, draft.noDataRuns) = (confirm, keep, missing)
            }
            rules.append(try scoreBelow(600, clear: 610, set))
            rules.append(try scoreBelow(600) { ($0.direction = "above", set(&$0)).1 })
            rules.append(
                try rule(.scoreDrop) {
                    ($0.raise, $0.clear) = (50, 10); set(&$0)
                }
            )
            rules.append(
                try rule(.classChange) {
                    $0.direction = "any"; set(&$0)
                }
            )
            rules.append(
                try rule(.probabilityRatio) {
                    ($0.raise, $0.clear) = (2, 1.5); set(&$0)
                }
            )
            rules.append(
                try rule(.limitExceeded) {
                    $0.clear = 0.9; set(&$0)
                }
            )
            rules.append(
                try rule(.coverExpiring) {
                    ($0.raise, $0.clear) = (30, 40); set(&$0)
                }
            )
            rules.append(
                try rule(.portfolioLoss) {
                    ($0.raise, $0.clear) = (10, 5); set(&$0)
                }
            )
        }
        for keep in [0, 2] {
            rules.append(try rule(.outcomeChange) { $0.keepForDays = keep })
            rules.append(
                try rule(.legalEvent) {
                    ($0.events, $0.keepForDays) = (["opening", "closure"], keep)
                    $0.noDataRuns = 2
                }
            )
        }
        return rules
    }

    /// Values at the edges of the rules, and what is no number.
    private func number(_ input: AlertInput, _ dice: inout SeededGenerator) -> Double {
        let nasty: [Double] = [.nan, .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude]
        if dice.once(in: 9) { return dice.pick(nasty) }
        let score: [Double] = [600, 599, 610, 609, 550, 590, 601, 600.0.nextDown, 610.0.nextDown]
        switch input.quantity {
        case .score: return dice.pick(score)
        case .riskClass: return Double(dice.upTo(4))
        case .probability: return Double(dice.upTo(5) - 1) / 64
        case .coverDays: return Double(27 + dice.upTo(14))
        case .outcome: return dice.once(in: 20) ? 2 : 0
        default: return Double(dice.upTo(12)) - 2
        }
    }

    /// Companies, for each of which the machine has a state of its own.
    private final class Companies {
        let rowCount: Int
        let rules: [AlertRule]
        var states: [[AlertState]]

        init(_ rules: [AlertRule], rowCount: Int) {
            (self.rules, self.rowCount) = (rules, rowCount)
            states = rules.map { _ in [AlertState](repeating: AlertState(), count: rowCount) }
        }

        var cells: [[UInt64]] { states.map { $0.map { AlertCell($0).word } } }
    }

    @Test(arguments: [1, 2, 3])
    func bothAgree(_ seed: Int) throws {
        let plan = try AlertBlockPlan(try rules(), inputs: inputs, legalEvents: legalEvents)
        let evaluator = AlertBlockEvaluator(plan)
        let companies = Companies(plan.rules, rowCount: 61)
        var dice = SeededGenerator(seed: seed)
        var (told, number) = (0, 0)
        for run in 0..<30 {
            number += dice.upTo(4) - 1
            let columns = inputs.map { input in
                (0..<companies.rowCount).map { _ in self.number(input, &dice) }
            }
            let memory = ColumnMemory(columns, companies.cells)
            let events = (0..<companies.rowCount).map { _ in UInt64(dice.upTo(8)) & 0b101 }
            let arrivals = (0..<companies.rowCount).map { _ in UInt8(dice.upTo(2) - 1) }
            try events.withUnsafeBufferPointer { events in
                try arrivals.withUnsafeBufferPointer { arrivals in
                    let block = AlertBlock(
                        day: day(number),
                        rowCount: companies.rowCount,
                        columns: memory.columns,
                        legalEvents: run % 7 == 3 ? nil : events.baseAddress,
                        arrivals: run % 5 == 3 ? nil : arrivals.baseAddress
                    )
                    if run % 11 == 5 { rebase(block, evaluator, memory, companies) }
                    told += try step(block, evaluator, memory, companies, &dice)
                }
            }
        }
        #expect(told > 1_000, "of 30 runs")
    }

    /// Moves all both ways.
    ///
    /// - Returns: How many events were told.
    private func step(
        _ block: AlertBlock,
        _ evaluator: AlertBlockEvaluator,
        _ memory: ColumnMemory,
        _ companies: Companies,
        _ dice: inout SeededGenerator
    ) throws -> Int {
        let plan = evaluator.plan
        let quiet = companies.states.map { $0.map(\.isQuiet) }
        let before = companies.cells
        #expect(evaluator.evaluate(block, memory.cells))
        var wanted: [AlertEvent] = []
        let readings = (0..<companies.rowCount).map { block.reading($0, plan) }
        for (place, rule) in plan.rules.enumerated() {
            for row in 0..<companies.rowCount {
                let reading = readings[row]
                let event = companies.states[place][row].step(rule, reading)
                if !quiet[place][row], let event { wanted.append(event) }
                let found = memory.cells[place][row]
                let state = AlertCell(companies.states[place][row]).word
                let left = quiet[place][row] ? before[place][row] : state
                if found != left {
                    Issue.record("\(rule.kind) row \(row): \(found) and not \(left)")
                    return 0
                }
                try handle(place, row, rule, reading, companies, &dice)
            }
        }
        let found = evaluator.transitions.compactMap { $0.event(block, plan) }
        // Events of no number are not even equal to themselves.
        #expect(found.map(\.json) == wanted.map(\.json))
        let looks = evaluator.transitions.filter { $0.change == .look }
        #expect(looks.count == quiet.joined().count { $0 })
        return found.count
    }

    /// People do something with some alerts.
    private func handle(
        _ place: Int,
        _ row: Int,
        _ rule: AlertRule,
        _ reading: AlertReading,
        _ companies: Companies,
        _ dice: inout SeededGenerator
    ) throws {
        guard companies.states[place][row].phase.isOpen, dice.once(in: 40) else { return }
        let actions: [AlertAction] = [
            .acknowledge, .resolve, .snooze(until: day(999), worseBy: nil), .reopen,
        ]
        _ = try? companies.states[place][row].apply(
            dice.pick(actions),
            by: "ann",
            rule,
            reading
        )
    }

    private func rebase(
        _ block: AlertBlock,
        _ evaluator: AlertBlockEvaluator,
        _ memory: ColumnMemory,
        _ companies: Companies
    ) {
        let plan = evaluator.plan
        var change = ModelChange()
        let left = evaluator.rebase(block, memory.cells, &change)
        var (opened, closed) = (0, 0)
        var quiet: [(row: Int, rule: Int)] = []
        for (place, rule) in plan.rules.enumerated() {
            guard let quantity = rule.ofModel else { continue }
            for row in 0..<companies.rowCount {
                let isQuiet = companies.states[place][row].isQuiet
                if isQuiet { quiet.append((row, place)) }
                let value = block.reading(row, plan)[AlertInput(quantity, daysBefore: 1)]
                let moved = companies.states[place][row].rebase(
                    rule,
                    to: value.isNaN ? nil : value,
                    from: nil,
                    on: block.day
                )
                // What was left to the machine is given back to the column.
                let word = AlertCell(companies.states[place][row]).word
                if isQuiet { memory.cells[place][row] = word }
                #expect(memory.cells[place][row] == word, "\(rule.kind) row \(row)")
                if moved == .opened, !isQuiet { opened += 1 }
                if moved == .closed, !isQuiet { closed += 1 }
            }
        }
        #expect(left?.map(\.row) == quiet.map(\.row) && left?.map(\.rule) == quiet.map(\.rule))
        #expect(change.opened == opened && change.closed == closed)
    }

    @Test func whatIsMissingIsNamed() throws {
        let drop = try rule(.scoreDrop) { $0.raise = 5 }
        do throws(ServiceError) {
            _ = try AlertBlockPlan([drop], inputs: [AlertInput(.score)])
            Issue.record("a column is missing")
        } catch {
            #expect(error.reason == "ALERT_INPUT_MISSING")
            #expect(error.metadata == ["rule": "rule-3", "input": "score_1_day_before"])
        }
        let legal = try rule(.legalEvent) { $0.events = ["opening"] }
        #expect(throws: ServiceError.self) {
            try AlertBlockPlan([legal], inputs: [], legalEvents: ["other"])
        }
        #expect(throws: ServiceError.self) {
            let many = (0...AlertLimits.legalEvents).map { "e\($0)" }
            _ = try AlertBlockPlan([], inputs: [], legalEvents: many)
        }
        let rules = [AlertRule](repeating: legal, count: AlertLimits.rules)
        _ = try AlertBlockPlan(rules, inputs: [], legalEvents: ["opening"])
        #expect(throws: ServiceError.self) {
            try AlertBlockPlan(rules + [legal], inputs: [], legalEvents: ["opening"])
        }
        let near = try rule(.limitNear)
        let wanted = AlertBlockPlan.inputs(of: [drop, near, drop])
        #expect(
            wanted.map(\.description) == [
                "score_1_day_before", "score", "exposure", "limit", "cover",
            ]
        )
        _ = try AlertBlockPlan([near], inputs: [AlertInput(.limit), AlertInput(.exposure)])
    }

    @Test func otherBlocksAreNotTouched() throws {
        let rule = try scoreBelow(600)
        let evaluator = AlertBlockEvaluator(
            try AlertBlockPlan([rule], inputs: [AlertInput(.score)])
        )
        let memory = ColumnMemory([[500]], [[AlertCell.initial.word]])
        var change = ModelChange()
        func block(_ rowCount: Int, _ columns: [UnsafePointer<Double>]) -> AlertBlock {
            AlertBlock(day: day(0), rowCount: rowCount, columns: columns)
        }
        for bad in [
            block(-1, memory.columns), block(AlertLimits.blockRows + 1, memory.columns),
            block(1, []), block(1, memory.columns + memory.columns),
        ] {
            #expect(!evaluator.evaluate(bad, memory.cells))
            #expect(evaluator.rebase(bad, memory.cells, &change) == nil)
        }
        #expect(!evaluator.evaluate(block(1, memory.columns), []))
        #expect(evaluator.evaluate(block(0, memory.columns), memory.cells))
        #expect(memory.cellArrays == [[AlertCell.initial.word]] && evaluator.transitions.isEmpty)
        #expect(evaluator.evaluate(block(1, memory.columns), memory.cells))
        #expect(evaluator.transitions.map(\.change) == [.raised])
    }
}
