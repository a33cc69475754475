// SPDX-License-Identifier: Apache-2.0

// Operators, by how tightly they bind: or, and, comparison, sum, product, power, `instance of`,
// sign. A sign binds tighter than a power: -3 ** 2 is 9.

internal import VigieLimits

extension Compiler {
    /// An expression of any kind.
    mutating func expression() throws(FEELProblem) -> Int32 {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.nesting else {
            throw FEELProblem(
                kind: .limit,
                message: "the expression is nested deeper than \(FEELLimits.nesting)",
                position: position(token)
            )
        }
        let wasInRangeEnd = isInRangeEnd
        isInRangeEnd = false
        defer { isInRangeEnd = wasInRangeEnd }
        return try disjunction()
    }

    private mutating func disjunction() throws(FEELProblem) -> Int32 {
        var left = try conjunction()
        while isWord("or", at: place) {
            let position = position(token)
            advance()
            let right = try conjunction()
            try requireBoolean(left, right, "or", position)
            left = try add(.disjunction(left, right), .boolean, position)
        }
        return left
    }

    private mutating func conjunction() throws(FEELProblem) -> Int32 {
        var left = try comparison()
        while isWord("and", at: place) {
            let position = position(token)
            advance()
            let right = try comparison()
            try requireBoolean(left, right, "and", position)
            left = try add(.conjunction(left, right), .boolean, position)
        }
        return left
    }

    private mutating func requireBoolean(
        _ left: Int32,
        _ right: Int32,
        _ word: String,
        _ position: FEELPosition
    ) throws(FEELProblem) {
        for node in [left, right] {
            let type = type(of: node)
            if type != .any, type != .null, type != .boolean {
                note(.typeMismatch, "\"\(word)\" takes no \(type)", position)
            }
        }
    }

    private mutating func comparison() throws(FEELProblem) -> Int32 {
        var left = try sum()
        while true {
            let position = position(token)
            if let comparison = token.comparison {
                advance()
                let right = try sum()
                left = try compare(comparison, left, right, position)
            } else if takeWord("between") {
                let low = try sum()
                guard takeWord("and") else { throw unexpected("\"and\" of \"between\" is missing") }
                let high = try sum()
                for bound in [low, high] {
                    check(.lessOrEqual, type(of: left), type(of: bound), position)
                }
                left = try add(.between(left, low, high), .boolean, position)
            } else if takeWord("in") {
                left = try within(left, position)
            } else {
                return left
            }
        }
    }

    /// A comparison of two values.
    mutating func compare(
        _ comparison: FEELComparison,
        _ left: Int32,
        _ right: Int32,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        check(comparison, type(of: left), type(of: right), position)
        return try add(.comparison(comparison, left, right), .boolean, position)
    }

    /// Notes types that cannot be compared.
    mutating func check(
        _ comparison: FEELComparison,
        _ left: FEELType,
        _ right: FEELType,
        _ position: FEELPosition
    ) {
        guard !FEELType.canCompare(comparison, left, right) else { return }
        note(
            .typeMismatch,
            "\"\(comparison.rawValue)\" does not compare \(left) with \(right)",
            position
        )
    }

    /// A sum: what stands on either side of a comparison.
    mutating func sum() throws(FEELProblem) -> Int32 {
        var left = try product()
        while token.kind == .plus || token.kind == .minus {
            let sign: Arithmetic = token.kind == .plus ? .add : .subtract
            left = try arithmetic(sign, left) {
                (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
                try compiler.product()
            }
        }
        return left
    }

    private mutating func product() throws(FEELProblem) -> Int32 {
        var left = try power()
        while token.kind == .times || token.kind == .divide {
            let sign: Arithmetic = token.kind == .times ? .multiply : .divide
            left = try arithmetic(sign, left) {
                (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
                try compiler.power()
            }
        }
        return left
    }

    private mutating func power() throws(FEELProblem) -> Int32 {
        var left = try instance()
        while token.kind == .power {
            left = try arithmetic(.power, left) {
                (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
                try compiler.instance()
            }
        }
        return left
    }

    private mutating func arithmetic(
        _ sign: Arithmetic,
        _ left: Int32,
        _ operand: (inout Compiler) throws(FEELProblem) -> Int32
    ) throws(FEELProblem) -> Int32 {
        let position = position(token)
        advance()
        let right = try operand(&self)
        let type = FEELType.result(of: sign, type(of: left), type(of: right))
        if type == nil {
            note(
                .typeMismatch,
                "\"\(sign.rawValue)\" takes no \(self.type(of: left)) and \(self.type(of: right))",
                position
            )
        }
        return try folded(.arithmetic(sign, left, right), type ?? .any, position, [left, right])
    }

    private mutating func instance() throws(FEELProblem) -> Int32 {
        var value = try signed()
        while isWord("instance", at: place), isWord("of", at: place + 1) {
            let position = position(token)
            advance(2)
            let type = try typeName()
            tables.types.append(type)
            let index = Int32(tables.types.count - 1)
            value = try add(.instance(value, type: index), .boolean, position)
        }
        return value
    }

    private mutating func signed() throws(FEELProblem) -> Int32 {
        guard token.kind == .minus else { return try postfix() }
        let position = position(token)
        advance()
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.nesting else {
            throw FEELProblem(kind: .limit, message: "too many signs", position: position)
        }
        let operand = try signed()
        let type = type(of: operand)
        switch type {
        case .any, .null, .number, .daysDuration, .monthsDuration: break
        default: note(.typeMismatch, "\"-\" takes no \(type)", position)
        }
        return try folded(.negate(operand), type, position, [operand])
    }

    /// A step whose operands may all be constants: then its value is computed now. One that is null
    /// is a mistake, unless null was among them; the step stays, for its message.
    mutating func folded(
        _ node: Node,
        _ type: FEELType,
        _ position: FEELPosition,
        _ operands: [Int32]
    ) throws(FEELProblem) -> Int32 {
        let result = try add(node, type, position)
        guard operands.allSatisfy({ constant($0) != nil }) else { return result }
        let evaluation = FEELEvaluation(zones: scope.zones)
        let value = FEELProgram(self, root: result, inputCount: 0).evaluate([], evaluation)
        guard !value.isNull else {
            if !operands.contains(where: { constant($0)?.isNull ?? true }),
                problems.last?.position != position
            {
                note(.noResult, evaluation.messages.first?.text ?? "this is always null", position)
            }
            return result
        }
        guard value.nesting == 0 else { return result }
        nodes.removeLast()
        nodePositions.removeLast()
        nodeTypes.removeLast()
        return try constant(value, position)
    }
}
