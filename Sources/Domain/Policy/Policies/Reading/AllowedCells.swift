// SPDX-License-Identifier: Apache-2.0

// Cells of reference tables that the model does not allow: one of them would make the whole table
// null, for every company.

internal import Decisions
internal import Documents
internal import FEEL
internal import VigieLimits

extension ReferenceTable {
    /// Holds cells against what the model allows of their columns.
    func checkAllowed(_ file: String, _ model: DecisionModel, _ problems: PolicyProblems) {
        guard let node = model.node(name), let rule = model.nodes[node].type.rule else { return }
        let evaluation = DecisionEvaluation(model, keepsMessages: false)
        for (column, rule) in rule.components {
            guard let allowed = rule.allowed, let place = columns.firstIndex(of: column) else {
                continue
            }
            for row in rows {
                evaluation.reset()
                guard case .context(let cells) = row.value, let value = cells[column],
                    !value.isNull,
                    allowed.program.evaluate([value], evaluation.expressions).boolean == false
                else { continue }
                let text = row.cells[place]
                let known = allowed.onlyTexts ?? []
                let words =
                    known.isEmpty
                    ? "is nothing that the model allows"
                    : "must be one of \(known.joined(separator: ", "))"
                problems.add(
                    file,
                    "line \(row.line)",
                    "\(column): \"\(text.prefix(FEELLimits.shownBytes))\" \(words)."
                        + NearestName.hint(known, to: text)
                )
            }
        }
    }
}
