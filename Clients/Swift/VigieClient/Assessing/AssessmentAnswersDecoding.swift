// SPDX-License-Identifier: Apache-2.0

// What is told beside an assessment, out of its messages.

internal import ProtobufCoding
internal import VigieProtos

extension CompanyAssessment {
    /// Takes what is told beside an assessment.
    mutating func readAnswers(_ message: Vigie_V1_CompanyAssessment, _ labels: AssessmentLabels) {
        if message.hasReceivableDays { receivableDays = ReceivableDays(message.receivableDays) }
        let horizons = message.horizons
        for (index, months) in horizons.months.enumerated() {
            guard let model = Column(horizons.models)[index],
                let probability = Column(horizons.probabilities)[index]
            else { break }
            self.horizons.append(
                HorizonFigures(
                    months: Int(months),
                    model: model,
                    figures: RiskFigures(
                        probability: probability,
                        score: Int(Column(horizons.scores)[index] ?? 0),
                        riskClass: Int(Column(horizons.riskClasses)[index] ?? 0)
                    )
                )
            )
        }
        quartiles = QuartilePlace.list(message.quartiles, labels)
        if message.hasWhatIf { whatIf = ChangedAssessment(message.whatIf) }
        reach = message.reach.map(ReachingChange.init)
        notScorableReason = NotScorableReason(message.notScorableReason)
        trends = message.trends.map { FigureTrend($0, labels) }
    }
}

extension NotScorableReason {
    fileprivate init?(_ reason: Vigie_V1_NotScorableReason) {
        switch reason {
        case .unspecified: return nil
        case .nothingKnown: self = .nothingKnown
        case .fewPayments: self = .fewPayments
        case .itemsMissing: self = .itemsMissing
        case .knownLater: self = .knownLater
        case .UNRECOGNIZED(let number): self = .other(number)
        }
    }
}

extension FigureTrend {
    fileprivate init(_ message: Vigie_V1_FigureTrend, _ labels: AssessmentLabels) {
        let label = labels.formula(message.formula)
        self.init(
            name: label.name,
            label: LocalizedText(label.label),
            unit: label.unit,
            points: zip(message.closingDays, message.values).map {
                Point(closing: Day(number: $0), value: $1)
            },
            change: message.hasChange ? message.change : nil,
            slopePerYear: message.hasSlopePerYear ? message.slopePerYear : nil
        )
    }
}

extension ReceivableDays {
    fileprivate init(_ message: Vigie_V1_ReceivableDays) {
        switch message.basis {
        case .ledger: basis = .ledger
        case .statement: basis = .statement
        case .unspecified, .UNRECOGNIZED: basis = .other(message.basis.rawValue)
        }
        if message.hasDaysSalesOutstanding { daysSalesOutstanding = message.daysSalesOutstanding }
        if message.hasBestPossibleDays { bestPossibleDays = message.bestPossibleDays }
        if message.hasAverageDaysDelinquent {
            averageDaysDelinquent = message.averageDaysDelinquent
        }
        if message.hasCountBackDays { countBackDays = message.countBackDays }
        if message.hasCollectionEffectiveness {
            collectionEffectiveness = message.collectionEffectiveness
        }
    }
}

extension QuartilePlace {
    fileprivate static func list(
        _ columns: Vigie_V1_QuartileColumns,
        _ labels: AssessmentLabels
    ) -> [QuartilePlace] {
        var places: [QuartilePlace] = []
        for (index, formula) in columns.formulas.enumerated() {
            guard let value = Column(columns.values)[index],
                let quarter = Column(columns.quarters)[index],
                let first = Column(columns.firsts)[index],
                let median = Column(columns.medians)[index],
                let third = Column(columns.thirds)[index]
            else { break }
            let year = Column(columns.years)[index] ?? 0
            places.append(
                QuartilePlace(
                    ratio: labels.formula(formula).name,
                    value: value,
                    quarter: Int(quarter),
                    first: first,
                    median: median,
                    third: third,
                    segment: Column(columns.segments)[index] ?? "",
                    year: year == 0 ? nil : Int(year)
                )
            )
        }
        return places
    }
}

extension ChangeEffect {
    fileprivate init(_ message: Vigie_V1_ChangeEffect) {
        name = message.name
        line = message.line.isEmpty ? nil : message.line
        (from, to, cash) = (message.fromCents, message.toCents, message.cashCents)
        delayPart = message.hasDelayPart ? message.delayPart : nil
    }
}

extension ChangedAssessment {
    fileprivate init(_ message: Vigie_V1_ChangedAssessment) {
        effects = message.effects.map(ChangeEffect.init)
        outcome = AssessmentOutcome(message.outcome)
        adjusted = message.hasAdjusted ? RiskFigures(message.adjusted) : nil
        error = message.hasError ? LocalizedText(message.error) : nil
    }
}

extension ReachingChange {
    fileprivate init(_ message: Vigie_V1_ReachingChange) {
        driver = message.driver
        label = LocalizedText(message.label)
        effect = message.hasEffect ? ChangeEffect(message.effect) : nil
        adjusted = message.hasAdjusted ? RiskFigures(message.adjusted) : nil
        switch message.reason {
        case .unspecified: absence = nil
        case .alreadyThere: absence = .alreadyThere
        case .nothing: absence = .nothing
        case .capped: absence = .capped(Int(message.bestClass))
        case .impossible: absence = .impossible(LocalizedText(message.error))
        case .UNRECOGNIZED(let number): absence = .other(number)
        }
    }
}
