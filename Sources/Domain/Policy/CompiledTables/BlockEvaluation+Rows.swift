// SPDX-License-Identifier: Apache-2.0

// Single rows of a block: those that sets of rules do not decide, and what is asked of one later.

internal import DecimalNumbers
package import Decisions
package import FEEL
internal import RuleTables

extension BlockEvaluation {
    /// The rules of a row that match, in their order (with FIRST, the first one only), and what the
    /// table answers, as in `RowAnswer`.
    func matches(_ place: Int, _ row: Int) -> (answer: Int32, rules: [Int]) {
        let table = compiled.tables[place]
        let told = compiled.model.tables[table.table]
        var frame: [FEELValue]?
        if let invalid = invalidInput(place, row, &frame) {
            return (RowAnswer.invalidInput - Int32(truncatingIfNeeded: invalid), [])
        }
        var rules: [Int] = []
        for found in table.rules.rules(memory.inputs[place], row: row) {
            let rule = table.order[found]
            guard passes(place, row, rule, &frame) else { continue }
            rules.append(rule)
            // What decides comes first.
            if told.hitPolicy == .first { break }
        }
        guard let first = rules.first else {
            let hasStandard = told.outputs.contains { $0.standard != nil }
            return (hasStandard ? RowAnswer.standard : RowAnswer.none, [])
        }
        var answer = Int32(truncatingIfNeeded: first)
        switch table.choice {
        case .only where rules.count > 1: answer = RowAnswer.violation
        case .same(let groups) where rules.contains { groups[$0] != groups[first] }:
            answer = RowAnswer.violation
        case .unsure where !isOne(place, row, rules, &frame): answer = RowAnswer.violation
        default: break
        }
        return (answer, rules.sorted())
    }

    /// The first input whose class is one of values that there may not be.
    func invalidInput(_ place: Int, _ row: Int) -> Int? {
        let table = compiled.tables[place]
        for (number, input) in table.inputs.enumerated() where !input.invalid.isEmpty {
            let found = Int(memory.classes[table.sources[number]][row])
            if input.invalid.contains(where: { $0.contains(found) }) { return input.place }
        }
        return nil
    }

    /// The first input whose value is none that there may be.
    private func invalidInput(_ place: Int, _ row: Int, _ frame: inout [FEELValue]?) -> Int? {
        let table = compiled.tables[place]
        let invalid = invalidInput(place, row)
        let told = compiled.model.tables[table.table]
        for input in table.checkedInputs where input < invalid ?? Int.max {
            let frame = loaded(place, row, &frame)
            if !interpreter.input(input, of: told, frame).isAllowed { return input }
        }
        return invalid
    }

    /// Whether the interpreter takes the outputs of rules for the same.
    private func isOne(
        _ place: Int,
        _ row: Int,
        _ rules: [Int],
        _ frame: inout [FEELValue]?
    ) -> Bool {
        let frame = loaded(place, row, &frame)
        let node = compiled.tables[place].node
        _ = interpreter.value(of: node, matches: rules.sorted(), inputs: [], frame)
        return interpreter.outcomes.last?.answer != .violation
    }

    /// Whether the cells of a rule that are left to the interpreter let a row through.
    private func passes(
        _ place: Int,
        _ row: Int,
        _ rule: Int,
        _ frame: inout [FEELValue]?
    ) -> Bool {
        let table = compiled.tables[place]
        let told = compiled.model.tables[table.table]
        return table.slowCells[rule].allSatisfy { input in
            let frame = loaded(place, row, &frame)
            let value = interpreter.input(input, of: told, frame).value
            let program = told.rules[rule].tests[input].program
            let passes = program.evaluate(frame + [value], interpreter.expressions).boolean
            noteFaults(row)
            // What a cell cannot say of a value that is told may be a mistake.
            if passes == nil, !value.isNull { memory.faults[row] = 1 }
            return passes == true
        }
    }

    private func loaded(_ place: Int, _ row: Int, _ frame: inout [FEELValue]?) -> [FEELValue] {
        if let frame { return frame }
        let made = loaded(place, row)
        frame = made
        return made
    }

    /// The values of a row that the expressions of a table use.
    func loaded(_ place: Int, _ row: Int) -> [FEELValue] {
        let node = compiled.tables[place].node
        load(row, for: node, before: place)
        return interpreter.frame(of: node)
    }

    /// Gives the interpreter what a decision needs of a row, with what the tables before one have
    /// decided.
    private func load(_ row: Int, for node: Int, before place: Int) {
        interpreter.reset()
        let needed = compiled.needs[node]
        for columns in needed?.columns ?? [] {
            let node = compiled.columns[columns.lowerBound].node
            if case .fixed = given[columns.lowerBound], let taken = takenValues[columns.lowerBound]
            {
                interpreter.give(node, taken: taken.value)
            } else {
                interpreter.set(node, to: value(compiled.columns[columns], row, depth: 1))
            }
        }
        for decision in needed?.decisions ?? [] {
            guard let table = compiled.tablePlaces[decision], table < place,
                let (values, codes) = codes(of: decision)
            else { continue }
            let code = Int(codes[row])
            interpreter.set(decision, to: code < values.count ? values[code] : .null)
        }
    }

    /// Finds what the model makes of values that are the same in all rows.
    func takeFixedValues() {
        for (column, values) in given.enumerated() {
            // An entry of a context is taken with the others.
            guard case .fixed(let fixed) = values, compiled.columns[column].path.count == 1,
                takenValues[column]?.fixed !== fixed
            else { continue }
            interpreter.reset()
            let value = interpreter.taken(fixed.value, by: compiled.columns[column].node)
            takenValues[column] = (fixed, value)
        }
    }

    /// The value of an input, of which there are columns for each entry.
    private func value(_ columns: ArraySlice<GivenColumn>, _ row: Int, depth: Int) -> FEELValue {
        guard let first = columns.first else { return .null }
        guard first.path.count > depth else { return cell(columns.startIndex, row) }
        var context = FEELContext()
        var column = columns.startIndex
        while column < columns.endIndex {
            let name = compiled.columns[column].path[depth]
            let end = columns[column...].prefix { $0.path[depth] == name }.endIndex
            context[name] = value(columns[column..<end], row, depth: depth + 1)
            column = end
        }
        return .context(context)
    }

    private func cell(_ column: Int, _ row: Int) -> FEELValue {
        let kind = compiled.columns[column].kind
        switch given[column] {
        case .numbers(let values): return FEELValue(values[row], kind)
        case .texts(let codes, let bound):
            let code = Int(codes[row])
            return bound.texts.indices.contains(code) ? .string(bound.texts[code]) : .null
        case .booleans(let values): return values[row] > 1 ? .null : .boolean(values[row] == 1)
        case .values(let values): return values[row]
        case .fixed(let fixed): return fixed.value
        }
    }
}

extension FEELValue {
    /// A number, or the date of a day, of a column.
    package init(_ number: Double, _ kind: GivenColumn.Kind) {
        self = .null
        switch kind {
        case .day:
            guard number.magnitude < 1e15 else { return }
            if let date = FEELDate(dayNumber: Int(number.rounded(.down))) { self = .date(date) }
        default: if let number = DecimalNumber(shortest: number) { self = .number(number) }
        }
    }
}

extension BlockEvaluation {
    /// What the table of a decision that is left to the interpreter answered when it was asked for
    /// last; nil if it was not.
    package func lastOutcome(of node: Int) -> TableOutcome? {
        let table = compiled.model.table(of: node)
        return interpreter.outcomes.last { $0.table == table }
    }

    /// The value of a decision in a row.
    package func value(of node: Int, row: Int) -> FEELValue {
        if let (values, codes) = codes(of: node) {
            let code = Int(codes[row])
            return code < values.count ? values[code] : .null
        }
        guard let place = compiled.tablePlaces[node] else {
            load(row, for: node, before: compiled.tables.count)
            return interpreter.value(of: node)
        }
        if let (sums, decimals) = sums(of: node), memory.answers[place][row] >= 0,
            let sum = DecimalNumber(coefficient: Int128(sums[row]), exponent: -decimals)
        {
            interpreter.reset()
            return interpreter.settled(.number(sum), of: node)
        }
        return evaluated(place, row)
    }

    /// The rules of a row that match, by their places in the table, in their order (with FIRST, the
    /// first one only); nil where the table is left to the interpreter.
    package func rules(of node: Int, row: Int) -> [Int]? {
        compiled.tablePlaces[node].map { matches($0, row).rules }
    }

    /// What the table of a decision answers of a row, with all rules that match; nil where it is
    /// left to the interpreter.
    package func outcome(of node: Int, row: Int) -> TableOutcome? {
        guard let place = compiled.tablePlaces[node] else { return nil }
        _ = evaluated(place, row)
        return interpreter.outcomes.last
    }

    private func evaluated(_ place: Int, _ row: Int) -> FEELValue {
        let table = compiled.tables[place]
        let told = compiled.model.tables[table.table]
        let found = matches(place, row)
        load(row, for: table.node, before: place)
        guard found.answer > RowAnswer.invalidInput else {
            return interpreter.value(of: table.node)
        }
        let frame = interpreter.frame(of: table.node)
        let inputs = told.inputs.indices.map { interpreter.input($0, of: told, frame).value }
        return interpreter.value(of: table.node, matches: found.rules, inputs: inputs, frame)
    }
}
