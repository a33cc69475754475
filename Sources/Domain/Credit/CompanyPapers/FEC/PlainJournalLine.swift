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
    /// The last line that was read. Behind a pointer, so that no access to it is checked.
    let current = UnsafeMutablePointer<JournalLine>.allocate(capacity: 1)
    private let columnCount: Int
    private let places: [Int]
    private let dateColumns: (due: Bool, paid: Bool)
    private let hasSides: Bool
    private let dates = DateTable()

    /// Makes a reader for lines with a header.
    init(_ header: JournalHeader) {
        current.initialize(to: JournalLine())
        columnCount = header.columns.count
        places = JournalColumn.allCases.map { header.place($0) ?? -1 }
        hasSides = header.place(.debit) != nil && header.place(.credit) != nil
        dateColumns = (header.place(.dueDate) != nil, header.place(.paymentDate) != nil)
    }

    deinit { current.deallocate() }

    /// Reads a line; false for one that has to be read the long way.
    func read(_ bytes: UnsafeRawBufferPointer, _ ends: UnsafeBufferPointer<UInt32>) -> Bool {
        guard ends.count == columnCount, hasSides, let base = bytes.baseAddress else {
            return false
        }
        return places.withUnsafeBufferPointer { places in
            read(Cells(base: base, ends: ends, places: places))
        }
    }

    /// The cells of a line.
    private struct Cells {
        let base: UnsafeRawPointer
        let ends: UnsafeBufferPointer<UInt32>
        let places: UnsafeBufferPointer<Int>

        /// A cell as it stands there.
        subscript(column: JournalColumn) -> UnsafeRawBufferPointer {
            let place = places[column.rawValue]
            guard place >= 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
            let start = place == 0 ? 0 : Int(ends[place &- 1]) &+ 1
            return UnsafeRawBufferPointer(
                start: base + start,
                count: Int(ends[place]) &- start
            )
        }
    }

    private func read(_ cells: Cells) -> Bool {
        let account = cells[.account].trimmed
        guard account.count >= 3, account[0] &- 0x30 <= 9, account[1] &- 0x30 <= 9,
            account[2] &- 0x30 <= 9, Self.isShown(account),
            let entryDate = dates.day(cells[.entryDate]),
            let debit = Self.cents(cells[.debit]), let credit = Self.cents(cells[.credit])
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

    private static func isShown(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var least: UInt8 = 0xFF
        for byte in bytes { least = min(least, byte) }
        return least >= 0x20
    }

    /// Sets the date of a cell, which may be empty; false for one to be read the long way.
    private func setDate(_ cell: UnsafeRawBufferPointer, _ date: inout CalendarDate?) -> Bool {
        if cell.isEmpty {
            date = nil
            return true
        }
        guard let day = dates.day(cell) else { return false }
        date = day
        return true
    }

    /// Digits, a mark, two digits, as JournalAmount has it.
    private static func cents(_ cell: UnsafeRawBufferPointer) -> Int64? {
        let count = cell.count
        guard count >= 4, count <= 17, let base = cell.baseAddress else { return nil }
        let mark = base.load(fromByteOffset: count &- 3, as: UInt8.self)
        guard mark == 0x2C || mark == 0x2E else { return nil }
        var value: Int64 = 0
        var worst: UInt8 = 0
        for place in 0..<(count &- 3) {
            let digit = base.load(fromByteOffset: place, as: UInt8.self) &- 0x30
            worst = max(worst, digit)
            value = value &* 10 &+ Int64(digit)
        }
        let tens = base.load(fromByteOffset: count &- 2, as: UInt8.self) &- 0x30
        let ones = base.load(fromByteOffset: count &- 1, as: UInt8.self) &- 0x30
        guard worst <= 9, tens <= 9, ones <= 9 else { return nil }
        return value &* 100 &+ Int64(tens) &* 10 &+ Int64(ones)
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
    func day(_ cell: UnsafeRawBufferPointer) -> CalendarDate? {
        guard cell.count == 8, let base = cell.baseAddress else { return nil }
        let word = base.loadUnaligned(as: UInt64.self)
        let slot = Int((word &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
        if entries[slot].word == word { return entries[slot].date }
        guard case .date(let date) = JournalDate.read(cell), JournalLineParser.isOfABook(date)
        else { return nil }
        entries[slot] = (word, date)
        return date
    }
}
