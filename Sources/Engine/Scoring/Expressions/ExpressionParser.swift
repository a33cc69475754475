// SPDX-License-Identifier: Apache-2.0

// Reads the text of an expression by recursive descent. Nesting is limited, since
// all that works on the tree later recurses over it.

internal import Documents
internal import VigieLimits

extension Expression {
    /// Reads an expression.
    ///
    /// - Throws: What is wrong with the text and where.
    package init(parsing text: String) throws(ExpressionError) {
        var parser = ExpressionParser(tokens: try Token.tokens(of: text))
        self = try parser.parseAll()
    }

    /// Names of the functions.
    static let functionNames =
        ["min", "max", "clip", "ln", "abs", "if"] + YearsOperation.allCases.map(\.rawValue)
}

private struct ExpressionParser {
    /// A tree and its height.
    private typealias Tree = (expression: Expression, height: Int)

    private let tokens: [Token]
    private var position = 0
    private var openLevels = 0

    init(tokens: [Token]) {
        self.tokens = tokens
    }

    mutating func parseAll() throws(ExpressionError) -> Expression {
        let tree = try parseSum()
        guard token.kind == .end else {
            throw unexpected("an operator or the end")
        }
        return tree.expression
    }

    // The last token is `end`, and `advance` never passes it.
    private var token: Token { tokens[position] }

    private mutating func advance() {
        position = min(position + 1, tokens.count - 1)
    }

    private mutating func take(symbol: String) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    private mutating func expect(_ symbol: String) throws(ExpressionError) {
        guard take(symbol: symbol) else { throw unexpected("\"\(symbol)\"") }
    }

    private func unexpected(_ wanted: String) -> ExpressionError {
        if case .symbol(let symbol) = token.kind, Self.comparisons[symbol] != nil {
            return ExpressionError(
                message: "a comparison may only be the first argument of if or the argument of "
                    + "count_years.",
                offset: token.offset
            )
        }
        return ExpressionError(
            message: "expected \(wanted), found \(token.shown).",
            offset: token.offset
        )
    }

    private func tree(
        _ expression: Expression,
        over children: Tree...
    ) throws(ExpressionError) -> Tree {
        let height = 1 + (children.map(\.height).max() ?? 0)
        guard height <= ScoringLimits.expressionDepth else { throw tooDeep }
        return (expression, height)
    }

    private var tooDeep: ExpressionError {
        ExpressionError(
            message: "nested more than \(ScoringLimits.expressionDepth) levels deep; split it "
                + "into definitions.",
            offset: token.offset
        )
    }

    private mutating func parseSum() throws(ExpressionError) -> Tree {
        openLevels += 1
        defer { openLevels -= 1 }
        guard openLevels <= ScoringLimits.expressionDepth else { throw tooDeep }
        var left = try parseProduct()
        while true {
            let operation: BinaryOperation
            if take(symbol: "+") {
                operation = .add
            } else if take(symbol: "-") {
                operation = .subtract
            } else {
                return left
            }
            left = try binary(operation, left, try parseProduct())
        }
    }

    private mutating func parseProduct() throws(ExpressionError) -> Tree {
        var left = try parseUnary()
        while true {
            let operation: BinaryOperation
            if take(symbol: "*") {
                operation = .multiply
            } else if take(symbol: "/") {
                operation = .divide
            } else {
                return left
            }
            left = try binary(operation, left, try parseUnary())
        }
    }

    private mutating func parseUnary() throws(ExpressionError) -> Tree {
        var negations = 0
        while take(symbol: "-") { negations += 1 }
        var result = try parsePrimary()
        for _ in 0..<negations {
            result = try tree(.unary(.negate, result.expression), over: result)
        }
        return result
    }

    private mutating func parsePrimary() throws(ExpressionError) -> Tree {
        switch token.kind {
        case .number(let value, _):
            advance()
            return try tree(.number(value))
        case .symbol("("):
            advance()
            let inner = try parseSum()
            try expect(")")
            return inner
        case .name(let name):
            let nameToken = token
            advance()
            if take(symbol: "(") { return try parseCall(name, at: nameToken) }
            return try tree(.name(name, yearsEarlier: try parseYears()))
        default:
            throw unexpected("a value")
        }
    }

    private mutating func parseYears() throws(ExpressionError) -> Int {
        guard take(symbol: "@") else { return 0 }
        guard case .number(let value, isWhole: true) = token.kind,
            value < Double(ScoringLimits.years)
        else {
            throw ExpressionError(
                message: "after \"@\" comes the number of fiscal years earlier, 0 to "
                    + "\(ScoringLimits.years - 1).",
                offset: token.offset
            )
        }
        advance()
        return Int(value)
    }

    private func binary(
        _ operation: BinaryOperation,
        _ left: Tree,
        _ right: Tree
    ) throws(ExpressionError) -> Tree {
        try tree(.binary(operation, left.expression, right.expression), over: left, right)
    }
}

extension ExpressionParser {
    private static let comparisons: [String: BinaryOperation] = [
        "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual, "==": .equal,
        "!=": .notEqual,
    ]

    /// Reads the arguments of a function, whose opening bracket is taken already.
    private mutating func parseCall(
        _ function: String,
        at nameToken: Token
    ) throws(ExpressionError) -> Tree {
        guard Expression.functionNames.contains(function) else {
            let hint = NearestName.among(Expression.functionNames, to: function)
            throw ExpressionError(
                message: "there is no function \(quoted(function))."
                    + (hint.map { " Did you mean \"\($0)\"?" } ?? ""),
                offset: nameToken.offset
            )
        }
        let takesCondition = function == "if" || function == YearsOperation.count.rawValue
        var arguments = [takesCondition ? try parseCondition() : try parseSum()]
        while take(symbol: ",") { arguments.append(try parseSum()) }
        try expect(")")
        guard let result = try call(function, arguments) else {
            throw ExpressionError(
                message: "\(function) does not take \(arguments.count) "
                    + "argument\(arguments.count == 1 ? "" : "s").",
                offset: nameToken.offset
            )
        }
        return result
    }

    private mutating func parseCondition() throws(ExpressionError) -> Tree {
        let left = try parseSum()
        guard case .symbol(let symbol) = token.kind, let operation = Self.comparisons[symbol] else {
            throw ExpressionError(
                message: "expected a comparison here, found \(token.shown).",
                offset: token.offset
            )
        }
        advance()
        return try binary(operation, left, try parseSum())
    }

    /// The node of a call; nil when the number of arguments is wrong.
    private func call(_ function: String, _ arguments: [Tree]) throws(ExpressionError) -> Tree? {
        switch (function, arguments.count) {
        case ("min", 1...), ("max", 1...):
            var result = arguments[0]
            for argument in arguments.dropFirst() {
                result = try binary(function == "min" ? .minimum : .maximum, result, argument)
            }
            return result
        case ("clip", 3):
            return try binary(
                .minimum,
                try binary(.maximum, arguments[0], arguments[1]),
                arguments[2]
            )
        case ("ln", 1), ("abs", 1):
            let operation: UnaryOperation = function == "ln" ? .logarithm : .absolute
            return try tree(.unary(operation, arguments[0].expression), over: arguments[0])
        case ("if", 3):
            let (condition, chosen, otherwise) = (arguments[0], arguments[1], arguments[2])
            return try tree(
                .choice(condition.expression, chosen.expression, otherwise.expression),
                over: condition,
                chosen,
                otherwise
            )
        case (_, 1):
            guard let operation = YearsOperation(rawValue: function) else { return nil }
            return try tree(.overYears(operation, arguments[0].expression), over: arguments[0])
        default:
            return nil
        }
    }
}
