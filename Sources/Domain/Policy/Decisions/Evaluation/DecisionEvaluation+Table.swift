// SPDX-License-Identifier: Apache-2.0

// Answers of decision tables, rule by rule: what a compiled table is held against.

internal import DecimalNumbers
internal import FEEL

extension DecisionEvaluation {
    /// The result of a table, by its place; what it answered is noted.
    func answer(of index: Int, _ frame: [FEELValue]) -> FEELValue {
        let table = model.tables[index]
        var inputs: [FEELValue] = []
        for (place, input) in table.inputs.enumerated() {
            let (value, isAllowed) = self.input(place, of: table, frame)
            inputs.append(value)
            guard !isAllowed else { continue }
            note(outcome(index, .invalidInput(place), [], [], inputs, frame))
            let text = expressions.text(of: .list([value])) ?? ""
            expressions.fail(
                "\(shown(input.name)): \(shown(String(text.dropFirst().dropLast()))) is none of "
                    + "the values of the input"
            )
            addFault(table.place(ofInput: place))
            return .null
        }
        return answer(of: index, frame, inputs, matches: matches(table, frame, inputs))
    }

    /// The result of a table of which it is known which rules match.
    func answer(
        of index: Int,
        _ frame: [FEELValue],
        _ inputs: [FEELValue],
        matches: [Int]
    ) -> FEELValue {
        let table = model.tables[index]
        guard !matches.isEmpty else {
            let hasStandard = table.outputs.contains { $0.standard != nil }
            note(outcome(index, hasStandard ? .standard : .none, [], [], inputs, frame))
            return hasStandard ? standard(table, frame) : unmatched(table)
        }
        let cells = matches.map { self.cells(table, $0, frame) }
        let (answer, order) = chosen(table, cells)
        let decisive = order.map { matches[$0] }
        note(outcome(index, answer, matches, decisive, inputs, frame))
        guard answer == .matched else {
            expressions.fail(violation(table, matches))
            addFault(table.place)
            return .null
        }
        let results = order.map { result(table, cells[$0]) }
        switch table.hitPolicy {
        case .unique, .any, .first, .priority: return results.first ?? .null
        case .ruleOrder, .outputOrder: return expressions.bounded(.list(results))
        case .collect: return collected(table, results)
        }
    }

    private func outcome(
        _ table: Int,
        _ answer: TableOutcome.Answer,
        _ matches: [Int],
        _ decisive: [Int],
        _ inputs: [FEELValue],
        _ frame: [FEELValue]
    ) -> TableOutcome {
        TableOutcome(
            table: table,
            answer: answer,
            matches: matches,
            decisive: decisive,
            inputs: inputs,
            frame: frame
        )
    }

    /// The rules all of whose tests pass.
    private func matches(
        _ table: DecisionTable,
        _ frame: [FEELValue],
        _ inputs: [FEELValue]
    ) -> [Int] {
        let frames = inputs.map { frame + [$0] }
        var matches: [Int] = []
        for (index, rule) in table.rules.enumerated() {
            guard expressions.take(1) else { return [] }
            var passes = true
            for (place, test) in rule.tests.enumerated() where !test.isAny {
                let before = (expressions.failureCount, expressions.messages.count)
                let result = test.program.evaluate(frames[place], expressions).boolean
                if expressions.failureCount != before.0, result == nil {
                    if inputs[place].isNull {
                        // Nothing is told by each rule that compares what is not known.
                        keepMessages(before.1, failures: before.0)
                    } else {
                        let cell = table.place(index, input: place)
                        noteFault(of: test.program, frames[place], cell)
                    }
                }
                passes = result == true
                if !passes { break }
            }
            guard passes else { continue }
            matches.append(index)
            if table.hitPolicy == .first { break }
        }
        return matches
    }

    /// What the outputs of a rule are.
    func cells(
        _ table: DecisionTable,
        _ rule: Int,
        _ frame: [FEELValue]
    ) -> [FEELValue] {
        zip(table.rules[rule].outputs, table.outputs).enumerated().map { place, column in
            let (program, output) = column
            if let constant = program.constant,
                let value = constant.coerced(to: output.type.type)
            {
                return value
            }
            let before = expressions.failureCount
            let value = cell(program, output, frame)
            // An output that cannot be computed says nothing, and is not null by choice.
            if expressions.failureCount != before, value.isNull {
                addFault(table.place(rule, output: place))
            }
            return value
        }
    }

    private func cell(
        _ program: FEELProgram,
        _ output: DecisionTable.Output,
        _ frame: [FEELValue]
    ) -> FEELValue {
        let value = checked(
            program.evaluate(frame, expressions),
            DecisionType(name: "", type: output.type.type, rule: nil),
            output.name.isEmpty ? "the output" : output.name
        )
        guard let values = output.values, !value.isNull,
            values.program.evaluate([value], expressions).boolean == false
        else { return value }
        let text = expressions.text(of: .list([value])) ?? ""
        return expressions.fail(
            "\(shown(output.name)): \(shown(String(text.dropFirst().dropLast()))) is none of "
                + "the values of the output"
        )
    }

    /// Which of the rules that match give the result, in which order.
    private func chosen(
        _ table: DecisionTable,
        _ cells: [[FEELValue]]
    ) -> (TableOutcome.Answer, [Int]) {
        switch table.hitPolicy {
        case .unique: return cells.count == 1 ? (.matched, [0]) : (.violation, [])
        case .first: return (.matched, [0])
        case .any:
            let isOne = cells.allSatisfy { other in
                zip(other, cells[0]).allSatisfy { expressions.isEqual($0, $1) == true }
            }
            return isOne ? (.matched, [0]) : (.violation, [])
        case .priority: return (.matched, Array(ordered(table, cells).prefix(1)))
        case .outputOrder: return (.matched, ordered(table, cells))
        case .ruleOrder, .collect: return (.matched, Array(cells.indices))
        }
    }

    /// Rules by the order of the values of their outputs, and then by their own.
    func ordered(_ table: DecisionTable, _ cells: [[FEELValue]]) -> [Int] {
        let keys = cells.enumerated().map { index, cells in
            zip(cells, table.outputs).map { cell, output in
                output.values?.tests.firstIndex { passes(cell, $0) } ?? Int.max
            } + [index]
        }
        return cells.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    }

    private func passes(_ value: FEELValue, _ test: FEELUnaryTests.Test) -> Bool {
        switch test {
        case .equal(let wanted): expressions.isEqual(value, wanted) == true
        case .range(let range): expressions.isIn(value, range) == true
        case .comparison(let comparison, let bound):
            expressions.isIn(value, FEELRange.comparison(comparison, bound)) == true
        case .other: false
        }
    }

    private func violation(_ table: DecisionTable, _ matches: [Int]) -> String {
        let numbers = matches.prefix(20).map { "\($0 + 1)" }
        let rest = matches.count > numbers.count ? ["others"] : []
        let all = numbers + rest
        let words = all.dropLast().joined(separator: ", ") + " and " + (all.last ?? "")
        return table.hitPolicy == .any
            ? "rules \(words) match and give different outputs, and the hit policy is ANY"
            : "rules \(words) match, and the hit policy is UNIQUE"
    }

    // MARK: - Results

    private func result(_ table: DecisionTable, _ cells: [FEELValue]) -> FEELValue {
        guard table.outputs.count > 1 else { return cells.first ?? .null }
        return .context(FEELContext(Array(zip(table.outputs.map(\.name), cells))))
    }

    private func standard(_ table: DecisionTable, _ frame: [FEELValue]) -> FEELValue {
        result(table, table.outputs.map { $0.standard?.evaluate(frame, expressions) ?? .null })
    }

    /// What a table gives if no rule matches and nothing is told for that.
    private func unmatched(_ table: DecisionTable) -> FEELValue {
        table.aggregation == .count ? .number(0) : .null
    }

    private func collected(_ table: DecisionTable, _ results: [FEELValue]) -> FEELValue {
        switch table.aggregation {
        case nil: expressions.bounded(.list(results))
        case .count: .number(results.count)
        case .sum: Self.sum.evaluate([.list(results)], expressions)
        case .minimum: Self.minimum.evaluate([.list(results)], expressions)
        case .maximum: Self.maximum.evaluate([.list(results)], expressions)
        }
    }

    private static let collectedScope = FEELScope([("collected", .list(.any))])
    private static let sum = FEELProgram("sum(collected)", collectedScope)
    private static let minimum = FEELProgram("min(collected)", collectedScope)
    private static let maximum = FEELProgram("max(collected)", collectedScope)
}
