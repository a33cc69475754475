// SPDX-License-Identifier: Apache-2.0

// Numbers as text, both ways.

extension DecimalNumber {
    /// The number that a text writes: a sign, digits with a point among them or before or behind
    /// them, an exponent. What has more than 34 digits is rounded, half to even.
    ///
    /// - Returns: Nil when the text writes no number, or one beyond the greatest.
    @inlinable
    package init?(parsing text: some Collection<UInt8>) {
        // What is generic is slow outside of its module, unless all of it is inline.
        let number =
            text.withContiguousStorageIfAvailable { Self.parse($0) }
            ?? Array(text).withUnsafeBufferPointer { Self.parse($0) }
        guard let number else { return nil }
        self = number
    }

    /// The number that bytes write.
    @usableFromInline
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> DecimalNumber? {
        var reader = NumberReader()
        for byte in text {
            guard reader.take(byte) else { return nil }
        }
        return reader.number
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
        let digits = DigitText(coefficient.magnitude)
        // How many digits are before the point.
        let whole = digits.count + exponent
        if isZero && exponent > 0 {
            bytes.append(UInt8(ascii: "0"))
        } else if whole > Self.digitsMax || whole < -Self.digitsMax {
            digits.append(whole: 1, to: &bytes)
            bytes.append(UInt8(ascii: "E"))
            if whole > 0 { bytes.append(UInt8(ascii: "+")) }
            bytes.append(contentsOf: String(whole - 1).utf8)
        } else {
            digits.append(whole: whole, to: &bytes)
        }
    }
}

/// The digits of a number of at most 38; one 0 of 0.
private struct DigitText {
    private var digits = InlineArray<40, UInt8>(repeating: UInt8(ascii: "0"))
    private var start = 39

    var count: Int { 40 - start }

    init(_ value: UInt128) {
        let (upper, lower) =
            value >> 64 == 0
            ? (0, value) : value.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
        write(UInt64(truncatingIfNeeded: lower), end: 40)
        if upper != 0 { write(UInt64(truncatingIfNeeded: upper), end: 21) }
    }

    private mutating func write(_ word: UInt64, end: Int) {
        var word = word
        var index = end
        while word != 0 && index > 0 {
            index -= 1
            digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: word % 10)
            word /= 10
        }
        start = min(index, 39)
    }

    /// Appends the digits with a point behind the first `whole`, and the zeros that needs.
    func append(whole: Int, to bytes: inout [UInt8]) {
        let zero = UInt8(ascii: "0")
        let point = start + max(whole, 0)
        if whole <= 0 { bytes.append(zero) }
        for index in start..<min(point, 40) { bytes.append(digits[index]) }
        guard point < 40 else {
            bytes.append(contentsOf: repeatElement(zero, count: point - 40))
            return
        }
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: repeatElement(zero, count: max(0 - whole, 0)))
        for index in point..<40 { bytes.append(digits[index]) }
    }
}
