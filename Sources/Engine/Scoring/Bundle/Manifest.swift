// SPDX-License-Identifier: Apache-2.0

// The manifest of a model bundle as values. BundleFormat.md describes each field;
// `ManifestReader` reads them from JSON and `ManifestChecks` proves them sound.

package import ExactTexts
package import ModelFormats

/// A text in the languages of a bundle.
package struct LocalizedText: Sendable, Equatable {
    /// English.
    package var english: String
    /// French.
    package var french: String
}

/// What a bundle says about its model.
package struct Manifest: Sendable {
    /// Name of the model.
    package var name: String
    /// Version of the model.
    package var version: String
    /// What the model is.
    package var description: LocalizedText
    /// Identifier of the event whose probability is given.
    package var eventIdentifier: String
    /// Definition of that event.
    package var eventDefinition: LocalizedText
    /// Time within which the event is expected, in months.
    package var horizonMonths: Int
    /// Form of the model file.
    package var modelFormat: ModelFormat
    /// Name of the model file.
    package var modelFile: String
    /// Which trees of the model file count, where early stopping found an iteration best.
    package var modelTrees: ModelTrees?
    /// SHA-256 of the model file, in lower-case hexadecimal.
    package var modelSHA256: String
    /// Name of the model card's file.
    package var modelCardFile: String?
    /// Whether no feature may depend on the currency or on the size of the company.
    package var isScaleFree: Bool
    /// Fiscal years that a caller may send, 1 to 3.
    package var yearsMaximum: Int
    /// What callers send; nil when the features themselves are the columns.
    package var inputs: [ManifestInput]?
    /// Intermediate values, each usable in those after it and in features.
    package var definitions: [ManifestDefinition]
    /// What the model sees, in the order of the model file.
    package var features: [ManifestFeature]
    /// From raw score to log-odds.
    package var calibration: Calibration
    /// Base rates.
    package var prior: PriorCorrection
    /// The scale of the score.
    package var scoreScale: ScoreScale
    /// Bands of probability in ascending order.
    package var riskClasses: [RiskClass]
    /// The population that scores are compared with.
    package var reference: ReferencePopulation
    /// Figures of merit by name.
    package var metrics: [String: Double]
    /// Where the model comes from, by key.
    package var provenance: [String: String]
}

/// Forms of model files.
package enum ModelFormat: Sendable, Equatable {
    /// What a library of models writes.
    case file(ModelFile.Format)
    /// A scorecard, as BundleFormat.md describes it.
    case scorecard

    /// Ending of the names of such files.
    var fileExtension: String {
        switch self {
        case .file(let format): format.fileExtension
        case .scorecard: "json"
        }
    }
}

extension ModelFormat: RawRepresentable, CaseIterable {
    /// All forms.
    package static var allCases: [ModelFormat] {
        ModelFile.Format.all.map(Self.file) + [.scorecard]
    }

    /// What manifests call it.
    package var rawValue: String {
        switch self {
        case .file(let format): format.name
        case .scorecard: "scorecard"
        }
    }

    /// The form that manifests call so; nil if there is none.
    package init?(rawValue: String) {
        guard let form = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = form
    }
}

/// Units of inputs and features.
package enum Unit: String, Sendable, CaseIterable {
    /// An amount of money.
    case currency
    /// A quotient.
    case ratio
    /// A number of things.
    case count
    /// A time in days.
    case days
    /// Anything else without a dimension.
    case none

    /// Power of currency: 1 for amounts of money, 0 for all others.
    package var currencyExponent: Int { self == .currency ? 1 : 0 }
}

/// Valid values; the infinities where there is no bound.
package struct ValueRange: Sendable, Equatable {
    /// Least valid value.
    package var minimum: Double
    /// Greatest valid value.
    package var maximum: Double
    /// Whether `minimum` itself is invalid.
    package var excludesMinimum: Bool

    /// Whether any bound is declared.
    package var isBounded: Bool { minimum > -.infinity || maximum < .infinity }
}

/// What becomes of a row one of whose values is outside of its range, or infinite.
package enum InvalidPolicy: String, Sendable, CaseIterable {
    /// The value counts as missing.
    case missing
    /// The row has no score.
    case notScorable = "not_scorable"
}

/// What a caller sends: one item, for one or more fiscal years.
package struct ManifestInput: Sendable {
    /// Name of the item.
    package var name: String
    /// Unit of its values.
    package var unit: Unit
    /// What it is.
    package var description: LocalizedText
    /// Its valid values, in any year.
    package var range: ValueRange
    /// Whether a row without it in the latest year can be scored.
    package var isMissingAllowed: Bool
    /// What becomes of a row with an invalid value; nil: it counts as missing where that is
    /// allowed.
    package var invalidPolicy: InvalidPolicy?
    /// Whether a call must bring its column of the latest year.
    package var isRequired: Bool
    /// Whether earlier years can be sent.
    package var isYearly: Bool
    /// What its values are, where they are categories.
    package var categories: ManifestCategories?
}

/// A named intermediate value.
package struct ManifestDefinition: Sendable {
    /// Its name.
    package var name: String
    /// How it is computed.
    package var expression: String
}

/// What the model sees.
package struct ManifestFeature: Sendable {
    /// Its name, equal to that in the model file.
    package var name: String
    /// How it is computed; nil when it is itself a column.
    package var expression: String?
    /// Its unit.
    package var unit: Unit
    /// Its valid values when it is a column; otherwise only told.
    package var range: ValueRange
    /// Whether a row without it can be scored, when it is a column.
    package var isMissingAllowed: Bool
    /// What becomes of a row with an invalid value, when it is a column; nil: it counts as missing
    /// where that is allowed.
    package var invalidPolicy: InvalidPolicy?
    /// What its values are, when it is a column of categories.
    package var categories: ManifestCategories?
    /// Forced direction of the effect on risk: -1, 0 or 1.
    package var monotone: Int
    /// What it is.
    package var label: LocalizedText
    /// What to tell when it raises the risk.
    package var raisesRisk: LocalizedText
    /// What to tell when it lowers the risk.
    package var lowersRisk: LocalizedText
}

/// Log-odds from raw score: `intercept + slope × raw`.
package struct Calibration: Sendable, Equatable {
    /// Added log-odds.
    package var intercept: Double
    /// Factor of the raw score, above 0.
    package var slope: Double
}

/// Correction of the log-odds for another base rate.
package struct PriorCorrection: Sendable, Equatable {
    /// Share of failures in the data that the calibration was made with.
    package var trainingBaseRate: Double
    /// Share of failures where the model is used.
    package var targetBaseRate: Double
}

/// A scale of scores, linear in log-odds.
package struct ScoreScale: Sendable, Equatable {
    /// Identifier of the scale.
    package var identifier: String
    /// Least score.
    package var minimum: Int
    /// Greatest score.
    package var maximum: Int
    /// Whether a high score means a safe company.
    package var isHighSafe: Bool
    /// How many points double the odds.
    package var pointsToDoubleOdds: Double
    /// The score at `anchorProbability`.
    package var anchorScore: Double
    /// The probability at which the score is `anchorScore`.
    package var anchorProbability: Double
}

/// A band of probabilities.
package struct RiskClass: Sendable, Equatable {
    /// Its number; 1 is the safest.
    package var number: Int
    /// Greatest probability in it.
    package var probabilityMaximum: Double
    /// What it is called.
    package var label: LocalizedText
}

/// The population that scores are compared with.
package struct ReferencePopulation: Sendable {
    /// Quantiles of one feature.
    package struct FeatureDistribution: Sendable, Equatable {
        /// Share of companies without a value.
        package var missingShare: Double
        /// Quantiles 0, 5, ... 100 % of the others.
        package var quantiles: [Double]

        /// A distribution.
        package init(missingShare: Double, quantiles: [Double]) {
            self.missingShare = missingShare
            self.quantiles = quantiles
        }
    }

    /// Number of `logOddsQuantiles`.
    package static let logOddsQuantileCount = 101
    /// Number of a feature's quantiles.
    package static let featureQuantileCount = 21

    /// Which population it is.
    package var description: String
    /// Quantiles 0, 1, ... 100 % of the calibrated log-odds before the prior correction.
    package var logOddsQuantiles: [Double]
    /// Distribution of each feature, by name.
    package var features: [ExactText: FeatureDistribution]

    /// A population.
    package init(
        description: String,
        logOddsQuantiles: [Double],
        features: [ExactText: FeatureDistribution]
    ) {
        self.description = description
        self.logOddsQuantiles = logOddsQuantiles
        self.features = features
    }
}
