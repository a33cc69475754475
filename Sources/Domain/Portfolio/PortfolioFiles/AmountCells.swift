// SPDX-License-Identifier: Apache-2.0

// Amounts of a file, exact to the minor units of their currency. Numbers are read as whoever knows
// the file says that they are written, and else with a decimal point alone: 1 234,56 is told with
// the dialects by which it would be one, and 20.000 is 20 only in a column that showed before that
// its points are those of decimals.

internal import Documents
internal import Quantities
internal import VigieLimits

/// What a cell of an amount holds.
enum AmountCell: Equatable {
    /// Nothing, or a word for that.
    case none
    /// An amount in minor units.
    case units(Int64)
    case notAmount, unclear, tooManyDecimals, tooLarge
    /// Letters or a sign that are not those of the line's currency.
    case otherCurrency(String)
}

/// Reads the amounts of a column.
struct AmountCells {
    private let parser: NumberParser
    private let decimal: UInt8
    private let thousands: NumberStyle.Thousands
    private let isDeclared: Bool
    /// What the column's numbers so far tell of points; used only where nobody said what they are.
    private var marks = DecimalMarks(amounts: [true])

    init(_ style: NumberStyle) {
        parser = NumberParser(style)
        decimal = style.decimal
        thousands = style.thousands
        isDeclared = style.isDeclared
    }

    /// Reads a cell.
    mutating func read(
        _ cell: UnsafeRawBufferPointer,
        _ currency: Currency,
        line: Int
    ) -> AmountCell {
        if cell.isEmpty { return .none }
        if let (units, hasDecimals) = Self.plain(cell, decimal, exponent: currency.exponent) {
            if hasDecimals, !isDeclared, marks.looksAtAll {
                marks.note(String(decoding: cell, as: UTF8.self), line: line, column: 0)
            }
            return Self.bounded(units)
        }
        if !thousands.isEmpty,
            let units = GroupedAmount(decimal, thousands).units(cell, exponent: currency.exponent)
        {
            return Self.bounded(units)
        }
        return readMarked(trimmedBlanks(cell), currency, line: line)
    }

    private static func bounded(_ units: Int64) -> AmountCell {
        units.magnitude < HistoryLimits.exposureCents ? .units(units) : .tooLarge
    }

    // tidy: limit: bytes of an amount that fits into 63 bits with four more digits
    private static let plainBytes = 14

    /// The minor units of digits with at most two behind a mark, as nearly all amounts are, some
    /// 10 ns; and whether there are some. Nil for any other text. Three digits behind a mark may be
    /// thousands.
    @inline(__always)
    private static func plain(
        _ cell: UnsafeRawBufferPointer,
        _ decimal: UInt8,
        exponent: Int
    ) -> (units: Int64, hasDecimals: Bool)? {
        guard cell.count <= plainBytes else { return nil }
        let isNegative = cell[0] == UInt8(ascii: "-")
        var (units, digits, decimals): (Int64, Int, Int) = (0, 0, -1)
        for place in (isNegative ? 1 : 0)..<cell.count {
            let byte = cell[place]
            let digit = byte &- 0x30
            if digit <= 9 {
                units = units &* 10 &+ Int64(digit)
                digits &+= 1
                if decimals >= 0 { decimals &+= 1 }
            } else if byte == decimal, decimals < 0, digits > 0 {
                decimals = 0
            } else {
                return nil
            }
        }
        guard digits > 0, decimals != 0, decimals <= min(exponent, 2) else { return nil }
        for _ in max(decimals, 0)..<exponent { units = units &* 10 }
        return (isNegative ? -units : units, decimals > 0)
    }

    /// Reads a cell of any other shape.
    private mutating func readMarked(
        _ text: UnsafeRawBufferPointer,
        _ currency: Currency,
        line: Int
    ) -> AmountCell {
        if text.isEmpty { return .none }
        // What spreadsheets write for a fault (#REF!) is no missing amount.
        if text[0] != UInt8(ascii: "#"), parser.isMissingWord(text) { return .none }
        // A comma that makes no number tells of points all the same.
        if !isDeclared {
            marks.note(String(decoding: text, as: UTF8.self), line: line, column: 0)
        }
        guard let digits = parser.digits(text) else { return .notAmount }
        let letters = CurrencySigns.besideDigits(String(decoding: text, as: UTF8.self))
        if !letters.isEmpty, letters.lowercased() != "e",
            !CurrencySigns.sign(letters, fits: currency)
        {
            return .otherCurrency(letters)
        }
        if !isDeclared, NumberShape(text) == .pointGroup, marks.doubt != nil { return .unclear }
        do throws(MoneyError) {
            return Self.bounded(try Money(decimal: digits, currency: currency).minorUnits)
        } catch {
            switch error {
            case .tooManyDecimals: return .tooManyDecimals
            case .overflow: return .tooLarge
            default: return .notAmount
            }
        }
    }
}
