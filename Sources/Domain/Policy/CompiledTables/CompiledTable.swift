// SPDX-License-Identifier: Apache-2.0

// A table as sets of rules, and what comes of the rules that are found.

internal import Decisions
internal import FEEL
internal import RuleTables
internal import VigieLimits

/// A compiled table.
struct CompiledTable: Sendable {
    /// How the result comes of the rules that match.
    enum Choice: Sendable {
        /// The first one gives it.
        case first
        /// The first one gives it, and there may be no second.
        case only
        /// The first one gives it, and all others say the same: rules of one number do.
        case same([Int])
        /// It is how many they are.
        case count
        /// It is the sum of a number for each, of so many decimals.
        case sum([Int64], decimals: Int)
        /// All of them give it together.
        case together
        /// Only the interpreter can tell whether they say the same.
        case unsure
    }

    /// The decision.
    let node: Int
    /// The place of the table in the model.
    let table: Int
    /// The rules, in an order in which the first one that matches decides.
    let rules: RuleTable
    /// The place in the table of each rule of `rules`.
    let order: [Int]
    /// The source of each input of `rules`.
    let sources: [Int]
    /// The place in the table of each input of `rules`, and the classes that it may not have.
    let inputs: [(place: Int, invalid: [Range<Int>])]
    /// The inputs whose cells the interpreter looks at, for each rule of the table.
    let slowCells: [[Int]]
    /// The inputs whose cells look at how two inputs stand to each other, for each rule.
    let comparedCells: [[Int]]
    /// What is answered of a row without a rule, if no input has a value that it may not have.
    let emptyAnswer: Int32
    /// Whether an input can have a value that it may not have.
    let hasInvalid: Bool
    /// The inputs that have to be looked at in each row, whether they may have their value.
    let checkedInputs: [Int]
    /// How the result comes of the rules.
    let choice: Choice
    /// The values that the decision can have; nil where they cannot be told.
    let values: [FEELValue]?
    /// The number of a value for each rule, and behind them for no rule, and for no value; empty
    /// where the values cannot be told.
    let codes: [UInt16]

    /// Whether there are cells or inputs for the interpreter.
    let isSlow: Bool
    /// Whether the rules are in the order of the table.
    let isInOrder: Bool
    /// Whether nothing can be wrong with its answers: who does not want them need not find them.
    let isHarmless: Bool
}

extension TableCompiler {
    /// The compiled table of a decision with the inputs that are compiled, in order; nil if there
    /// are none, or there is too much.
    func compiled(
        _ node: Int,
        _ place: Int,
        _ inputs: [Input],
        _ all: [ValueSource]
    ) -> CompiledTable? {
        guard !inputs.isEmpty || table.inputs.isEmpty else { return nil }
        let results = results(node)
        let order = results.order
        let rules = RuleTable(
            ruleCount: table.rules.count,
            classCounts: inputs.map { all[$0.source].classCount }
        ) { rule, number in
            let input = inputs[number]
            let tests = table.rules[order[rule]].tests[input.place]
            if let known = input.cells[ObjectIdentifier(tests.program)] { return known }
            return [0..<all[input.source].classCount].without(input.invalid)
        }
        guard let rules else { return nil }
        let known = Dictionary(grouping: inputs, by: \.place)
        func knows(_ tests: FEELUnaryTests, _ place: Int) -> Bool {
            let cell = ObjectIdentifier(tests.program)
            return known[place]?.contains { $0.cells[cell] != nil } ?? false
        }
        let slow = table.rules.map { rule in
            table.inputs.indices.filter { place in
                let tests = rule.tests[place]
                return !tests.isAny && !knows(tests, place)
            }
        }
        let compares = table.rules.map { rule in
            inputs.filter {
                $0.isCompared
                    && $0.cells[ObjectIdentifier(rule.tests[$0.place].program)] != nil
            }.map(\.place)
        }
        let checked = table.inputs.indices.filter { place in
            table.inputs[place].values != nil
                && !(known[place]?.contains { !$0.isCompared } ?? false)
        }
        return CompiledTable(
            node: node,
            table: place,
            rules: rules,
            order: order,
            sources: inputs.map(\.source),
            inputs: inputs.map { ($0.place, $0.invalid) },
            slowCells: slow,
            comparedCells: compares,
            emptyAnswer: table.outputs.contains { $0.standard != nil }
                ? RowAnswer.standard : RowAnswer.none,
            hasInvalid: inputs.contains { !$0.invalid.isEmpty },
            checkedInputs: checked,
            choice: results.choice,
            values: results.values,
            codes: results.codes,
            isSlow: !checked.isEmpty || slow.contains { !$0.isEmpty },
            isInOrder: order.elementsEqual(order.indices),
            isHarmless: results.isSound && checked.isEmpty
                && slow.allSatisfy(\.isEmpty) && inputs.allSatisfy(\.invalid.isEmpty)
        )
    }
}
