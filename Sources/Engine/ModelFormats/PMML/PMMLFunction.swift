// SPDX-License-Identifier: Apache-2.0

// The built-in functions.

internal import Documents
internal import Formulas

/// A built-in function of numbers, truth values, or comparisons.
enum PMMLFunction: String {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case pow, threshold, modulo
    case exp, ln, log10, sqrt, abs, floor, ceil, round, rint
    case min, max, sum, avg, product
    case isMissing, isNotMissing, isValid, isNotValid
    case equal, notEqual, lessThan, lessOrEqual, greaterThan, greaterOrEqual
    case isIn, isNotIn
    case and, or, not
    case choose = "if"

    /// How many arguments it takes.
    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .add, .subtract, .multiply, .divide, .pow, .threshold, .modulo: 2...2
        case .equal, .notEqual, .lessThan, .lessOrEqual, .greaterThan, .greaterOrEqual: 2...2
        case .exp, .ln, .log10, .sqrt, .abs, .floor, .ceil, .round, .rint, .not: 1...1
        case .isMissing, .isNotMissing, .isValid, .isNotValid: 1...1
        case .min, .max, .sum, .avg, .product: 1...Int(Int16.max)
        case .isIn, .isNotIn, .and, .or: 2...Int(Int16.max)
        case .choose: 2...3
        }
    }
}

/// What a function gives, and the arguments that are missing when it is.
struct PMMLResult {
    var value: PMMLValue
    var arguments: [Int] = []
}

extension PMMLCompiler {
    /// A function of operands.
    func evaluate(_ function: PMMLFunction, _ operands: [PMMLOperand], _ element: XMLElement)
        throws(ModelFormatError) -> PMMLResult
    {
        switch function {
        case .equal, .notEqual, .lessThan, .lessOrEqual, .greaterThan, .greaterOrEqual:
            return try comparison(function, operands[0], operands[1], element)
        case .isIn, .isNotIn: return try membership(function, operands, element)
        case .choose: return try choice(operands, element)
        default: break
        }
        let values = operands.map { value($0) }
        let registers = values.map(\.register)
        let first = registers[0]
        switch function {
        case .isMissing, .isNotMissing, .isValid, .isNotValid:
            let isMissing = builder.unary(.isMissing, first)
            let negated = function == .isNotMissing || function == .isValid
            return truth(negated ? builder.unary(.not, isMissing) : isMissing, [])
        default: break
        }
        for (value, operand) in zip(values, operands) where value.texts != nil {
            if case .literal(_, let literal) = operand {
                throw literal.malformed("\"\(literal.text.prefix(40))\" is not a number")
            }
            throw element.unsupported("\"\(function.rawValue)\" of a text is not supported")
        }
        switch function {
        case .and, .or, .not: return logic(function, registers)
        case .min, .max, .sum, .avg, .product: return aggregate(function, values, element)
        default: return arithmetic(function, values, element)
        }
    }

    private func truth(_ register: Int, _ arguments: [Int]) -> PMMLResult {
        PMMLResult(value: PMMLValue(register: register, kind: .boolean), arguments: arguments)
    }

    /// Kleene's logic; missing is unknown.
    private func logic(_ function: PMMLFunction, _ registers: [Int]) -> PMMLResult {
        if function == .not {
            let negated = builder.unary(.not, registers[0])
            return truth(builder.unlessMissing(registers, negated), registers)
        }
        let operation: BinaryOperation = function == .and ? .and : .or
        // The value that decides alone: a 0 of a conjunction, a 1 of a disjunction.
        let decides: (Int) -> Int = { register in
            function == .and
                ? self.builder.binary(.equal, register, self.builder.constant(0))
                : self.builder.binary(.equal, register, self.builder.constant(1))
        }
        var result = registers[0]
        for register in registers.dropFirst() {
            let known = builder.binary(operation, result, register)
            let decided = builder.binary(.or, decides(result), decides(register))
            result = builder.select(
                decided,
                builder.constant(function == .and ? 0 : 1),
                builder.unlessMissing([result, register], known)
            )
        }
        return truth(result, registers)
    }

    private func arithmetic(
        _ function: PMMLFunction,
        _ values: [PMMLValue],
        _ element: XMLElement
    ) -> PMMLResult {
        let x = values[0].register
        let y = values.count > 1 ? values[1].register : x
        let isWhole = values.allSatisfy(\.isInteger)
        var kind = isWhole ? PMMLValue.Kind.integer : .double
        var register: Int
        switch function {
        case .add: register = builder.calculate(.add, x, y)
        case .subtract: register = builder.calculate(.subtract, x, y)
        case .multiply: register = builder.calculate(.multiply, x, y)
        case .divide:
            register = builder.calculate(.divide, x, y)
            // Whole numbers are divided as such.
            if isWhole { register = builder.unary(.truncate, register) }
        case .pow: register = builder.calculate(.power, x, y)
        case .threshold:
            register = builder.unlessMissing([x, y], builder.binary(.less, y, x))
            kind = .integer
        case .modulo:
            let quotient = builder.unary(.floor, builder.binary(.divide, x, y))
            let whole = builder.binary(.multiply, quotient, y)
            register = builder.calculate(.subtract, x, whole)
        case .abs: register = builder.unary(.magnitude, x)
        case .floor, .ceil, .round, .rint:
            register = wholeNumber(function, x)
            kind = .integer
        case .exp: (register, kind) = (builder.calculate(.exp, x), .double)
        case .ln: (register, kind) = (builder.calculate(.ln, x), .double)
        case .log10: (register, kind) = (builder.calculate(.log10, x), .double)
        default: (register, kind) = (builder.calculate(.sqrt, x), .double)
        }
        let arguments = values.map(\.register)
        checkResult(function, register, arguments, element)
        return PMMLResult(value: PMMLValue(register: register, kind: kind), arguments: arguments)
    }

    private func wholeNumber(_ function: PMMLFunction, _ x: Int) -> Int {
        switch function {
        case .floor: builder.unary(.floor, x)
        case .ceil: builder.unary(.ceiling, x)
        case .rint: builder.unary(.round, x)
        default:
            // Halves go up.
            builder.unary(.floor, builder.binary(.add, x, builder.constant(0.5)))
        }
    }

    /// A function that has no value for its arguments makes the row invalid, unless the call says
    /// that it is then missing.
    private func checkResult(
        _ function: PMMLFunction,
        _ register: Int,
        _ arguments: [Int],
        _ element: XMLElement
    ) {
        guard [.ln, .log10, .sqrt, .pow, .divide, .modulo].contains(function),
            element["invalidValueTreatment"] ?? "returnInvalid" == "returnInvalid"
        else { return }
        var isInvalid = builder.unary(.isMissing, register)
        for argument in arguments {
            isInvalid = builder.select(
                builder.unary(.isMissing, argument),
                builder.constant(0),
                isInvalid
            )
        }
        addInvalid(isInvalid)
    }
}
