// SPDX-License-Identifier: Apache-2.0

// Expressions of derived fields, functions and scores.

internal import Documents
internal import Formulas
internal import VigieLimits

/// What an expression gives: a register, or a constant whose type its use tells.
enum PMMLOperand {
    case value(PMMLValue)
    case literal(String, XMLElement)
}

extension PMMLCompiler {
    /// The elements that are expressions.
    static let expressions = [
        "Constant", "FieldRef", "NormContinuous", "NormDiscrete", "Discretize", "MapValues",
        "Apply", "Aggregate", "TextIndex", "Lag",
    ]

    /// The value of an expression whose type is its own.
    func value(_ element: XMLElement, in scope: PMMLScope) throws(ModelFormatError) -> PMMLValue {
        value(try operand(element, in: scope))
    }

    /// The value of an operand; a constant is a number if it looks like one.
    func value(_ operand: PMMLOperand) -> PMMLValue {
        switch operand {
        case .value(let value): return value
        case .literal(let text, _):
            if let number = Array(text.utf8)[...].trimmed.double {
                let isInteger = !text.utf8.contains { $0 == 0x2e || $0 | 0x20 == 0x65 }
                return PMMLValue(
                    register: builder.constant(number),
                    kind: isInteger ? .integer : .double
                )
            }
            let texts = PMMLTexts()
            return PMMLValue(register: builder.constant(texts.number(of: text)), kind: .text(texts))
        }
    }

    /// A value as one of another type.
    func convert(_ operand: PMMLOperand, to kind: PMMLValue.Kind, _ element: XMLElement)
        throws(ModelFormatError) -> PMMLValue
    {
        switch operand {
        case .literal(let text, let literal):
            let number = try kind.literal(text, literal)
            return PMMLValue(register: builder.constant(number), kind: kind)
        case .value(let value):
            switch (value.kind, kind) {
            case (.text(let texts), .text(let wanted)):
                if texts === wanted { return value }
                try builder.work(texts.list.count, element)
                // A constant's text, or one of another list.
                let pairs = texts.list.enumerated().map {
                    (Double($0.offset), wanted.number(of: $0.element))
                }
                let register = builder.lookup(pairs, otherwise: -1, value.register)
                return PMMLValue(register: register, kind: kind)
            case (.text(let texts), _):
                try builder.work(texts.list.count, element)
                var pairs: [(Double, Double)] = []
                for (index, text) in texts.list.enumerated() {
                    pairs.append((Double(index), try kind.literal(text, element)))
                }
                let register = builder.lookup(pairs, otherwise: .nan, value.register)
                return PMMLValue(register: register, kind: kind)
            case (_, .text):
                throw element.unsupported("a number as a text is not supported")
            case (_, .float):
                return PMMLValue(register: builder.unary(.float32, value.register), kind: kind)
            default:
                return PMMLValue(register: value.register, kind: kind)
            }
        }
    }

    /// An expression. Fields and functions count into the depth of expressions.
    func operand(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLOperand
    {
        expressionDepth += 1
        defer { expressionDepth -= 1 }
        guard expressionDepth <= ModelFormatLimits.expressionDepth else {
            throw element.unsupported(
                "expressions are nested deeper than \(ModelFormatLimits.expressionDepth)"
            )
        }
        try builder.checkSize(element)
        try builder.work(1, element)
        switch element.name {
        case "Constant": return try constant(element)
        case "FieldRef": return .value(try fieldReference(element, in: scope))
        case "NormContinuous": return .value(try normContinuous(element, in: scope))
        case "NormDiscrete": return .value(try normDiscrete(element, in: scope))
        case "Discretize": return .value(try discretize(element, in: scope))
        case "MapValues": return .value(try mapValues(element, in: scope))
        case "Apply": return try apply(element, in: scope)
        default: throw element.unsupported("<\(element.name)> is not supported")
        }
    }

    private func constant(_ element: XMLElement) throws(ModelFormatError) -> PMMLOperand {
        if element["missing"] == "true" {
            return .value(PMMLValue(register: builder.missing, kind: .double))
        }
        guard let dataType = element["dataType"], dataType != "string" else {
            return .literal(element.text, element)
        }
        let kind = try PMMLValue.Kind(dataType: dataType, texts: PMMLTexts(), element)
        let number = try kind.literal(element.text, element)
        return .value(PMMLValue(register: builder.constant(number), kind: kind))
    }

    private func fieldReference(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLValue
    {
        var value = try value(of: try element.required("field"), in: scope, element)
        try mapMissing(&value, element)
        return value
    }

    /// Replaces a missing value as `mapMissingTo` says.
    func mapMissing(
        _ value: inout PMMLValue,
        _ element: XMLElement,
        as attribute: String = "mapMissingTo"
    )
        throws(ModelFormatError)
    {
        guard let text = element[attribute] else { return }
        let replacement = builder.constant(try value.literal(text, element))
        let isMissing = builder.unary(.isMissing, value.register)
        value.register = builder.select(isMissing, replacement, value.register)
    }
}
