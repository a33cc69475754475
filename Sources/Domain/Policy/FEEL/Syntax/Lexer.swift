// SPDX-License-Identifier: Apache-2.0

// Cuts text into tokens. It never fails: what is no token is a sign, or a string without an end,
// and the parser says so.

internal import VigieLimits

/// Cuts text into tokens.
struct Lexer {
    private let bytes: [UInt8]
    private var place = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The tokens of a text, the last of which is `end`.
    static func tokens(_ bytes: [UInt8]) -> [Token] {
        var lexer = Lexer(bytes)
        var tokens: [Token] = []
        while true {
            let before = lexer.place
            lexer.skipSpace()
            let start = lexer.place
            guard start < bytes.count else {
                tokens.append(Token(kind: .end, range: start..<start, isApart: start > before))
                return tokens
            }
            let kind = lexer.kind()
            // Each kind takes a byte at least.
            lexer.place = min(max(lexer.place, start + 1), bytes.count)
            tokens.append(Token(kind: kind, range: start..<lexer.place, isApart: start > before))
        }
    }

    private func byte(_ ahead: Int = 0) -> UInt8 {
        place + ahead < bytes.count ? bytes[place + ahead] : 0
    }

    private mutating func skipSpace() {
        while place < bytes.count {
            switch byte() {
            case 0x09...0x0D, 0x20: place += 1
            case 0xC2 where byte(1) == 0xA0 || byte(1) == 0x85: place += 2
            case 0xE1 where byte(1) == 0x9A && byte(2) == 0x80: place += 3
            // U+2000 to U+200B, U+2028, U+2029, U+202F; U+205F; U+3000; U+FEFF.
            case 0xE2 where byte(1) == 0x80 && Self.isSpace(byte(2)): place += 3
            case 0xE2 where byte(1) == 0x81 && byte(2) == 0x9F: place += 3
            case 0xE3 where byte(1) == 0x80 && byte(2) == 0x80: place += 3
            case 0xEF where byte(1) == 0xBB && byte(2) == 0xBF: place += 3
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
                while place < bytes.count, byte() != 0x0A { place += 1 }
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): skipComment()
            default: return
            }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte >= 0x80 && byte <= 0x8B || byte == 0xA8 || byte == 0xA9 || byte == 0xAF
    }

    private mutating func skipComment() {
        place += 2
        while place < bytes.count, byte() != UInt8(ascii: "*") || byte(1) != UInt8(ascii: "/") {
            place += 1
        }
        place = min(place + 2, bytes.count)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isWordStart(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private mutating func kind() -> Token.Kind {
        let first = byte()
        if Self.isWordStart(first) {
            word()
            return .word
        }
        if Self.isDigit(first) || first == UInt8(ascii: ".") && Self.isDigit(byte(1)) {
            number()
            return .number
        }
        if first == UInt8(ascii: "\"") {
            string()
            return .string
        }
        return symbol(first)
    }

    private mutating func word() {
        while place < bytes.count {
            let byte = byte()
            guard Self.isWordStart(byte) || Self.isDigit(byte) else { return }
            // Space outside of ASCII ends a word.
            let before = place
            if byte >= 0x80 {
                skipSpace()
                if place > before {
                    place = before
                    return
                }
            }
            place += 1
        }
    }

    private mutating func number() {
        while Self.isDigit(byte()) { place += 1 }
        if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) {
            place += 1
            while Self.isDigit(byte()) { place += 1 }
        }
        guard byte() | 0x20 == UInt8(ascii: "e") else { return }
        let signs = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
        guard Self.isDigit(byte(1 + signs)) else { return }
        place += 1 + signs
        while Self.isDigit(byte()) { place += 1 }
    }

    private mutating func string() {
        place += 1
        while place < bytes.count {
            switch byte() {
            case UInt8(ascii: "\""):
                place += 1
                return
            case UInt8(ascii: "\\"): place = min(place + 2, bytes.count)
            default: place += 1
            }
        }
    }

    private mutating func symbol(_ first: UInt8) -> Token.Kind {
        place += 1
        switch first {
        case UInt8(ascii: "+"): return .plus
        case UInt8(ascii: "-"): return follow(">", .arrow) ?? .minus
        case UInt8(ascii: "*"): return follow("*", .power) ?? .times
        case UInt8(ascii: "/"): return .divide
        case UInt8(ascii: "="): return .equal
        case UInt8(ascii: "!"): return follow("=", .notEqual) ?? .sign
        case UInt8(ascii: "<"): return follow("=", .lessOrEqual) ?? .less
        case UInt8(ascii: ">"): return follow("=", .greaterOrEqual) ?? .greater
        case UInt8(ascii: "("): return .leftParenthesis
        case UInt8(ascii: ")"): return .rightParenthesis
        case UInt8(ascii: "["): return .leftBracket
        case UInt8(ascii: "]"): return .rightBracket
        case UInt8(ascii: "{"): return .leftBrace
        case UInt8(ascii: "}"): return .rightBrace
        case UInt8(ascii: ","): return .comma
        case UInt8(ascii: ":"): return .colon
        case UInt8(ascii: "."): return follow(".", .dots) ?? .dot
        case UInt8(ascii: "@"): return .at
        case UInt8(ascii: "?"): return .question
        default: return .sign
        }
    }

    private mutating func follow(_ next: Unicode.Scalar, _ kind: Token.Kind) -> Token.Kind? {
        guard byte() == UInt8(truncatingIfNeeded: next.value) else { return nil }
        place += 1
        return kind
    }
}
