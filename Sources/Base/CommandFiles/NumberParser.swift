// SPDX-License-Identifier: Apache-2.0

// Decimal text to Double, exactly as C's strtod rounds it, without making a
// string. Most numbers in files have at most 15 digits and a small exponent;
// those take Clinger's fast path: both the digits and the power of ten are
// exact doubles, so one multiplication or division rounds once. The others go
// to strtod itself.

import Glibc

/// Reads numbers from bytes.
package struct NumberParser: Sendable {
    /// The byte between the whole and the fractional part.
    package let decimalSeparator: UInt8

    /// Creates a parser; `decimalComma` reads "1,5" for one and a half.
    package init(decimalComma: Bool = false) {
        decimalSeparator = decimalComma ? UInt8(ascii: ",") : UInt8(ascii: ".")
    }

    /// The value of a cell: NaN when it is missing (empty, or a word that stands for a missing
    /// value), nil when it is not a finite decimal number. Blanks around it do not count.
    package func value(_ text: UnsafeRawBufferPointer) -> Double? {
        let text = trimmed(text)
        if text.isEmpty { return .nan }
        if let number = number(text) { return number }
        return isMissingWord(text) ? .nan : nil
    }

    /// The finite number written in `text`, the whole of it: sign, digits with at most one decimal
    /// separator, exponent. Nil for anything else, hexadecimal and infinities included.
    package func number(_ text: UnsafeRawBufferPointer) -> Double? {
        var cursor = 0
        let count = text.count
        var isNegative = false
        if count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
            isNegative = text[0] == UInt8(ascii: "-")
            cursor = 1
        }
        // The digits as one integer; exact as long as there are at most 19 significant ones.
        var digits: UInt64 = 0
        var significantDigits = 0
        var digitCount = 0
        var separator = -1
        while cursor < count {
            let byte = text[cursor]
            if byte == decimalSeparator, separator < 0 {
                separator = cursor
            } else {
                let digit = byte &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                digits = digits &* 10 &+ UInt64(digit)
                if significantDigits > 0 || digit > 0 { significantDigits += 1 }
                digitCount += 1
            }
            cursor += 1
        }
        guard digitCount > 0 else { return nil }
        var exponent = separator < 0 ? 0 : separator + 1 - cursor
        if cursor < count {
            guard let written = writtenExponent(text, from: cursor) else { return nil }
            exponent += written
        }
        if significantDigits <= 19, digits <= 1 << 53 {
            let magnitude = Double(digits)
            if exponent == 0 { return isNegative ? -magnitude : magnitude }
            if exponent > 0, exponent <= 22 {
                let value = magnitude * powersOfTen[exponent]
                return isNegative ? -value : value
            }
            if exponent < 0, exponent >= -22 {
                let value = magnitude / powersOfTen[-exponent]
                return isNegative ? -value : value
            }
        }
        return slowNumber(text)
    }

    /// The exponent at `start`, an "e" with a whole number to the end; saturated, for a number with
    /// so large an exponent takes the slow path anyway.
    private func writtenExponent(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard text[start] | 0x20 == UInt8(ascii: "e") else { return nil }
        var cursor = start + 1
        var isNegative = false
        if cursor < text.count,
            text[cursor] == UInt8(ascii: "-") || text[cursor] == UInt8(ascii: "+")
        {
            isNegative = text[cursor] == UInt8(ascii: "-")
            cursor += 1
        }
        guard cursor < text.count else { return nil }
        var exponent = 0
        while cursor < text.count {
            let digit = text[cursor] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            exponent = min(exponent * 10 + Int(digit), 1_000_000)
            cursor += 1
        }
        return isNegative ? -exponent : exponent
    }

    /// strtod on a copy that ends with a NUL. The process keeps the "C" locale, where the decimal
    /// separator is a point.
    private func slowNumber(_ text: UnsafeRawBufferPointer) -> Double? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
            for index in 0..<text.count {
                let byte = text[index] == decimalSeparator ? UInt8(ascii: ".") : text[index]
                copy[index] = CChar(bitPattern: byte)
            }
            copy[text.count] = 0
            let value = strtod(copy.baseAddress!, nil)
            return value.isFinite ? value : nil
        }
    }

    private func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var start = 0
        var end = text.count
        while start < end, isBlank(text[start]) { start += 1 }
        while end > start, isBlank(text[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Whether the text is "NA", "NaN", "N/A", "null" or "none", in any case.
    private func isMissingWord(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 2, text.count <= 4 else { return false }
        let word = String(decoding: text, as: UTF8.self).lowercased()
        return ["na", "nan", "n/a", "null", "none"].contains(word)
    }
}

/// 10 to the powers 0 to 22, all of them exact.
private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
