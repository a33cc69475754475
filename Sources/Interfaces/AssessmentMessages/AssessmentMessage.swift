// SPDX-License-Identifier: Apache-2.0

// An assessment as its message. All that knows both stands here.

package import Assessment
internal import CreditFacts
internal import LegalHistory
internal import ProtobufCoding
internal import Quantities
internal import Scoring
internal import StatementAnalysis
package import VigieProtos

/// Makes messages of assessments of one plan.
package struct AssessmentMessages: Sendable {
    /// Parts that nobody wants.
    package let omitted: OmittedParts
    /// Whether findings tell what they say.
    let tellsFindings: Bool

    /// Leaves parts out.
    package init(omitted: OmittedParts, tellsFindings: Bool) {
        self.omitted = omitted
        self.tellsFindings = tellsFindings
    }

    /// The message of an assessment.
    package func message(_ assessment: Assessment) -> Vigie_V1_CompanyAssessment {
        var message = Vigie_V1_CompanyAssessment()
        message.siren = assessment.siren?.description ?? ""
        message.outcome = .init(
            rawValue: FactNumbers.number(assessment.outcome, FactNumbers.outcomes)
        )
        if let since = assessment.since { message.sinceDay = since.dayNumber }
        message.legal = legal(assessment)
        message.basis = .init(rawValue: FactNumbers.number(assessment.basis, FactNumbers.bases))
        if let base = assessment.base { message.base = .init(base) }
        if let adjusted = assessment.adjusted { message.adjusted = .init(adjusted) }
        message.paymentLogOdds = assessment.paymentLogOdds
        message.depthLogOdds = assessment.depthLogOdds
        message.confidence = .init(
            rawValue: FactNumbers.number(assessment.confidence, FactNumbers.confidences)
        )
        message.classCapped = assessment.isClassCapped
        if !assessment.reasons.isEmpty { message.reasons = reasons(assessment) }
        if !omitted.contains(.ratios), let figures = assessment.figures {
            message.ratios = .init(figures)
        }
        if !omitted.contains(.publishedModels), let models = assessment.models {
            message.publishedModels = .init(models)
        }
        if !omitted.contains(.payments) {
            message.payments = .init(assessment.payments)
            message.receivables = .init(assessment.receivables)
        }
        if !omitted.contains(.statements) {
            message.statements = statements(assessment.statements)
        }
        if !omitted.contains(.findings) {
            message.findings = assessment.findings.map { .init($0, tellsText: tellsFindings) }
        }
        return message
    }

    private func legal(_ assessment: Assessment) -> Vigie_V1_LegalStanding {
        let (status, evidence) = (assessment.legal, assessment.evidence)
        var message = Vigie_V1_LegalStanding()
        message.state = .init(
            rawValue: FactNumbers.number(status.state, FactNumbers.proceedingStates)
        )
        if let since = status.since { message.sinceDay = since.dayNumber }
        message.register = .init(
            rawValue: FactNumbers.number(evidence.register, FactNumbers.registerStates)
        )
        message.needsReview = evidence.needsReview
        message.hasFailed = evidence.hasFailed
        message.conflicts = evidence.conflicts.map(Vigie_V1_LegalConflict.init)
        for event in status.events {
            message.notices.append(event.notice)
            message.noticeKinds.append(
                .init(rawValue: FactNumbers.number(event.kind, FactNumbers.eventKinds))
            )
            message.noticePublishedDays.append(event.published.dayNumber)
            message.noticePapers.append(UInt32(clamping: event.source.paper))
            message.noticePaperLines.append(UInt32(clamping: event.source.line))
        }
        return message
    }

    private func reasons(_ assessment: Assessment) -> Vigie_V1_ReasonColumns {
        var message = Vigie_V1_ReasonColumns()
        for reason in assessment.reasons {
            message.features.append(UInt32(clamping: reason.featureIndex))
            message.contributions.append(reason.contribution)
            message.papers.append(UInt32(clamping: reason.source?.paper ?? 0))
            message.paperLines.append(UInt32(clamping: reason.source?.line ?? 0))
            message.closingDays.append(reason.closing?.dayNumber ?? .min)
        }
        return message
    }

    private func statements(_ statements: [FinancialStatement]) -> Vigie_V1_UsedStatementColumns {
        var message = Vigie_V1_UsedStatementColumns()
        for statement in statements {
            message.closingDays.append(statement.closing.dayNumber)
            message.months.append(UInt32(clamping: statement.months))
            message.forms.append(
                .init(rawValue: FactNumbers.number(statement.form, FactNumbers.forms))
            )
            message.papers.append(UInt32(clamping: statement.source.paper))
            message.paperLines.append(UInt32(clamping: statement.source.line))
        }
        return message
    }
}

extension Vigie_V1_RiskFigures {
    init(_ figures: RiskFigures) {
        self.init()
        probability = figures.probability
        score = figures.score
        riskClass = figures.riskClass
    }
}

extension Vigie_V1_LegalConflict {
    init(_ conflict: LegalEvidence.Conflict) {
        self.init()
        switch conflict {
        case .struckOffYetActive(let struckOff, let since):
            kind = .struckOffYetActive
            struckOffDay = struckOff.dayNumber
            if let since { activeSinceDay = since.dayNumber }
        case .activeAgain(let struckOff, let since):
            kind = .activeAgain
            struckOffDay = struckOff.dayNumber
            activeSinceDay = since.dayNumber
        }
    }
}

extension Vigie_V1_ResultColumns {
    /// Ratios and balances.
    init(_ figures: StatementFigures) {
        self.init()
        let numbers = FormulaNumbers.all.ratios(figures.formulas)
        formulas.reserveCapacity(numbers.count)
        values.reserveCapacity(numbers.count)
        reasons.reserveCapacity(numbers.count)
        for (place, number) in numbers {
            add(number, figures.value(place), figures.reason(place), figures.isAnnualised(place))
        }
    }

    /// Published models.
    init(_ models: ModelComparison) {
        self.init()
        for opinion in models.opinions {
            let result = opinion.result
            let number = FormulaNumbers.all.number(of: result.formula)
            add(number, result.value, result.reason, result.isAnnualised)
        }
    }

    private mutating func add(
        _ number: UInt32,
        _ value: Double?,
        _ reason: FormulaResult.Reason?,
        _ isAnnualised: Bool
    ) {
        if isAnnualised { annualised.append(UInt32(clamping: values.count)) }
        formulas.append(number)
        values.append(value ?? .nan)
        reasons.append(.init(reason))
    }
}

extension Vigie_V1_NoValueReason {
    init(_ reason: FormulaResult.Reason?) {
        self =
            switch reason {
            case nil: .unspecified
            case .missing: .linesMissing
            case .missingBefore: .earlierLinesMissing
            case .notGiven: .notGiven
            case .noYearBefore: .noYearBefore
            case .notComputable: .notComputable
            case .notMeaningful(_, isZero: true): .divisorZero
            case .notMeaningful(_, isZero: false): .divisorNegative
            }
    }
}

extension Vigie_V1_PublishedModelColumns {
    init(_ models: ModelComparison) {
        self.init()
        results = .init(models)
        for opinion in models.opinions {
            probabilities.append(opinion.probability ?? .nan)
            zones.append(.init(rawValue: FactNumbers.number(opinion.zone?.kind, FactNumbers.zones)))
        }
        diverge = models.diverges
    }
}

extension Vigie_V1_PaymentFigures {
    init(_ figures: PaymentEvidence) {
        self.init()
        payments = UInt32(clamping: figures.payments)
        if let value = figures.index { index = value }
        if let value = figures.daysBeyondTerms { daysBeyondTerms = value }
        if let value = figures.daysTrend { daysTrend = value }
        if let value = figures.shareLateOver30 { shareLateOver30 = value }
        if let value = figures.shareLateOver90 { shareLateOver90 = value }
        brokenPromises = UInt32(clamping: figures.brokenPromises)
        returnedPayments = UInt32(clamping: figures.returnedPayments)
        openCents = figures.open
        pastDueCents = figures.pastDue
        disputedCents = figures.disputed
        creditCents = figures.credits
        openCentsByAge = figures.openByAge
        legalTermsOnly = figures.hasLegalTermsOnly
    }
}

extension Vigie_V1_PaperFinding {
    init(_ finding: Finding, tellsText: Bool) {
        self.init()
        code = finding.code.rawValue
        severity = .init(rawValue: FactNumbers.number(finding.severity, FactNumbers.severities))
        paper = UInt32(clamping: finding.source.paper)
        paperLine = UInt32(clamping: finding.source.line)
        field = finding.field
        values = finding.values
        guard tellsText else { return }
        text.en = finding.text(inFrench: false)
        text.fr = finding.text(inFrench: true)
    }
}
