// SPDX-License-Identifier: Apache-2.0

// Decisions that were made elsewhere, by a policy that is here too, put together out of what is
// told of them: so that they are written as those that were made here.

package import DecimalNumbers
package import Policies
package import Quantities

extension CreditDecision {
    /// What is told of a decision beside its parts.
    package struct Told {
        /// The class of risk.
        package var riskClass: String?
        /// What is done.
        package var action: String?
        /// The days at which the need is within the limit.
        package var fittingDays: Int?
        /// What the limit leaves.
        package var headroom: DecimalNumber?
        /// What is to be expected to be lost.
        package var expectedLoss: DecimalNumber?
        /// What is to be expected to be earned.
        package var opportunity: DecimalNumber?
        /// The role that may grant the limit.
        package var grantingRole: String?
        /// Whether a second person has to agree.
        package var needsSecondPerson = false
        /// What is missing, and why.
        package var missing: [(name: String, reason: String)] = []
        /// What is taken otherwise than one may think.
        package var notes: [String] = []
        /// The same, and why something is null.
        package var messages: [String] = []

        /// Nothing yet.
        package init() {}
    }

    /// A decision that was made elsewhere.
    package init(
        told: Told,
        about question: CreditQuestion,
        _ outcome: Outcome,
        need: CreditNeed?,
        limit: (limit: CreditLimit, validity: LimitValidity?)?,
        terms: CreditTerms,
        offers: [GuaranteeOffer],
        clauses: [ClauseText],
        matches: [Match]
    ) {
        self.init(
            question: question,
            outcome: outcome,
            riskClass: told.riskClass,
            need: need,
            limit: limit?.limit,
            validity: limit?.validity,
            terms: terms,
            fittingDays: told.fittingDays,
            offers: offers,
            exposure: nil,
            headroom: told.headroom,
            expectedLoss: told.expectedLoss,
            exposedLoss: nil,
            opportunity: told.opportunity,
            action: told.action,
            clauses: clauses,
            grantingRole: told.grantingRole,
            needsSecondPerson: told.needsSecondPerson,
            missing: told.missing.map { Missing(name: $0.name, reason: $0.reason) },
            matches: matches,
            notes: told.notes,
            messages: told.messages
        )
    }
}

extension CreditDecision.Match {
    /// A table that answered elsewhere.
    package init(told decision: String, table: Int, rules: [Int], answer: String) {
        self.init(decision: decision, table: table, rules: rules, answer: answer)
    }
}

extension CreditDecision.ClauseText {
    /// A clause that was filled elsewhere.
    package init(told clause: Clause, _ english: String, _ french: String, missing: [String]) {
        self.init(clause: clause, english: english, french: french, missing: missing)
    }
}

extension CreditNeed {
    /// A need that was estimated elsewhere.
    package init(told method: NeedMethod, amount: DecimalNumber?, formula: String) {
        (self.method, self.amount, self.formula, missing) = (method, amount, formula, [])
    }
}

extension LimitPart {
    /// A part that was computed elsewhere.
    package init(told name: String, _ kind: Kind, amount: DecimalNumber?, formula: String) {
        self.init(name: name, kind: kind, amount: amount, formula: formula, missing: nil)
    }
}

extension LimitValidity {
    /// An end that was found elsewhere.
    package init(told until: CalendarDate, reason: String) {
        self.init(until: until, reason: reason)
    }
}

extension CreditTerms {
    /// Terms that were set elsewhere.
    package init(
        told days: Int,
        legal: (days: Int?, isBinding: Bool),
        isPrepaid: Bool,
        deposit: DecimalNumber?,
        discount: (share: DecimalNumber?, days: Int?)
    ) {
        (self.days, self.isPrepaid, self.deposit) = (days, isPrepaid, deposit)
        (legalMaximumDays, isBoundByLaw) = legal
        (self.discount, discountDays) = discount
        reviewMonths = 0
    }
}

extension GuaranteeOffer {
    /// An offer that was worked out elsewhere.
    package init(
        told guarantee: Guarantee,
        amount: DecimalNumber,
        limit: DecimalNumber,
        yearlyCost: DecimalNumber?
    ) {
        self.init(guarantee: guarantee, amount: amount, limit: limit, yearlyCost: yearlyCost)
    }
}

extension TableExplanation {
    /// An explanation that was made elsewhere.
    package init(told match: CreditDecision.Match, _ matched: [Rule], nearMisses: [Rule]) {
        self.init(
            match: match,
            matched: matched,
            nearMisses: nearMisses,
            verdicts: [],
            inputCount: 0
        )
    }
}

extension TableExplanation.Rule {
    /// A rule that was explained elsewhere.
    package init(
        told place: Int,
        id: String,
        _ cells: [TableExplanation.Cell],
        outputs: [(name: String, text: String)]
    ) {
        self.init(place: place, id: id, cells: cells, outputs: outputs)
    }
}

extension TableExplanation.Cell {
    /// A cell that was explained elsewhere.
    package init(
        told input: String,
        _ text: String,
        value: String,
        isUnknown: Bool,
        distance: String?
    ) {
        self.init(
            input: input,
            text: text,
            value: value,
            isUnknown: isUnknown,
            distance: distance
        )
    }
}
