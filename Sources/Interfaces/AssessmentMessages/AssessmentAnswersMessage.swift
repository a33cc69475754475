// SPDX-License-Identifier: Apache-2.0

// What is told beside an assessment, as its fields on the wire.

internal import Assessment
internal import CreditFacts
package import ProtobufCoding
internal import Quantities
internal import StatementAnalysis
package import VigieApplication
internal import VigieProtos

extension AssessmentMessages {
    /// Writes the last fields of a CompanyAssessment.
    package func write(_ answers: AssessmentAnswers, to writer: inout ProtobufWriter) {
        if !answers.places.isEmpty {
            writer.message(170, Vigie_V1_QuartileColumns(answers.places))
        }
        switch answers.whatIf {
        case nil: break
        case .success(let answer)?: writer.message(178, Vigie_V1_ChangedAssessment(answer))
        case .failure(let error)?:
            writer.message(178, Vigie_V1_ChangedAssessment.with { $0.error = .init(error) })
        }
        for reach in answers.reach ?? [] { writer.message(186, Vigie_V1_ReachingChange(reach)) }
    }
}

extension Vigie_V1_LocalizedText {
    init(_ error: WhatIfError) {
        self.init()
        en = error.text(inFrench: false)
        fr = error.text(inFrench: true)
    }
}

extension Vigie_V1_ReceivableDays {
    init(_ days: ReceivablesEvidence) {
        self.init()
        basis = days.basis == .ledger ? .ledger : .statement
        if let value = days.daysSalesOutstanding { daysSalesOutstanding = value }
        if let value = days.bestPossibleDays { bestPossibleDays = value }
        if let value = days.averageDaysDelinquent { averageDaysDelinquent = value }
        if let value = days.countBackDays { countBackDays = value }
        if let value = days.collectionEffectiveness { collectionEffectiveness = value }
    }
}

extension Vigie_V1_HorizonColumns {
    init(_ horizons: [HorizonFigures]) {
        self.init()
        for horizon in horizons {
            months.append(UInt32(clamping: horizon.months))
            models.append(horizon.model)
            probabilities.append(horizon.figures.probability)
            scores.append(horizon.figures.score)
            riskClasses.append(horizon.figures.riskClass)
        }
    }
}

extension Vigie_V1_FigureTrend {
    init(_ trend: StatementTrend) {
        self.init()
        formula = FormulaNumbers.all.number(ofRatio: trend.formula.name)
        closingDays = trend.points.map { $0.closing.dayNumber }
        values = trend.points.map(\.value)
        if let change = trend.change { self.change = change }
        if let slope = trend.slopePerYear { slopePerYear = slope }
    }
}

extension Vigie_V1_QuartileColumns {
    init(_ places: [QuartilePlace]) {
        self.init()
        for place in places {
            formulas.append(FormulaNumbers.all.number(ofRatio: place.ratio))
            values.append(place.value)
            quarters.append(UInt32(clamping: place.quarter))
            firsts.append(place.row.first)
            medians.append(place.row.median)
            thirds.append(place.row.third)
            segments.append(place.segment)
            years.append(UInt32(clamping: place.year ?? 0))
        }
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

extension Vigie_V1_ChangedAssessment {
    init(_ answer: WhatIf.Answer) {
        self.init()
        effects = answer.effects.map(Vigie_V1_ChangeEffect.init)
        outcome = .init(rawValue: FactNumbers.number(answer.after.outcome, FactNumbers.outcomes))
        if let figures = answer.after.adjusted { adjusted = .init(figures) }
    }
}

extension Vigie_V1_ChangeEffect {
    init(_ effect: WhatIf.Effect) {
        self.init()
        name = effect.change.name
        if let change = effect.statement {
            line = change.line.description
            fromCents = change.from
            toCents = change.to
            cashCents = change.cash
        }
        if let part = effect.delayPart { delayPart = part }
    }
}

extension Vigie_V1_ReachingChange {
    init(_ reach: WhatIf.Reach) {
        self.init()
        driver = reach.driver
        label.en = reach.english
        label.fr = reach.french
        if let found = reach.effect { effect = .init(found) }
        if let figures = reach.after?.adjusted { adjusted = .init(figures) }
        guard reach.effect == nil else { return }
        switch reach.reason {
        case .alreadyThere?: reason = .alreadyThere
        case .capped(let best)?: (reason, bestClass) = (.capped, best)
        case .impossible(let found)?: (reason, error) = (.impossible, .init(found))
        case .nothing?, nil: reason = .nothing
        }
    }
}
