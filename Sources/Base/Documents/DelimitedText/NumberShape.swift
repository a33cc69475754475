// SPDX-License-Identifier: Apache-2.0

// What the marks of a number say about the file that it stands in: 1234.5 has a
// decimal point whoever reads it, 1.234,5 a decimal comma, and 1.234 can be two
// different numbers.

/// What the marks of a number tell.
package enum NumberShape: Equatable, Sendable {
    /// Nothing: no mark, or no number.
    case unmarked
    /// A decimal point: "0.5", "1234.5", "1,234.5", "1,234,567".
    case decimalPoint
    /// A decimal comma: "0,5", "1234,5", "1.234,5", "1.234.567".
    case decimalComma
    /// One point before three digits: a decimal point, or thousands.
    case pointGroup
    /// One comma before three digits: a decimal comma, or thousands.
    case commaGroup
    /// Thousands with spaces or apostrophes, and no other mark.
    case otherGroups

    /// Looks at a number. What stands around its digits (signs, currencies, brackets) does not
    /// count.
    package init(_ text: UnsafeRawBufferPointer) {
        self = .unmarked
        func isDigit(_ byte: UInt8) -> Bool {
            byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        }
        guard let first = text.firstIndex(where: isDigit),
            let last = text.lastIndex(where: isDigit)
        else { return }
        var points = 0
        var commas = 0
        var others = 0
        var lastMark = 0
        // ".5" has its mark before the first digit.
        let start =
            first > 0 && (text[first - 1] == 0x2E || text[first - 1] == 0x2C)
            ? first - 1 : first
        for index in start...last where !isDigit(text[index]) {
            switch text[index] {
            case UInt8(ascii: "."): (points, lastMark) = (points + 1, index)
            case UInt8(ascii: ","): (commas, lastMark) = (commas + 1, index)
            case UInt8(ascii: " "), UInt8(ascii: "'"), 0x80...0xFF: others += 1
            // "1e5" and texts with digits in them.
            case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"): break
            default: return
            }
        }
        let before = text[start..<max(start, lastMark)].count(where: isDigit)
        let isGroup =
            last - lastMark == 3 && before >= 1 && before <= 3
            && text[first] != UInt8(ascii: "0") && others == 0
            && text[lastMark...last].dropFirst().allSatisfy(isDigit)
        switch (points, commas) {
        case (0, 0): if others > 0 { self = .otherGroups }
        case (1, 0): self = isGroup ? .pointGroup : .decimalPoint
        case (0, 1): self = isGroup ? .commaGroup : .decimalComma
        // A date such as 31.12.2025 has marks too, but no groups of three.
        case (_, 0): if Self.isGrouped(text[start...last]) { self = .decimalComma }
        case (0, _): if Self.isGrouped(text[start...last]) { self = .decimalPoint }
        default: self = text[lastMark] == UInt8(ascii: ".") ? .decimalPoint : .decimalComma
        }
    }

    /// Whether each mark stands before three digits.
    private static func isGrouped(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        var digitCount: Int?
        for byte in text {
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
                guard digitCount == nil || digitCount == 3 else { return false }
                digitCount = 0
            } else if let count = digitCount {
                digitCount = count + 1
            }
        }
        return digitCount == 3
    }
}
