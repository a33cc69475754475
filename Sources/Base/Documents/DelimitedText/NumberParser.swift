// SPDX-License-Identifier: Apache-2.0

// The value of a cell in any style: plain numbers first, then words for missing
// values, then numbers with marks.

/// Reads the values of cells.
package struct NumberParser: Sendable {
    /// How the numbers are written.
    package let style: NumberStyle
    /// What reads the plain ones.
    package let plain: PlainNumberParser
    /// Words for missing values, in small letters.
    private let missingWords: [[UInt8]]
    /// Whether one of them is a number, such as -99: then plain numbers have to be looked at, too.
    private let hasMissingNumbers: Bool

    /// Words that always stand for a missing value, in any case.
    private static let usualMissingWords = ["na", "nan", "n/a", "null", "none"]

    /// Creates a parser of a style; without one, of plain numbers with a decimal point.
    package init(_ style: NumberStyle = NumberStyle()) {
        self.style = style
        plain = PlainNumberParser(decimal: style.decimal)
        missingWords = (Self.usualMissingWords + style.missingWords).map {
            Self.lowercased(Array(trimmedBlanks($0).utf8))
        }
        let number = plain
        hasMissingNumbers = missingWords.contains { word in
            word.withUnsafeBytes { number.value($0).map { !$0.isNaN } ?? false }
        }
    }

    /// The value of a cell: NaN when it is missing (empty, or a word that stands for a missing
    /// value), nil when it is not a finite decimal number. Blanks around it do not count.
    package func value(_ text: UnsafeRawBufferPointer) -> Double? {
        if hasMissingNumbers, isMissingWord(trimmedBlanks(text)) { return .nan }
        if let value = plain.value(text) { return value }
        let text = trimmedBlanks(text)
        if isMissingWord(text) { return .nan }
        guard !style.isPlain, let number = MarkedNumber.plain(text, style) else { return nil }
        return Array(number.utf8).withUnsafeBytes { PlainNumberParser().number($0) }
    }

    /// The digits of a cell as they stand, for who needs them exact: without marks, with a point
    /// for the decimal mark and a hyphen for negative ones. There may be an exponent, and the point
    /// may have no digits on one side. Nil when the cell is no number of the style.
    package func digits(_ text: UnsafeRawBufferPointer) -> String? {
        MarkedNumber.plain(trimmedBlanks(text), style)
    }

    /// The number of a cell, trimmed, as it is written with a point and no other mark; nothing when
    /// it is missing, nil when it is no number of the style. Plain ones are given as they stand.
    package func plainText(_ text: String) -> String? {
        Array(text.utf8).withUnsafeBytes { bytes in
            if isMissingWord(bytes) { return "" }
            guard !style.isPlain || style.decimal != UInt8(ascii: ".") else { return text }
            guard let number = digits(bytes) else { return nil }
            let isNumber = Array(number.utf8).withUnsafeBytes { PlainNumberParser().number($0) }
            return isNumber == nil ? nil : number
        }
    }

    /// Whether the text is one of the words for a missing value, in any case.
    package func isMissingWord(_ text: UnsafeRawBufferPointer) -> Bool {
        missingWords.contains { word in
            guard word.count == text.count else { return false }
            return zip(word, text).allSatisfy { $0 == Self.lowercased($1) }
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 0x20 : byte
    }

    private static func lowercased(_ bytes: [UInt8]) -> [UInt8] { bytes.map(lowercased) }
}
