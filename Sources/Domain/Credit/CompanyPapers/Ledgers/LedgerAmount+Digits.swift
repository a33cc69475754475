// SPDX-License-Identifier: Apache-2.0

// The digits of an amount, and the marks between them.

internal import Quantities

extension LedgerAmount {
    /// Where the marks stand between the digits.
    private struct Marks {
        var digits = 0
        var points = 0
        var commas = 0
        var others = 0
        /// Digits before the last point or comma, and which of them it is.
        var before = 0
        var last: UInt8 = 0
        var startsWithZero = false
    }

    static func digits(
        _ text: Slice<UnsafeRawBufferPointer>,
        _ given: UInt8?,
        _ isNegative: Bool,
        _ currency: Currency?
    ) -> LedgerAmount {
        var marks = Marks()
        for byte in text {
            switch byte {
            case 0x30...0x39:
                if marks.digits == 0 { marks.startsWithZero = byte == 0x30 }
                marks.digits += 1
            case UInt8(ascii: "."), UInt8(ascii: ","):
                if byte == UInt8(ascii: ".") { marks.points += 1 } else { marks.commas += 1 }
                (marks.before, marks.last) = (marks.digits, byte)
            // Blanks, apostrophes, and their bytes in Latin-1, Windows-1252 and UTF-8.
            case 0x20, 0x27, 0x92, 0xA0, 0xC2, 0xE2, 0x80, 0xAF, 0x99, 0x89: marks.others += 1
            default: return .bad
            }
        }
        guard marks.digits > 0 else { return marks.others == 0 ? .bad : .none }
        let decimal: UInt8
        var told: UInt8 = 0
        if marks.points + marks.commas == 0 {
            decimal = 0
        } else if marks.points > 0, marks.commas > 0 {
            decimal = marks.last
            told = decimal
        } else if marks.points + marks.commas > 1 {
            decimal = 0
            told = marks.points > 0 ? UInt8(ascii: ",") : UInt8(ascii: ".")
        } else if marks.digits - marks.before != 3 || marks.before > 3 || marks.before == 0
            || marks.startsWithZero || marks.others > 0
        {
            decimal = marks.last
            told = decimal
        } else if let given {
            decimal = marks.last == given ? given : 0
        } else {
            return .unclear(marks.last)
        }
        guard var number = value(text, decimal: decimal) else { return .bad }
        if isNegative { number.cents = -number.cents }
        (number.currency, number.decimal) = (currency, told)
        return .number(number)
    }

    /// The value, once it is known which byte is the decimal mark; all others are between
    /// thousands.
    private static func value(
        _ text: Slice<UnsafeRawBufferPointer>,
        decimal: UInt8
    ) -> LedgerNumber? {
        var cents: Int64 = 0
        var wholeDigits = 0
        var group = 0
        var hasGroups = false
        var decimals = -1
        var isRounded = false
        var roundsUp = false
        var wasMark = false
        for byte in text {
            if (0x30...0x39).contains(byte) {
                wasMark = false
                let digit = Int64(byte - 0x30)
                if decimals < 0 {
                    group += 1
                    wholeDigits += 1
                    guard wholeDigits <= wholeDigitsMax else { return nil }
                    cents = cents * 10 + digit
                } else {
                    decimals += 1
                    if decimals <= 2 { cents = cents * 10 + digit }
                    if decimals == 3 { roundsUp = digit >= 5 }
                    if decimals > 2, digit != 0 { isRounded = true }
                }
            } else if decimal != 0, byte == decimal {
                guard decimals < 0, !hasGroups || group == 3 else { return nil }
                decimals = 0
            } else {
                // A mark between thousands, of up to three bytes.
                if wasMark, byte >= 0x80 { continue }
                guard decimals < 0, !wasMark, group == 3 || (!hasGroups && (1...3).contains(group))
                else { return nil }
                (hasGroups, group, wasMark) = (true, 0, true)
            }
        }
        if decimals < 0, hasGroups, group != 3 { return nil }
        for _ in max(decimals, 0)..<max(2, decimals) where decimals < 2 { cents *= 10 }
        if roundsUp { cents += 1 }
        return LedgerNumber(cents: cents, isRounded: isRounded)
    }
}
