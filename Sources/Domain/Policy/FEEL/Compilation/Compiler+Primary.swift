// SPDX-License-Identifier: Apache-2.0

// What operators stand between: literals, names, lists, contexts, ranges, and what follows them:
// entries, filters and calls.

internal import DecimalNumbers

extension Compiler {
    /// A value and what follows it.
    mutating func postfix() throws(FEELProblem) -> Int32 {
        var value = try primary()
        while true {
            let position = position(token)
            switch token.kind {
            case .dot:
                advance()
                value = try path(value, position)
            case .leftBracket where !closesRange(after: value):
                value = try filter(value, position)
            case .leftParenthesis:
                value = try call(value, position)
            default: return value
            }
        }
    }

    /// Whether `[` ends a range here, `[1..10[`, rather than beginning a filter.
    private func closesRange(after value: Int32) -> Bool {
        guard isInRangeEnd else { return false }
        if case .constant = nodes[Int(value)] { return true }
        switch token(at: place + 1).kind {
        case .word, .number, .string, .minus, .at, .question, .leftParenthesis, .leftBracket,
            .leftBrace:
            return false
        default: return true
        }
    }

    private mutating func primary() throws(FEELProblem) -> Int32 {
        let position = position(token)
        switch token.kind {
        case .number:
            let digits = bytes[token.range]
            advance()
            guard let number = DecimalNumber(parsing: digits) else {
                return try failure(
                    .syntax,
                    "\(shown(String(decoding: digits, as: UTF8.self))) is no number of "
                        + "34 digits",
                    position
                )
            }
            return try constant(.number(number), position)
        case .string: return try constant(.string(try string()), position)
        case .at:
            advance()
            return try atLiteral(position)
        case .question: return try tested(position)
        case .leftParenthesis:
            advance()
            return try parenthesis(position)
        case .leftBracket:
            advance()
            return try bracket(position)
        case .rightBracket:
            advance()
            let start = try expression()
            return try range(start, isStartIncluded: false, position)
        case .leftBrace:
            advance()
            return try context(position)
        case .word: return try word(position)
        default: throw unexpected("a value is missing")
        }
    }

    private mutating func string() throws(FEELProblem) -> String {
        guard let text = stringLiteral(bytes[token.range]) else {
            throw unexpected("a text has no end")
        }
        advance()
        return text
    }

    private mutating func atLiteral(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        guard token.kind == .string else { throw unexpected("the text of @ is missing") }
        let text = try string()
        guard let value = DateReader.value(text, scope.zones) else {
            return try failure(
                .syntax,
                "@\"\(shown(text))\" is no date, time or duration",
                position
            )
        }
        return try constant(value, position)
    }

    private mutating func tested(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        advance()
        guard let testSlot else {
            return try failure(.unknownName, "\"?\" stands in tests only", position)
        }
        isTestSlotUsed = true
        if Int(testSlot) < scope.count { usedInputs.insert(Int(testSlot)) }
        return try add(.slot(testSlot), testType, position)
    }

    private mutating func word(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        // A name of several words may begin with a word of the language.
        if reservedWords.contains(text(of: token)), longestMatch(at: place)?.count ?? 0 < 2 {
            return try reserved(position)
        }
        return try reference()
    }

    private mutating func reserved(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        let word = text(of: token)
        advance()
        switch word {
        case "null": return try constant(.null, position)
        case "true": return try constant(.boolean(true), position)
        case "false": return try constant(.boolean(false), position)
        case "if": return try conditional(position)
        case "for": return try iteration(position)
        case "some": return try quantified(isEvery: false, position)
        case "every": return try quantified(isEvery: true, position)
        case "function": return try function(position)
        default:
            place -= 1
            throw unexpected("a value is missing")
        }
    }

    /// What stands in parentheses: a value, a range, or a comparison as a range: `(< 10)`.
    private mutating func parenthesis(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        if let comparison = token.comparison {
            advance()
            let bound = try sum()
            try expect(.rightParenthesis, "\")\"")
            return try add(
                .comparisonRange(comparison, bound),
                .range(type(of: bound)),
                position
            )
        }
        let value = try expression()
        if token.kind == .dots { return try range(value, isStartIncluded: false, position) }
        try expect(.rightParenthesis, "\")\"")
        return value
    }

    /// What stands in brackets: a list or a range.
    private mutating func bracket(_ position: FEELPosition) throws(FEELProblem) -> Int32 {
        var elements: [Int32] = []
        var type = FEELType.null
        if !take(.rightBracket) {
            repeat {
                let element = try listElement()
                if token.kind == .dots, elements.isEmpty {
                    return try range(element, isStartIncluded: true, position)
                }
                elements.append(element)
                type =
                    elements.count == 1
                    ? self.type(of: element) : type.merged(with: self.type(of: element))
            } while take(.comma)
            try expect(.rightBracket, "\"]\" of the list")
        }
        return try add(
            .list(span(elements)),
            .list(elements.isEmpty ? .any : type),
            position
        )
    }

    /// An element of a list; `[< 10, > 20]` is one of ranges.
    private mutating func listElement() throws(FEELProblem) -> Int32 {
        guard let comparison = token.comparison else { return try expression() }
        let position = position(token)
        advance()
        let bound = try sum()
        return try add(
            .comparisonRange(comparison, bound),
            .range(type(of: bound)),
            position
        )
    }

    /// The rest of a range, from its dots on.
    mutating func range(
        _ start: Int32,
        isStartIncluded: Bool,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        try expect(.dots, "\"..\" of the range")
        let wasInRangeEnd = isInRangeEnd
        isInRangeEnd = true
        let end = try sum()
        isInRangeEnd = wasInRangeEnd
        let isEndIncluded = token.kind == .rightBracket
        guard isEndIncluded || token.kind == .rightParenthesis || token.kind == .leftBracket else {
            throw unexpected("the \"]\" or \")\" of the range is missing")
        }
        advance()
        let (startType, endType) = (type(of: start), type(of: end))
        check(.lessOrEqual, startType, endType, position)
        if let low = constant(start), let high = constant(end), FEELValue.order(low, high) == .after
        {
            note(.descendingRange, "the range ends before it begins: turn it around", position)
        }
        return try add(
            .range(
                start: start,
                isStartIncluded: isStartIncluded,
                end: end,
                isEndIncluded: isEndIncluded
            ),
            .range(startType.merged(with: endType)),
            position
        )
    }
}
