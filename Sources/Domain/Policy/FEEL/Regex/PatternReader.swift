// SPDX-License-Identifier: Apache-2.0

// Reads a pattern in the flavour of XPath 3.1: that of XML Schema with anchors, groups, references
// back and reluctant quantifiers.

internal import VigieLimits

/// Reads a pattern.
struct PatternReader {
    private var rest: ArraySlice<Unicode.Scalar>
    private var depth = 0
    /// How many groups were opened.
    private(set) var groupCount = 0
    /// Which of them were closed: only those can be referred to.
    private var closed: Set<Int> = []

    init(_ text: String, ignoresSpace: Bool) throws(PatternError) {
        guard text.utf8.count <= FEELLimits.patternBytes else {
            throw PatternError(message: "the pattern is over \(FEELLimits.patternBytes) bytes")
        }
        let scalars = Array(text.unicodeScalars)
        rest = (ignoresSpace ? Self.withoutSpace(scalars) : scalars)[...]
    }

    /// The whole pattern.
    mutating func read() throws(PatternError) -> PatternNode {
        let node = try alternatives()
        guard rest.isEmpty else { throw PatternError(message: "\")\" closes nothing") }
        return node
    }

    /// What is left without spaces, which stay in sets only.
    private static func withoutSpace(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var (kept, open, isEscaped) = ([] as [Unicode.Scalar], 0, false)
        for scalar in scalars {
            if open == 0, [0x20, 0x09, 0x0A, 0x0D].contains(scalar.value) { continue }
            kept.append(scalar)
            if !isEscaped {
                if scalar == "[" { open += 1 }
                if scalar == "]" { open = max(0, open - 1) }
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return kept
    }

    private func peek() -> Unicode.Scalar? { rest.first }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.patternNesting else {
            throw PatternError(message: "groups are nested too deep")
        }
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let next = peek(), next != "|", next != ")" { parts.append(try piece()) }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func piece() throws(PatternError) -> PatternNode {
        let atom = try atom()
        guard let (least, most) = try quantifier() else { return atom }
        let isGreedy = !skip("?")
        if let most, most < least { throw PatternError(message: "a quantifier is descending") }
        return .repetition(atom, least: least, most: most, isGreedy: isGreedy)
    }

    private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
        if skip("?") { return (0, 1) }
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        guard skip("{") else { return nil }
        guard let least = number() else {
            throw PatternError(message: "a quantifier has no number")
        }
        var most: Int? = least
        if skip(",") { most = number() }
        guard skip("}") else { throw PatternError(message: "a quantifier has no \"}\"") }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var number: Int?
        while let digit = peek(), let value = digit.digit {
            number = min((number ?? 0) * 10 + value, FEELLimits.patternSteps + 1)
            rest.removeFirst()
        }
        return number
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let scalar = peek() else { return .empty }
        rest.removeFirst()
        switch scalar {
        case ".": return .any
        case "^": return .start
        case "$": return .end
        case "(": return try group()
        case "[": return .set(try set())
        case "\\": return try escape()
        case "*", "+", "?", "{", "}", "]", ")":
            throw PatternError(message: "\"\(scalar)\" stands where a character is wanted")
        default: return .character(scalar)
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        var number: Int?
        if skip("?") {
            guard skip(":") else { throw PatternError(message: "there are no such groups here") }
        } else {
            groupCount += 1
            number = groupCount
        }
        let inner = try alternatives()
        guard skip(")") else { throw PatternError(message: "a group has no \")\"") }
        if let number { closed.insert(number) }
        return .group(number, inner)
    }

    private mutating func escape() throws(PatternError) -> PatternNode {
        guard let scalar = rest.first else { throw PatternError(message: "a \"\\\" ends it") }
        if var number = scalar.digit, number > 0 {
            rest.removeFirst()
            // As many digits as make a group that there is.
            while let digit = rest.first?.digit, closed.contains(number * 10 + digit) {
                number = number * 10 + digit
                rest.removeFirst()
            }
            guard closed.contains(number) else {
                throw PatternError(message: "there is no group \(number) to refer to")
            }
            return .reference(number)
        }
        if let kind = try kind() {
            return .set(PatternSet(kinds: [kind]))
        }
        return .character(try escaped())
    }

    /// A kind after a backslash, such as `d` or `p{Lu}`.
    private mutating func kind() throws(PatternError) -> PatternSet.Kind? {
        guard let scalar = rest.first else { return nil }
        let kinds: [Unicode.Scalar: PatternKind] = [
            "d": .digit, "w": .word, "s": .space, "i": .initial, "c": .name,
        ]
        if let kind = kinds[scalar.lower], scalar.isASCII {
            rest.removeFirst()
            return PatternSet.Kind(kind: kind, isNegated: scalar.lower != scalar)
        }
        guard scalar == "p" || scalar == "P" else { return nil }
        rest.removeFirst()
        guard rest.first == "{", let close = rest.firstIndex(of: "}") else {
            throw PatternError(message: "\"\\\(scalar)\" has no braces")
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: rest[(rest.startIndex + 1)..<close])
        guard let kind = PatternKind(property: String(name)) else {
            throw PatternError(message: "\"\(shown(String(name)))\" is no kind of characters here")
        }
        rest = rest[(close + 1)...]
        return PatternSet.Kind(kind: kind, isNegated: scalar == "P")
    }

    /// A single character after a backslash.
    private mutating func escaped() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = rest.popFirst() else { throw PatternError(message: "a \"\\\" ends it") }
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "-", "[", "]", "^", "$":
            return scalar
        default: throw PatternError(message: "\"\\\(scalar)\" is no escape")
        }
    }

    /// A set, from after its bracket on.
    private mutating func set() throws(PatternError) -> PatternSet {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FEELLimits.patternNesting else {
            throw PatternError(message: "sets are nested too deep")
        }
        var set = PatternSet()
        if rest.first == "^" {
            rest.removeFirst()
            set.isNegated = true
        }
        var isFirst = true
        while true {
            guard let scalar = rest.popFirst() else {
                throw PatternError(message: "a set has no \"]\"")
            }
            if scalar == "]", !isFirst { return set }
            if scalar == "-", rest.first == "[", !isFirst {
                rest.removeFirst()
                set.excluded = [try self.set()]
                guard rest.popFirst() == "]" else {
                    throw PatternError(message: "a set goes on after what is taken out")
                }
                return set
            }
            try member(scalar, of: &set)
            isFirst = false
        }
    }

    private mutating func member(
        _ scalar: Unicode.Scalar,
        of set: inout PatternSet
    ) throws(PatternError) {
        var first = scalar
        switch scalar {
        case "\\":
            if let kind = try kind() {
                set.kinds.append(kind)
                return
            }
            first = try escaped()
        case "[", "]": throw PatternError(message: "\"\(scalar)\" in a set needs a \"\\\"")
        default: break
        }
        // A hyphen at the end, or before what is taken out, is itself.
        let next = rest.dropFirst().first
        guard rest.first == "-", let next, next != "]", next != "[" else {
            set.ranges.append(first.value...first.value)
            return
        }
        rest.removeFirst()
        var last = rest.removeFirst()
        if last == "\\" { last = try escaped() }
        guard first.value <= last.value else {
            throw PatternError(message: "a range of characters is descending")
        }
        set.ranges.append(first.value...last.value)
    }
}

extension Unicode.Scalar {
    /// The value of a decimal digit of ASCII.
    var digit: Int? {
        value >= 0x30 && value <= 0x39 ? Int(value) - 0x30 : nil
    }
}
