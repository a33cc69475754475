// SPDX-License-Identifier: Apache-2.0

// Assessments as they come over the wire, turned into plain values.

internal import ProtobufCoding
package import VigieProtos

/// What is said once of many assessments, ready to be looked up.
package struct AssessmentLabels: Sendable {
    /// The model that scores statements.
    package let model: ModelIdentity
    /// The one of few ratios.
    package let card: ModelIdentity?
    private let modelFeatures: [UInt32: Vigie_V1_FeatureLabel]
    private let cardFeatures: [UInt32: Vigie_V1_FeatureLabel]
    private let formulas: [UInt32: Vigie_V1_FormulaLabel]

    /// Takes a context.
    package init(_ context: Vigie_V1_AssessmentContext) {
        model = ModelIdentity(context.model)
        card = context.hasCard ? ModelIdentity(context.card) : nil
        modelFeatures = Self.byNumber(context.modelFeatures, \.feature)
        cardFeatures = Self.byNumber(context.cardFeatures, \.feature)
        formulas = Self.byNumber(context.formulas, \.formula)
    }

    private static func byNumber<Label>(
        _ labels: [Label],
        _ number: (Label) -> UInt32
    ) -> [UInt32: Label] {
        var byNumber: [UInt32: Label] = [:]
        for label in labels { byNumber[number(label)] = label }
        return byNumber
    }

    func feature(_ number: UInt32, isOfCard: Bool) -> Vigie_V1_FeatureLabel {
        (isOfCard ? cardFeatures : modelFeatures)[number] ?? Vigie_V1_FeatureLabel()
    }

    func formula(_ number: UInt32) -> Vigie_V1_FormulaLabel {
        formulas[number] ?? Vigie_V1_FormulaLabel()
    }
}

extension ModelIdentity {
    init(_ message: Vigie_V1_ModelIdentity) {
        self.init(
            name: message.name,
            version: message.version,
            contentHash: message.contentHash,
            event: message.event,
            horizonMonths: Int(message.horizonMonths),
            scoreScale: message.scoreScale,
            highScoreIsSafe: message.highScoreIsSafe,
            asOfDate: message.asOfDate,
            baseLogOdds: message.baseLogOdds == 0 ? nil : message.baseLogOdds
        )
    }
}

extension CompanyAssessment {
    /// The assessment of a message.
    package init(_ message: Vigie_V1_CompanyAssessment, _ labels: AssessmentLabels) {
        self.init(model: labels.model, outcome: AssessmentOutcome(message.outcome))
        card = labels.card
        siren = message.siren.isEmpty ? nil : message.siren
        since = message.hasSinceDay ? Day(number: message.sinceDay) : nil
        legal = LegalStanding(message.legal)
        basis = AssessmentBasis(message.basis)
        base = message.hasBase ? RiskFigures(message.base) : nil
        adjusted = message.hasAdjusted ? RiskFigures(message.adjusted) : nil
        paymentLogOdds = message.paymentLogOdds
        depthLogOdds = message.depthLogOdds
        confidence = "\(message.confidence)".uppercased()
        isClassCapped = message.classCapped
        reasons = AssessmentReason.list(message, labels)
        ratios = FormulaValue.list(message.ratios, labels)
        publishedModels = FormulaValue.list(message.publishedModels, labels)
        FormulaValue.read(message.publishedModels, labels, into: &publishedModels)
        modelsDiverge = message.publishedModels.diverge
        payments = message.hasPayments ? PaymentFigures(message.payments) : nil
        receivables = message.hasReceivables ? PaymentFigures(message.receivables) : nil
        let used = message.statements
        for (index, (closing, months)) in zip(used.closingDays, used.months).enumerated() {
            statements.append(
                UsedStatement(
                    closing: Day(number: closing),
                    months: Int(months),
                    place: PaperPlace(used.papers, used.paperLines, index)
                )
            )
        }
        findings = message.findings.map(PaperFinding.init)
        readAnswers(message, labels)
    }
}

extension AssessmentOutcome {
    init(_ outcome: Vigie_V1_AssessmentOutcome) {
        switch outcome {
        case .scored: self = .scored
        case .notScorable: self = .notScorable
        case .closed: self = .closed
        case .inProceedings: self = .inProceedings
        case .review: self = .review
        case .unspecified, .UNRECOGNIZED: self = .other(outcome.rawValue)
        }
    }
}

extension AssessmentBasis {
    init?(_ basis: Vigie_V1_AssessmentBasis) {
        switch basis {
        case .unspecified: return nil
        case .statements: self = .statements
        case .fewRatios: self = .fewRatios
        case .payments: self = .payments
        case .UNRECOGNIZED(let number): self = .other(number)
        }
    }
}

extension RiskFigures {
    init(_ figures: Vigie_V1_RiskFigures) {
        self.init(
            probability: figures.probability,
            score: Int(figures.score),
            riskClass: Int(figures.riskClass)
        )
    }
}

extension LegalStanding {
    private static let states = [
        "none", "sauvegarde_obs", "sauvegarde_plan", "rj_obs", "rj_plan", "lj",
        "none_after_resolution", "closed_paid", "closed_insufficient_assets",
        "closed_unspecified", "review", "review_after_appeal",
    ]
    private static let registers = ["active", "dissolving", "struck_off", "ceased"]

    private static func name(_ number: Int, _ names: [String]) -> String {
        names.indices.contains(number - 1) ? names[number - 1] : "\(number)"
    }

    fileprivate init(_ message: Vigie_V1_LegalStanding) {
        state = Self.name(message.state.rawValue, Self.states)
        since = message.hasSinceDay ? Day(number: message.sinceDay) : nil
        register = Self.name(message.register.rawValue, Self.registers)
        needsReview = message.needsReview
        hasFailed = message.hasFailed
        conflicts = message.conflicts.map { conflict in
            Conflict(
                struckOff: Day(number: conflict.struckOffDay),
                activeSince: conflict.hasActiveSinceDay
                    ? Day(number: conflict.activeSinceDay) : nil,
                isActiveAgain: conflict.kind == .activeAgain,
                struckOffPlace: conflict.hasStruckOffPlace
                    ? PaperPlace(conflict.struckOffPlace) : nil,
                activePlace: conflict.hasActivePlace ? PaperPlace(conflict.activePlace) : nil
            )
        }
        let kinds = LegalEvent.Kind.allKinds.map(\.rawValue)
        let noticed = zip(message.notices, message.noticeKinds)
        for (index, (notice, kind)) in noticed.enumerated() {
            let days = message.noticePublishedDays
            notices.append(
                Notice(
                    notice: notice,
                    kind: LegalEvent.Kind(rawValue: Self.name(kind.rawValue, kinds)),
                    published: days.indices.contains(index) ? Day(number: days[index]) : nil,
                    place: PaperPlace(message.noticePapers, message.noticePaperLines, index)
                )
            )
        }
    }
}

extension PaperPlace {
    fileprivate init(_ message: Vigie_V1_PaperPlace) {
        self.init(paper: Int(message.paper), line: Int(message.paperLine))
    }
}

extension AssessmentReason {
    fileprivate static func list(
        _ message: Vigie_V1_CompanyAssessment,
        _ labels: AssessmentLabels
    ) -> [AssessmentReason] {
        let (columns, isOfCard) = (message.reasons, message.basis == .fewRatios)
        var reasons: [AssessmentReason] = []
        for (index, (number, contribution)) in zip(columns.features, columns.contributions)
            .enumerated()
        {
            let label = labels.feature(number, isOfCard: isOfCard)
            let days = columns.closingDays
            reasons.append(
                AssessmentReason(
                    feature: label.name,
                    featureIndex: Int(number),
                    label: LocalizedText(label.label),
                    contribution: contribution,
                    place: PaperPlace(columns.papers, columns.paperLines, index),
                    closing: days.indices.contains(index) ? Day(number: days[index]) : nil,
                    value: Column(columns.values).number(index),
                    median: Column(columns.medians).number(index),
                    percentBelow: Column(columns.percentsBelow).number(index),
                    sentence: LocalizedText(contribution > 0 ? label.raisesRisk : label.lowersRisk)
                )
            )
        }
        return reasons
    }
}

extension FormulaValue {
    fileprivate static func list(
        _ columns: Vigie_V1_ResultColumns,
        _ labels: AssessmentLabels
    ) -> [FormulaValue] {
        var values: [FormulaValue] = []
        for (index, (number, value)) in zip(columns.formulas, columns.values).enumerated() {
            let label = labels.formula(number)
            let absences = columns.reasons
            values.append(
                FormulaValue(
                    name: label.name,
                    label: LocalizedText(label.label),
                    unit: label.unit,
                    value: value.isNaN ? nil : value,
                    absence: absences.indices.contains(index) ? Absence(absences[index]) : nil,
                    isAnnualised: false
                )
            )
        }
        for (index, amount) in columns.twelveMonths.enumerated()
        where values.indices.contains(index) && !amount.isNaN {
            values[index].twelveMonths = amount
        }
        for place in columns.annualised where values.indices.contains(Int(place)) {
            values[Int(place)].isAnnualised = true
        }
        return values
    }

    fileprivate static func list(
        _ columns: Vigie_V1_PublishedModelColumns,
        _ labels: AssessmentLabels
    ) -> [FormulaValue] {
        var values = list(columns.results, labels)
        for (index, probability) in columns.probabilities.enumerated()
        where values.indices.contains(index) && !probability.isNaN {
            values[index].probability = probability
        }
        for (index, zone) in columns.zones.enumerated() where values.indices.contains(index) {
            switch zone {
            case .distress: values[index].zone = .distress
            case .grey: values[index].zone = .grey
            case .safe: values[index].zone = .safe
            default: break
            }
        }
        return values
    }
}

extension FormulaValue {
    /// What went into published models.
    fileprivate static func read(
        _ columns: Vigie_V1_PublishedModelColumns,
        _ labels: AssessmentLabels,
        into models: inout [FormulaValue]
    ) {
        let values = columns.inputValues
        if values.isEmpty { return }
        let formulas = columns.results.formulas.map(labels.formula)
        let names = formulas.map(
            columns.inputForm == .simplified ? \.simplifiedInputs : \.inputs
        )
        var next = 0
        for (index, list) in names.enumerated() where models.indices.contains(index) {
            for name in list where next < values.count {
                let value = values[next]
                models[index].inputs.append(Input(name: name, value: value.isNaN ? nil : value))
                next += 1
            }
        }
    }
}

extension FormulaValue.Absence {
    fileprivate init?(_ reason: Vigie_V1_NoValueReason) {
        switch reason {
        case .unspecified: return nil
        case .linesMissing: self = .linesMissing
        case .earlierLinesMissing: self = .earlierLinesMissing
        case .notGiven: self = .notGiven
        case .noYearBefore: self = .noYearBefore
        case .notComputable: self = .notComputable
        case .divisorZero: self = .divisorZero
        case .divisorNegative: self = .divisorNegative
        case .UNRECOGNIZED(let number): self = .other(number)
        }
    }
}

extension PaymentFigures {
    fileprivate init(_ message: Vigie_V1_PaymentFigures) {
        payments = Int(message.payments)
        index = message.hasIndex ? message.index : nil
        daysBeyondTerms = message.hasDaysBeyondTerms ? message.daysBeyondTerms : nil
        daysTrend = message.hasDaysTrend ? message.daysTrend : nil
        shareLateOver30 = message.hasShareLateOver30 ? message.shareLateOver30 : nil
        shareLateOver90 = message.hasShareLateOver90 ? message.shareLateOver90 : nil
        brokenPromises = Int(message.brokenPromises)
        returnedPayments = Int(message.returnedPayments)
        open = message.openCents
        pastDue = message.pastDueCents
        disputed = message.disputedCents
        credits = message.creditCents
        openByAge = message.openCentsByAge
        hasLegalTermsOnly = message.legalTermsOnly
    }
}

extension PaperFinding {
    /// The finding of a message.
    package init(_ message: Vigie_V1_PaperFinding) {
        code = message.code
        switch message.severity {
        case .info: severity = .info
        case .warning: severity = .warning
        case .error: severity = .error
        case .unspecified, .UNRECOGNIZED: severity = .other(message.severity.rawValue)
        }
        place = PaperPlace(paper: Int(message.paper), line: Int(message.paperLine))
        field = message.field
        values = message.values
        text = LocalizedText(message.text)
    }
}

extension GlossaryTerm {
    /// The term of a message.
    package init(_ message: Vigie_V1_Term) {
        name = message.name
        title = message.title
        meaning = message.meaning
        origin = message.origin
        caveat = message.caveat
        advice = message.advice
    }
}
