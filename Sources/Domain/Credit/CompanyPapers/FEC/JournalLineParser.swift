// SPDX-License-Identifier: Apache-2.0

// From the cells of an entry's line to its values, whatever form the file has: one set of rules for
// the flat form and for XML.

internal import CreditFacts
internal import Quantities

/// Where the cells of a line lie, by column.
struct JournalCells {
    /// The bytes that hold them.
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    private var bounds = [(start: Int, end: Int)](
        repeating: (0, 0),
        count: JournalColumn.allCases.count
    )

    /// Says where a cell lies.
    mutating func set(_ column: JournalColumn, _ start: Int, _ end: Int) {
        bounds[column.rawValue] = (start, end)
    }

    /// A cell without blanks around it; empty where there is none.
    subscript(column: JournalColumn) -> UnsafeRawBufferPointer {
        let (start, end) = bounds[column.rawValue]
        guard start < end else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end]).trimmed
    }
}

/// Reads the values of lines.
struct JournalLineParser {
    /// Something that a cell holds.
    struct Doubt {
        var code: FindingCode
        var column: JournalColumn
        var text: String
    }

    /// Why the last line cannot be taken.
    private(set) var fault: Doubt?
    /// What is to be noted of the last line that was taken.
    private(set) var doubts: [Doubt] = []
    /// Which decimal mark the book has, by the amounts that tell.
    private(set) var marks: JournalMarks

    /// Reads for a book.
    init(_ marks: JournalMarks = JournalMarks()) { self.marks = marks }

    /// The line of cells; nil with a `fault` for what is none.
    ///
    /// - Parameter isStrict: Whether a cell that could be done without must be sound too: where it
    ///   has to be shown that cells stand in their places.
    mutating func line(_ cells: JournalCells, isStrict: Bool = false) -> JournalLine? {
        fault = nil
        if !doubts.isEmpty { doubts.removeAll() }
        var line = JournalLine()
        line.account = cells[.account]
        guard Self.isAccount(line.account) else {
            return reject(.badAccount, .account, line.account)
        }
        guard let entryDate = date(.entryDate, cells) else {
            return fault == nil ? reject(.badDate, .entryDate, cells[.entryDate]) : nil
        }
        line.entryDate = entryDate
        line.pieceDate = date(.pieceDate, cells)
        line.lacksValidation = date(.validationDate, cells) == nil
        _ = date(.letteringDate, cells)
        line.dueDate = date(.dueDate, cells)
        line.paymentDate = date(.paymentDate, cells)
        if isStrict, !doubts.isEmpty { return nil }
        guard parseAmounts(cells, &line) else { return nil }
        line.journal = cells[.journalCode]
        line.journalLabelCell = cells[.journalLabel]
        line.entry = cells[.entryNumber]
        line.thirdParty = cells[.thirdParty]
        line.thirdPartyLabelCell = cells[.thirdPartyLabel]
        line.customerCell = cells[.customer]
        line.reference = cells[.pieceReference]
        line.labelCell = cells[.label]
        line.lettering = cells[.lettering]
        return line
    }

    /// Three digits, then anything that can be shown.
    private static func isAccount(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 3 else { return false }
        for place in 0..<bytes.count {
            let byte = bytes[place]
            if place < 3 ? byte &- 0x30 > 9 : byte < 0x20 { return false }
        }
        return true
    }

    // MARK: Dates

    /// Years in which a book can be: others are slips of the keyboard.
    private static let years = 1_900...2_099

    /// Whether a book can have a date.
    static func isOfABook(_ date: CalendarDate) -> Bool { years.contains(date.components.year) }

    /// The date of a cell; nil for an empty one, and with a doubt for what is none. A line cannot
    /// do without the date of its entry.
    private mutating func date(_ column: JournalColumn, _ cells: JournalCells) -> CalendarDate? {
        let bytes = cells[column]
        if bytes.isEmpty { return nil }
        let code: FindingCode
        switch JournalDate.read(bytes) {
        case .none: return nil
        case .date(let date) where Self.isOfABook(date): return date
        case .date: code = .absurdDate
        case .bad: code = .badDate
        }
        if column == .entryDate { return reject(code, column, bytes) }
        doubts.append(Doubt(code: code, column: column, text: Self.text(bytes)))
        return nil
    }

    // MARK: Amounts

    private mutating func parseAmounts(_ cells: JournalCells, _ line: inout JournalLine) -> Bool {
        let bytes = cells[.amount]
        let sides = (cells[.debit], cells[.credit])
        if bytes.isEmpty || !sides.0.isEmpty || !sides.1.isEmpty {
            guard let debit = amount(sides.0, .debit), let credit = amount(sides.1, .credit) else {
                return false
            }
            (line.debit, line.credit) = (debit, credit)
            return true
        }
        guard let amount = amount(bytes, .amount) else { return false }
        let sense = cells[.sense]
        switch String(decoding: sense, as: UTF8.self).uppercased() {
        case "D", "+1", "1", "+": line.debit = amount
        case "C", "-1", "-": line.credit = amount
        default:
            let _: JournalLine? = reject(.badAmount, .sense, sense)
            return false
        }
        return true
    }

    private mutating func amount(
        _ bytes: UnsafeRawBufferPointer,
        _ column: JournalColumn
    ) -> Int64? {
        if let cents = JournalAmount.plain(bytes) { return cents }
        switch JournalAmount.read(bytes, decimal: marks.decimal) {
        case .cents(let read):
            marks.take(read, column, bytes)
            if read.isRounded {
                doubts.append(Doubt(code: .amountRounded, column: column, text: Self.text(bytes)))
            }
            return read.cents
        case .unclear: return reject(.ambiguousAmount, column, bytes)
        case .bad: return reject(.badAmount, column, bytes)
        }
    }

    private mutating func reject<Value>(
        _ code: FindingCode,
        _ column: JournalColumn,
        _ bytes: UnsafeRawBufferPointer
    ) -> Value? {
        fault = Doubt(code: code, column: column, text: Self.text(bytes))
        return nil
    }

    /// What messages show of a cell.
    static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        WesternText.decoded(bytes.prefix(40))
    }
}

extension Findings {
    /// Notes what a line's cells hold.
    mutating func add(_ doubt: JournalLineParser.Doubt, at place: PaperReference) {
        add(Finding(doubt.code, at: place, field: doubt.column.name, [doubt.text]))
    }
}
