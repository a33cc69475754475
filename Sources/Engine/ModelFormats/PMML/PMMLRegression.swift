// SPDX-License-Identifier: Apache-2.0

// Regression models, of numbers and of classes.

internal import Documents
internal import ExactTexts
internal import Forest
internal import Formulas

extension PMMLCompiler {
    private enum Normalization: String {
        case none, simplemax, softmax, logit, probit, cloglog, loglog, cauchit, exp
    }

    /// A regression model.
    func regression(_ model: XMLElement, in scope: PMMLScope, _ classes: PMMLClasses?)
        throws(ModelFormatError) -> PMMLPrediction
    {
        try model.allowChildren(Self.modelParts + ["RegressionTable"])
        let method = try model.choice("normalizationMethod", Normalization.none)
        let tables = model.children("RegressionTable")
        guard let classes else {
            guard tables.count == 1 else {
                throw model.malformed("it has \(tables.count) regression tables, not 1")
            }
            let sum = try sum(of: tables[0], in: scope)
            guard let linked = linked(sum, method) else {
                throw model.malformed("normalizationMethod=\"\(method.rawValue)\"")
            }
            var prediction = PMMLPrediction(value: PMMLValue(register: linked, kind: .double))
            if linked != sum { prediction.raw = [("raw", sum)] }
            if method == .logit || method == .softmax { prediction.logOdds = [sum] }
            return prediction
        }
        return try classify(model, tables, method, in: scope, classes)
    }

    private func classify(
        _ model: XMLElement,
        _ tables: [XMLElement],
        _ method: Normalization,
        in scope: PMMLScope,
        _ classes: PMMLClasses
    ) throws(ModelFormatError) -> PMMLPrediction {
        var places: [Int] = []
        var seen: Set<Int> = []
        var sums: [Int] = []
        for table in tables {
            let label = try table.required("targetCategory")
            guard let place = classes.place(of: label), seen.insert(place).inserted else {
                throw table.malformed("targetCategory=\"\(label.prefix(40))\" is no new class")
            }
            places.append(place)
            sums.append(try sum(of: table, in: scope))
        }
        if places.count == 1, classes.labels.count == 2 {
            places.append(1 - places[0])
            sums.append(builder.constant(0))
        }
        guard places.count >= 2 else { throw model.malformed("it has no two classes") }
        let shares = try probabilities(sums, method, isOrdinal: try isOrdinal(model), model)
        var probabilities = [Int](repeating: builder.constant(0), count: classes.labels.count)
        for (place, share) in zip(places, shares) { probabilities[place] = share }
        var prediction = try classification(probabilities, classes, model)
        if method != .none, method != .simplemax {
            prediction.raw = zip(places, sums).map { ("raw(\(classes.labels[$0]))", $1) }
        }
        if places.count == 2, method == .logit || method == .softmax {
            let odds = method == .logit ? sums[0] : builder.calculate(.subtract, sums[0], sums[1])
            let opposite = builder.unary(.negate, odds)
            prediction.logOdds = places[0] == 0 ? [odds, opposite] : [opposite, odds]
        }
        return prediction
    }

    private func isOrdinal(_ model: XMLElement) throws(ModelFormatError) -> Bool {
        guard let target = try targets(of: model).first else { return false }
        if let type = target["optype"] { return type == "ordinal" }
        return dataFields[try target.required("name")]?.isOrdinal ?? false
    }

    /// The inverse of the link function; nil if the method has none for one number.
    private func linked(_ sum: Int, _ method: Normalization) -> Int? {
        let one = builder.constant(1)
        switch method {
        case .none: return sum
        case .logit, .softmax:
            guard builder.roundsToFloat32 else { return builder.unary(.logistic, sum) }
            // Every operation is rounded, as in XGBoost.
            let power = builder.calculate(.exp, builder.unary(.negate, sum))
            return builder.calculate(.divide, one, builder.calculate(.add, one, power))
        case .exp: return builder.calculate(.exp, sum)
        case .probit: return builder.calculate(.normalDistribution, sum)
        case .cloglog:
            let power = builder.calculate(
                .exp,
                builder.unary(.negate, builder.calculate(.exp, sum))
            )
            return builder.calculate(.subtract, one, power)
        case .loglog:
            let power = builder.calculate(.exp, builder.unary(.negate, sum))
            return builder.calculate(.exp, builder.unary(.negate, power))
        case .cauchit:
            let turn = builder.calculate(.arctangent, sum)
            let share = builder.calculate(.divide, turn, builder.constant(.pi))
            return builder.calculate(.add, builder.constant(0.5), share)
        case .simplemax: return nil
        }
    }

    /// The probabilities of sums, in their order.
    private func probabilities(
        _ sums: [Int],
        _ method: Normalization,
        isOrdinal: Bool,
        _ model: XMLElement
    ) throws(ModelFormatError) -> [Int] {
        let refused = model.malformed("normalizationMethod=\"\(method.rawValue)\" for its classes")
        switch method {
        case .exp: throw refused
        case .simplemax where !isOrdinal: return shares(sums)
        case .softmax where !isOrdinal:
            let first = builder.append(.softmax(sums))
            return sums.indices.map { builder.rounded(first + $0) }
        case .simplemax, .softmax: throw refused
        default: break
        }
        let last = sums.count - 1
        var linked: [Int] = []
        for sum in sums { linked.append(self.linked(sum, method) ?? sum) }
        let one = builder.constant(1)
        if method == .none, isOrdinal || sums.count == 2 {
            // Without a link, a sum is a probability as far as it can be one.
            linked = linked.map {
                let atLeast = builder.binary(.maximum, $0, builder.constant(0))
                return builder.binary(.minimum, atLeast, one)
            }
        }
        if isOrdinal {
            // Each is the probability of that class or one before it.
            var result = [linked[0]]
            for index in linked.indices.dropFirst().dropLast() {
                result.append(builder.calculate(.subtract, linked[index], linked[index - 1]))
            }
            return result + [builder.calculate(.subtract, one, linked[last - 1])]
        }
        if method == .none || sums.count == 2 {
            let others = linked[..<last].dropFirst().reduce(linked[0]) {
                builder.calculate(.add, $0, $1)
            }
            return linked[..<last] + [builder.calculate(.subtract, one, others)]
        }
        guard method == .logit else { throw refused }
        return shares(linked)
    }

    private func shares(_ values: [Int]) -> [Int] {
        let total = values.dropFirst().reduce(values[0]) { builder.calculate(.add, $0, $1) }
        return values.map { builder.calculate(.divide, $0, total) }
    }

    /// The weighted sum of a regression table.
    private func sum(of table: XMLElement, in scope: PMMLScope) throws(ModelFormatError) -> Int {
        try table.allowChildren(["NumericPredictor", "CategoricalPredictor", "PredictorTerm"])
        try builder.checkSize(table)
        let intercept = try table.requiredNumber("intercept")
        var terms: [(coefficient: Double, register: Int)] = []
        for predictor in table.children("NumericPredictor") {
            var register = try number(predictor, in: scope)
            if let exponent = try predictor.number("exponent"), exponent != 1 {
                register = builder.calculate(.power, register, builder.constant(exponent))
            }
            terms.append((try predictor.requiredNumber("coefficient"), register))
        }
        let categories = try categories(of: table, in: scope)
        for term in table.children("PredictorTerm") {
            try term.allowChildren(["FieldRef"])
            var product: Int?
            for field in term.children {
                let factor = try number(field, in: scope)
                product = product.map { builder.calculate(.multiply, $0, factor) } ?? factor
            }
            guard let product else { throw term.malformed("it has no fields") }
            terms.append((try term.requiredNumber("coefficient"), product))
        }
        if terms.count == 1, terms[0].coefficient == 1, categories.isEmpty, intercept == 0 {
            // The link function of a model before this one in a chain.
            return terms[0].register
        }
        if categories.isEmpty, !terms.isEmpty, !builder.roundsToFloat32 {
            let linear = LinearModel(weights: [terms.map(\.coefficient)], intercepts: [intercept])
            return builder.append(.linear(linear, arguments: terms.map(\.register)))
        }
        var sum: Int?
        let products = terms.map {
            builder.calculate(.multiply, builder.constant($0.coefficient), $0.register)
        }
        for product in products + categories {
            sum = sum.map { builder.calculate(.add, $0, product) } ?? product
        }
        let start = builder.rounded(builder.constant(intercept))
        return sum.map { builder.calculate(.add, $0, start) } ?? start
    }

    private func predictorName(_ element: XMLElement) throws(ModelFormatError) -> String {
        if let name = element["field"] { return name }
        return try element.required("name")
    }

    private func number(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> Int
    {
        let name = try predictorName(element)
        let field = try value(of: name, in: scope, element)
        guard field.texts == nil else {
            throw element.malformed("field \"\(name.prefix(60))\" is a text")
        }
        return field.register
    }

    /// For each field with categorical predictors, the coefficient of its value; 0 for others and
    /// where it is missing.
    private func categories(of table: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> [Int]
    {
        var names: [String] = []
        var pairs: [ExactText: (value: PMMLValue, pairs: [(Double, Double)])] = [:]
        for predictor in table.children("CategoricalPredictor") {
            let name = try predictorName(predictor)
            if pairs[name] == nil {
                pairs[name] = (try value(of: name, in: scope, predictor), [])
                names.append(name)
            }
            let text = try predictor.required("value")
            if let number = try pairs[name]?.value.literal(text, predictor) {
                pairs[name]?.pairs.append((number, try predictor.requiredNumber("coefficient")))
            }
        }
        return names.compactMap { pairs[$0] }.map { field in
            let found = builder.lookup(field.pairs, otherwise: 0, field.value.register)
            let isMissing = builder.unary(.isMissing, field.value.register)
            return builder.rounded(builder.select(isMissing, builder.constant(0), found))
        }
    }
}
