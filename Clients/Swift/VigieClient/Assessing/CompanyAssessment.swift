// SPDX-License-Identifier: Apache-2.0

// What is said of a company.

/// What can be said of a company at all. It comes first: only ``scored`` has figures, and no other
/// outcome is a kind of low score.
public enum AssessmentOutcome: Sendable, Hashable {
    /// It was scored.
    case scored
    /// Too little is known.
    case notScorable
    /// It has ended.
    case closed
    /// Collective proceedings are open: it has failed.
    case inProceedings
    /// Somebody has to read a judgment first.
    case review
    /// An outcome that this version of the client does not know, by its number.
    case other(Int)
}

/// Why a company was not scored.
public enum NotScorableReason: Sendable, Hashable {
    /// Neither statements nor payments are known on that day.
    case nothingKnown
    /// No statement is known, and payments are fewer than it takes.
    case fewPayments
    /// Statements lack what the model asks for, and payments are too few.
    case itemsMissing
    /// Statements were made known after that day, and payments are too few.
    case knownLater
    /// One that this version of the client does not know, by its number.
    case other(Int)
}

/// What a probability was made from.
public enum AssessmentBasis: Sendable, Hashable {
    /// Statements, by the model.
    case statements
    /// Few ratios of statements, by the card.
    case fewRatios
    /// Payments alone, from the model's base rate; not fitted.
    case payments
    /// One that this version of the client does not know, by its number.
    case other(Int)
}

/// A probability and what follows from it.
public struct RiskFigures: Sendable, Hashable {
    /// Probability of the model's event within its horizon, 0 to 1.
    public var probability: Double
    /// Score on the model's scale.
    public var score: Int
    /// Risk class of the model, from 1 for the safest.
    public var riskClass: Int

    /// Takes figures.
    ///
    /// - Parameters:
    ///   - probability: Probability of the model's event within its horizon, 0 to 1.
    ///   - score: Score on the model's scale.
    ///   - riskClass: Risk class of the model.
    public init(probability: Double, score: Int, riskClass: Int) {
        (self.probability, self.score, self.riskClass) = (probability, score, riskClass)
    }
}

/// An assessment of a company. Amounts are whole cents.
public struct CompanyAssessment: Sendable, Hashable {
    /// The model that scores statements, with the day for which the assessment is made.
    public var model: ModelIdentity
    /// The one for statements of which many items are missing; `nil` if there is none.
    public var card: ModelIdentity?
    /// The company's number.
    public var siren: String?
    /// What can be said at all. Look at it first.
    public var outcome: AssessmentOutcome
    /// Since when, of proceedings and of an end.
    public var since: Day?
    /// Where the company stands in law.
    public var legal = LegalStanding()
    /// What the probability was made from; `nil` without one.
    public var basis: AssessmentBasis?
    /// The model's figures, calibrated by data depth; `nil` without a score.
    public var base: RiskFigures?
    /// With what payments add; `nil` without a score.
    public var adjusted: RiskFigures?
    /// What payments added, in log-odds.
    public var paymentLogOdds = 0.0
    /// What the calibration by data depth added to the model's log-odds.
    public var depthLogOdds = 0.0
    /// How far it is to be trusted, from `"A"` to `"G"`.
    public var confidence: String
    /// Whether the class was lowered because little is known.
    public var isClassCapped = false
    /// Why, the strongest first.
    public var reasons: [AssessmentReason] = []
    /// Ratios and balances of the last statement.
    public var ratios: [FormulaValue] = []
    /// What published models say.
    public var publishedModels: [FormulaValue] = []
    /// Whether some of them see a sound firm and some one that fails.
    public var modelsDiverge = false
    /// How the company pays what it owes.
    public var payments: PaymentFigures?
    /// How its customers pay it.
    public var receivables: PaymentFigures?
    /// The statements that were used, the newest first.
    public var statements: [UsedStatement] = []
    /// What is odd about the statements; it lowers the confidence.
    public var findings: [PaperFinding] = []
    /// How long receivables stand; `nil` where nothing is known of them, or of sales.
    public var receivableDays: ReceivableDays?
    /// What models of several horizons say, the nearest first, if that was asked.
    public var horizons: [HorizonFigures] = []
    /// Where ratios stand among those of others, if that was asked.
    public var quartiles: [QuartilePlace] = []
    /// What would be said if facts were others, if that was asked.
    public var whatIf: ChangedAssessment?
    /// The smallest change of each driver that reaches a class, if that was asked.
    public var reach: [ReachingChange] = []
    /// Why it was not scored; `nil` for any other outcome.
    public var notScorableReason: NotScorableReason?
    /// How the main figures went over the years, if that was asked.
    public var trends: [FigureTrend] = []

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - model: The model that scores statements.
    ///   - outcome: What can be said at all.
    ///   - confidence: How far it is to be trusted, from `"A"` to `"G"`.
    ///   - adjusted: The figures.
    public init(
        model: ModelIdentity,
        outcome: AssessmentOutcome,
        confidence: String = "G",
        adjusted: RiskFigures? = nil
    ) {
        self.model = model
        self.outcome = outcome
        self.confidence = confidence
        self.adjusted = adjusted
        base = adjusted
    }
}
