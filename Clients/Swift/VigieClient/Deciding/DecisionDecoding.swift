// SPDX-License-Identifier: Apache-2.0

// Decisions as they come over the wire, turned into plain values.

internal import ProtobufCoding
internal import VigieProtos

/// What is said once of many decisions, ready to be looked up.
struct DecisionLabels {
    let policy: DecidingPolicy
    private let assessment: AssessmentLabels?
    private let texts: [String: DecisionRule.Texts]

    init(_ context: Vigie_V1_DecisionContext) {
        policy = DecidingPolicy(
            name: context.policy.name,
            version: context.policy.version,
            contentHash: context.policy.contentHash,
            currency: context.policy.currency,
            asOf: Day(context.policy.asOfDate)
        )
        assessment = context.hasAssessment ? AssessmentLabels(context.assessment) : nil
        var texts: [String: DecisionRule.Texts] = [:]
        for rule in context.rules {
            texts[rule.id] = DecisionRule.Texts(
                customer: rule.hasCustomer ? LocalizedText(eitherOf: rule.customer) : nil,
                sales: rule.hasSales ? LocalizedText(eitherOf: rule.sales) : nil,
                credit: rule.hasCredit ? LocalizedText(eitherOf: rule.credit) : nil
            )
        }
        self.texts = texts
    }

    func texts(_ rule: String) -> DecisionRule.Texts? { texts[rule] }

    func assessment(_ message: Vigie_V1_CreditDecision) -> CompanyAssessment? {
        guard message.hasAssessment, let assessment else { return nil }
        return CompanyAssessment(message.assessment, assessment)
    }
}

extension LocalizedText {
    /// A text of which one language may not be there: it stands in both then.
    fileprivate init(eitherOf text: Vigie_V1_LocalizedText) {
        self.init(
            english: text.en.isEmpty ? text.fr : text.en,
            french: text.fr.isEmpty ? text.en : text.fr
        )
    }
}

extension String {
    /// Nil for an empty text, which stands for none on the wire.
    fileprivate var orNil: String? { isEmpty ? nil : self }
}

extension CreditDecision {
    init(_ message: Vigie_V1_CreditDecision, _ labels: DecisionLabels) {
        self.init(
            policy: labels.policy,
            outcome: DecisionOutcome(message.outcome),
            riskClass: message.riskClass.orNil,
            need: CreditNeed(
                method: message.need.method,
                amount: ExactNumber(unlessEmpty: message.need.amount),
                formula: message.need.formula
            ),
            limit: message.hasLimit ? CreditLimit(message.limit) : nil,
            terms: CreditTerms(message.terms)
        )
        guarantees = message.guarantees.map(GuaranteeOffer.init)
        clauses = message.clauses.map { clause in
            DecisionClause(
                identifier: clause.id,
                text: LocalizedText(english: clause.en, french: clause.fr),
                missing: clause.missing
            )
        }
        action = message.action.orNil
        grantingRole = message.grantingRole.orNil
        needsSecondPerson = message.needsSecondPerson
        role = message.role.orNil
        missing = message.missing.map { MissingInput(name: $0.name, reason: $0.reason) }
        headroom = ExactNumber(unlessEmpty: message.headroom)
        expectedLoss = ExactNumber(unlessEmpty: message.expectedLoss)
        opportunity = ExactNumber(unlessEmpty: message.opportunity)
        tables = message.tables.map { TableAnswer($0, labels) }
        (messages, notes) = (message.messages, message.notes)
        for fact in message.assessedFacts { assessedFacts[fact.name] = DecisionFact(fact) }
        assessment = labels.assessment(message)
    }
}

extension DecisionOutcome {
    init(_ outcome: Vigie_V1_DecisionOutcome) {
        switch outcome {
        case .granted: self = .granted
        case .routed: self = .routed
        case .refused: self = .refused
        case .investigation: self = .investigation
        case .humanReview: self = .humanReview
        case .unspecified, .UNRECOGNIZED: self = .other(outcome.rawValue)
        }
    }
}

extension CreditLimit {
    fileprivate init(_ message: Vigie_V1_CreditLimit) {
        self.init(
            amount: ExactNumber(message.amount),
            binding: message.binding,
            ownRisk: ExactNumber(message.ownRisk),
            covered: ExactNumber(message.covered),
            capacity: ExactNumber(unlessEmpty: message.capacity),
            total: ExactNumber(unlessEmpty: message.total),
            parts: message.parts.map { part in
                Part(
                    name: part.name,
                    kind: Part.Kind(part.kind),
                    amount: ExactNumber(unlessEmpty: part.amount),
                    formula: part.formula
                )
            },
            validUntil: Day(message.validUntil),
            validBy: message.validBy
        )
    }
}

extension CreditLimit.Part.Kind {
    fileprivate init(_ kind: Vigie_V1_LimitPartKind) {
        switch kind {
        case .ownRisk: self = .ownRisk
        case .cover: self = .cover
        case .total: self = .total
        case .unspecified, .UNRECOGNIZED: self = .other(kind.rawValue)
        }
    }
}

extension CreditTerms {
    fileprivate init(_ message: Vigie_V1_CreditTerms) {
        self.init(
            days: Int(message.days),
            legalMaximumDays: message.hasLegalMaximumDays ? Int(message.legalMaximumDays) : nil,
            isBoundByLaw: message.boundByLaw,
            isPrepaid: message.prepayment,
            deposit: ExactNumber(unlessEmpty: message.deposit),
            discount: ExactNumber(unlessEmpty: message.discount),
            discountDays: message.hasDiscountDays ? Int(message.discountDays) : nil,
            fittingDays: message.hasFittingDays ? Int(message.fittingDays) : nil
        )
    }
}

extension GuaranteeOffer {
    fileprivate init(_ message: Vigie_V1_GuaranteeOffer) {
        self.init(
            identifier: message.id,
            name: LocalizedText(eitherOf: message.name),
            kind: message.kind,
            amount: ExactNumber(message.amount),
            limit: ExactNumber(message.limit),
            months: Int(message.months),
            callDays: message.hasCallDays ? Int(message.callDays) : nil,
            yearlyCost: ExactNumber(unlessEmpty: message.yearlyCost)
        )
    }
}

extension DecisionFact {
    fileprivate init(_ message: Vigie_V1_DecisionFact) {
        let value: DecisionValue =
            switch message.value.kind {
            case .decimal(let text)?: .decimal(text)
            case .number(let number)?: .number(number)
            case .flag(let flag)?: .flag(flag)
            case .text(let text)?: .text(text)
            default: .number(.nan)
            }
        self.init(value, observed: Day(message.asOfDate), source: message.source.orNil)
    }
}

extension TableAnswer {
    fileprivate init(_ message: Vigie_V1_TableAnswer, _ labels: DecisionLabels) {
        let columns = Int(message.verdictColumns)
        let verdicts = message.verdicts.map(Verdict.init)
        self.init(
            decision: message.decision,
            kind: Kind(message.kind),
            rules: message.rules.map { DecisionRule($0, labels) },
            nearMisses: message.nearMisses.map { DecisionRule($0, labels) },
            verdicts: columns < 1
                ? []
                : stride(from: 0, to: verdicts.count, by: columns).map {
                    Array(verdicts[$0..<min($0 + columns, verdicts.count)])
                }
        )
    }
}

extension TableAnswer.Kind {
    fileprivate init(_ kind: Vigie_V1_TableAnswerKind) {
        switch kind {
        case .matched: self = .matched
        case .default: self = .standard
        case .none: self = .none
        case .violation: self = .violation
        case .invalidInput: self = .invalidInput
        case .unspecified, .UNRECOGNIZED: self = .other(kind.rawValue)
        }
    }
}

extension TableAnswer.Verdict {
    fileprivate init(_ verdict: Vigie_V1_CellVerdict) {
        switch verdict {
        case .any: self = .any
        case .passed: self = .passed
        case .failed: self = .failed
        case .unknown, .unspecified, .UNRECOGNIZED: self = .unknown
        }
    }
}

extension DecisionRule {
    fileprivate init(_ message: Vigie_V1_ExplainedRule, _ labels: DecisionLabels) {
        self.init(
            number: Int(message.number),
            identifier: message.id,
            texts: labels.texts(message.id),
            cells: message.cells.map { cell in
                Cell(
                    input: cell.input,
                    cell: cell.cell,
                    value: cell.value,
                    isUnknown: cell.unknown,
                    distance: cell.distance.orNil
                )
            },
            outputs: message.outputs.map { Output(name: $0.name, text: $0.text) }
        )
    }
}
