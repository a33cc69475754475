// SPDX-License-Identifier: Apache-2.0

// Decisions on credit as one page that can be mailed and printed: nothing is fetched, no script
// runs. What the customer reads has no inner figures; sales see what is done, credit sees all.

internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies
internal import Quantities

/// Writes decisions as HTML.
struct DecisionPage {
    private let words: DecisionWords
    private let reader: PolicyReader

    init(_ words: DecisionWords, _ reader: PolicyReader) {
        (self.words, self.reader) = (words, reader)
    }

    /// The whole page.
    func html(_ decisions: [CreditDecision], _ explanations: [[TableExplanation]]) -> String {
        let articles = zip(decisions, explanations).map { article($0, $1) }
        let title = decisions.count == 1 ? decisions[0].question.company : words["decisions"]
        return """
            <!doctype html>
            <html lang="\(words.language.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(markup(title))</title><style>\(AssessmentPage.style)</style></head><body>
            \(articles.joined())<footer>\(markup(words.policy.reference)) \
            \(words.policy.contentHash)</footer></body></html>

            """
    }

    private func article(
        _ decision: CreditDecision,
        _ explanations: [TableExplanation]
    ) -> String {
        let question = decision.question
        var text = "<article><header><h1>\(markup(question.company))</h1>"
        text += "<p>\(question.asOf)</p></header>\n"
        // Nobody is promised what has not been granted.
        let isOpen = decision.outcome != .granted && decision.outcome != .refused
        let isWithheld = reader == .customer && isOpen
        text += "<p class=\"outcome \(colour(decision.outcome))\">"
        text += markup(words[isWithheld ? "examined" : decision.outcome.rawValue])
        if isWithheld {
            text += "</p>\n"
            text += pageList(words["missing"], decision.missing.map { words.label($0.name) })
            return text + "</article>\n"
        }
        if reader != .customer, let action = decision.action { text += " – \(markup(action))" }
        text += "</p>\n" + figures(decision)
        text += pageList(
            words["missing"],
            decision.missing.map { "\(words.label($0.name)): \($0.reason)" }
        )
        if reader != .customer { text += pageList(words["note"], decision.notes) }
        text += reasons(decision)
        if reader == .credit { text += parts(decision) }
        text += offers(decision) + clauses(decision)
        if reader == .credit { text += rules(explanations) }
        return text + "</article>\n"
    }

    private func colour(_ outcome: CreditDecision.Outcome) -> String {
        switch outcome {
        case .granted: "good"
        case .routed, .investigation, .humanReview: "fair"
        case .refused: "bad"
        }
    }

    private func figures(_ decision: CreditDecision) -> String {
        var boxes: [(String, String, String)] = []
        let currency = words.policy.manifest.currency.code
        if let limit = decision.limit {
            let until = decision.validity.map { "\(words["valid_until"]) \($0.until)" } ?? ""
            let bound = "\(words["bound_by"]) \(words.label(limit.binding))"
            let amount = "\(words.amount(limit.amount)) \(currency)"
            boxes.append(
                (words["limit"], amount, reader == .customer ? until : bound + ". " + until)
            )
        }
        let terms = decision.terms
        let deposit = terms.deposit.flatMap {
            $0.isZero ? nil : "\(words["deposit"]) \(words.percent($0))"
        }
        let days =
            terms.isPrepaid ? words["prepayment"] : "\(terms.days) \(words["days"])"
        boxes.append((words["terms"], days, deposit ?? ""))
        if reader == .credit {
            boxes.append((words["class"], decision.riskClass ?? "–", ""))
            boxes.append((words["need"], words.amount(decision.need?.amount), ""))
        }
        if reader != .customer, let headroom = decision.headroom {
            boxes.append((words["headroom"], words.amount(headroom), ""))
        }
        let divisions = boxes.map { name, value, more in
            "<div><span>\(markup(name))</span><b>\(markup(value))</b>"
                + "<small>\(markup(more))</small></div>"
        }
        return "<div class=\"figures\">\(divisions.joined())</div>\n"
    }

    /// What the policy says to the reader of the rules that matched.
    private func reasons(_ decision: CreditDecision) -> String {
        let policy = words.policy
        let texts = decision.matches.flatMap { match in
            match.rules.compactMap { rule in
                let identifier = policy.model.tables[match.table].rules[rule].id
                return policy.texts.text(identifier, words.language, reader)
            }
        }
        return pageList(words["why"], texts)
    }

    private func parts(_ decision: CreditDecision) -> String {
        guard let limit = decision.limit else { return "" }
        let rows = limit.parts.map { part in
            [
                words[part.kind.rawValue], words.label(part.name), words.amount(part.amount),
                part.formula,
            ]
        }
        let titles = ["", words["part"], words["limit"], words["how"]]
        return "<h2>\(markup(words["limit"]))</h2>" + pageTable(titles, rows)
    }

    private func offers(_ decision: CreditDecision) -> String {
        pageList(
            words["guarantees"],
            decision.offers.map { offer in
                "\(offer.guarantee.label.text(words.language)) \(words.amount(offer.amount)) → "
                    + words.amount(offer.limit)
            }
        )
    }

    private func clauses(_ decision: CreditDecision) -> String {
        pageList(
            words["clauses"],
            decision.clauses.map { words.language == .fr ? $0.french : $0.english }
        )
    }

    private func rules(_ explanations: [TableExplanation]) -> String {
        let rows = explanations.flatMap { explanation in
            explanation.matched.map { rule in
                let cells = rule.cells.map {
                    "\($0.input): \($0.value), \(words["wanted"]) \($0.text)"
                }
                let note = words.note(explanation.match.table, rule.place) ?? ""
                let name = "\(words["rule"]) \(rule.place + 1)"
                return [explanation.match.decision, name, note, cells.joined(separator: "; ")]
            }
        }
        guard !rows.isEmpty else { return "" }
        return "<h2>\(markup(words["why"]))</h2>"
            + pageTable(["", words["rule"], "", words["how"]], rows)
    }
}
