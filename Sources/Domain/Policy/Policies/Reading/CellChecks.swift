// SPDX-License-Identifier: Apache-2.0

// Whether cells of the tables that the calculation asks say what it can take: a share is a part, a
// method one that it knows, a guarantee one of the catalogue. What is computed in a cell shows only
// when it is.

internal import DecimalNumbers
internal import Decisions
internal import Documents
internal import FEEL

/// Holds cells of tables against what the calculation knows.
struct CellChecks {
    let manifest: PolicyManifest
    let model: DecisionModel
    let problems: PolicyProblems

    func run(guarantees: [Guarantee], clauses: [Clause]) {
        each(.need) { output, value in
            output == "method" ? Self.unknown(value, NeedMethod.allCases.map(\.rawValue)) : nil
        }
        for question in [PolicyQuestion.need, .limit, .terms] {
            each(question) { output, value in
                guard case .number(let number) = value else { return nil }
                return question.fault(output, number).map { $0 + "." }
            }
        }
        each(.guarantees) { Self.unknown($1, guarantees.map(\.identifier)) }
        each(.clauses) { Self.unknown($1, clauses.map(\.identifier)) }
    }

    /// Looks at each constant of the outputs of a table.
    private func each(_ question: PolicyQuestion, _ fault: (String, FEELValue) -> String?) {
        guard let name = manifest.decisions[question] else { return }
        for table in model.tables where table.decisionName == name {
            let single = question.outputs.first ?? ""
            for output in table.outputs {
                let column = output.name.isEmpty ? single : output.name
                guard let value = output.standard?.constant, let fault = fault(column, value)
                else { continue }
                problems.add(
                    table.place.file,
                    "line \(table.place.line ?? 1), decision \"\(name)\", default output "
                        + "\"\(column)\"",
                    fault
                )
            }
            for (number, rule) in table.rules.enumerated() {
                for (output, program) in zip(table.outputs, rule.outputs) {
                    let column = output.name.isEmpty ? single : output.name
                    guard let value = program.constant, let fault = fault(column, value) else {
                        continue
                    }
                    problems.add(
                        table.place.file,
                        "line \(rule.line), decision \"\(name)\", rule \(number + 1), output "
                            + "\"\(column)\"",
                        fault
                    )
                }
            }
        }
    }

    private static func unknown(_ value: FEELValue, _ known: [String]) -> String? {
        guard case .string(let text) = value, !known.contains(text) else { return nil }
        let hint = NearestName.hint(known, to: text)
        return "nothing is known as \"\(text)\".\(hint)"
    }
}
