// SPDX-License-Identifier: Apache-2.0

// Decisions as messages. Amounts and shares are written as decimal texts, without zeros behind the
// point, as all else that tells of decisions writes them.

internal import CreditPolicy
internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import VigieProtos

extension Vigie_V1_CreditDecision {
    /// The message of a decision; of its assessment nothing.
    ///
    /// - Parameter language: The language of names; nil for all.
    init(
        _ decision: CreditDecision,
        _ explanations: [TableExplanation],
        _ policy: Policy,
        _ language: PolicyLanguage?
    ) {
        self.init()
        outcome = .init(decision.outcome)
        riskClass = decision.riskClass ?? ""
        if let need = decision.need { self.need = .init(need) }
        if let limit = decision.limit { self.limit = .init(limit, decision.validity) }
        terms = .init(decision.terms, fittingDays: decision.fittingDays)
        guarantees = decision.offers.map { .init($0, language) }
        clauses = decision.clauses.map { clause in
            .with {
                $0.id = clause.clause.identifier
                $0.en = clause.english
                $0.fr = clause.french
                $0.missing = clause.missing
            }
        }
        action = decision.action ?? ""
        grantingRole = decision.grantingRole ?? ""
        needsSecondPerson = decision.needsSecondPerson
        role = decision.question.role ?? ""
        missing = decision.missing.map { missing in
            .with {
                $0.name = missing.name
                $0.reason = missing.reason
            }
        }
        headroom = decision.headroom?.plain ?? ""
        expectedLoss = decision.expectedLoss?.plain ?? ""
        opportunity = decision.opportunity?.plain ?? ""
        (messages, notes) = (decision.messages, decision.notes)
        tables = decision.matches.enumerated().map { place, match in
            let explanation = explanations.indices.contains(place) ? explanations[place] : nil
            return .init(match, explanation, policy)
        }
    }
}

extension Vigie_V1_DecisionOutcome {
    init(_ outcome: CreditDecision.Outcome) {
        switch outcome {
        case .granted: self = .granted
        case .routed: self = .routed
        case .refused: self = .refused
        case .investigation: self = .investigation
        case .humanReview: self = .humanReview
        }
    }
}

extension Vigie_V1_CreditNeed {
    init(_ need: CreditNeed) {
        self.init()
        method = need.method.rawValue
        amount = need.amount?.plain ?? ""
        formula = need.formula
    }
}

extension Vigie_V1_CreditLimit {
    init(_ limit: CreditLimit, _ validity: LimitValidity?) {
        self.init()
        amount = limit.amount.plain
        binding = limit.binding
        ownRisk = limit.ownRisk.plain
        covered = limit.covered.plain
        capacity = limit.capacity?.plain ?? ""
        total = limit.total?.plain ?? ""
        parts = limit.parts.map { part in
            .with {
                $0.name = part.name
                $0.kind = .init(part.kind)
                $0.amount = part.amount?.plain ?? ""
                $0.formula = part.formula
            }
        }
        validUntil = validity?.until.description ?? ""
        validBy = validity?.reason ?? ""
    }
}

extension Vigie_V1_LimitPartKind {
    init(_ kind: LimitPart.Kind) {
        switch kind {
        case .ownRisk: self = .ownRisk
        case .cover: self = .cover
        case .total: self = .total
        }
    }
}

extension Vigie_V1_CreditTerms {
    init(_ terms: CreditTerms, fittingDays: Int?) {
        self.init()
        days = UInt32(clamping: terms.days)
        if let most = terms.legalMaximumDays { legalMaximumDays = UInt32(clamping: most) }
        boundByLaw = terms.isBoundByLaw
        prepayment = terms.isPrepaid
        deposit = terms.deposit?.plain ?? ""
        discount = terms.discount?.plain ?? ""
        if let days = terms.discountDays { discountDays = UInt32(clamping: days) }
        if let days = fittingDays { self.fittingDays = UInt32(clamping: days) }
    }
}

extension Vigie_V1_GuaranteeOffer {
    init(_ offer: GuaranteeOffer, _ language: PolicyLanguage?) {
        self.init()
        let guarantee = offer.guarantee
        id = guarantee.identifier
        if language != .fr { name.en = guarantee.label.text(.en) }
        if language != .en { name.fr = guarantee.label.text(.fr) }
        kind = guarantee.kind.rawValue
        amount = offer.amount.plain
        limit = offer.limit.plain
        months = UInt32(clamping: guarantee.months)
        if let days = guarantee.callDays { callDays = UInt32(clamping: days) }
        yearlyCost = offer.yearlyCost?.plain ?? ""
    }
}

extension Vigie_V1_DecisionFact {
    /// The message of a fact that an assessment told: a number or a text.
    init(_ name: String, _ fact: CreditFact) {
        self.init()
        self.name = name
        switch fact.value {
        case .number(let number): value.decimal = number.plain
        case .string(let text): value.text = text
        case .boolean(let flag): value.flag = flag
        default: break
        }
        asOfDate = fact.observed?.description ?? ""
        source = fact.source ?? ""
    }
}
