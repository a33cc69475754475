// SPDX-License-Identifier: Apache-2.0

// What a model is made of: inputs, features, scale and classes.

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
    /// What its values are.
    public let kind: Kind
    /// The categories of an input of the kind ``Kind-swift.enum/category``, in the order of the
    /// model's codes; the first of them when there are very many.
    public let categories: [String]
    /// Number of all categories.
    public let categoryCount: Int
    /// Whether a row with a text that is no category can be scored.
    public let isUnknownCategoryAllowed: Bool

    /// Kinds of input.
    public enum Kind: Sendable, Hashable {
        /// A number.
        case number
        /// One of some categories, which a row has as a text.
        case category
    }

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - name: Name of the column, such as `total_assets` or `total_assets@1`.
    ///   - unit: Unit of the values, such as `currency`.
    ///   - description: What the column holds.
    ///   - isRequired: Whether a call must bring the column.
    ///   - isMissingAllowed: Whether a row without a value in this column can be scored.
    ///   - isInvalidAllowed: Whether a row with an invalid value in this column can be scored.
    ///   - minimum: Least valid value; `nil` when there is none.
    ///   - maximum: Greatest valid value; `nil` when there is none.
    ///   - kind: What its values are.
    ///   - categories: The categories, in the order of the model's codes.
    ///   - categoryCount: Number of all categories; `nil` means that `categories` has them all.
    ///   - isUnknownCategoryAllowed: Whether a row with a text that is no category can be scored.
    public init(
        name: String,
        unit: String = "",
        description: LocalizedText = LocalizedText(english: ""),
        isRequired: Bool = false,
        isMissingAllowed: Bool = true,
        isInvalidAllowed: Bool = true,
        minimum: Double? = nil,
        maximum: Double? = nil,
        kind: Kind = .number,
        categories: [String] = [],
        categoryCount: Int? = nil,
        isUnknownCategoryAllowed: Bool = true
    ) {
        self.name = name
        self.unit = unit
        self.description = description
        self.isRequired = isRequired
        self.isMissingAllowed = isMissingAllowed
        self.isInvalidAllowed = isInvalidAllowed
        self.minimum = minimum
        self.maximum = maximum
        self.kind = kind
        self.categories = categories
        self.categoryCount = categoryCount ?? categories.count
        self.isUnknownCategoryAllowed = isUnknownCategoryAllowed
    }
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

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - name: Name of the feature.
    ///   - expression: How the feature is computed from the inputs; `nil` when it is an input.
    ///   - description: What the feature is.
    ///   - reasonWhenRaising: What to tell when the feature raises the risk.
    ///   - reasonWhenLowering: What to tell when the feature lowers the risk.
    ///   - unit: Unit of the feature, such as `ratio`.
    public init(
        name: String,
        expression: String? = nil,
        description: LocalizedText = LocalizedText(english: ""),
        reasonWhenRaising: LocalizedText = LocalizedText(english: ""),
        reasonWhenLowering: LocalizedText = LocalizedText(english: ""),
        unit: String = ""
    ) {
        self.name = name
        self.expression = expression
        self.description = description
        self.reasonWhenRaising = reasonWhenRaising
        self.reasonWhenLowering = reasonWhenLowering
        self.unit = unit
    }
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

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - id: Identifier of the scale.
    ///   - isInvalidAllowed: Whether a row with an invalid value in this column can be scored.
    ///   - minimum: Least score.
    ///   - maximum: Greatest score.
    ///   - highScoreIsSafe: Whether a high score means a safe company.
    ///   - pointsToDoubleOdds: How many points double the odds of surviving.
    ///   - anchorScore: The score at ``anchorProbability``.
    ///   - anchorProbability: The probability of the event at which the score is ``anchorScore``.
    public init(
        id: String,
        minimum: Int,
        maximum: Int,
        highScoreIsSafe: Bool,
        pointsToDoubleOdds: Double,
        anchorScore: Double,
        anchorProbability: Double
    ) {
        self.id = id
        self.minimum = minimum
        self.maximum = maximum
        self.highScoreIsSafe = highScoreIsSafe
        self.pointsToDoubleOdds = pointsToDoubleOdds
        self.anchorScore = anchorScore
        self.anchorProbability = anchorProbability
    }
}

/// A band of probabilities.
public struct RiskClass: Sendable, Hashable {
    /// Number of the class; 1 is the safest.
    public let number: Int
    /// Greatest probability of the event in this class.
    public let probabilityMaximum: Double
    /// What the class is called.
    public let label: LocalizedText

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - number: Number of the class; 1 is the safest.
    ///   - probabilityMaximum: Greatest probability of the event in this class.
    ///   - label: What the class is called.
    public init(
        number: Int,
        probabilityMaximum: Double,
        label: LocalizedText = LocalizedText(english: "")
    ) {
        self.number = number
        self.probabilityMaximum = probabilityMaximum
        self.label = label
    }
}
