// SPDX-License-Identifier: Apache-2.0

// Decimal text to Double, exactly as C's strtod rounds it, without making a
// string. Most numbers in files have at most 15 digits and a small exponent;
// those take Clinger's fast path: both the digits and the power of ten are
// exact doubles, so one multiplication or division rounds once. The others go
// to strtod itself.

internal import Glibc

/// Reads plain numbers from bytes: digits, a decimal mark, an exponent. It holds nothing that
/// counts its references, for it works on every cell.
package struct PlainNumberParser: Sendable {
    private let decimalSeparator: UInt8

    /// Creates a parser of numbers with a decimal mark.
    package init(decimal: UInt8 = UInt8(ascii: ".")) {
        decimalSeparator = decimal
    }

    /// The value of a cell: NaN when it is empty, nil when it is no plain number. Blanks around it
    /// do not count.
    package func value(_ text: UnsafeRawBufferPointer) -> Double? {
        // Nearly all cells begin and end with a visible byte of ASCII.
        if let first = text.first, let last = text.last, first > 0x20, first < 0x80, last > 0x20,
            last < 0x80
        {
            return number(text)
        }
        let text = trimmedBlanks(text)
        return text.isEmpty ? .nan : number(text)
    }

    /// Whether the number could be another one where points part thousands: "1.234". The cell was
    /// read as a number before, with a decimal point.
    package func isAmbiguous(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 5 else { return false }
        let last = text[text.count - 1] &- UInt8(ascii: "0")
        if last <= 9, text[text.count - 4] != UInt8(ascii: ".") { return false }
        return NumberShape(trimmedBlanks(text)) == .pointGroup
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

    /// The number of a JSON text (RFC 8259): no plus sign, no leading zeros, digits on both sides
    /// of the point.
    package func jsonNumber(_ text: UnsafeRawBufferPointer) -> Double? {
        var digits = text[...]
        if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
        func isDigit(_ byte: UInt8?) -> Bool {
            byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
        }
        guard isDigit(digits.first) else { return nil }
        if digits.first == UInt8(ascii: "0"), isDigit(digits.dropFirst().first) { return nil }
        if let point = digits.firstIndex(of: UInt8(ascii: ".")) {
            guard isDigit(digits[(point + 1)...].first) else { return nil }
        }
        return number(text)
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
            guard let start = copy.baseAddress else { return nil }
            let value = strtod(start, nil)
            return value.isFinite ? value : nil
        }
    }
}

/// 10 to the powers 0 to 22, all of them exact.
private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
