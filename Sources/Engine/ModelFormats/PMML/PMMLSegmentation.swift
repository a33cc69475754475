// SPDX-License-Identifier: Apache-2.0

// Mining models: several models as one.

internal import Documents
internal import ExactTexts
internal import Forest
internal import Formulas

/// One model of several.
struct PMMLSegment {
    let element: XMLElement
    let model: XMLElement
    let weight: Double
    /// Whether it is in use for a row; nil for always.
    var condition: Int?
}

extension PMMLCompiler {
    /// What a missing prediction of one segment means: nothing special, so that sums are missing
    /// and votes have one less; no prediction at all; or that the segment is left out.
    private enum MissingPrediction: String {
        case `continue`, returnMissing, skipSegment
    }

    private enum Method: String {
        case sum, average, weightedAverage, weightedSum, median
        case majorityVote, weightedMajorityVote
        case selectFirst, modelChain

        var isWeighted: Bool {
            switch self {
            case .weightedAverage, .weightedSum, .weightedMajorityVote: true
            default: false
            }
        }

        var isMean: Bool { self == .average || self == .weightedAverage }
        var isSum: Bool { self == .sum || self == .weightedSum }
        var isVote: Bool { self == .majorityVote || self == .weightedMajorityVote }
    }

    /// A mining model.
    func segmentation(_ model: XMLElement, in scope: PMMLScope, _ classes: PMMLClasses?)
        throws(ModelFormatError) -> PMMLPrediction
    {
        try model.allowChildren(Self.modelParts + ["Segmentation"])
        let segmentation = try model.requiredChild("Segmentation")
        try segmentation.allowChildren(["Segment"])
        let treatment = try segmentation.choice(
            "missingPredictionTreatment",
            MissingPrediction.continue
        )
        if try segmentation.number("missingThreshold") ?? 1 != 1 {
            throw segmentation.unsupported("a missingThreshold other than 1 is not supported")
        }
        guard let method = Method(rawValue: try segmentation.required("multipleModelMethod"))
        else {
            let name = segmentation["multipleModelMethod"] ?? ""
            throw segmentation.unsupported(
                "multipleModelMethod=\"\(name.prefix(40))\" is not supported"
            )
        }
        if method == .modelChain {
            guard treatment != .skipSegment else {
                throw segmentation.unsupported("skipSegment in a chain is not supported")
            }
            return try chain(segmentation, in: scope, classes, treatment)
        }
        var segments: [PMMLSegment] = []
        for element in segmentation.children {
            segments.append(try segment(element, in: scope, isWeighted: method.isWeighted))
        }
        guard !segments.isEmpty else { throw segmentation.malformed("it has no segments") }
        if treatment != .skipSegment,
            let forest = try forest(segments, method, in: scope, classes)
        {
            return forest
        }
        var predictions: [PMMLPrediction] = []
        for index in segments.indices {
            let prediction = try predict(segments[index], in: scope, classes).0
            predictions.append(prediction)
            if treatment == .skipSegment {
                let missing = builder.unary(.isMissing, prediction.value.register)
                let isThere = builder.unary(.not, missing)
                segments[index].condition =
                    segments[index].condition.map { builder.binary(.and, $0, isThere) } ?? isThere
            }
        }
        if method == .selectFirst {
            return try first(of: segments, predictions, segmentation)
        }
        var result = try joined(segments, predictions, method, classes, segmentation)
        if treatment == .returnMissing {
            for (segment, prediction) in zip(segments, predictions) {
                try builder.work(1 + result.probabilities.count, segmentation)
                unlessMissing(prediction, in: segment, &result)
            }
        }
        return result
    }

    /// No result where a segment in use has none.
    private func unlessMissing(
        _ prediction: PMMLPrediction,
        in segment: PMMLSegment,
        _ result: inout PMMLPrediction
    ) {
        let isMissing = builder.unary(.isMissing, prediction.value.register)
        let condition = segment.condition.map { builder.binary(.and, $0, isMissing) } ?? isMissing
        let select = { [builder] in builder.select(condition, builder.missing, $0) }
        result.value.register = select(result.value.register)
        result.classPlace = result.classPlace.map(select)
        result.probabilities = result.probabilities.map(select)
    }

    private func segment(_ element: XMLElement, in scope: PMMLScope, isWeighted: Bool)
        throws(ModelFormatError) -> PMMLSegment
    {
        try builder.checkSize(element)
        try element.allowChildren(Self.predicates + Self.models)
        guard let model = element.children.first(where: { Self.models.contains($0.name) }) else {
            throw element.malformed("it has no model")
        }
        let weight = isWeighted ? try element.number("weight") ?? 1 : 1
        let condition = try condition(of: element, in: scope)
        return PMMLSegment(element: element, model: model, weight: weight, condition: condition)
    }

    private func predict(
        _ segment: PMMLSegment,
        in scope: PMMLScope,
        _ classes: PMMLClasses?
    ) throws(ModelFormatError) -> (PMMLPrediction, PMMLScope) {
        let outer = activity
        defer { activity = outer }
        if let condition = segment.condition {
            activity = outer.map { builder.binary(.and, $0, condition) } ?? condition
        }
        return try predict(segment.model, in: scope, classes: classes)
    }

    /// One ensemble for segments that are all trees and add up; nil where they do not.
    private func forest(
        _ segments: [PMMLSegment],
        _ method: Method,
        in scope: PMMLScope,
        _ classes: PMMLClasses?
    ) throws(ModelFormatError) -> PMMLPrediction? {
        guard classes == nil ? method.isSum || method.isMean : method.isMean || method.isVote,
            segments.allSatisfy({
                $0.condition == nil && $0.model.name == "TreeModel"
                    && $0.model.child("Targets") == nil
            })
        else { return nil }
        let rounds = builder.roundsToFloat32
        defer { builder.roundsToFloat32 = rounds }
        var trees: [(RuleTree, Double)] = []
        for segment in segments {
            let inner = try open(segment.model, in: scope)
            guard try isClassification(segment.model) == (classes != nil),
                builder.roundsToFloat32 == rounds
            else { return nil }
            trees.append((try rules(of: segment.model, in: inner, classes), segment.weight))
        }
        builder.roundsToFloat32 = rounds
        let count = classes?.labels.count ?? 0
        let columns = classes == nil ? 0..<1 : 1..<1 + count
        let ensemble =
            method.isVote
            ? self.ensemble(trees, columns: columns, allowsMissing: false) { result, column in
                result.first == Double(column - 1) ? 1 : 0
            } : self.ensemble(trees, columns: columns)
        guard let ensemble else { return nil }
        let total = segments.reduce(0) { $0 + $1.weight }
        var sums = columns.indices.map { ensemble + $0 - columns.lowerBound }
        if !method.isSum {
            sums = sums.map { builder.calculate(.divide, $0, builder.constant(total)) }
        }
        if let classes {
            return try classification(sums, classes, segments[0].element)
        }
        return PMMLPrediction(value: PMMLValue(register: sums[0], kind: .double))
    }

    /// The prediction of the first segment in use.
    private func first(
        of segments: [PMMLSegment],
        _ predictions: [PMMLPrediction],
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLPrediction {
        var result: PMMLPrediction?
        for (segment, prediction) in zip(segments, predictions).reversed() {
            result = try choose(segment.condition, prediction, result, element)
        }
        guard let result else { throw element.malformed("it has no segments") }
        return result
    }

    /// The prediction where the condition holds, else another or none.
    private func choose(
        _ condition: Int?,
        _ prediction: PMMLPrediction,
        _ otherwise: PMMLPrediction?,
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLPrediction {
        guard let condition else { return prediction }
        let select: (Int, Int?) -> Int = { [builder] then, otherwise in
            builder.select(condition, then, otherwise ?? builder.missing)
        }
        try builder.work(1 + prediction.probabilities.count, element)
        guard let classes = prediction.classes else {
            guard otherwise?.classes == nil else {
                throw element.unsupported("segments with and without classes")
            }
            let value = select(prediction.value.register, otherwise?.value.register)
            return PMMLPrediction(value: PMMLValue(register: value, kind: prediction.value.kind))
        }
        var probabilities: [Int] = []
        for (label, probability) in zip(classes.labels, prediction.probabilities) {
            let other = otherwise.flatMap { other in
                other.classes?.place(of: label).map { other.probabilities[$0] }
            }
            guard otherwise == nil || other != nil else {
                throw element.unsupported("segments with different classes")
            }
            probabilities.append(select(probability, other))
        }
        let place = prediction.classPlace.map { select($0, otherwise?.classPlace) }
        return try classification(probabilities, classes, place: place, element)
    }

    /// The predictions of all segments in use, as one.
    private func joined(
        _ segments: [PMMLSegment],
        _ predictions: [PMMLPrediction],
        _ method: Method,
        _ classes: PMMLClasses?,
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLPrediction {
        for prediction in predictions where (prediction.classes == nil) != (classes == nil) {
            throw element.malformed("segments of another mining function")
        }
        guard let classes else {
            guard !method.isVote else {
                throw element.malformed("a vote needs classes")
            }
            let values = predictions.map(\.value.register)
            let result = try joined(segments, values, method, element)
            return PMMLPrediction(value: PMMLValue(register: result, kind: .double))
        }
        var shares: [Int] = []
        for (place, label) in classes.labels.enumerated() {
            try builder.work(predictions.count, element)
            try builder.checkSize(element)
            var values: [Int] = []
            for prediction in predictions {
                let own = prediction.classes?.place(of: label) ?? place
                if method.isVote, let winner = prediction.classPlace {
                    let vote = builder.constant(Double(own))
                    values.append(builder.binary(.equal, winner, vote))
                } else if own < prediction.probabilities.count {
                    values.append(prediction.probabilities[own])
                }
            }
            guard method.isMean || method.isVote, values.count == predictions.count else {
                throw element.unsupported(
                    "multipleModelMethod=\"\(method.rawValue)\" of classes is not supported"
                )
            }
            shares.append(try joined(segments, values, method, element))
        }
        if method.isVote { return try winner(of: shares, segments, predictions, classes, element) }
        return try classification(shares, classes, element)
    }

    /// The class with most votes; none where more segments gave no prediction.
    private func winner(
        of votes: [Int],
        _ segments: [PMMLSegment],
        _ predictions: [PMMLPrediction],
        _ classes: PMMLClasses,
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLPrediction {
        let isMissing = predictions.map { builder.unary(.isMissing, $0.value.register) }
        let missing = try joined(segments, isMissing, .sum, element)
        let most = votes.dropFirst().reduce(votes[0]) { builder.binary(.maximum, $0, $1) }
        let isUndecided = builder.binary(.less, most, missing)
        let total = votes.dropFirst().reduce(votes[0]) { builder.calculate(.add, $0, $1) }
        let shares = votes.map {
            builder.select(isUndecided, builder.missing, builder.calculate(.divide, $0, total))
        }
        return try classification(shares, classes, element)
    }

    private func joined(
        _ segments: [PMMLSegment],
        _ values: [Int],
        _ method: Method,
        _ element: XMLElement
    ) throws(ModelFormatError) -> Int {
        try builder.work(values.count, element)
        guard method != .median else {
            guard segments.allSatisfy({ $0.condition == nil }) else {
                throw element.unsupported("a median of segments with predicates")
            }
            return builder.rounded(builder.append(.median(values)))
        }
        var result: Int?
        var weights: Int?
        for (segment, value) in zip(segments, values) {
            let weight = builder.rounded(builder.constant(segment.weight))
            var term = segment.weight == 1 ? value : builder.calculate(.multiply, weight, value)
            var share = weight
            if let condition = segment.condition {
                term = builder.select(condition, term, builder.constant(0))
                share = builder.select(condition, weight, builder.constant(0))
            }
            result = result.map { builder.calculate(.add, $0, term) } ?? term
            weights = weights.map { builder.calculate(.add, $0, share) } ?? share
        }
        guard var result, let weights else { throw element.malformed("it has no segments") }
        if method.isMean { result = builder.calculate(.divide, result, weights) }
        guard segments.allSatisfy({ $0.condition != nil }) else { return result }
        // No segment in use, no prediction.
        let isUsed = segments.compactMap(\.condition).reduce(builder.constant(0)) {
            builder.binary(.or, $0, $1)
        }
        return builder.select(isUsed, result, builder.missing)
    }

    /// Models one after the other, each seeing what the ones before it gave.
    private func chain(
        _ segmentation: XMLElement,
        in scope: PMMLScope,
        _ classes: PMMLClasses?,
        _ treatment: MissingPrediction
    ) throws(ModelFormatError) -> PMMLPrediction {
        var result: PMMLPrediction?
        var earlier: [(PMMLSegment, PMMLPrediction)] = []
        for element in segmentation.children {
            let segment = try segment(element, in: scope, isWeighted: false)
            let (prediction, inner) = try predict(segment, in: scope, classes)
            let outputs = try outputs(of: segment.model, prediction, in: inner)
            for output in outputs {
                var entry = output.entry
                if let condition = segment.condition, case .value(var value) = entry {
                    value.register = builder.select(condition, value.register, builder.missing)
                    entry = .value(value)
                }
                scope.set(output.name, entry)
            }
            if let target = try targets(of: segment.model).first {
                let name = try target.required("name")
                if scope.entries[name] == nil { scope.set(name, .value(prediction.value)) }
            }
            result = try choose(segment.condition, prediction, result, element)
            earlier.append((segment, prediction))
        }
        guard var result else { throw segmentation.malformed("it has no segments") }
        if treatment == .returnMissing {
            for (segment, prediction) in earlier.dropLast() {
                try builder.work(1 + result.probabilities.count, segmentation)
                unlessMissing(prediction, in: segment, &result)
            }
        }
        return result
    }
}
