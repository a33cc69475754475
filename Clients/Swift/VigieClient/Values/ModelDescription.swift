// SPDX-License-Identifier: Apache-2.0

// What a server can score with, as plain values.

/// A text for people in the languages of a model.
public struct LocalizedText: Sendable, Hashable {
    /// English.
    public let english: String
    /// French.
    public let french: String

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - english: English.
    ///   - french: French; `nil` for the English text.
    public init(
        english: String,
        french: String? = nil
    ) {
        self.english = english
        self.french = french ?? english
    }
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

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - name: Name of the model.
    ///   - version: Version of the model.
    ///   - contentHash: SHA-256 of the model's bundle, in lower-case hexadecimal.
    ///   - description: What the model is.
    ///   - isDefault: Whether the model is used when a call names none.
    ///   - event: Identifier of the event whose probability is given.
    ///   - horizonMonths: Time within which the event is expected, in months.
    public init(
        name: String,
        version: String = "1.0.0",
        contentHash: String = "",
        description: LocalizedText = LocalizedText(english: ""),
        isDefault: Bool = false,
        event: String = "",
        horizonMonths: Int = 12
    ) {
        self.name = name
        self.version = version
        self.contentHash = contentHash
        self.description = description
        self.isDefault = isDefault
        self.event = event
        self.horizonMonths = horizonMonths
    }
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

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - summary: The short description.
    ///   - eventDefinition: Definition of the event whose probability is given.
    ///   - inputs: The columns that a caller can send, in the order that a table without column
    ///     names uses.
    ///   - features: The features that the model sees; reasons refer to them by index.
    ///   - scoreScale: The scale of the score.
    ///   - riskClasses: The risk classes in ascending order of risk.
    ///   - modelCard: What the model is and is not, as Markdown.
    ///   - metrics: Figures of merit by name, such as `test_auc`.
    ///   - provenance: Where the model comes from, by key, such as `training_data`.
    ///   - modelFormat: Form of the model inside of its bundle, such as `lightgbm-text`.
    public init(
        summary: ModelSummary,
        eventDefinition: LocalizedText = LocalizedText(english: ""),
        inputs: [ModelInput] = [],
        features: [ModelFeature] = [],
        scoreScale: ScoreScale,
        riskClasses: [RiskClass] = [],
        modelCard: String = "",
        metrics: [String: Double] = [:],
        provenance: [String: String] = [:],
        modelFormat: String = ""
    ) {
        self.summary = summary
        self.eventDefinition = eventDefinition
        self.inputs = inputs
        self.features = features
        self.scoreScale = scoreScale
        self.riskClasses = riskClasses
        self.modelCard = modelCard
        self.metrics = metrics
        self.provenance = provenance
        self.modelFormat = modelFormat
    }
}
