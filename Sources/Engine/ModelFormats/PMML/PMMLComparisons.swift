// SPDX-License-Identifier: Apache-2.0

// Built-in functions that compare, choose or aggregate.

internal import Documents
internal import Formulas

extension PMMLCompiler {
    /// A comparison; unknown where an operand is missing.
    func comparison(
        _ function: PMMLFunction,
        _ left: PMMLOperand,
        _ right: PMMLOperand,
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLResult {
        let (x, y, areTexts) = try alike(left, right, element)
        guard !areTexts || function == .equal || function == .notEqual else {
            throw element.unsupported("an order of texts is not supported")
        }
        let register =
            switch function {
            case .lessThan: builder.binary(.less, x, y)
            case .lessOrEqual: builder.binary(.lessOrEqual, x, y)
            case .greaterThan: builder.binary(.less, y, x)
            case .greaterOrEqual: builder.binary(.lessOrEqual, y, x)
            case .notEqual: builder.unary(.not, builder.binary(.equal, x, y))
            default: builder.binary(.equal, x, y)
            }
        let known = builder.unlessMissing([x, y], register)
        return PMMLResult(value: PMMLValue(register: known, kind: .boolean), arguments: [x, y])
    }

    /// Two operands as numbers that can be compared.
    private func alike(_ left: PMMLOperand, _ right: PMMLOperand, _ element: XMLElement)
        throws(ModelFormatError) -> (Int, Int, areTexts: Bool)
    {
        switch (left, right) {
        case (.value(let x), .literal(let text, let literal)):
            let y = builder.constant(try x.literal(text, literal))
            return (x.register, y, x.texts != nil)
        case (.literal(let text, let literal), .value(let y)):
            let x = builder.constant(try y.literal(text, literal))
            return (x, y.register, y.texts != nil)
        case (.value(let x), .value(let y)):
            switch (x.texts, y.texts) {
            case (nil, nil): return (x.register, y.register, false)
            case (.some, .some):
                let converted = try convert(right, to: x.kind, element)
                return (x.register, converted.register, true)
            default: throw element.unsupported("a text is compared with a number")
            }
        case (.literal, .literal):
            let (x, y) = (value(left), value(right))
            return try alike(.value(x), .value(y), element)
        }
    }

    /// Whether the first operand equals one of the others. A missing one equals none.
    func membership(
        _ function: PMMLFunction,
        _ operands: [PMMLOperand],
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLResult {
        var found = builder.constant(0)
        for operand in operands.dropFirst() {
            let (x, y, _) = try alike(operands[0], operand, element)
            found = builder.binary(.or, found, builder.binary(.equal, x, y))
        }
        if function == .isNotIn { found = builder.unary(.not, found) }
        return PMMLResult(value: PMMLValue(register: found, kind: .boolean))
    }

    /// `if`: missing where the condition is, or where the chosen branch is or is not there.
    func choice(_ operands: [PMMLOperand], _ element: XMLElement)
        throws(ModelFormatError) -> PMMLResult
    {
        let condition = value(operands[0])
        guard condition.texts == nil else {
            throw element.malformed("its condition is a text")
        }
        var then = value(operands[1])
        var otherwise = PMMLValue(register: builder.missing, kind: then.kind)
        if operands.count == 3 {
            otherwise = value(operands[2])
            switch (then.texts, otherwise.texts) {
            case (nil, nil):
                if then.isInteger, !otherwise.isInteger { then.kind = otherwise.kind }
            default:
                // One list of texts for both.
                let texts = PMMLTexts()
                then = try convert(operands[1], to: .text(texts), element)
                otherwise = try convert(operands[2], to: .text(texts), element)
            }
        }
        let chosen = builder.select(condition.register, then.register, otherwise.register)
        let register = builder.unlessMissing([condition.register], chosen)
        return PMMLResult(
            value: PMMLValue(register: register, kind: then.kind),
            arguments: [condition.register]
        )
    }

    /// An aggregate of the arguments that are not missing; missing when all are.
    func aggregate(
        _ function: PMMLFunction,
        _ values: [PMMLValue],
        _ element: XMLElement
    ) -> PMMLResult {
        let registers = values.map(\.register)
        let kind: PMMLValue.Kind =
            values.allSatisfy(\.isInteger) && function != .avg ? .integer : .double
        var result = registers[0]
        for register in registers.dropFirst() {
            let joined: Int =
                switch function {
                case .min: builder.binary(.minimum, result, register)
                case .max: builder.binary(.maximum, result, register)
                case .product: builder.calculate(.multiply, result, register)
                default: builder.calculate(.add, result, register)
                }
            result = builder.select(
                builder.unary(.isMissing, result),
                register,
                builder.select(builder.unary(.isMissing, register), result, joined)
            )
        }
        if function == .avg {
            var count = builder.constant(0)
            for register in registers {
                let isThere = builder.unary(.not, builder.unary(.isMissing, register))
                count = builder.binary(.add, count, isThere)
            }
            result = builder.calculate(.divide, result, count)
        }
        return PMMLResult(value: PMMLValue(register: result, kind: kind), arguments: registers)
    }
}
