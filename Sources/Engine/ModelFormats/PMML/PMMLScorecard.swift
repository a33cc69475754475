// SPDX-License-Identifier: Apache-2.0

// Scorecards, with their reason codes.

internal import Documents
internal import ExactTexts
internal import Forest
internal import Formulas

extension PMMLCompiler {
    private enum ReasonAlgorithm: String {
        case pointsAbove, pointsBelow
    }

    /// What one characteristic gives.
    private struct Points {
        /// Its partial score.
        var score: Int
        /// How far its partial score is on the bad side of its baseline, for each reason code; 0
        /// where the code is not the one that counts.
        var reasons: [Reason] = []
    }

    /// A reason code.
    private struct Reason {
        var code: String
        /// Its points.
        var points: Int
        /// Whether it counts; nil for always.
        var counts: Int?
    }

    /// A scorecard: the initial score and the partial scores, in order.
    func scorecard(_ model: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLPrediction
    {
        try model.allowChildren(Self.modelParts + ["Characteristics"])
        let givesReasons = model["useReasonCodes"] != "false"
        let algorithm = try model.choice("reasonCodeAlgorithm", ReasonAlgorithm.pointsBelow)
        let characteristics = try model.requiredChild("Characteristics")
        try characteristics.allowChildren(["Characteristic"])
        var score = builder.constant(try model.number("initialScore") ?? 0)
        var codes: [String] = []
        var totals: [ExactText: Reason] = [:]
        for characteristic in characteristics.children {
            try builder.checkSize(characteristic)
            let points = try points(
                of: characteristic,
                in: scope,
                baseline: try model.number("baselineScore"),
                algorithm: givesReasons ? algorithm : nil
            )
            score = builder.calculate(.add, score, points.score)
            for reason in points.reasons {
                if totals[reason.code] == nil { codes.append(reason.code) }
                totals[reason.code] = totals[reason.code].map { sum($0, reason) } ?? reason
            }
        }
        var prediction = PMMLPrediction(value: PMMLValue(register: score, kind: .double))
        guard givesReasons, !codes.isEmpty else { return prediction }
        // A reason that speaks for the better is none.
        let zero = builder.constant(0)
        let ranked = codes.compactMap { totals[$0] }.map { reason in
            let isBad = builder.binary(.lessOrEqual, zero, reason.points)
            let counts = reason.counts.map { builder.binary(.and, $0, isBad) } ?? isBad
            return builder.select(counts, reason.points, builder.missing)
        }
        let first = builder.append(.ranking(ranked))
        prediction.reasonCodes = codes
        prediction.reasonPlaces = codes.indices.map { builder.unlessMissing([score], first + $0) }
        return prediction
    }

    private func sum(_ one: Reason, _ other: Reason) -> Reason {
        var sum = one
        sum.points = builder.calculate(.add, one.points, other.points)
        sum.counts = one.counts.flatMap { counts in
            other.counts.map { builder.binary(.or, counts, $0) }
        }
        return sum
    }

    /// The points of the first attribute of a characteristic whose predicate is true.
    private func points(
        of characteristic: XMLElement,
        in scope: PMMLScope,
        baseline: Double?,
        algorithm: ReasonAlgorithm?
    ) throws(ModelFormatError) -> Points {
        try characteristic.allowChildren(["Attribute"])
        let attributes = characteristic.children("Attribute")
        // The attributes are the leaves of a tree, whose score is their place.
        var tree = RuleTree(classCount: 0, missingStrategy: .none, returnsLastPrediction: false)
        tree.tests.append(RuleTest(operation: .always, end: 1))
        let root = tree.addNode(parent: nil, previousSibling: nil, predicate: 0)
        var last: Int?
        for (place, attribute) in attributes.enumerated() {
            try attribute.allowChildren(Self.predicates + ["ComplexPartialScore"])
            let test = try addPredicate(
                try predicateElement(of: attribute),
                in: scope,
                to: &tree
            )
            last = tree.addNode(parent: root, previousSibling: last, predicate: test)
            tree.setResult([Double(place)], node: last ?? 0, hasScore: true)
        }
        let place = ensemble([(tree, 1)], columns: 0..<1) ?? add(tree)
        let score = try score(of: attributes, at: place, in: scope)
        var points = Points(score: score)
        guard let algorithm else { return points }
        guard let baseline = try characteristic.number("baselineScore") ?? baseline else {
            throw characteristic.malformed("it has no baselineScore")
        }
        let base = builder.constant(baseline)
        let distance =
            algorithm == .pointsAbove
            ? builder.calculate(.subtract, score, base)
            : builder.calculate(.subtract, base, score)
        try addReasons(&points, of: attributes, characteristic, at: place, distance)
        return points
    }

    private func score(of attributes: [XMLElement], at place: Int, in scope: PMMLScope)
        throws(ModelFormatError) -> Int
    {
        var constants: [(Double, Double)] = []
        var expressions: [(place: Int, register: Int)] = []
        for (index, attribute) in attributes.enumerated() {
            if let complex = attribute.child("ComplexPartialScore") {
                try complex.allowChildren(Self.expressions)
                guard let expression = complex.children.first(where: { _ in true }) else {
                    throw complex.malformed("it has no expression")
                }
                let operand = try operand(expression, in: scope)
                let value = try convert(operand, to: .double, expression)
                expressions.append((index, value.register))
            } else {
                constants.append((Double(index), try attribute.requiredNumber("partialScore")))
            }
        }
        var score = builder.lookup(constants, otherwise: .nan, place)
        for (index, register) in expressions {
            let isHere = builder.binary(.equal, place, builder.constant(Double(index)))
            score = builder.select(isHere, register, score)
        }
        return builder.rounded(score)
    }

    /// The distance counts for the code of the attribute, or of the characteristic.
    private func addReasons(
        _ points: inout Points,
        of attributes: [XMLElement],
        _ characteristic: XMLElement,
        at place: Int,
        _ distance: Int
    ) throws(ModelFormatError) {
        var codes: [String] = []
        var places: [ExactText: [Double]] = [:]
        for (index, attribute) in attributes.enumerated() {
            guard let code = attribute["reasonCode"] ?? characteristic["reasonCode"] else {
                throw attribute.malformed("it has no reasonCode")
            }
            if places[code] == nil { codes.append(code) }
            places[ExactText(code), default: []].append(Double(index))
        }
        for code in codes {
            var reason = Reason(code: code, points: distance)
            if codes.count > 1 {
                let isHere = builder.isOne(of: places[code] ?? [], place)
                reason.points = builder.select(isHere, distance, builder.constant(0))
                reason.counts = isHere
            }
            points.reasons.append(reason)
        }
    }
}
