// SPDX-License-Identifier: Apache-2.0

// What an expression names, as it is written: nothing is looked up and nothing evaluated.

package import DecimalNumbers

/// The literals of an expression.
package struct FEELLiterals: Sendable {
    /// Its texts, each once, in order.
    package let texts: [String]
    /// Its numbers, each way of writing one once; without signs, which are operators.
    package let numbers: [DecimalNumber]
    /// Whether it names null.
    package let namesNull: Bool

    /// Finds those of an expression, whether it can be compiled or not.
    package init(_ expression: String) {
        let bytes = Array(expression.utf8)
        var (texts, numbers) = (Set<String>(), Set<String>())
        var namesNull = false
        for token in Lexer.tokens(bytes) {
            let part = bytes[token.range]
            switch token.kind {
            case .string: if let text = stringLiteral(part) { texts.insert(text) }
            case .number: numbers.insert(String(decoding: part, as: UTF8.self))
            case .word where part.elementsEqual("null".utf8): namesNull = true
            default: break
            }
        }
        self.texts = texts.sorted()
        self.numbers = numbers.sorted().compactMap { DecimalNumber(parsing: $0.utf8) }
        self.namesNull = namesNull
    }
}
