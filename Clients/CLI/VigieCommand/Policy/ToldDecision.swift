// SPDX-License-Identifier: Apache-2.0

// Decisions of a server as those that are made here, so that all that writes them writes both: by
// the same policy, which is at hand.

internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies
internal import Quantities
internal import VigieClient

/// Puts decisions of a server together.
struct ToldDecision {
    let policy: Policy
    let told: VigieClient.CreditDecision

    private func number(_ number: ExactNumber?) -> DecimalNumber? {
        number.flatMap { DecimalNumber(parsing: $0.text.utf8) }
    }

    private func amount(_ number: ExactNumber) -> DecimalNumber { self.number(number) ?? 0 }

    /// The decision on what was asked; nil if it has what this version does not know.
    func decision(about question: CreditQuestion) -> CreditPolicy.CreditDecision? {
        guard let outcome, let matches else { return nil }
        var said = CreditPolicy.CreditDecision.Told()
        (said.riskClass, said.action) = (told.riskClass, told.action)
        said.fittingDays = told.terms.fittingDays
        said.headroom = number(told.headroom)
        said.expectedLoss = number(told.expectedLoss)
        said.opportunity = number(told.opportunity)
        (said.grantingRole, said.needsSecondPerson) = (told.grantingRole, told.needsSecondPerson)
        said.missing = told.missing.map { ($0.name, $0.reason) }
        (said.notes, said.messages) = (told.notes, told.messages)
        return CreditPolicy.CreditDecision(
            told: said,
            about: question,
            outcome,
            need: need,
            limit: told.limit.map(limit),
            terms: terms,
            offers: told.guarantees.compactMap(offer),
            clauses: told.clauses.compactMap(clause),
            matches: matches
        )
    }

    private var outcome: CreditPolicy.CreditDecision.Outcome? {
        switch told.outcome {
        case .granted: .granted
        case .routed: .routed
        case .refused: .refused
        case .investigation: .investigation
        case .humanReview: .humanReview
        case .other: nil
        }
    }

    private var need: CreditPolicy.CreditNeed? {
        NeedMethod(rawValue: told.need.method).map {
            CreditPolicy.CreditNeed(
                told: $0,
                amount: number(told.need.amount),
                formula: told.need.formula
            )
        }
    }

    private func limit(
        _ limit: VigieClient.CreditLimit
    ) -> (limit: CreditPolicy.CreditLimit, validity: LimitValidity?) {
        let parts = limit.parts.compactMap { part -> LimitPart? in
            let kind: LimitPart.Kind
            switch part.kind {
            case .ownRisk: kind = .ownRisk
            case .cover: kind = .cover
            case .total: kind = .total
            case .other: return nil
            }
            return LimitPart(
                told: part.name,
                kind,
                amount: number(part.amount),
                formula: part.formula
            )
        }
        let made = CreditPolicy.CreditLimit(
            told: amount(limit.amount),
            binding: limit.binding,
            own: (amount(limit.ownRisk), amount(limit.covered)),
            bounds: (number(limit.capacity), number(limit.total)),
            parts
        )
        let until = limit.validUntil.flatMap { CalendarDate("\($0)") }
        return (made, until.map { LimitValidity(told: $0, reason: limit.validBy) })
    }

    private var terms: CreditPolicy.CreditTerms {
        let terms = told.terms
        return CreditPolicy.CreditTerms(
            told: terms.days,
            legal: (terms.legalMaximumDays, terms.isBoundByLaw),
            isPrepaid: terms.isPrepaid,
            deposit: number(terms.deposit),
            discount: (number(terms.discount), terms.discountDays)
        )
    }

    private func offer(_ offer: VigieClient.GuaranteeOffer) -> CreditPolicy.GuaranteeOffer? {
        policy.guarantees.first { $0.identifier == offer.identifier }.map {
            CreditPolicy.GuaranteeOffer(
                told: $0,
                amount: amount(offer.amount),
                limit: amount(offer.limit),
                yearlyCost: number(offer.yearlyCost)
            )
        }
    }

    private func clause(
        _ clause: DecisionClause
    ) -> CreditPolicy.CreditDecision.ClauseText? {
        policy.clauses.first { $0.identifier == clause.identifier }.map {
            CreditPolicy.CreditDecision.ClauseText(
                told: $0,
                clause.text.english,
                clause.text.french,
                missing: clause.missing
            )
        }
    }

    // MARK: - Rules

    private var matches: [CreditPolicy.CreditDecision.Match]? {
        var matches: [CreditPolicy.CreditDecision.Match] = []
        for answer in told.tables {
            let tables = policy.model.tables
            guard let place = tables.firstIndex(where: { $0.decisionName == answer.decision }),
                let word = Self.word(answer.kind),
                answer.rules.allSatisfy({ tables[place].rules.indices.contains($0.number - 1) })
            else { return nil }
            matches.append(
                CreditPolicy.CreditDecision.Match(
                    told: answer.decision,
                    table: place,
                    rules: answer.rules.map { $0.number - 1 },
                    answer: word
                )
            )
        }
        return matches
    }

    private static func word(_ kind: VigieClient.TableAnswer.Kind) -> String? {
        switch kind {
        case .matched: "matched"
        case .standard: "default"
        case .none: "none"
        case .violation: "violation"
        case .invalidInput: "invalid_input"
        case .other: nil
        }
    }

    /// What is explained of a decision that was put together.
    func explanations(of decision: CreditPolicy.CreditDecision) -> [TableExplanation] {
        zip(decision.matches, told.tables).map { match, answer in
            let names = policy.model.tables[match.table].outputs.map(\.name)
            return TableExplanation(
                told: match,
                answer.rules.map { rule($0, names) },
                nearMisses: answer.nearMisses.map { rule($0, names) }
            )
        }
    }

    private func rule(_ rule: DecisionRule, _ names: [String]) -> TableExplanation.Rule {
        TableExplanation.Rule(
            told: rule.number - 1,
            id: rule.identifier,
            rule.cells.map {
                TableExplanation.Cell(
                    told: $0.input,
                    $0.cell,
                    value: $0.value,
                    isUnknown: $0.isUnknown,
                    distance: $0.distance
                )
            },
            // The only output of a table needs no name, and is called "result" on its way.
            outputs: rule.outputs.map { (names == [""] ? "" : $0.name, $0.text) }
        )
    }
}
