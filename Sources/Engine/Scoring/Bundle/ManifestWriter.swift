// SPDX-License-Identifier: Apache-2.0

// Writes a manifest as JSON, as `ManifestReader` reads it.

internal import Documents
internal import ExactTexts
internal import ModelFormats

extension Manifest {
    /// The manifest as indented JSON.
    package func json() -> [UInt8] {
        Array(JSONValue.object(members).text.utf8)
    }

    private var modelMembers: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "format": .string(modelFormat.rawValue), "file": .string(modelFile),
            "sha256": .string(modelSHA256),
        ]
        if let modelTrees { members["trees"] = .string(modelTrees.rawValue) }
        return members
    }

    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "format": .string(Manifest.format),
            "name": .string(name),
            "version": .string(version),
            "description": description.json,
            "event": .object(["id": .string(eventIdentifier), "definition": eventDefinition.json]),
            "horizon_months": .number(Double(horizonMonths)),
            "model": .object(modelMembers),
            "scale_free": .bool(isScaleFree),
            "years_max": .number(Double(yearsMaximum)),
            "definitions": .array(
                definitions.map {
                    .object(["name": .string($0.name), "expression": .string($0.expression)])
                }
            ),
            "features": .array(features.map(\.json)),
            "calibration": .object([
                "type": .string("platt"), "intercept": .number(calibration.intercept),
                "slope": .number(calibration.slope),
            ]),
            "prior": .object([
                "training_base_rate": .number(prior.trainingBaseRate),
                "target_base_rate": .number(prior.targetBaseRate),
            ]),
            "score_scale": scoreScale.json,
            "risk_classes": .array(riskClasses.map(\.json)),
            "reference": reference.json,
            "metrics": .object(metrics.mapValues(JSONValue.number)),
            "provenance": .object(provenance.mapValues(JSONValue.string)),
        ]
        members["model_card"] = modelCardFile.map(JSONValue.string)
        members["inputs"] = inputs.map { .array($0.map(\.json)) }
        return members
    }
}

extension LocalizedText {
    fileprivate var json: JSONValue {
        .object(["en": .string(english), "fr": .string(french)])
    }
}

extension ScoreScale {
    fileprivate var json: JSONValue {
        .object([
            "id": .string(identifier), "minimum": .number(Double(minimum)),
            "maximum": .number(Double(maximum)), "high_score_is_safe": .bool(isHighSafe),
            "points_to_double_odds": .number(pointsToDoubleOdds),
            "anchor_score": .number(anchorScore), "anchor_probability": .number(anchorProbability),
        ])
    }
}

extension RiskClass {
    fileprivate var json: JSONValue {
        .object([
            "number": .number(Double(number)), "probability_maximum": .number(probabilityMaximum),
            "label": label.json,
        ])
    }
}

extension ReferencePopulation {
    fileprivate var json: JSONValue {
        .object([
            "description": .string(description),
            "log_odds_quantiles": .array(logOddsQuantiles.map(JSONValue.number)),
            "features": .named(
                features.mapValues {
                    .object([
                        "missing_share": .number($0.missingShare),
                        "quantiles": .array($0.quantiles.map(JSONValue.number)),
                    ])
                }
            ),
        ])
    }
}

extension ValueRange {
    fileprivate var members: [String: JSONValue] {
        [
            "minimum": minimum.isFinite ? .number(minimum) : .null,
            "maximum": maximum.isFinite ? .number(maximum) : .null,
            "exclusive_minimum": .bool(excludesMinimum),
        ]
    }
}

extension ManifestInput {
    fileprivate var json: JSONValue {
        var members = range.members.merging([
            "name": .string(name), "unit": .string(unit.rawValue),
            "description": description.json,
            "missing": .string(isMissingAllowed ? "allowed" : "not_scorable"),
            "required": .bool(isRequired), "yearly": .bool(isYearly),
        ]) { $1 }
        members["out_of_range"] = invalidPolicy.map { .string($0.rawValue) }
        members.merge(categories?.members ?? [:]) { $1 }
        return .object(members)
    }
}

extension ManifestFeature {
    fileprivate var json: JSONValue {
        var members = range.members.merging([
            "name": .string(name), "unit": .string(unit.rawValue),
            "missing": .string(isMissingAllowed ? "allowed" : "not_scorable"),
            "monotone": .number(Double(monotone)), "label": label.json,
            "raises_risk": raisesRisk.json, "lowers_risk": lowersRisk.json,
        ]) { $1 }
        members["expression"] = expression.map(JSONValue.string)
        members["out_of_range"] = invalidPolicy.map { .string($0.rawValue) }
        members.merge(categories?.members ?? [:]) { $1 }
        return .object(members)
    }
}
