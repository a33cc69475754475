// SPDX-License-Identifier: Apache-2.0

// What is said of a company. The outcome comes first: a score is only there where one means
// something.

package import CreditFacts
package import LegalHistory
package import Quantities
package import Scoring
package import StatementAnalysis

/// What can be said of a company at all.
package enum AssessmentOutcome: String, Sendable, CaseIterable {
    /// Collective proceedings are open: it has failed, there is nothing to predict.
    case inProceedings = "in_proceedings"
    /// It has ended.
    case closed
    /// Somebody has to read a judgment first.
    case review
    /// Too little is known.
    case notScorable = "not_scorable"
    /// It was scored.
    case scored
}

/// What a probability was made from.
package enum AssessmentBasis: String, Sendable {
    /// The bundle's trees, on statements.
    case statements
    /// A card of few ratios, because many items are missing.
    case fewRatios = "few_ratios"
    /// Payments alone, from the bundle's base rate; not fitted.
    case payments
}

/// A probability and what follows from it.
package struct RiskFigures: Sendable, Equatable {
    /// Probability of failure within the horizon.
    package var probability: Double
    /// Score on the bundle's scale.
    package var score: UInt32
    /// Number of the risk class, from 1 for the safest.
    package var riskClass: UInt32

    /// Takes figures.
    package init(probability: Double, score: UInt32, riskClass: UInt32) {
        self.probability = probability
        self.score = score
        self.riskClass = riskClass
    }
}

/// Why a company has the score that it has. Its words stand in the bundle, and are looked up when
/// they are shown.
package struct AssessmentReason: Sendable, Equatable {
    /// The bundle.
    package let model: ScoringModel
    /// The place of the feature among those of the bundle.
    package let featureIndex: Int
    /// What it adds to the log-odds; positive raises the risk.
    package let contribution: Double
    /// The feature's value for the company; NaN where it is missing.
    package let value: Double
    /// Where the newest statement behind it was read.
    package let source: PaperReference?
    /// The day on which that statement's year ends.
    package let closing: CalendarDate?

    /// The feature of the bundle.
    package var feature: String { model.manifest.features[featureIndex].name }
    /// What it is called in French.
    package var french: String { model.manifest.features[featureIndex].label.french }
    /// What it is called in English.
    package var english: String { model.manifest.features[featureIndex].label.english }

    /// Whether two say the same of one bundle.
    package static func == (left: AssessmentReason, right: AssessmentReason) -> Bool {
        left.model === right.model && left.featureIndex == right.featureIndex
            && left.contribution == right.contribution
            && left.value.bitPattern == right.value.bitPattern
            && left.source == right.source && left.closing == right.closing
    }
}

/// How a company pays what it owes.
package struct PaymentEvidence: Sendable, Equatable {
    /// Payments within the last twelve months.
    package var payments = 0
    /// Index from 0 to 100, 80 for prompt; nil below the least experience.
    package var index: Double?
    /// Mean days beyond terms, weighted by amount, with what is open and late.
    package var daysBeyondTerms: Double?
    /// How many days later payments of the last months came than those before; nil for too few.
    package var daysTrend: Double?
    /// What is open and disputed, in cents; it is no delay.
    package var disputed: Int64 = 0
    /// Promises whose day passed without a payment.
    package var brokenPromises = 0
    /// Payments that a bank gave back.
    package var returnedPayments = 0
    /// Part of what was paid that came more than 30 days late.
    package var shareLateOver30: Double?
    /// Part of what was paid that came more than 90 days late.
    package var shareLateOver90: Double?
    /// What is open, in cents.
    package var open: Int64 = 0
    /// What is open and past due, in cents.
    package var pastDue: Int64 = 0
    /// Money and credit notes that belong to no invoice, in cents; never taken off what is open.
    package var credits: Int64 = 0
    /// What is open, in cents, by age.
    package var openByAge: [Int64] = []
    /// Whether due dates are only the legal ones, for want of agreed ones.
    package var hasLegalTermsOnly = false
}

/// An assessment.
package struct Assessment: Sendable {
    /// The company.
    package var siren: SIREN?
    /// Its name.
    package var name: String?
    /// The day for which it is made: nothing that was made known later was used.
    package var asOf: CalendarDate
    /// What can be said at all.
    package var outcome: AssessmentOutcome
    /// Since when; of proceedings and of an end.
    package var since: CalendarDate?
    /// Where the company stands in law.
    package var legal: LegalStatus
    /// What courts, register and directory say together.
    package var evidence: LegalEvidence
    /// Name and version of the model, where one was used.
    package var model: String?
    /// Months for which the probability holds.
    package var horizonMonths: Int?
    /// What the probability was made from.
    package var basis: AssessmentBasis?
    /// What the calibration by data depth added to the bundle's log-odds: with fewer years shown a
    /// model's mean probability falls, while as many companies fail.
    package var depthLogOdds: Double = 0
    /// The bundle's figures, calibrated by data depth; nil where there is no score.
    package var base: RiskFigures?
    /// With what payments add.
    package var adjusted: RiskFigures?
    /// What payments added, in log-odds.
    package var paymentLogOdds: Double = 0
    /// How far it is to be trusted.
    package var confidence: Confidence
    /// Whether the class was lowered because little is known.
    package var isClassCapped = false
    /// Why, the strongest first.
    package var reasons: [AssessmentReason] = []
    /// What all formulas came to for the last statement; nil without one.
    package var figures: StatementFigures?
    /// What is odd about the statements; it lowers the confidence.
    package var findings: [Finding] = []
    /// The statements that were used, the newest first.
    package var statements: [FinancialStatement] = []
    /// How it pays.
    package var payments = PaymentEvidence()
    /// How its customers pay it.
    package var receivables = PaymentEvidence()
    /// How long its receivables stand; nil where nothing is known of them, or of its sales.
    package var receivableDays: ReceivablesEvidence?
    /// What models of several horizons say, the nearest first; empty unless they were asked.
    package var horizons: [HorizonFigures] = []

    /// Ratios and balances of the last statement.
    package var ratios: [FormulaResult] {
        guard let figures else { return [] }
        return figures.results().filter {
            $0.formula.kind == .ratio || $0.formula.kind == .balance
        }
    }

    /// How the main figures went over the years; those of which two years are known at least.
    package var trends: [StatementTrend] {
        guard statements.count > 1 else { return [] }
        return StatementTrend.all(of: statements, named: AssessmentTable.standard.trends)
            .filter { $0.points.count > 1 }
    }

    /// What published models say of the last statement, side by side; nil without one.
    package var models: ModelComparison? {
        guard let figures, let last = statements.first else { return nil }
        let years = StatementYears(last, previous: statements.dropFirst().first)
        return ModelComparison(figures, of: years)
    }
}
