// SPDX-License-Identifier: Apache-2.0

// Tests of a value: what stands after `in`, and in the cells of decision tables. The value is `?`.

extension Compiler {
    /// What stands after `in`.
    mutating func within(_ value: Int32, _ position: FEELPosition) throws(FEELProblem) -> Int32 {
        let outer = (testSlot, testType, isTestSlotUsed)
        defer { (testSlot, testType, isTestSlotUsed) = outer }
        let slot = try slot()
        (testSlot, testType) = (slot, type(of: value))
        let tests: [Int32]
        if take(.leftParenthesis) {
            tests = try parenthesizedTests()
        } else {
            tests = [
                try test { (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
                    try compiler.sum()
                }
            ]
        }
        return try add(.within(value, slot: slot, span(tests)), .boolean, position)
    }

    /// Tests up to the closing parenthesis, or the rest of an open range.
    private mutating func parenthesizedTests() throws(FEELProblem) -> [Int32] {
        let position = position(token)
        var tests: [Int32] = []
        var isRange = false
        repeat {
            let isFirst = tests.isEmpty
            let test = try test { (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
                let value = try compiler.expression()
                guard isFirst, compiler.token.kind == .dots else { return value }
                isRange = true
                return try compiler.range(value, isStartIncluded: false, position)
            }
            tests.append(test)
        } while !isRange && take(.comma)
        if !isRange { try expect(.rightParenthesis, "\")\" of the tests") }
        return tests
    }

    /// One test: a comparison with `?`, a condition on it, or what it has to be or to be in.
    private mutating func test(
        _ operand: (inout Compiler) throws(FEELProblem) -> Int32
    ) throws(FEELProblem) -> Int32 {
        let position = position(token)
        let slot = testSlot ?? 0
        if let comparison = token.comparison {
            advance()
            let bound = try sum()
            let tested = try add(.slot(slot), testType, position)
            return try compare(comparison, tested, bound, position)
        }
        isTestSlotUsed = false
        let value = try operand(&self)
        guard !isTestSlotUsed else {
            let type = type(of: value)
            if type != .any, type != .null, type != .boolean {
                note(.typeMismatch, "a test with \"?\" is a condition, not a \(type)", position)
            }
            return value
        }
        checkTest(type(of: value), position)
        return try add(.matches(slot: slot, value), .boolean, position)
    }

    private mutating func checkTest(_ type: FEELType, _ position: FEELPosition) {
        var wanted = type.element
        if case .range(let element) = wanted { wanted = element }
        guard !testType.isListLike, wanted != .null,
            !FEELType.canCompare(.equal, testType, wanted)
        else { return }
        note(.typeMismatch, "a \(testType) is tested with a \(type)", position)
    }

    /// The tests of a cell: `-` for any value, tests, or `not(` tests `)`.
    mutating func cell(slot: Int32, type: FEELType) throws(FEELProblem) -> Int32 {
        let position = position(token)
        (testSlot, testType) = (slot, type)
        if token.kind == .minus, token(at: place + 1).kind == .end {
            advance()
            return try constant(.boolean(true), position)
        }
        let isNegated = isWord("not", at: place) && isNegation
        if isNegated {
            advance(2)
            let tests = try parenthesizedTests()
            return try add(.tests(span(tests), isNegated: true), .boolean, position)
        }
        var tests: [Int32] = []
        repeat {
            tests.append(
                try test { (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
                    try compiler.expression()
                }
            )
        } while take(.comma)
        return try add(.tests(span(tests), isNegated: false), .boolean, position)
    }

    /// Whether the parenthesis after `not` closes at the end of the text. Ranges may open and close
    /// with either sign: `[1..5)`, `]1..5[`.
    private var isNegation: Bool {
        guard token(at: place + 1).kind == .leftParenthesis else { return false }
        var open: [(kind: Token.Kind, isRange: Bool)] = []
        for (index, token) in tokens.enumerated().dropFirst(place + 1) {
            switch token.kind {
            case .leftParenthesis: open.append((token.kind, false))
            case .leftBracket where open.last?.isRange == true: open.removeLast()
            case .leftBracket: open.append((token.kind, false))
            case .dots: if !open.isEmpty { open[open.count - 1].isRange = true }
            case .rightBracket
            where open.last?.kind == .leftParenthesis && !open[open.count - 1].isRange:
                open.append((token.kind, false))
            case .rightParenthesis, .rightBracket: _ = open.popLast()
            default: break
            }
            if open.isEmpty { return tokens[min(index + 1, tokens.count - 1)].kind == .end }
        }
        return false
    }
}
