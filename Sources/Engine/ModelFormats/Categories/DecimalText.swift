// SPDX-License-Identifier: Apache-2.0

// Decimal numbers as people and programs write them, compared exactly: 2001, 2001.0 and 2.001e3
// are one number, and so are two whole numbers that no float64 tells apart two.

internal import ExactTexts

/// A decimal number in one spelling for each value.
struct DecimalText {
    /// Digits and exponent, without what does not change the value.
    let canonical: ExactText

    /// Reads a number: sign, digits with at most one point, exponent; blanks around it do not
    /// count. Nil for anything else, infinities included.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes.drop(while: isBlank)
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest.removeFirst()
        }
        var digits: [UInt8] = []
        var exponent = 0
        var hasPoint = false
        var hasDigit = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if byte.isDecimalDigit {
                hasDigit = true
                if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte) }
                if hasPoint { exponent -= 1 }
            } else {
                break
            }
            rest.removeFirst()
        }
        guard hasDigit, let written = Self.exponent(rest) else { return nil }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        let number = String(decoding: digits, as: UTF8.self)
        canonical = ExactText(
            digits.isEmpty ? "0" : (isNegative ? "-" : "") + number + "e\(exponent + written)"
        )
    }

    /// What stands behind the digits: an exponent or nothing, and blanks. Beyond what any number
    /// of a file has it is cut, so that sums cannot overflow.
    private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
        var rest = bytes
        var exponent = 0
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            var isNegative = false
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                isNegative = sign == UInt8(ascii: "-")
                rest.removeFirst()
            }
            guard rest.first?.isDecimalDigit == true else { return nil }
            while let digit = rest.first, digit.isDecimalDigit {
                exponent = min(exponent * 10 + Int(digit - UInt8(ascii: "0")), 1 << 40)
                rest.removeFirst()
            }
            if isNegative { exponent = -exponent }
        }
        return rest.allSatisfy(isBlank) ? exponent : nil
    }
}

/// Whether a byte is a blank or a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

extension UInt8 {
    fileprivate var isDecimalDigit: Bool { (0x30...0x39).contains(self) }
}
