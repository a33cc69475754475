// SPDX-License-Identifier: Apache-2.0

// Rows by chance, as columns and as values.

import CompiledTables
import DecimalNumbers
import Decisions
import FEEL
import TestRandomness

/// Some rows for a compiled model, which own the memory of their columns.
final class RandomRows {
    let compiled: CompiledModel
    let count: Int
    private(set) var given: [GivenValues] = []
    private var owned: [() -> Void] = []

    init(_ compiled: CompiledModel, count: Int, by dice: inout SeededGenerator) {
        (self.compiled, self.count) = (compiled, count)
        let dictionary = RandomModel.texts + ["zz", "aa"]
        let areSomeFixed = dice.once(in: 2)
        for (place, column) in compiled.columns.enumerated() {
            if areSomeFixed, dice.once(in: 2), let fixed = Self.fixed(column.kind, &dice) {
                given.append(.fixed(fixed))
                continue
            }
            switch column.kind {
            case .number, .day:
                let pool = column.kind == .day ? Self.days : Self.numbers
                let memory = own((0..<count).map { _ in dice.pick(pool) })
                given.append(.numbers(memory))
            case .text:
                let codes = (0..<count).map { _ in
                    Int32(Int.random(in: -1...dictionary.count, using: &dice))
                }
                given.append(.texts(own(codes), compiled.bound(dictionary, to: place)))
            case .boolean:
                given.append(.booleans(own((0..<count).map { _ in dice.pick([0, 1, 1, 2, 255]) })))
            case .value:
                given.append(.values((0..<count).map { _ in dice.pick(Self.values) }))
            }
        }
    }

    private static func fixed(_ kind: GivenColumn.Kind, _ dice: inout SeededGenerator)
        -> FixedValue?
    {
        switch kind {
        case .number, .day: nil
        case .text:
            FixedValue(dice.pick([.null, .string("a"), .string("e\u{301}"), .string("zz")]))
        case .boolean: FixedValue(dice.pick([.null, .boolean(true), .boolean(false)]))
        case .value: FixedValue(dice.pick(values))
        }
    }

    deinit { for free in owned { free() } }

    private func own<Element>(_ values: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: values.count + 1)
        memory.initialize(from: values, count: values.count)
        owned.append { memory.deallocate() }
        return UnsafePointer(memory)
    }

    private static let numbers: [Double] =
        RandomModel.numbers.compactMap { text -> Double? in Double(text) }
        .flatMap { [$0, $0.nextUp, $0.nextDown] }
        + [.nan, .infinity, -.infinity, -0.0, 0.1 + 0.2, 2, 3, 4, 50, 1e300]

    private static let days: [Double] =
        [19_782, 20_454, 20_453, -1, 0, -719_893, 1e14, -1e14, .nan, .infinity, 365_241_780_471]
        .flatMap { [$0, $0 + 0.5, $0 - 1, $0 + 1] }

    private static let values: [FEELValue] = [
        .null, .number(1), .number(2), .string("a"), .list([.number(1)]), .boolean(true),
        .number(DecimalNumber(parsing: "0.1000000000000000055".utf8) ?? 0),
    ]

    /// Gives the values of a row to an evaluation, without what compiled tables do for that.
    func give(_ row: Int, to evaluation: DecisionEvaluation) {
        var contexts: [Int: FEELContext] = [:]
        for (column, values) in zip(compiled.columns, given) {
            let value = cell(column, values, row)
            guard column.path.count > 1 else {
                evaluation.set(column.node, to: value)
                continue
            }
            contexts[column.node, default: FEELContext()][column.path[1]] = value
        }
        for (node, context) in contexts { evaluation.set(node, to: .context(context)) }
    }

    private func cell(_ column: GivenColumn, _ values: GivenValues, _ row: Int) -> FEELValue {
        switch values {
        case .numbers(let numbers):
            let number = numbers[row]
            guard case .day = column.kind else {
                return DecimalNumber(shortest: number).map { .number($0) } ?? .null
            }
            guard let day = Int(exactly: number.rounded(.down)) else { return .null }
            return FEELDate(dayNumber: day).map { .date($0) } ?? .null
        case .texts(let codes, let bound):
            let code = Int(codes[row])
            return code >= 0 && code < bound.texts.count ? .string(bound.texts[code]) : .null
        case .booleans(let values):
            return [0: FEELValue.boolean(false), 1: .boolean(true)][values[row]] ?? .null
        case .values(let values): return values[row]
        case .fixed(let fixed): return fixed.value
        }
    }
}
