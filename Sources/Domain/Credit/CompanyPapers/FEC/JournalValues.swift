// SPDX-License-Identifier: Apache-2.0

// Amounts and dates in the shapes that exports have, read where they lie. Plain ones, which nearly
// all are, take a few nanoseconds; the rest goes the long way round.

internal import Quantities

/// Amounts of journals: decimal comma or point, sign before or behind, padding of zeros or blanks
/// of any kind, marks between thousands, exponents; nothing is 0.
enum JournalAmount: Equatable {
    /// An amount.
    case cents(Cents)
    /// One mark before three digits, of thousands or of decimals: nothing tells.
    case unclear
    /// Something else.
    case bad

    /// An amount in cents.
    struct Cents: Equatable {
        var cents: Int64
        /// Whether decimals beyond the second were not all 0; they are rounded, halves away from 0.
        var isRounded = false
        /// Whether there are marks between its thousands that a journal should not have.
        var hasMarks = false
        /// The decimal mark that the amount by itself tells of; 0 if it tells nothing.
        var decimal: UInt8 = 0
    }

    /// Reads a cell.
    ///
    /// - Parameter decimal: The decimal mark for amounts that do not tell; nil if nothing does.
    static func read(_ cell: UnsafeRawBufferPointer, decimal: UInt8? = nil) -> JournalAmount {
        if let cents = plain(cell) {
            return .cents(Cents(cents: cents, decimal: cell[cell.count - 3]))
        }
        if hasMarks(cell) { return marked(cell, decimal) }
        guard var read = general(cell) else { return .bad }
        read.decimal = cell.first { $0 == 0x2C || $0 == 0x2E } ?? 0
        return .cents(read)
    }

    /// Whether there are several marks, or one that may be of thousands.
    private static func hasMarks(_ cell: UnsafeRawBufferPointer) -> Bool {
        var (marks, before, behind) = (0, 0, 0)
        var startsWithZero = false
        for byte in cell {
            switch byte {
            case 0x30...0x39:
                if before == 0, marks == 0 { startsWithZero = byte == 0x30 }
                if marks == 0 { before += 1 } else { behind += 1 }
            case 0x2C, 0x2E: marks += 1
            // An apostrophe, and the last byte of the other one.
            case 0x27, 0x99, 0x92: return true
            case 0x45, 0x65: return false
            default: break
            }
        }
        return marks > 1 || marks == 1 && behind == 3 && (1...3).contains(before) && !startsWithZero
    }

    /// An amount with marks between its thousands, as ledgers have them.
    private static func marked(_ cell: UnsafeRawBufferPointer, _ decimal: UInt8?) -> JournalAmount {
        switch LedgerAmount.read(cell, decimal: decimal) {
        case .none: return .cents(Cents(cents: 0))
        case .unclear: return .unclear
        case .number(let number) where number.currency == nil:
            return .cents(
                Cents(
                    cents: number.cents,
                    isRounded: number.isRounded,
                    hasMarks: true,
                    decimal: number.decimal
                )
            )
        case .number, .bad: return .bad
        }
    }

    /// Digits, a mark, two digits; at most 17 bytes.
    static func plain(_ cell: UnsafeRawBufferPointer) -> Int64? {
        let count = cell.count
        guard count >= 4, count <= 17, cell[count - 3] == 0x2C || cell[count - 3] == 0x2E else {
            return nil
        }
        var value: Int64 = 0
        for place in 0..<count where place != count - 3 {
            let digit = cell[place] &- 0x30
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }

    private static func general(_ cell: UnsafeRawBufferPointer) -> Cents? {
        var digits: [UInt8] = []
        var decimals: Int?
        var isNegative: Bool?
        var exponent = 0
        var place = 0
        var groups = BlankGroups()
        while place < cell.count {
            let byte = cell[place]
            place += 1
            switch byte {
            case 0x30...0x39:
                guard groups.takeDigit() else { return nil }
                digits.append(byte - 0x30)
                if let count = decimals { decimals = count + 1 }
            case 0x2C, 0x2E:
                guard decimals == nil, groups.end() else { return nil }
                decimals = 0
            case 0x2B, 0x2D:
                guard isNegative == nil else { return nil }
                isNegative = byte == 0x2D
            case 0x65, 0x45:
                guard !digits.isEmpty, let power = whole(cell[place...]),
                    (-64...64).contains(power)
                else { return nil }
                exponent = power
                place = cell.count
            case 0x00, 0x22: break
            // Blanks, and no-break and thin ones in Latin-1 and UTF-8 (U+00A0, U+202F, U+2009).
            case 0x09, 0x20, 0xA0, 0xC2, 0xE2, 0x80, 0xAF, 0x89: groups.takeBlank()
            default: return nil
            }
        }
        guard groups.end() else { return nil }
        return cents(digits, decimals: (decimals ?? 0) - exponent, isNegative ?? false)
    }

    /// Digits between blanks: padding around them is nothing, but between them blanks are marks of
    /// thousands, or the cell is no amount.
    private struct BlankGroups {
        private var digits = 0
        private var hasGroups = false
        private var isBlank = false

        mutating func takeBlank() { isBlank = true }

        mutating func takeDigit() -> Bool {
            if isBlank, digits > 0 {
                guard hasGroups ? digits == 3 : digits <= 3 else { return false }
                (hasGroups, digits) = (true, 0)
            }
            isBlank = false
            digits += 1
            return true
        }

        /// Ends the whole part, or the decimals, which are one group.
        mutating func end() -> Bool {
            defer { self = BlankGroups() }
            return !hasGroups || digits == 3
        }
    }

    private static func cents(_ digits: [UInt8], decimals: Int, _ isNegative: Bool) -> Cents? {
        guard decimals > -16, decimals < 64 else { return nil }
        var result = Cents(cents: 0)
        let kept = digits.count - decimals + 2
        for (place, digit) in digits.enumerated() {
            if place >= kept {
                if digit != 0 { result.isRounded = true }
                continue
            }
            guard let next = appended(result.cents, digit) else { return nil }
            result.cents = next
        }
        for _ in digits.count..<max(kept, digits.count) {
            guard let next = appended(result.cents, 0) else { return nil }
            result.cents = next
        }
        if kept >= 0, kept < digits.count, digits[kept] >= 5 { result.cents += 1 }
        if isNegative { result.cents = -result.cents }
        return result
    }

    /// More than any amount: 10^16 cents.
    // tidy: limit: of the arithmetic, not of a file
    private static let centsMax: Int64 = 10_000_000_000_000_000

    private static func appended(_ cents: Int64, _ digit: UInt8) -> Int64? {
        cents < centsMax ? cents * 10 + Int64(digit) : nil
    }

    private static func whole(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        Int(String(decoding: bytes, as: UTF8.self))
    }
}

/// Dates of journals: AAAAMMJJ, with separators, JJ/MM/AAAA, with a time behind.
enum JournalDate {
    /// What a cell holds.
    enum Reading: Equatable {
        /// Nothing, or only zeros.
        case none
        /// A date.
        case date(CalendarDate)
        /// Something else.
        case bad
    }

    /// Reads a cell.
    static func read(_ cell: UnsafeRawBufferPointer) -> Reading {
        if cell.isEmpty { return .none }
        if cell.count == 8, let number = digits(cell) {
            if number == 0 { return .none }
            let date = CalendarDate(
                year: number / 10_000,
                month: number / 100 % 100,
                day: number % 100
            )
            return (date ?? dayFirst(number)).map { .date($0) } ?? .bad
        }
        return general(String(decoding: cell.filter { $0 != 0 }, as: UTF8.self))
    }

    /// JJMMAAAA, where the other order gives no date.
    private static func dayFirst(_ number: Int) -> CalendarDate? {
        CalendarDate(
            year: number % 10_000,
            month: number / 10_000 % 100,
            day: number / 1_000_000
        )
    }

    private static func general(_ text: String) -> Reading {
        let folded = FrenchText.folded(text)
        if folded.utf8.allSatisfy({ !(0x31...0x39).contains($0) && !(0x61...0x7A).contains($0) }) {
            return .none
        }
        return FrenchDate.read(text).map { .date($0) } ?? .bad
    }

    private static func digits(_ cell: UnsafeRawBufferPointer) -> Int? {
        var value = 0
        for byte in cell {
            let digit = byte &- 0x30
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}
