// SPDX-License-Identifier: Apache-2.0

// What a server can score with, as plain values.

/// A text for people in the languages of a model.
public struct LocalizedText: Sendable, Hashable {
    /// English.
    public let english: String
    /// French.
    public let french: String
}

/// The short description of a model.
public struct ModelSummary: Sendable, Hashable {
    /// Name of the model.
    public let name: String
    /// Version of the model.
    public let version: String
    /// SHA-256 of the model's bundle, in lower-case hexadecimal.
    public let contentHash: String
    /// What the model is.
    public let description: LocalizedText
    /// Whether the model is used when a call names none.
    public let isDefault: Bool
    /// Identifier of the event whose probability is given.
    public let event: String
    /// Time within which the event is expected, in months.
    public let horizonMonths: Int
}

/// The full description of a model.
public struct ModelDescription: Sendable, Hashable {
    /// The short description.
    public let summary: ModelSummary
    /// Definition of the event whose probability is given.
    public let eventDefinition: LocalizedText
    /// The columns that a caller can send, in the order that a table without column names uses.
    public let inputs: [ModelInput]
    /// The features that the model sees; reasons refer to them by index.
    public let features: [ModelFeature]
    /// The scale of the score.
    public let scoreScale: ScoreScale
    /// The risk classes in ascending order of risk.
    public let riskClasses: [RiskClass]
    /// What the model is and is not, as Markdown.
    public let modelCard: String
    /// Figures of merit by name, such as `test_auc`.
    public let metrics: [String: Double]
    /// Where the model comes from, by key, such as `training_data`.
    public let provenance: [String: String]
    /// Form of the model inside of its bundle, such as `lightgbm-text`.
    public let modelFormat: String
}

/// A column that a caller can send.
public struct ModelInput: Sendable, Hashable {
    /// Name of the column, such as `total_assets` or `total_assets@1`.
    public let name: String
    /// Unit of the values, such as `currency`.
    public let unit: String
    /// What the column holds.
    public let description: LocalizedText
    /// Whether a call must bring the column.
    public let isRequired: Bool
    /// Whether a row without a value in this column can be scored.
    public let isMissingAllowed: Bool
    /// Whether a row with an invalid value in this column can be scored: the value counts as
    /// missing.
    public let isInvalidAllowed: Bool
    /// Least valid value; `nil` when there is none.
    public let minimum: Double?
    /// Greatest valid value; `nil` when there is none.
    public let maximum: Double?
}

/// A value that a model sees.
public struct ModelFeature: Sendable, Hashable {
    /// Name of the feature.
    public let name: String
    /// How the feature is computed from the inputs; `nil` when it is an input.
    public let expression: String?
    /// What the feature is.
    public let description: LocalizedText
    /// What to tell when the feature raises the risk.
    public let reasonWhenRaising: LocalizedText
    /// What to tell when the feature lowers the risk.
    public let reasonWhenLowering: LocalizedText
    /// Unit of the feature, such as `ratio`.
    public let unit: String
}

/// A scale of scores.
public struct ScoreScale: Sendable, Hashable {
    /// Identifier of the scale.
    public let id: String
    /// Least score.
    public let minimum: Int
    /// Greatest score.
    public let maximum: Int
    /// Whether a high score means a safe company.
    public let highScoreIsSafe: Bool
    /// How many points double the odds of surviving.
    public let pointsToDoubleOdds: Double
    /// The score at ``anchorProbability``.
    public let anchorScore: Double
    /// The probability of the event at which the score is ``anchorScore``.
    public let anchorProbability: Double
}

/// A band of probabilities.
public struct RiskClass: Sendable, Hashable {
    /// Number of the class; 1 is the safest.
    public let number: Int
    /// Greatest probability of the event in this class.
    public let probabilityMaximum: Double
    /// What the class is called.
    public let label: LocalizedText
}
