// SPDX-License-Identifier: Apache-2.0

// Reads a manifest from JSON: the shape of each field. Whether the fields fit
// together is for `ManifestChecks`.

internal import Documents
internal import ExactTexts
internal import ModelFormats
internal import VigieLimits

extension Manifest {
    /// The format that this version reads.
    package static let format = "vigie-bundle/1"

    /// Reads the shape of a manifest; problems go to the reader's list.
    init(reading reader: DocumentReader) {
        let root = reader.object(keys: [
            "format", "name", "version", "description", "event", "horizon_months", "model",
            "model_card", "scale_free", "years_max", "inputs", "definitions", "features",
            "calibration", "prior", "score_scale", "risk_classes", "reference", "metrics",
            "provenance",
        ])
        if let format = root.required("format"), format.string() != Manifest.format {
            format.problems.add("format", "must be \"\(Manifest.format)\".")
        }
        let event = root.required("event")?.object(keys: ["id", "definition"])
        let model = root.required("model")?.object(keys: ["format", "file", "sha256", "trees"])
        name = root.required("name")?.string() ?? ""
        version = root.required("version")?.string() ?? ""
        description = root.required("description")?.localizedText() ?? .empty
        eventIdentifier = event?.required("id")?.string() ?? ""
        eventDefinition = event?.required("definition")?.localizedText() ?? .empty
        horizonMonths =
            root.required("horizon_months")?.integer(1...ScoringLimits.horizonMonths) ?? 1
        modelFormat = model?.required("format")?.choice(ModelFormat.self) ?? .scorecard
        modelFile = model?.required("file")?.string() ?? ""
        modelTrees = model?.optional("trees")?.choice(ModelTrees.self)
        modelSHA256 = model?.required("sha256")?.string() ?? ""
        modelCardFile = root.optional("model_card")?.string()
        isScaleFree = root.optional("scale_free")?.bool() ?? false
        yearsMaximum = root.optional("years_max")?.integer(1...ScoringLimits.years) ?? 1
        inputs = root.optional("inputs")?.array(limit: ScoringLimits.inputs)
            .map(ManifestInput.init)
        definitions =
            root.optional("definitions")?.array(limit: ScoringLimits.definitions)
            .map(ManifestDefinition.init) ?? []
        features =
            root.required("features")?.array(limit: ScoringLimits.features)
            .map(ManifestFeature.init) ?? []
        calibration = root.required("calibration").map(Calibration.init) ?? .identity
        prior = root.optional("prior").map(PriorCorrection.init) ?? .none
        scoreScale = ScoreScale(reading: root.required("score_scale"))
        riskClasses =
            root.required("risk_classes")?.array(limit: ScoringLimits.riskClasses)
            .map(RiskClass.init) ?? []
        reference = ReferencePopulation(reading: root.required("reference"))
        // Keys that Swift takes for equal are given the first's value.
        metrics = Dictionary(
            (root.optional("metrics")?.dictionary() ?? []).map { ($0.key, $0.value.number()) },
            uniquingKeysWith: { first, _ in first }
        )
        provenance = Dictionary(
            (root.optional("provenance")?.dictionary() ?? []).map { ($0.key, $0.value.string()) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

extension LocalizedText {
    fileprivate static let empty = LocalizedText(english: "", french: "")
}

extension Calibration {
    /// Raw scores that are log-odds already.
    package static let identity = Calibration(intercept: 0, slope: 1)

    fileprivate init(_ reader: DocumentReader) {
        enum Kind: String, CaseIterable { case identity, platt }
        let object = reader.object(keys: ["type", "intercept", "slope"])
        let kind = object.required("type")?.choice(Kind.self) ?? .identity
        self = .identity
        guard kind == .platt else {
            for key in ["intercept", "slope"] where object.optional(key) != nil {
                object.problems.add(object.path(to: key), "does not belong to type \"identity\".")
            }
            return
        }
        intercept = object.required("intercept")?.number() ?? 0
        slope = object.required("slope")?.number() ?? 1
    }
}

extension PriorCorrection {
    /// No correction.
    package static let none = PriorCorrection(trainingBaseRate: 0.5, targetBaseRate: 0.5)

    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: ["training_base_rate", "target_base_rate"])
        trainingBaseRate = object.required("training_base_rate")?.number() ?? 0.5
        targetBaseRate = object.required("target_base_rate")?.number() ?? 0.5
    }
}

extension ScoreScale {
    fileprivate init(reading reader: DocumentReader?) {
        let object = reader?.object(keys: [
            "id", "minimum", "maximum", "high_score_is_safe", "points_to_double_odds",
            "anchor_score", "anchor_probability",
        ])
        identifier = object?.required("id")?.string() ?? ""
        minimum = object?.required("minimum")?.integer(0...ScoringLimits.score) ?? 0
        maximum = object?.required("maximum")?.integer(0...ScoringLimits.score) ?? 0
        isHighSafe = object?.required("high_score_is_safe")?.bool() ?? true
        pointsToDoubleOdds = object?.required("points_to_double_odds")?.number() ?? 0
        anchorScore = object?.required("anchor_score")?.number() ?? 0
        anchorProbability = object?.required("anchor_probability")?.number() ?? 0
    }
}

extension RiskClass {
    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: ["number", "probability_maximum", "label"])
        number = object.required("number")?.integer(1...ScoringLimits.riskClasses) ?? 1
        probabilityMaximum = object.required("probability_maximum")?.number() ?? 0
        label = object.required("label")?.localizedText() ?? .empty
    }
}

extension ReferencePopulation {
    fileprivate init(reading reader: DocumentReader?) {
        let object = reader?.object(keys: ["description", "log_odds_quantiles", "features"])
        description = object?.required("description")?.string() ?? ""
        logOddsQuantiles =
            object?.required("log_odds_quantiles")?
            .numbers(limit: ReferencePopulation.logOddsQuantileCount) ?? []
        features = Dictionary(
            uniqueKeysWithValues: (object?.optional("features")?.dictionary() ?? [])
                .map { (ExactText($0.key), FeatureDistribution($0.value)) }
        )
    }
}

extension ReferencePopulation.FeatureDistribution {
    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: ["missing_share", "quantiles"])
        missingShare = object.required("missing_share")?.number() ?? 0
        quantiles =
            object.required("quantiles")?
            .numbers(limit: ReferencePopulation.featureQuantileCount) ?? []
    }
}

/// What to do with a row in which a value is missing.
private enum MissingPolicy: String, CaseIterable {
    case allowed
    case notScorable = "not_scorable"
}

extension ValueRange {
    fileprivate init(_ object: ObjectReader) {
        minimum = object.optional("minimum")?.number() ?? -.infinity
        maximum = object.optional("maximum")?.number() ?? .infinity
        excludesMinimum = object.optional("exclusive_minimum")?.bool() ?? false
    }
}

extension ManifestInput {
    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: [
            "name", "unit", "description", "minimum", "maximum", "exclusive_minimum", "missing",
            "out_of_range", "required", "yearly", "categories", "unknown_category",
        ])
        name = object.required("name")?.string() ?? ""
        unit = object.required("unit")?.choice(Unit.self) ?? .none
        description = object.required("description")?.localizedText() ?? .empty
        range = ValueRange(object)
        isMissingAllowed = object.optional("missing")?.choice(MissingPolicy.self) != .notScorable
        invalidPolicy = object.optional("out_of_range")?.choice(InvalidPolicy.self)
        isRequired = object.optional("required")?.bool() ?? !isMissingAllowed
        isYearly = object.optional("yearly")?.bool() ?? true
        categories = ManifestCategories(object)
    }
}

extension ManifestDefinition {
    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: ["name", "expression"])
        name = object.required("name")?.string() ?? ""
        expression = object.required("expression")?.string() ?? ""
    }
}

extension ManifestFeature {
    fileprivate init(_ reader: DocumentReader) {
        let object = reader.object(keys: [
            "name", "expression", "unit", "minimum", "maximum", "exclusive_minimum", "missing",
            "out_of_range", "monotone", "label", "raises_risk", "lowers_risk", "categories",
            "unknown_category",
        ])
        name = object.required("name")?.string() ?? ""
        expression = object.optional("expression")?.string()
        unit = object.required("unit")?.choice(Unit.self) ?? .none
        range = ValueRange(object)
        isMissingAllowed = object.optional("missing")?.choice(MissingPolicy.self) != .notScorable
        invalidPolicy = object.optional("out_of_range")?.choice(InvalidPolicy.self)
        categories = ManifestCategories(object)
        monotone = object.optional("monotone")?.integer(-1...1) ?? 0
        label = object.required("label")?.localizedText() ?? .empty
        raisesRisk = object.required("raises_risk")?.localizedText() ?? .empty
        lowersRisk = object.required("lowers_risk")?.localizedText() ?? .empty
    }
}
