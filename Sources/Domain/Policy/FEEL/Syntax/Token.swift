// SPDX-License-Identifier: Apache-2.0

// Tokens. Names may hold spaces and signs, so a token is only a word of one: which words make a
// name is decided with the names in scope.

/// A token: its kind and where it stands.
struct Token {
    enum Kind: UInt8 {
        case word, number, string, end
        case plus, minus, times, divide, power
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
        case comma, colon, dot, dots, at, question, arrow
        /// A sign that only a name may hold: `'`, `#`, `$` ...
        case sign
    }

    let kind: Kind
    /// Its bytes.
    let range: Range<Int>
    /// Whether there is space before it.
    let isApart: Bool

    /// The comparison that it stands for.
    var comparison: FEELComparison? {
        switch kind {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: nil
        }
    }

    /// Whether a name may hold it after its first word.
    var isOfNames: Bool {
        switch kind {
        case .word, .number, .plus, .minus, .times, .divide, .dot, .sign, .power: true
        default: false
        }
    }
}

/// The words that end a name which is not in scope.
let reservedWords: Set<String> = [
    "and", "between", "else", "every", "external", "false", "for", "function", "if", "in",
    "instance", "null", "or", "return", "satisfies", "some", "then", "true",
]
