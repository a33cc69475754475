// SPDX-License-Identifier: Apache-2.0

// Numbers as text, both ways.

extension DecimalNumber {
    /// The number that a text writes: a sign, digits with a point among them or before or behind
    /// them, an exponent. What has more than 34 digits is rounded, half to even.
    ///
    /// - Returns: Nil when the text writes no number, or one beyond the greatest.
    package init?(parsing text: some Collection<UInt8>) {
        var reader = NumberReader()
        for byte in text {
            guard reader.take(byte) else { return nil }
        }
        guard let number = reader.number else { return nil }
        self = number
    }
}

/// Reads a number, a byte after the other.
private struct NumberReader {
    private enum Place {
        case start, sign, whole, point, fraction, letter, exponentSign, exponent
    }

    private var place = Place.start
    private var isNegative = false
    private var isExponentNegative = false
    /// The first 36 digits, two more than stay.
    private var digits: UInt128 = 0
    private var count = 0
    private var hasDigits = false
    /// Whether a digit behind those was not 0.
    private var isMore = false
    private var scale = 0
    private var exponent = 0

    /// Takes the next byte; false when no number goes on so.
    mutating func take(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            takeDigit(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "."):
            guard place == .start || place == .sign || place == .whole else { return false }
            place = .point
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            guard hasDigits, place == .whole || place == .point || place == .fraction else {
                return false
            }
            place = .letter
        case UInt8(ascii: "-"), UInt8(ascii: "+"):
            guard place == .start || place == .letter else { return false }
            if place == .start {
                isNegative = byte == UInt8(ascii: "-")
                place = .sign
            } else {
                isExponentNegative = byte == UInt8(ascii: "-")
                place = .exponentSign
            }
        default: return false
        }
        return true
    }

    private mutating func takeDigit(_ digit: UInt8) {
        switch place {
        case .letter, .exponentSign, .exponent:
            place = .exponent
            // No exponent above counts, however long the digits: they cannot be as many.
            if exponent < 1 << 60 / 10 { exponent = exponent * 10 + Int(digit) }
            return
        case .point, .fraction:
            place = .fraction
            scale += 1
        case .start, .sign, .whole: place = .whole
        }
        hasDigits = true
        if count < 36 {
            digits = digits &* 10 &+ UInt128(digit)
            if digits != 0 { count += 1 }
        } else {
            isMore = isMore || digit != 0
            scale -= 1
        }
    }

    /// The number, when the text may end here.
    var number: DecimalNumber? {
        guard hasDigits, place != .letter, place != .exponentSign else { return nil }
        let total = (isExponentNegative ? 0 - exponent : exponent) - scale
        return .rounding(
            WideInteger(digits),
            exponent: total,
            isNegative: isNegative,
            isMore: isMore
        )
    }
}

extension DecimalNumber: CustomStringConvertible {
    /// The number as FEEL writes it: digits and a point, zeros at the end as the number has them;
    /// with an exponent, as in 1.5E-40, only what would have more than 34 digits before the point
    /// or begin more than 34 digits behind it.
    package var description: String {
        var bytes: [UInt8] = []
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `description` is.
    package func appendText(to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + 72)
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        let digits = Self.digits(coefficient.magnitude)
        // How many digits are before the point.
        let whole = digits.count + exponent
        if isZero && exponent > 0 {
            bytes.append(UInt8(ascii: "0"))
        } else if whole > Self.digitsMax || whole < -Self.digitsMax {
            Self.append(digits, whole: 1, to: &bytes)
            bytes.append(UInt8(ascii: "E"))
            if whole > 0 { bytes.append(UInt8(ascii: "+")) }
            bytes.append(contentsOf: String(whole - 1).utf8)
        } else {
            Self.append(digits, whole: whole, to: &bytes)
        }
    }

    /// Appends digits with a point behind the first `whole`, and the zeros that needs.
    private static func append(
        _ digits: ArraySlice<UInt8>,
        whole: Int,
        to bytes: inout [UInt8]
    ) {
        let zero = UInt8(ascii: "0")
        if whole <= 0 {
            bytes.append(zero)
        } else {
            bytes.append(contentsOf: digits.prefix(whole))
            bytes.append(contentsOf: repeatElement(zero, count: max(whole - digits.count, 0)))
        }
        guard whole < digits.count else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: repeatElement(zero, count: max(0 - whole, 0)))
        bytes.append(contentsOf: digits.dropFirst(max(whole, 0)))
    }

    /// The digits of a number of at most 38; one 0 of 0.
    private static func digits(_ value: UInt128) -> ArraySlice<UInt8> {
        var digits = [UInt8](repeating: UInt8(ascii: "0"), count: 40)
        var (upper, lower) = value.quotientAndRemainder(
            dividingBy: 10_000_000_000_000_000_000
        )
        var index = digits.count
        var end = digits.count - 19
        while upper != 0 || lower != 0 {
            var word = UInt64(truncatingIfNeeded: lower)
            while word != 0 {
                index -= 1
                digits[index] += UInt8(truncatingIfNeeded: word % 10)
                word /= 10
            }
            if upper != 0 { index = end }
            end -= 19
            (upper, lower) = (0, upper)
        }
        return digits[min(index, digits.count - 1)...]
    }
}
