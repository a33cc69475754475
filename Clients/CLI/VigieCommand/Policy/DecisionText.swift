// SPDX-License-Identifier: Apache-2.0

// Decisions on credit for people, in English and French.

internal import CommandFiles
internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Documents
internal import Policies
internal import Quantities
internal import VigieLimits

/// Writes decisions for people.
struct DecisionText {
    private let policy: Policy
    private let words: DecisionWords

    init(_ words: DecisionWords) {
        (self.words, policy) = (words, words.policy)
    }

    private func amount(_ number: DecimalNumber?) -> String { words.amount(number) }
    private func label(_ name: String) -> String { words.label(name) }

    /// A line for each company.
    func summary(_ decisions: [CreditDecision], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                (words["company"], .left), (words["outcome"], .left), (words["class"], .left),
                (words["need"], .right), (words["limit"], .right), (words["binding"], .left),
                (words["days"], .right), (words["action"], .left),
            ],
            rows: decisions.map(row),
            terminal: terminal
        ) + notes(decisions)
    }

    /// What is worth telling, each once, with the first company of which it is told.
    private func notes(_ decisions: [CreditDecision]) -> String {
        var told: [(note: String, company: String, more: Int)] = []
        var places: [String: Int] = [:]
        for decision in decisions {
            for note in decision.notes {
                if let place = places[note] {
                    told[place].more += 1
                } else {
                    places[note] = told.count
                    told.append((note, decision.question.company, 0))
                }
            }
        }
        let shown = told.prefix(PolicyLimits.shownObstacles).map { note, company, more in
            let others = more > 0 ? " (+ \(more))" : ""
            return escaped("\(words["note"]): \(company)\(others): \(note)") + "\n"
        }
        let more = told.count - shown.count
        return shown.joined() + (more > 0 ? "\(words["note"]): + \(more)\n" : "")
    }

    private func row(_ decision: CreditDecision) -> [String] {
        var cells = [decision.question.company, words[decision.outcome.rawValue]]
        cells.append(decision.riskClass ?? "")
        cells += [amount(decision.need?.amount), amount(decision.limit?.amount)]
        cells.append(decision.limit.map { label($0.binding) } ?? missing(decision))
        cells += ["\(decision.terms.days)", decision.action ?? ""]
        return cells
    }

    private func missing(_ decision: CreditDecision) -> String {
        decision.missing.map { label($0.name) }.joined(separator: ", ")
    }

    /// All of a decision.
    func text(_ decision: CreditDecision, _ explanations: [TableExplanation]) -> String {
        var lines = head(decision)
        for missing in decision.missing {
            lines.append("  \(words["missing"]): \(label(missing.name)): \(missing.reason)")
        }
        lines += limit(decision) + terms(decision) + offers(decision) + clauses(decision)
        lines += reasons(decision) + explanations.flatMap(explanation)
        // Cells that do not fit a missing value say so; that is of use only where nothing fits.
        let isOpen = decision.outcome == .investigation
        for message in isOpen ? decision.messages : decision.notes {
            lines.append("  \(words["note"]): \(message)")
        }
        return lines.map { escaped($0) + "\n" }.joined()
    }

    private func head(_ decision: CreditDecision) -> [String] {
        let question = decision.question
        var line = question.company.isEmpty ? policy.reference : question.company
        line += ": \(words[decision.outcome.rawValue])"
        if let riskClass = decision.riskClass { line += ", \(words["class"]) \(riskClass)" }
        var lines = [
            line,
            "  \(policy.reference), \(question.asOf), \(words[question.stage.rawValue])",
        ]
        if let action = decision.action {
            lines.append("  \(words["action"]): \(action)")
        }
        if let role = decision.grantingRole {
            let label = policy.manifest.authority.role(role)?.label.text(words.language) ?? role
            let second = decision.needsSecondPerson ? ", \(words["second_person"])" : ""
            lines.append("  \(words["role"]): \(label)\(second)")
        }
        return lines
    }

    private func limit(_ decision: CreditDecision) -> [String] {
        var lines: [String] = []
        if let need = decision.need, let amount = need.amount {
            lines.append(
                "  \(words["need"]): \(words.amount(amount)) (\(words[need.method.rawValue]): "
                    + "\(need.formula))"
            )
        }
        guard let limit = decision.limit else { return lines }
        lines.append(
            "  \(words["limit"]): \(amount(limit.amount)) \(policy.manifest.currency), "
                + "\(words["bound_by"]) \(label(limit.binding))"
        )
        for part in limit.parts {
            lines.append(
                "    \(words[part.kind.rawValue]): \(label(part.name)): \(amount(part.amount)) "
                    + "(\(part.formula))"
            )
        }
        lines.append("    \(words["own_limit"]): \(amount(limit.ownRisk))")
        if let headroom = decision.headroom {
            lines.append("  \(words["headroom"]): \(amount(headroom))")
        }
        if let loss = decision.expectedLoss {
            lines.append("  \(words["expected_loss"]): \(amount(loss))")
        }
        if let opportunity = decision.opportunity {
            lines.append("  \(words["opportunity"]): \(amount(opportunity))")
        }
        if let validity = decision.validity {
            lines.append(
                "  \(words["valid_until"]): \(validity.until) (\(label(validity.reason)))"
            )
        }
        return lines
    }

    private func terms(_ decision: CreditDecision) -> [String] {
        let terms = decision.terms
        var line = "  \(words["terms"]): "
        line += terms.isPrepaid ? words["prepayment"] : "\(terms.days) \(words["days"])"
        if let most = terms.legalMaximumDays {
            line +=
                terms.isBoundByLaw ? " (\(words["bound_by_law"]))" : " (\(words["law"]) \(most))"
        }
        if let deposit = terms.deposit, !deposit.isZero {
            line += ", \(words["deposit"]) \(words.percent(deposit))"
        }
        if let discount = terms.discount, !discount.isZero {
            line += ", \(words["discount"]) \(words.percent(discount))"
            if let days = terms.discountDays { line += " (\(days) \(words["days"]))" }
        }
        return [line]
    }

    private func offers(_ decision: CreditDecision) -> [String] {
        var lines = decision.offers.map { offer in
            let cost = offer.yearlyCost.map { ", \(words["yearly_cost"]) \(amount($0))" } ?? ""
            return "  \(words["would_lift"]): \(offer.guarantee.label.text(words.language)) "
                + "\(amount(offer.amount)) → \(amount(offer.limit))\(cost)"
        }
        if let days = decision.fittingDays {
            lines.append("  \(words["would_fit"]): \(days) \(words["days"])")
        }
        return lines
    }

    private func clauses(_ decision: CreditDecision) -> [String] {
        decision.clauses.flatMap { clause in
            let text = words.language == .fr ? clause.french : clause.english
            var lines = [
                "  \(words["clause"]): \(clause.clause.label.text(words.language)): \(text)"
            ]
            if !clause.missing.isEmpty {
                let names = clause.missing.map(label).joined(separator: ", ")
                lines.append("    \(words["missing"]): \(names)")
            }
            return lines
        }
    }

    /// What the policy says to sales and to credit of the rules that matched.
    private func reasons(_ decision: CreditDecision) -> [String] {
        decision.matches.flatMap { match in
            match.rules.flatMap { rule -> [String] in
                let identifier = policy.model.tables[match.table].rules[rule].id
                return PolicyReader.allCases.compactMap { reader in
                    policy.texts.text(identifier, words.language, reader).map {
                        "  \(words["for_" + reader.rawValue]): \($0)"
                    }
                }
            }
        }
    }

    // MARK: - Explanations

    private func explanation(_ explanation: TableExplanation) -> [String] {
        let match = explanation.match
        var lines: [String] = []
        if match.rules.isEmpty {
            lines.append("  \(match.decision): \(words["answer_" + match.answer])")
        }
        for rule in explanation.matched {
            let note = words.note(match.table, rule.place).map { ": \($0)" } ?? ""
            lines.append("  \(match.decision): \(name(rule)) → \(outputs(rule))\(note)")
            for cell in rule.cells {
                lines.append("    \(cell.input): \(cell.value), \(words["wanted"]) \(cell.text)")
            }
        }
        for rule in explanation.nearMisses {
            lines.append(
                "    \(words["nearly"]) \(name(rule)) → \(outputs(rule)): "
                    + rule.cells.map(failed).joined(separator: "; ")
            )
        }
        return lines
    }

    private func failed(_ cell: TableExplanation.Cell) -> String {
        let value = cell.isUnknown ? words["unknown"] : cell.value
        let distance = cell.distance.map { " (\($0))" } ?? ""
        return "\(cell.input) \(value), \(words["wanted"]) \(cell.text)\(distance)"
    }

    private func name(_ rule: TableExplanation.Rule) -> String {
        "\(words["rule"]) \(rule.place + 1)" + (rule.id.isEmpty ? "" : " (\(rule.id))")
    }

    private func outputs(_ rule: TableExplanation.Rule) -> String {
        rule.outputs.map { $0.name.isEmpty ? $0.text : "\($0.name) \($0.text)" }
            .joined(separator: ", ")
    }
}
