// SPDX-License-Identifier: Apache-2.0

// What a row gets back: its outcome, its score, the reasons and what was wrong.

/// What became of a row. Only a ``scored`` row has a score; no other outcome is a low score.
public enum RowOutcome: Sendable, Hashable {
    /// The row was scored.
    case scored
    /// The row could not be scored; each ``RowIssue`` of it says why.
    case notScorable
    /// The company is closed; a probability of failure has no object.
    case closed
    /// Insolvency proceedings are open; the failure has happened.
    case inProceedings
    /// An outcome that this version of the client does not know, by its number.
    case other(Int)
}

/// How much one feature moved the score of one row.
public struct Reason: Sendable, Hashable {
    /// Name of the feature.
    public let feature: String
    /// Index of the feature in ``ModelDescription/features``.
    public let featureIndex: Int
    /// Contribution to the calibrated log-odds of failure; positive raises the risk.
    public let contribution: Double
    /// What to tell: the model's text for this feature raising or lowering the risk.
    public let explanation: LocalizedText

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - feature: Name of the feature.
    ///   - featureIndex: Index of the feature in the features.
    ///   - contribution: Contribution to the calibrated log-odds of failure; positive raises the
    ///     risk.
    ///   - explanation: What to tell: the model's text for this feature raising or lowering the
    ///     risk.
    public init(
        feature: String,
        featureIndex: Int = 0,
        contribution: Double,
        explanation: LocalizedText = LocalizedText(english: "")
    ) {
        self.feature = feature
        self.featureIndex = featureIndex
        self.contribution = contribution
        self.explanation = explanation
    }
}

/// The result for one row.
public struct Score: Sendable, Hashable {
    /// The model that gave the score, with event, horizon, scale and date.
    public let model: ModelIdentity
    /// What became of the row. Look at it first: without ``RowOutcome/scored`` there is no score.
    public let outcome: RowOutcome
    /// Probability of the model's event within its horizon, 0 to 1.
    public let probability: Double?
    /// Score on the model's scale.
    public let score: Int?
    /// Risk class; 1 is the safest.
    public let riskClass: Int?
    /// Share of the model's reference population that is riskier, 0 to 100.
    public let percentile: Double?
    /// Output of the model before calibration.
    public let rawScore: Double?
    /// The reasons, largest contribution first. Empty when none were asked for.
    public let reasons: [Reason]
    /// What was wrong with the row: why it has no score, or which values counted as missing.
    public let issues: [RowIssue]

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - model: The model that gave the score, with event, horizon, scale and date.
    ///   - outcome: What became of the row. Look at it first: without ``RowOutcome/scored`` there
    ///     is no score.
    ///   - probability: Probability of the model's event within its horizon, 0 to 1.
    ///   - score: Score on the model's scale.
    ///   - riskClass: Risk class; 1 is the safest.
    ///   - percentile: Share of the model's reference population that is riskier, 0 to 100.
    ///   - rawScore: Output of the model before calibration.
    ///   - reasons: The reasons, largest contribution first. Empty when none were asked for.
    ///   - issues: What was wrong with the row.
    public init(
        model: ModelIdentity,
        outcome: RowOutcome = .scored,
        probability: Double? = nil,
        score: Int? = nil,
        riskClass: Int? = nil,
        percentile: Double? = nil,
        rawScore: Double? = nil,
        reasons: [Reason] = [],
        issues: [RowIssue] = []
    ) {
        self.model = model
        self.outcome = outcome
        self.probability = probability
        self.score = score
        self.riskClass = riskClass
        self.percentile = percentile
        self.rawScore = rawScore
        self.reasons = reasons
        self.issues = issues
    }
}
