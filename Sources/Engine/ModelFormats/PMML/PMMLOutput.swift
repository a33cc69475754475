// SPDX-License-Identifier: Apache-2.0

// What is made of a prediction: targets rescale it, outputs name its parts.

internal import Documents
internal import Formulas

/// An output field.
struct PMMLOutput {
    let name: String
    /// Its value, or why there is none: an output that nothing needs stops no model.
    let entry: PMMLScope.Entry
    /// Whether it is meant for the caller.
    let isFinal: Bool
    /// The class whose probability it is.
    var probabilityOf: Int?
}

extension PMMLCompiler {
    private enum CastInteger: String {
        case round, ceiling, floor
    }

    /// Applies the `Targets` of a model.
    func applyTargets(of model: XMLElement, to prediction: inout PMMLPrediction)
        throws(ModelFormatError)
    {
        guard let list = model.child("Targets") else { return }
        try list.allowChildren(["Target"])
        let name = try targets(of: model).first?["name"]
        for target in list.children
        where target["field"] == nil || name == nil || target["field"] == name {
            try target.allowChildren(["TargetValue"])
            if prediction.classes == nil {
                try rescale(target, &prediction)
            } else {
                try applyPriors(target, &prediction)
            }
        }
    }

    private func rescale(_ target: XMLElement, _ prediction: inout PMMLPrediction)
        throws(ModelFormatError)
    {
        let before = prediction.value.register
        var value = before
        if let standard = try target.child("TargetValue")?.number("defaultValue") {
            let isMissing = builder.unary(.isMissing, value)
            value = builder.select(isMissing, builder.constant(standard), value)
        }
        if let low = try target.number("min") {
            value = builder.rounded(builder.binary(.maximum, value, builder.constant(low)))
        }
        if let high = try target.number("max") {
            value = builder.rounded(builder.binary(.minimum, value, builder.constant(high)))
        }
        if let factor = try target.number("rescaleFactor"), factor != 1 {
            let factor = builder.rounded(builder.constant(factor))
            value = builder.calculate(.multiply, value, factor)
        }
        if let constant = try target.number("rescaleConstant"), constant != 0 {
            let constant = builder.rounded(builder.constant(constant))
            value = builder.calculate(.add, value, constant)
        }
        if target["castInteger"] != nil {
            switch try target.choice("castInteger", CastInteger.round) {
            case .ceiling: value = builder.unary(.ceiling, value)
            case .floor: value = builder.unary(.floor, value)
            case .round:
                value = builder.unary(.floor, builder.binary(.add, value, builder.constant(0.5)))
            }
        }
        guard value != before else { return }
        prediction.value.register = value
        (prediction.raw, prediction.logOdds) = ([], [])
    }

    /// Where there is no prediction, each class has its prior probability.
    private func applyPriors(_ target: XMLElement, _ prediction: inout PMMLPrediction)
        throws(ModelFormatError)
    {
        guard let classes = prediction.classes, let winner = prediction.classPlace else { return }
        try builder.work(classes.labels.count, target)
        var priors: [Double?] = Array(repeating: nil, count: classes.labels.count)
        for value in target.children {
            guard let prior = try value.number("priorProbability") else { continue }
            if let place = classes.place(of: try value.required("value")) { priors[place] = prior }
        }
        guard priors.contains(where: { $0 != nil }) else { return }
        let isMissing = builder.unary(.isMissing, winner)
        let probabilities = zip(prediction.probabilities, priors).map {
            builder.select(isMissing, builder.constant($1 ?? 0), $0)
        }
        let likeliest = priors.firstIndex(of: priors.compactMap { $0 }.max()) ?? 0
        let place = builder.select(isMissing, builder.constant(Double(likeliest)), winner)
        let raw = (prediction.raw, prediction.confidences)
        prediction = try classification(probabilities, classes, place: place, target)
        (prediction.raw, prediction.confidences) = raw
    }

    /// The outputs of a model, which later ones and later models see.
    func outputs(of model: XMLElement, _ prediction: PMMLPrediction, in scope: PMMLScope)
        throws(ModelFormatError) -> [PMMLOutput]
    {
        guard let list = model.child("Output") else { return [] }
        try list.allowChildren(["OutputField"])
        var outputs: [PMMLOutput] = []
        let inner = PMMLScope(parent: scope)
        for field in list.children {
            try builder.checkSize(field)
            let name = try field.required("name")
            let entry: PMMLScope.Entry
            do throws(ModelFormatError) {
                entry = .value(try output(field, prediction, in: inner))
            } catch {
                guard error.code == .unsupported else { throw error }
                entry = .failure(error)
            }
            inner.set(name, entry)
            var output = PMMLOutput(
                name: name,
                entry: entry,
                isFinal: field["isFinalResult"] != "false"
            )
            if field["feature"] == "probability", let label = field["value"] {
                output.probabilityOf = prediction.classes?.place(of: label)
            }
            outputs.append(output)
        }
        return outputs
    }

    private func output(
        _ field: XMLElement,
        _ prediction: PMMLPrediction,
        in scope: PMMLScope
    ) throws(ModelFormatError) -> PMMLValue {
        if field["segmentId"] != nil {
            throw field.unsupported("outputs of segments are not supported")
        }
        var value: PMMLValue
        switch field["feature"] ?? "predictedValue" {
        case "predictedValue": value = prediction.value
        case "probability": value = try part(field, prediction.probabilities, prediction)
        case "confidence": value = try part(field, prediction.confidences, prediction)
        case "transformedValue", "decision":
            let expression = field.children.first { Self.expressions.contains($0.name) }
            guard let expression else { throw field.malformed("it has no expression") }
            value = try self.value(expression, in: scope)
        case "reasonCode":
            let rank = try field.number("rank") ?? 1
            guard rank >= 1, rank == rank.rounded() else { throw field.malformed("rank") }
            let places = prediction.reasonPlaces
            let register =
                rank <= Double(places.count) ? places[Int(rank) - 1] : builder.missing
            try builder.work(prediction.reasonCodes.count, field)
            return PMMLValue(register: register, kind: .text(PMMLTexts(prediction.reasonCodes)))
        case let feature:
            throw field.unsupported("feature \"\(feature.prefix(40))\" is not supported")
        }
        if value.texts == nil, field["dataType"] == "float" {
            value = PMMLValue(register: builder.unary(.float32, value.register), kind: .float)
        }
        return value
    }

    /// The number of one class, or of the predicted one.
    private func part(_ field: XMLElement, _ parts: [Int], _ prediction: PMMLPrediction)
        throws(ModelFormatError) -> PMMLValue
    {
        guard let classes = prediction.classes, let winner = prediction.classPlace,
            parts.count == classes.labels.count, field["rank"] ?? "1" == "1"
        else {
            throw field.unsupported("feature \"\(field["feature"] ?? "")\" is not supported here")
        }
        if let label = field["value"] {
            guard let place = classes.place(of: label) else {
                throw field.malformed("\"\(label.prefix(40))\" is no class of the model")
            }
            return PMMLValue(register: parts[place], kind: .double)
        }
        try builder.work(parts.count, field)
        var register = builder.missing
        for (place, part) in parts.enumerated() {
            let isWinner = builder.binary(.equal, winner, builder.constant(Double(place)))
            register = builder.select(isWinner, part, register)
        }
        return PMMLValue(register: register, kind: .double)
    }
}
