// SPDX-License-Identifier: Apache-2.0

// The quick way to read a line: as many cells as the header, dates of eight digits, amounts of
// digits with two decimals. Nearly all lines are such; any other is read by JournalLineParser, and
// one that both can read they read alike.
//
// Cost: a line of 120 bytes and 18 cells. Its cells cost 2 blocks of 64 bytes and a step for each
// end, some 40 ns; 4 dates a look into the table each, 2 amounts of 4 to 9 digits, 7 cells with
// their blanks taken off: some 60 ns. That is 100 ns a line, and leaves 150 ns for the book.

internal import Quantities

/// Reads lines of the usual shape.
final class PlainJournalLine {
    // Each line asks for these; nothing that changes them calls anything in between.
    /// The last line that was read. Behind a pointer, so that no access to it is checked.
    @exclusivity(unchecked) private(set) var current: UnsafeMutablePointer<JournalLine>
    /// The one before, as long as `exchange` is called for each.
    @exclusivity(unchecked) private(set) var previous: UnsafeMutablePointer<JournalLine>
    private let columnCount: Int
    private let places: UnsafeMutablePointer<Int>
    private let dateColumns: (due: Bool, paid: Bool)
    private let hasSides: Bool
    private let dates = DateTable()

    /// Makes a reader for lines with a header.
    init(_ header: JournalHeader) {
        current = .allocate(capacity: 1)
        previous = .allocate(capacity: 1)
        current.initialize(to: JournalLine())
        previous.initialize(to: JournalLine())
        columnCount = header.columns.count
        places = .allocate(capacity: JournalColumn.allCases.count)
        for column in JournalColumn.allCases {
            (places + column.rawValue).initialize(to: header.place(column) ?? -1)
        }
        hasSides = header.place(.debit) != nil && header.place(.credit) != nil
        dateColumns = (header.place(.dueDate) != nil, header.place(.paymentDate) != nil)
    }

    deinit {
        current.deallocate()
        previous.deallocate()
        places.deallocate()
    }

    /// Makes the current line the previous one.
    func exchange() { swap(&current, &previous) }

    /// Reads a line, behind which 64 bytes can be read; false for one that has to be read the long
    /// way.
    func read(_ base: UnsafeRawPointer, _ start: Int, _ ends: UnsafeBufferPointer<UInt32>) -> Bool {
        guard ends.count == columnCount, hasSides, let ends = ends.baseAddress else {
            return false
        }
        return read(Cells(base: base, start: start, ends: ends, places: places))
    }

    /// The cells of a line.
    private struct Cells {
        let base: UnsafeRawPointer
        let start: Int
        let ends: UnsafePointer<UInt32>
        let places: UnsafeMutablePointer<Int>

        /// A cell as it stands there.
        @inline(__always)
        subscript(column: JournalColumn) -> UnsafeRawBufferPointer {
            let place = places[column.rawValue]
            guard place >= 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
            let start = place == 0 ? start : Int(ends[place &- 1]) &+ 1
            return UnsafeRawBufferPointer(
                start: base + start,
                count: Int(ends[place]) &- start
            )
        }
    }

    private func read(_ cells: Cells) -> Bool {
        let account = cells[.account].trimmed
        guard isAccount(account), let entryDate = dates.day(cells[.entryDate]),
            let debit = PlainAmount.cents(cells[.debit]),
            let credit = PlainAmount.cents(cells[.credit])
        else { return false }
        current.pointee.account = account
        current.pointee.entryDate = entryDate
        (current.pointee.debit, current.pointee.credit) = (debit, credit)
        guard setDate(cells[.pieceDate], &current.pointee.pieceDate) else { return false }
        var validated: CalendarDate?
        guard setDate(cells[.validationDate], &validated) else { return false }
        current.pointee.lacksValidation = validated == nil
        var matched: CalendarDate?
        guard setDate(cells[.letteringDate], &matched) else { return false }
        if dateColumns.due, !setDate(cells[.dueDate], &current.pointee.dueDate) { return false }
        if dateColumns.paid, !setDate(cells[.paymentDate], &current.pointee.paymentDate) {
            return false
        }
        current.pointee.journal = cells[.journalCode].trimmed
        current.pointee.entry = cells[.entryNumber].trimmed
        current.pointee.thirdParty = cells[.thirdParty].trimmed
        current.pointee.reference = cells[.pieceReference].trimmed
        current.pointee.lettering = cells[.lettering].trimmed
        current.pointee.journalLabelCell = cells[.journalLabel]
        current.pointee.thirdPartyLabelCell = cells[.thirdPartyLabel]
        current.pointee.customerCell = cells[.customer]
        current.pointee.labelCell = cells[.label]
        return true
    }

    /// Three digits, then anything that can be shown.
    @inline(__always)
    private func isAccount(_ account: UnsafeRawBufferPointer) -> Bool {
        guard account.count >= 3, account[0] &- 0x30 <= 9, account[1] &- 0x30 <= 9,
            account[2] &- 0x30 <= 9
        else { return false }
        var least: UInt8 = 0xFF
        for place in 3..<account.count { least = min(least, account[place]) }
        return least >= 0x20
    }

    /// Sets the date of a cell, which may be empty; false for one to be read the long way.
    @inline(__always)
    private func setDate(_ cell: UnsafeRawBufferPointer, _ date: inout CalendarDate?) -> Bool {
        if cell.isEmpty {
            date = nil
            return true
        }
        guard let day = dates.day(cell) else { return false }
        date = day
        return true
    }
}

/// Digits, a mark, two digits, as JournalAmount has it, eight digits at a time.
enum PlainAmount {
    /// The cents of a cell behind which 8 bytes can be read; nil for one of another shape.
    @inline(__always)
    static func cents(_ cell: UnsafeRawBufferPointer) -> Int64? {
        let count = cell.count
        guard count >= 4, count <= 17, let base = cell.baseAddress else { return nil }
        // Half of all amounts are nothing.
        let first = base.loadUnaligned(as: UInt32.self)
        if count == 4, first == 0x3030_2C30 { return 0 }
        let mark = base.load(fromByteOffset: count &- 3, as: UInt8.self)
        guard mark == 0x2C || mark == 0x2E else { return nil }
        let tens = base.load(fromByteOffset: count &- 2, as: UInt8.self) &- 0x30
        let ones = base.load(fromByteOffset: count &- 1, as: UInt8.self) &- 0x30
        guard tens <= 9, ones <= 9, let whole = whole(base, count &- 3) else { return nil }
        return whole &* 100 &+ Int64(tens) &* 10 &+ Int64(ones)
    }

    /// The number of 1 to 14 digits; nil if one is none.
    @inline(__always)
    private static func whole(_ base: UnsafeRawPointer, _ count: Int) -> Int64? {
        guard count > 8 else { return eight(base, count) }
        guard let high = eight(base, count &- 8), let low = eight(base + (count &- 8), 8) else {
            return nil
        }
        return high &* 100_000_000 &+ low
    }

    /// The number of 1 to 8 digits: zeros are put before them, and pairs, fours and eights of
    /// digits are summed at once.
    @inline(__always)
    private static func eight(_ base: UnsafeRawPointer, _ count: Int) -> Int64? {
        let bits = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        let text = UInt64(littleEndian: base.loadUnaligned(as: UInt64.self)) &<< bits
        let word = text ^ (0x3030_3030_3030_3030 &<< bits)
        // A byte beyond 9 shows in its high bits, or does when 6 more is added.
        guard (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else {
            return nil
        }
        let pairs = (word &* 10 &+ (word &>> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
        let all = (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF
        return Int64(all)
    }
}

/// Dates of eight digits by their bytes: a book has few different ones.
private final class DateTable {
    private typealias Entry = (word: UInt64, date: CalendarDate)
    private static let bits: UInt64 = 10
    private let entries: UnsafeMutablePointer<Entry>

    init() {
        // A word of zeros is no date of eight digits.
        entries = .allocate(capacity: 1 << Self.bits)
        entries.initialize(repeating: (0, .first), count: 1 << Self.bits)
    }

    deinit { entries.deallocate() }

    /// The date of a cell; nil for what is not eight digits that make one.
    @inline(__always)
    func day(_ cell: UnsafeRawBufferPointer) -> CalendarDate? {
        guard cell.count == 8, let base = cell.baseAddress else { return nil }
        let word = base.loadUnaligned(as: UInt64.self)
        let slot = Int((word &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
        return entries[slot].word == word ? entries[slot].date : newDay(cell, word, slot)
    }

    private func newDay(
        _ cell: UnsafeRawBufferPointer,
        _ word: UInt64,
        _ slot: Int
    ) -> CalendarDate? {
        guard case .date(let date) = JournalDate.read(cell), JournalLineParser.isOfABook(date)
        else { return nil }
        entries[slot] = (word, date)
        return date
    }
}
