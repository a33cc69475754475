// SPDX-License-Identifier: Apache-2.0

// Proves that the fields of a manifest fit together, apart from the expressions,
// which `ManifestExpressions` checks.

internal import Documents
internal import ExactTexts
internal import VigieLimits

extension Manifest {
    /// Notes what is wrong with the contents.
    func check(_ problems: ProblemList) {
        checkIdentity(problems)
        checkInputs(problems)
        checkFeatures(problems)
        checkCategories(problems)
        checkNames(problems)
        calibration.check(problems)
        prior.check(problems)
        scoreScale.check(problems)
        checkRiskClasses(problems)
        checkReference(problems)
    }

    private func checkIdentity(_ problems: ProblemList) {
        let names = [
            ("name", name), ("version", version), ("event.id", eventIdentifier),
            ("score_scale.id", scoreScale.identifier), ("model.file", modelFile),
            ("model_card", modelCardFile ?? "none"),
        ]
        for (path, name) in names where !BundleFiles.isPlainName(name) {
            problems.add(
                path,
                "must be letters, digits, \".\", \"_\" and \"-\", begin with a letter or digit, "
                    + "and have at most \(ScoringLimits.nameBytes) bytes; it is "
                    + "\(quoted(name))."
            )
        }
        let isDigest =
            modelSHA256.utf8.count == 64
            && modelSHA256.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
        if !isDigest {
            problems.add("model.sha256", "must be 64 digits of lower-case hexadecimal.")
        }
    }

    private func checkInputs(_ problems: ProblemList) {
        guard let inputs else {
            if !definitions.isEmpty {
                problems.add("definitions", "need \"inputs\" that they can be computed from.")
            }
            if yearsMaximum != 1 {
                problems.add("years_max", "must be 1 in a bundle without \"inputs\".")
            }
            return
        }
        if inputs.isEmpty { problems.add("inputs", "must have at least one input.") }
        for (index, input) in inputs.enumerated() {
            input.range.check("inputs[\(index)]", problems)
            if !input.isMissingAllowed && input.invalidPolicy == .missing {
                problems.add("inputs[\(index)].out_of_range", Self.missingIsNotAllowed)
            }
            if !input.isMissingAllowed && !input.isRequired {
                problems.add(
                    "inputs[\(index)].required",
                    "cannot be false when \"missing\" is \"not_scorable\": no row could be scored."
                )
            }
        }
    }

    private static let missingIsNotAllowed =
        "cannot be \"missing\" when \"missing\" is \"not_scorable\": no row without the value has "
        + "a score."

    private func checkFeatures(_ problems: ProblemList) {
        if features.isEmpty { problems.add("features", "must have at least one feature.") }
        for (index, feature) in features.enumerated() {
            let path = "features[\(index)]"
            feature.range.check(path, problems)
            switch (inputs != nil, feature.expression != nil) {
            case (true, false):
                problems.add(
                    "\(path).expression",
                    "is missing; in a bundle with \"inputs\" every feature has an expression, "
                        + "be it only the name of an input."
                )
            case (false, true):
                problems.add(
                    "\(path).expression",
                    "needs \"inputs\" that it can be computed from; without them a feature is "
                        + "itself a column."
                )
            default: break
            }
            if inputs != nil && !feature.isMissingAllowed {
                problems.add("\(path).missing", "belongs to the inputs, not to what they give.")
            }
            if inputs != nil && feature.invalidPolicy != nil {
                problems.add(
                    "\(path).out_of_range",
                    "belongs to the inputs, not to what they give."
                )
            } else if !feature.isMissingAllowed && feature.invalidPolicy == .missing {
                problems.add("\(path).out_of_range", Self.missingIsNotAllowed)
            }
            if isScaleFree && feature.unit.currencyExponent != 0 {
                problems.add(
                    "\(path).unit",
                    "is an amount of currency, but scale_free is true; divide the feature by "
                        + "another amount."
                )
            }
        }
    }

    /// Names are unique over inputs, definitions and features, since expressions use all.
    private func checkNames(_ problems: ProblemList) {
        var seen: [ExactText: String] = [:]
        let inputNames = (inputs ?? []).map(\.name)
        let sections = [
            ("inputs", inputNames), ("definitions", definitions.map(\.name)),
            ("features", features.map(\.name)),
        ]
        for (section, names) in sections {
            for (index, name) in names.enumerated() {
                let path = "\(section)[\(index)].name"
                if let problem = nameProblem(name) { problems.add(path, problem) }
                if let earlier = seen.updateValue(path, forKey: name) {
                    problems.add(path, "is \(quoted(name)), as is \(earlier).")
                }
            }
        }
    }

    private func nameProblem(_ name: String) -> String? {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= ScoringLimits.nameBytes else {
            return "must have 1 to \(ScoringLimits.nameBytes) bytes."
        }
        guard inputs != nil else {
            let isColumnName = bytes.allSatisfy {
                $0 > 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x40
            }
            return isColumnName ? nil : "must have no blanks, quotes or \"@\"."
        }
        guard first.isLetter || first == 0x5F,
            bytes.allSatisfy({ $0.isLetterOrDigit || $0 == 0x5F })
        else {
            return "must be letters, digits and \"_\" and not begin with a digit; it is "
                + "\(quoted(name))."
        }
        return Expression.functionNames.contains(name)
            ? "is \"\(name)\", which is the name of a function." : nil
    }

    private func checkRiskClasses(_ problems: ProblemList) {
        if riskClasses.isEmpty { problems.add("risk_classes", "must have at least one class.") }
        var least = 0.0
        for (index, riskClass) in riskClasses.enumerated() {
            let path = "risk_classes[\(index)]"
            if riskClass.number != index + 1 {
                problems.add("\(path).number", "must be \(index + 1): classes count up from 1.")
            }
            if riskClass.probabilityMaximum <= least {
                problems.add(
                    "\(path).probability_maximum",
                    "must be above \(least): each class begins where the one before it ends."
                )
            }
            least = max(least, riskClass.probabilityMaximum)
        }
        if let last = riskClasses.last, last.probabilityMaximum != 1 {
            problems.add(
                "risk_classes[\(riskClasses.count - 1)].probability_maximum",
                "must be 1, so that every probability has a class."
            )
        }
    }

    private func checkReference(_ problems: ProblemList) {
        checkQuantiles(
            reference.logOddsQuantiles,
            count: ReferencePopulation.logOddsQuantileCount,
            path: "reference.log_odds_quantiles",
            problems
        )
        let names = features.map(\.name).exactTexts
        for (name, distribution) in reference.features.sorted(by: { $0.key < $1.key }) {
            let path = "reference.features.\(name.text)"
            if !names.contains(name) { problems.add(path, "is no feature of this model.") }
            if !(0...1).contains(distribution.missingShare) {
                problems.add("\(path).missing_share", "must be from 0 to 1.")
            }
            checkQuantiles(
                distribution.quantiles,
                count: ReferencePopulation.featureQuantileCount,
                path: "\(path).quantiles",
                problems
            )
        }
    }
}

private func checkQuantiles(
    _ quantiles: [Double],
    count: Int,
    path: String,
    _ problems: ProblemList
) {
    if quantiles.count != count {
        problems.add(path, "must have \(count) values, not \(quantiles.count).")
    }
    if let place = zip(quantiles, quantiles.dropFirst()).enumerated().first(where: {
        $0.element.0 > $0.element.1
    }) {
        problems.add("\(path)[\(place.offset + 1)]", "is less than the value before it.")
    }
}

/// Notes a probability that is not inside of 0 and 1.
private func checkProbability(_ value: Double, _ path: String, _ problems: ProblemList) {
    if !(value > 0 && value < 1) {
        problems.add(path, "must be above 0 and below 1, not \(value).")
    }
}

extension ValueRange {
    fileprivate func check(_ path: String, _ problems: ProblemList) {
        if minimum > maximum || (excludesMinimum && minimum == maximum) {
            problems.add("\(path).minimum", "leaves no value below the maximum.")
        }
        if excludesMinimum && minimum == -.infinity {
            problems.add("\(path).exclusive_minimum", "needs a \"minimum\".")
        }
    }
}

extension Calibration {
    fileprivate func check(_ problems: ProblemList) {
        let limit = ScoringLimits.logOddsMagnitude
        if abs(intercept) > limit {
            problems.add("calibration.intercept", "must be from -\(limit) to \(limit).")
        }
        if !(slope > 0 && slope <= limit) {
            problems.add(
                "calibration.slope",
                "must be above 0 and at most \(limit): a higher raw score means a higher risk."
            )
        }
    }
}

extension PriorCorrection {
    fileprivate func check(_ problems: ProblemList) {
        checkProbability(trainingBaseRate, "prior.training_base_rate", problems)
        checkProbability(targetBaseRate, "prior.target_base_rate", problems)
    }
}

extension ScoreScale {
    fileprivate func check(_ problems: ProblemList) {
        if minimum >= maximum {
            problems.add("score_scale.minimum", "must be below the maximum.")
        }
        let limit = ScoringLimits.logOddsMagnitude
        if !(pointsToDoubleOdds > 0 && pointsToDoubleOdds <= limit) {
            problems.add(
                "score_scale.points_to_double_odds",
                "must be above 0 and at most \(limit)."
            )
        }
        if abs(anchorScore) > limit {
            problems.add("score_scale.anchor_score", "must be from -\(limit) to \(limit).")
        }
        checkProbability(anchorProbability, "score_scale.anchor_probability", problems)
    }
}
