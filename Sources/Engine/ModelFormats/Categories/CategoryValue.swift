// SPDX-License-Identifier: Apache-2.0

// What a category is: a text, a number or a truth value, as the model file has it.

package import Documents
package import ExactTexts

/// One category of a column.
package enum CategoryValue: Sendable, Hashable {
    /// A text, which only the same bytes are.
    case text(ExactText)
    /// A whole or decimal number that is compared exactly, in the file's spelling.
    case decimal(ExactText)
    /// A number that is compared as float64.
    case float64(Double)
    /// True or false.
    case boolean(Bool)

    /// A category as a data frame has it in JSON; nil for what can be none.
    package init?(_ value: DocumentValue) {
        switch value {
        case .text(let text): self = .text(ExactText(text))
        case .bool(let bool): self = .boolean(bool)
        case .number(let number): self.init(number)
        case .null, .numbers, .list, .object: return nil
        }
    }

    /// A number of a document. Python writes those that are no whole numbers, and only those, with
    /// a point or an exponent.
    private init?(_ number: NumberList) {
        guard let float64 = number.doubles.first else { return nil }
        switch number.encoding {
        case .text:
            let isWhole = number.bytes.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) }
            self =
                isWhole
                ? .decimal(ExactText(String(decoding: number.bytes, as: UTF8.self)))
                : .float64(float64)
        case .float32, .float64: self = .float64(float64)
        default: self = .decimal(ExactText("\(number.integers?.first ?? 0)"))
        }
    }

    /// The category as a table has it.
    package var shown: String {
        switch self {
        case .text(let text), .decimal(let text): text.text
        case .float64(let number): "\(number)"
        case .boolean(let bool): bool ? "True" : "False"
        }
    }
}
