// SPDX-License-Identifier: Apache-2.0

// Companies by chance, as columns and as questions: amounts, the edges of what a policy compares
// with, and what is no value.

import CompiledTables
import CreditPolicy
import DecimalNumbers
import Decisions
import FEEL
import Foundation
import Policies
import Quantities
import TestRandomness
import Testing

/// Makes blocks of companies.
struct RandomCompanies {
    let columns: [CreditColumn]
    private let policy: Policy
    private let fixed: [String: FEELValue]
    private let numbers: [Double]
    private let texts: [String]
    private var chance: SeededGenerator

    init(_ policy: Policy, seed: UInt64, fixed: [String: FEELValue]) {
        (self.policy, self.fixed) = (policy, fixed)
        chance = SeededGenerator(seed: seed)
        let names = policy.manifest.inputs.map(\.name) + ["stage", "subject", "role"]
        columns = names.filter { fixed[$0] == nil }.compactMap { CreditColumn($0, of: policy) }
        var (numbers, texts) = (Set<Double>(), Set<String>())
        for cell in policy.model.tables.flatMap(\.rules).flatMap(\.cells) {
            for word in cell.split(whereSeparator: { !"0123456789.eE-".contains($0) }) {
                guard let number = Double(word) else { continue }
                numbers.formUnion([number, number.nextUp, number.nextDown, -number, number + 0.01])
            }
            for (place, word) in cell.split(separator: "\"", omittingEmptySubsequences: false)
                .enumerated() where place % 2 == 1
            { texts.insert(String(word)) }
        }
        for table in policy.tables {
            texts.formUnion(table.value(on: .init("2025-06-30") ?? .first).texts)
        }
        self.numbers =
            numbers.sorted() + [
                .nan, .infinity, -.infinity, -0.0, 0, 0.1 + 0.2, 1e300, -1e300, 1e22, 1e15,
                999_999_999_999_999, 123_456.785, 1e-300, 0.005, 25_000, 25_000.01, 99_999.99,
                250_000.5, 1e6, 1e7, 9_007_199_254_740_992,
            ]
        self.texts = texts.sorted() + ["", "zz"]
    }

    /// Some rows, all of them otherwise sound but for one or two values.
    mutating func next(_ count: Int, _ plan: CreditBlockPlan) throws -> CompanyBlock {
        var cells: [[CompanyBlock.Cell]] = []
        for _ in 0..<count {
            let isNasty = Int.random(in: 0..<4, using: &chance) == 0
            cells.append(columns.map { cell($0, isNasty) })
        }
        return try CompanyBlock(policy, columns, cells, fixed, plan)
    }

    private mutating func cell(_ column: CreditColumn, _ isNasty: Bool) -> CompanyBlock.Cell {
        // Rows without a stage or subject are decided one by one.
        let isOwn = ["stage", "subject"].contains(column.name)
        if Int.random(in: 0..<(isOwn ? 80 : 12), using: &chance) == 0 { return .none }
        switch column.kind {
        case .number:
            if isNasty { return .number(chance.pick(numbers)) }
            return .number(usual(column.name))
        case .day:
            let days: [Double] = [20_269, 20_270, 20_268, 20_300.5, 20_600, -1, 1e14, 1e16, .nan]
            return .number(chance.pick(isNasty ? days : [20_300, 20_450, 20_600, 20_269]))
        case .text: return .text(text(column.name))
        case .boolean: return .boolean(chance.pick([0, 1, 2, 255]))
        case .value: return .value(held())
        }
    }

    private mutating func usual(_ name: String) -> Double {
        switch name {
        case "risk_class", "grade": return Double(Int.random(in: 1...10, using: &chance))
        case "probability": return Double.random(in: 0..<0.2, using: &chance)
        case "margin_rate": return Double(Int.random(in: 0...40, using: &chance)) / 100
        case "years_known": return Double(Int.random(in: 0...12, using: &chance))
        case "forecast_months": return Double(Int.random(in: 1...12, using: &chance))
        case "days_beyond_terms": return Double(Int.random(in: -5...70, using: &chance))
        case "own_turnover": return 10_000_000
        case "equity", "net_worth":
            return Double(Int.random(in: -5...90, using: &chance)) * 12_345
        default: return (Double.random(in: 0..<2e7, using: &chance)).rounded() / 100
        }
    }

    private mutating func text(_ name: String) -> String {
        switch name {
        case "stage": return chance.pick(BusinessStage.allCases).rawValue
        case "subject":
            return Int.random(in: 0..<9, using: &chance) == 0 ? "natural_person" : "legal_person"
        case "role": return chance.pick(policy.manifest.authority.roles.map(\.name))
        case "outcome":
            return chance.pick(["scored", "scored", "scored", "closed", "not_scorable"])
        case "country": return chance.pick(["FR", "DE", "IT", "BE", "XX"])
        case "insurer_name": return chance.pick(["Alpha", "Beta"])
        case "cover_code": return chance.pick(["full", "2", "reduced", "refused"])
        default: return chance.pick(texts)
        }
    }

    /// Guarantees that are held: mostly none.
    private mutating func held() -> FEELValue {
        guard Int.random(in: 0..<6, using: &chance) == 0 else { return .null }
        let names = policy.guarantees.map(\.identifier) + ["none"]
        let entry = FEELContext([
            ("id", .string(chance.pick(names))), ("amount", .number(chance.pick([500, 40_000]))),
            ("valid_to", .string(chance.pick(["2025-09-30", "2025-01-31", "soon"]))),
        ])
        return .list([.context(entry)])
    }
}

/// Some rows, which own the memory of their columns.
final class CompanyBlock {
    enum Cell {
        case none
        case number(Double)
        case text(String)
        case boolean(UInt8)
        case value(FEELValue)
    }

    private(set) var values: [CreditValues] = []
    /// The columns of texts: numbers, and the texts.
    private var texts: [Int: (codes: UnsafePointer<Int32>, texts: [String])] = [:]
    private let columns: [CreditColumn]
    private let cells: [[Cell]]
    private let fixed: [String: FEELValue]
    private var owned: [() -> Void] = []

    init(
        _ policy: Policy,
        _ columns: [CreditColumn],
        _ cells: [[Cell]],
        _ fixed: [String: FEELValue],
        _ plan: CreditBlockPlan
    ) throws {
        (self.columns, self.cells, self.fixed) = (columns, cells, fixed)
        for (place, column) in columns.enumerated() {
            let own = cells.map { $0[place] }
            switch column.kind {
            case .number, .day:
                values.append(
                    .numbers(
                        kept(own.map { if case .number(let number) = $0 { number } else { .nan } })
                    )
                )
            case .text:
                let texts = own.map {
                    if case .text(let text) = $0 { text } else { nil as String? }
                }
                let all = Set(texts.compactMap(\.self)).sorted()
                let codes = texts.map { text in
                    text.flatMap { all.firstIndex(of: $0) }.map { Int32($0) } ?? -1
                }
                let start = kept(codes)
                self.texts[place] = (start, all)
                values.append(.texts(start, try plan.texts(all, for: place)))
            case .boolean:
                values.append(
                    .booleans(
                        kept(own.map { if case .boolean(let value) = $0 { value } else { 9 } })
                    )
                )
            case .value:
                values.append(
                    .values(own.map { if case .value(let value) = $0 { value } else { .null } })
                )
            }
        }
    }

    deinit { for free in owned { free() } }

    private func kept<Element>(_ values: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: values.count + 1)
        memory.initialize(from: values, count: values.count)
        owned.append { memory.deallocate() }
        return UnsafePointer(memory)
    }

    /// The columns for a simulation.
    func values(_ simulation: PolicySimulation) throws -> [PolicySimulation.Values] {
        try values.enumerated().map { place, values in
            guard let (codes, texts) = texts[place] else { return .plain(values) }
            return .texts(codes, try simulation.texts(texts, for: place))
        }
    }

    /// A row as it would be asked about alone.
    func question(_ row: Int, on day: CalendarDate) -> CreditQuestion {
        var question = CreditQuestion(asOf: day)
        func take(_ name: String, _ value: FEELValue) {
            if case .string(let text) = value, ["stage", "subject", "role"].contains(name) {
                if name == "stage" { question.stage = BusinessStage(rawValue: text) ?? .quote }
                if name == "subject" {
                    question.subject = PolicySubject(rawValue: text) ?? .legalPerson
                }
                if name == "role" { question.role = text }
            } else if !value.isNull {
                question.facts[name] = CreditFact(value)
            }
        }
        for (name, value) in fixed { take(name, value) }
        for (column, cell) in zip(columns, cells[row]) { take(column.name, value(cell, column)) }
        return question
    }

    private func value(_ cell: Cell, _ column: CreditColumn) -> FEELValue {
        switch cell {
        case .none: return .null
        case .text(let text): return .string(text)
        case .boolean(let value): return value > 1 ? .null : .boolean(value == 1)
        case .value(let value): return value
        case .number(let number):
            if column.kind == .number {
                return DecimalNumber(shortest: number).map { .number($0) } ?? .null
            }
            guard let day = Int(exactly: number.rounded(.down)) else { return .null }
            return FEELDate(dayNumber: day).map { .date($0) } ?? .null
        }
    }

    /// A row in words.
    func words(_ row: Int) -> String {
        zip(columns, cells[row]).map { "\($0.name) \($1)" }.joined(separator: ", ")
    }
}

extension FEELValue {
    /// All texts in it.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .list(let list): list.elements.flatMap(\.texts)
        case .context(let context): context.values.flatMap(\.texts)
        default: []
        }
    }
}
