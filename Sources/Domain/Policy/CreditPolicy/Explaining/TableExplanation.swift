// SPDX-License-Identifier: Apache-2.0

// Why a table answered as it did, and what would have to be otherwise for another rule to match.

internal import DecimalNumbers
internal import Decisions
internal import FEEL
package import Policies
internal import VigieLimits

/// An explanation of an answer of a table.
package struct TableExplanation: Sendable {
    /// A cell with what was held against it.
    package struct Cell: Sendable {
        /// The column.
        package let input: String
        /// What is written in the cell.
        package let text: String
        /// The value that was read.
        package let value: String
        /// Whether it failed because it is not known, rather than because it is another.
        package let isUnknown: Bool
        /// How far the value is from what the cell wants, as a number or in days; nil where that
        /// cannot be told.
        package let distance: String?
    }

    /// A rule.
    package struct Rule: Sendable {
        /// Its place, from 0.
        package let place: Int
        /// Its id; empty if it has none.
        package let id: String
        /// Of a rule that matched, its cells that test something; of others, those that failed.
        package let cells: [Cell]
        /// What its outputs are, as they are written, by the names of the outputs.
        package let outputs: [(name: String, text: String)]
    }

    /// What a cell said of a value.
    package enum Verdict: Sendable {
        /// It lets everything through.
        case any
        /// It let the value through.
        case passed
        /// It did not.
        case failed
        /// That cannot be told of the value: it is not known, or of another kind.
        case unknown
    }

    /// The table that answered.
    package let match: CreditDecision.Match
    /// The rules that gave the answer.
    package let matched: [Rule]
    /// The rules that failed on the fewest cells.
    package let nearMisses: [Rule]
    /// What all cells said, rule after rule; nothing where that was not asked for.
    package let verdicts: [Verdict]
    /// How many inputs the table has.
    package let inputCount: Int
}

extension CreditDecider {
    /// Explains the last decision: an explanation for each table that answered.
    ///
    /// - Parameters:
    ///   - nearMisses: Whether rules that nearly matched are told.
    ///   - verdicts: Whether it is told what each cell said: as many as `verdictCount`, at most.
    package func explanations(
        of decision: CreditDecision,
        nearMisses: Bool,
        verdicts: Bool = false
    ) -> [TableExplanation] {
        zip(evaluation.outcomes, decision.matches).map { outcome, match in
            let explainer = TableExplainer(
                table: policy.model.tables[outcome.table],
                outcome: outcome,
                evaluation: evaluation
            )
            return TableExplanation(
                match: match,
                matched: match.rules.map { explainer.rule($0, failingOnly: false) },
                nearMisses: nearMisses ? explainer.nearMisses : [],
                verdicts: verdicts ? explainer.verdicts : [],
                inputCount: explainer.table.inputs.count
            )
        }
    }
}

extension Policy {
    /// How many verdicts a decision by the policy comes to: all cells of all its tables.
    package var verdictCount: Int {
        model.tables.reduce(0) { $0 + $1.rules.count * $1.inputs.count }
    }
}

/// Explains an answer of a table.
private struct TableExplainer {
    let table: DecisionTable
    let outcome: TableOutcome
    let evaluation: DecisionEvaluation

    /// The rules that failed on the fewest cells, the first ones of them.
    var nearMisses: [TableExplanation.Rule] {
        evaluation.expressions.reset()
        var counted: [(failures: Int, rule: Int)] = []
        for (place, rule) in table.rules.enumerated() where !outcome.matches.contains(place) {
            let failures = rule.tests.indices.count { !passes(rule, $0) }
            // With FIRST, what comes behind the rule that matched may match as well.
            if failures > 0 { counted.append((failures, place)) }
        }
        let nearest = counted.sorted { $0 < $1 }.prefix(PolicyLimits.nearMisses)
        return nearest.map { rule($0.rule, failingOnly: true) }
    }

    /// What all cells say.
    var verdicts: [TableExplanation.Verdict] {
        evaluation.expressions.reset()
        return table.rules.flatMap { rule in
            rule.tests.indices.map { cell in
                if rule.tests[cell].isAny { return .any }
                switch verdict(rule, cell) {
                case true?: return .passed
                case false?: return .failed
                case nil: return .unknown
                }
            }
        }
    }

    func rule(_ place: Int, failingOnly: Bool) -> TableExplanation.Rule {
        let rule = table.rules[place]
        let cells = rule.tests.indices.filter { cell in
            failingOnly ? !passes(rule, cell) : !rule.tests[cell].isAny
        }
        return TableExplanation.Rule(
            place: place,
            id: rule.id,
            cells: cells.map { explained(rule, $0, isFailing: failingOnly) },
            outputs: zip(table.outputs, rule.cells.dropFirst(rule.tests.count)).map {
                output,
                text in
                (output.name, text)
            }
        )
    }

    private func verdict(_ rule: DecisionTable.Rule, _ cell: Int) -> Bool? {
        if rule.tests[cell].isAny { return true }
        let value = outcome.inputs.indices.contains(cell) ? outcome.inputs[cell] : .null
        return rule.tests[cell].program.evaluate(outcome.frame + [value], evaluation.expressions)
            .boolean
    }

    private func passes(_ rule: DecisionTable.Rule, _ cell: Int) -> Bool {
        verdict(rule, cell) == true
    }

    private func explained(
        _ rule: DecisionTable.Rule,
        _ cell: Int,
        isFailing: Bool
    ) -> TableExplanation.Cell {
        let value = outcome.inputs.indices.contains(cell) ? outcome.inputs[cell] : .null
        let text = evaluation.expressions.text(of: .list([value])) ?? "[]"
        return TableExplanation.Cell(
            input: table.inputs[cell].name,
            text: rule.cells.indices.contains(cell) ? rule.cells[cell] : "",
            value: String(text.dropFirst().dropLast().prefix(FEELLimits.shownBytes)),
            isUnknown: isFailing && verdict(rule, cell) == nil || value.isNull,
            distance: isFailing ? distance(value, rule.tests[cell]) : nil
        )
    }

    // MARK: - Distance

    /// How far a value is from the nearest one that passes.
    private func distance(_ value: FEELValue, _ tests: FEELUnaryTests) -> String? {
        guard !tests.isNegated, tests.isConstant else { return nil }
        switch value {
        case .number(let number):
            let distances = tests.tests.compactMap { test in
                bounds(of: test).compactMap { bound -> DecimalNumber? in
                    guard case .number(let bound) = bound else { return nil }
                    return number.subtracting(bound)?.magnitude
                }.min()
            }
            return distances.min().map(\.plain)
        case .date(let date):
            let distances = tests.tests.compactMap { test in
                bounds(of: test).compactMap { bound -> Int? in
                    guard case .date(let bound) = bound else { return nil }
                    return abs(date.dayNumber - bound.dayNumber)
                }.min()
            }
            return distances.min().map { "\($0) days" }
        default: return nil
        }
    }

    private func bounds(of test: FEELUnaryTests.Test) -> [FEELValue] {
        switch test {
        case .comparison(_, let bound), .equal(let bound): [bound]
        case .range(let range): [range.start, range.end]
        case .other: []
        }
    }
}
