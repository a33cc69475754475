// SPDX-License-Identifier: Apache-2.0

// Compiled tables against the interpreter, which looks at one rule after the other.

import CompiledTables
import Decisions
import FEEL
import Foundation
import RuleTables
import TestRandomness
import Testing

@Suite struct AgreementTests {
    static let isLong = ProcessInfo.processInfo.environment["VIGIE_LONG_TESTS"] != nil
    /// Pairs of a table and a row: a million in the long run.
    static let pairCount = isLong ? 1_000_000 : 6_000

    /// What a decision gives in a row: its value, and what its table answered.
    struct Answer: Equatable, CustomStringConvertible {
        let value: String
        let outcome: String
        var description: String { "\(value) (\(outcome))" }

        init(_ value: FEELValue, _ outcome: TableOutcome?, _ evaluation: FEELEvaluation) {
            func text(_ value: FEELValue) -> String {
                "\(value.typeName) \(evaluation.text(of: .list([value])) ?? "?")"
            }
            self.value = text(value)
            self.outcome =
                outcome.map {
                    "\($0.answer) \($0.matches) \($0.decisive) \($0.inputs.map(text))"
                } ?? ""
        }
    }

    @Test func agreeWithTheInterpreter() throws {
        var (pairs, seed, matched, bulk, slow, added, numbered) = (0, 1, 0, 0, 0, 0, 0)
        var seen: Set<String> = []
        while pairs < Self.pairCount {
            var random = RandomModel(seed: seed)
            seed += 1
            let file = random.file()
            let model = try DecisionModel.read([file], .standard)
            let decisions = model.nodes(.decision)
            let compiled = CompiledModel(model, deciding: decisions)
            let rows = RandomRows(compiled, count: 40, by: &random.dice)
            let path = random.dice.pick(RulePath.allCases.filter(\.runsHere))
            let evaluation = BlockEvaluation(compiled, by: path)
            try #require(evaluation.decide(rows.given, rowCount: rows.count))
            // What is kept of a block serves the next one.
            try #require(evaluation.decide(rows.given, rowCount: rows.count))
            let numbers = decisions.map { evaluation.numberedValues(of: $0) }
            for row in 0..<rows.count {
                for (place, node) in decisions.enumerated() {
                    let (wanted, answer) = naive(rows, row, node)
                    if let values = numbers[place], values.numbers[row] >= 0 {
                        let value = values.values[Int(values.numbers[row])]
                        #expect(Answer(value, nil, FEELEvaluation()).value == wanted.value)
                        numbered += 1
                    }
                    let found = fast(evaluation, row, node)
                    if case .matched = answer { matched += 1 }
                    if let answer { seen.insert("\(answer)".prefix { $0 != "(" }.description) }
                    guard wanted != found else { continue }
                    let text = String(decoding: file.bytes, as: UTF8.self)
                    Issue.record("seed \(seed - 1), row \(row): \(found), not \(wanted)\n\(text)")
                    return
                }
            }
            pairs += rows.count * decisions.count
            bulk += rows.count * decisions.count { evaluation.codes(of: $0) != nil }
            slow += compiled.remarks.cellCount
            added += decisions.count { evaluation.sums(of: $0) != nil }
        }
        #expect(matched > pairs / 8)
        #expect(bulk > pairs / 4 && slow > 0 && added > 0)
        #expect(numbered > pairs / 3)
        #expect(seen.count == 5)
    }

    private func naive(
        _ rows: RandomRows,
        _ row: Int,
        _ node: Int
    ) -> (Answer, TableOutcome.Answer?) {
        let model = rows.compiled.model
        let evaluation = DecisionEvaluation(model)
        rows.give(row, to: evaluation)
        let value = evaluation.value(of: node)
        let outcome = evaluation.outcomes.last { $0.table == model.table(of: node) }
        return (Answer(value, outcome, evaluation.expressions), outcome?.answer)
    }

    private func fast(_ evaluation: BlockEvaluation, _ row: Int, _ node: Int) -> Answer {
        let value = evaluation.value(of: node, row: row)
        let outcome =
            evaluation.outcome(of: node, row: row)
            ?? interpreted(evaluation.compiled.model, node, evaluation, row)
        if let answers = evaluation.answers(of: node), let outcome {
            check(answers[row], outcome, evaluation.compiled.model)
            #expect(evaluation.rules(of: node, row: row) == outcome.matches)
        }
        return Answer(value, outcome, FEELEvaluation())
    }

    /// The outcome of a table that is left to the interpreter is the interpreter's.
    private func interpreted(
        _ model: DecisionModel,
        _ node: Int,
        _ evaluation: BlockEvaluation,
        _ row: Int
    ) -> TableOutcome? {
        guard model.table(of: node) != nil else { return nil }
        _ = evaluation.value(of: node, row: row)
        return evaluation.lastOutcome(of: node)
    }

    private func check(_ answer: Int32, _ outcome: TableOutcome, _ model: DecisionModel) {
        switch outcome.answer {
        case .matched: #expect(outcome.matches.contains(Int(answer)))
        case .none: #expect(answer == RowAnswer.none)
        case .standard: #expect(answer == RowAnswer.standard)
        case .violation: #expect(answer == RowAnswer.violation)
        case .invalidInput(let place): #expect(answer == RowAnswer.invalidInput - Int32(place))
        }
    }
}
