// SPDX-License-Identifier: Apache-2.0

// What LightGBM makes of a raw score, by objective.

internal import Documents
internal import Formulas

/// An objective line such as "binary sigmoid:1", as far as predictions depend on it.
struct LightGBMObjective {
    /// What turns raw scores into predictions.
    enum Link: Equatable {
        case identity
        /// `1 / (1 + exp(-slope × score))`.
        case logistic(slope: Double)
        case exponential
        /// `sign(score) × score²`, of models that were trained on square roots.
        case signedSquare
        /// `ln(1 + exp(score))`.
        case softplus
        /// The softmax of all scores.
        case softmax
    }

    /// What turns raw scores into predictions.
    let link: Link

    /// Reads the line; nil for an objective we do not know. Custom ones have no line, and no link.
    init?(_ line: TextField?) {
        let words = line?.words.map { String(decoding: $0, as: UTF8.self) } ?? []
        func slope() -> Double? {
            guard let word = words.first(where: { $0.hasPrefix("sigmoid:") }) else { return 1 }
            return Array(word.utf8.dropFirst(8))[...].double
        }
        // A word that we do not know could change every prediction.
        let known = words.dropFirst().allSatisfy {
            $0 == "sqrt" || $0.hasPrefix("sigmoid:") || $0.hasPrefix("num_class:")
        }
        guard known || ["custom", "none"].contains(words.first) else { return nil }
        switch words.first ?? "custom" {
        case "regression", "regression_l1":
            link = words.contains("sqrt") ? .signedSquare : .identity
        case "huber", "fair", "quantile", "mape", "lambdarank", "rank_xendcg", "custom", "none":
            link = .identity
        case "poisson", "gamma", "tweedie":
            link = .exponential
        case "binary", "multiclassova":
            guard let slope = slope(), slope > 0, slope.isFinite else { return nil }
            link = .logistic(slope: slope)
        // The names before LightGBM 3 are the shorter ones.
        case "cross_entropy", "xentropy":
            link = .logistic(slope: 1)
        case "cross_entropy_lambda", "xentlambda":
            link = .softplus
        case "multiclass":
            link = .softmax
        default:
            return nil
        }
    }

    /// Appends average and link to a program that has the sums of the trees in registers from
    /// `first` on, and names its outputs.
    ///
    /// - Parameter divisor: What a random forest divides the sums by; its raw scores are the sums.
    func finish(
        _ program: inout ModelProgram,
        firstSum first: Int,
        outputCount: Int,
        divisor: Double?
    ) {
        let sums = Array(first..<first + outputCount)
        program.rawOutputs = ModelProgram.Output.numbered("raw_score", sums)
        var scores = sums
        if let divisor {
            let count = program.append(.constant(divisor))
            scores = sums.map { program.append(.binary(.divide, $0, count)) }
        }
        switch link {
        case .identity:
            program.outputs = ModelProgram.Output.numbered("value", scores)
        case .exponential:
            let values = scores.map { program.append(.unary(.exp, $0)) }
            program.outputs = ModelProgram.Output.numbered("value", values)
        case .signedSquare:
            let values = scores.map { score in
                let magnitude = program.append(.unary(.magnitude, score))
                return program.append(.binary(.multiply, score, magnitude))
            }
            program.outputs = ModelProgram.Output.numbered("value", values)
        case .softplus:
            let values = scores.map { score in
                program.append(.unary(.log1p, program.append(.unary(.exp, score))))
            }
            program.outputs = ModelProgram.Output.numbered("value", values)
        case .logistic(let slope):
            if slope != 1 {
                let factor = program.append(.constant(slope))
                scores = scores.map { program.append(.binary(.multiply, factor, $0)) }
            }
            let values = scores.map { program.append(.unary(.logistic, $0)) }
            program.outputs = ModelProgram.Output.numbered("probability", values)
            program.logOdds = outputCount == 1 ? scores[0] : nil
            program.probability = outputCount == 1 ? values[0] : nil
        case .softmax:
            let share = program.append(.softmax(scores))
            let values = Array(share..<share + outputCount)
            program.outputs = ModelProgram.Output.numbered("probability", values)
            if outputCount == 2 {
                program.logOdds = program.append(.binary(.subtract, scores[1], scores[0]))
                program.probability = values[1]
            }
        }
    }
}

extension ModelProgram.Output {
    /// Outputs of one name, with a number behind it, from 0, if there are several.
    static func numbered(_ name: String, _ registers: [Int]) -> [ModelProgram.Output] {
        registers.enumerated().map {
            ModelProgram.Output(
                name: registers.count == 1 ? name : "\(name)_\($0)",
                register: $1
            )
        }
    }
}
