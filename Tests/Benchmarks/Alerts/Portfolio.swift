// SPDX-License-Identifier: Apache-2.0

// Companies by chance, as columns.

import Alerts
import Quantities
import VigieLimits

final class Portfolio {
    let blockCount: Int
    private let inputs: [AlertInput]
    private var columns: [[UnsafeMutablePointer<Double>]]
    private var events: [UnsafeMutablePointer<UInt64>]
    private var cells: [[UnsafeMutablePointer<UInt64>]]
    private var state: UInt64 = 1

    init(_ inputs: [AlertInput], ruleCount: Int, blockCount: Int) {
        (self.inputs, self.blockCount) = (inputs, blockCount)
        let rows = AlertLimits.blockRows
        func column<Value>(_ value: Value) -> UnsafeMutablePointer<Value> {
            let memory = UnsafeMutablePointer<Value>.allocate(capacity: rows)
            memory.initialize(repeating: value, count: rows)
            return memory
        }
        columns = (0..<blockCount).map { _ in inputs.map { _ in column(Double.nan) } }
        events = (0..<blockCount).map { _ in column(0) }
        cells = (0..<blockCount).map { _ in
            (0..<ruleCount).map { _ in column(AlertCell.initial.word) }
        }
        for block in columns {
            for (input, column) in zip(inputs, block) {
                for row in 0..<rows { column[row] = usual(input, row) }
            }
        }
    }

    deinit {
        for column in columns.joined() { column.deallocate() }
        for column in events { column.deallocate() }
        for column in cells.joined() { column.deallocate() }
    }

    private func chance(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    private func usual(_ input: AlertInput, _ row: Int) -> Double {
        switch input.quantity {
        case .score: Double(450 + row % 500)
        case .riskClass: Double(1 + row % 10)
        case .probability: Double(1 + row % 500) / 5_000
        case .exposure: Double(row % 1_100)
        case .limit: 1_000
        case .cover: .nan
        case .coverDays: row % 3 == 0 ? Double(row % 400) : .nan
        default: 0
        }
    }

    /// One company in fifty moves.
    func move() {
        for block in columns {
            for _ in 0..<AlertLimits.blockRows / 50 {
                let row = chance(AlertLimits.blockRows)
                for (input, column) in zip(inputs, block) where input.daysBefore == 0 {
                    column[row] = usual(input, chance(5_000))
                }
            }
        }
    }

    func block(_ place: Int, _ number: Int) -> AlertBlock {
        AlertBlock(
            day: CalendarDate(dayNumber: 20_500 + number) ?? .first,
            rowCount: AlertLimits.blockRows,
            columns: columns[place].map { UnsafePointer($0) },
            legalEvents: UnsafePointer(events[place])
        )
    }

    func cells(_ place: Int) -> [UnsafeMutablePointer<UInt64>] { cells[place] }

    /// What the readable machine takes for some companies, in nanoseconds.
    func oneByOne(_ rules: [AlertRule], _ plan: AlertBlockPlan) throws -> Double {
        let block = block(0, 99)
        let readings = (0..<2_000).map { block.reading($0, plan) }
        var states = rules.map { _ in [AlertState](repeating: AlertState(), count: 2_000) }
        let began = threadNanoseconds()
        for (place, rule) in rules.enumerated() {
            for (row, reading) in readings.enumerated() {
                _ = states[place][row].step(rule, reading)
            }
        }
        return ((threadNanoseconds() - began) / Double(rules.count * readings.count)).rounded()
    }
}
