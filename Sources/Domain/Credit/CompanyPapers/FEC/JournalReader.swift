// SPDX-License-Identifier: Apache-2.0

// Reads a journal of entries in its flat form, line by line in bounded memory. Lines are never
// shifted: a line with more cells than the header is taken only if the surplus lies in its label,
// which shows in all its other cells being what they should be.

package import CreditFacts
package import Documents
internal import Quantities

/// Reads a flat journal of entries.
package struct JournalReader {
    /// What was noticed.
    package private(set) var findings: Findings
    /// Lines that were read, and those set aside.
    package private(set) var counts = RecordCounts()
    /// The last line that was read.
    package private(set) var current = JournalLine()
    private let paper: Int32
    private let header: JournalHeader
    private var records: CSVRecordReader

    /// Reads the header.
    ///
    /// - Throws: What is missing from it.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(InputError) {
        self.paper = paper
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        let delimiter = try Self.delimiter(buffer)
        records = CSVRecordReader(buffer, delimiter: delimiter)
        let names = try records.header(of: buffer)
        header = JournalHeader(names: names)
        let missing = header.missing
        guard missing.isEmpty else {
            throw InputError(
                .content,
                "\(buffer.source.name) is no journal of entries (FEC): its header lacks "
                    + missing.joined(separator: ", ")
            )
        }
        note(names, delimiter)
    }

    private mutating func note(_ names: [String], _ delimiter: UInt8) {
        let place = PaperReference(paper: paper, line: 1)
        if !header.extra.isEmpty { findings.add(Finding(.extraColumns, at: place, header.extra)) }
        for name in header.repeated {
            findings.add(Finding(.repeatedColumn, at: place, field: name))
        }
        if delimiter != UInt8(ascii: "\t"), delimiter != UInt8(ascii: "|") {
            let separator = String(UnicodeScalar(delimiter))
            findings.add(Finding(.unusualSeparator, at: place, [separator]))
        }
    }

    /// The separator, which is the one that the header line has most of.
    private static func delimiter(_ buffer: InputBuffer) throws(InputError) -> UInt8 {
        let isEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
        while !buffer.unread.contains(where: isEnd), try buffer.refill(line: 1) {}
        let line = buffer.unread.prefix { !isEnd($0) }
        let known = Array("\t|;,".utf8)
        let counts = known.map { mark in line.count { $0 == mark } }
        guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
            return UInt8(ascii: "\t")
        }
        return known[place]
    }

    /// Moves on to the next line that can be read. Returns false at the end.
    package mutating func next() throws(InputError) -> Bool {
        while try records.next() {
            counts.read += 1
            // An entry is one line; a mark that would join two of them is only a mark.
            if records.spansLines { records.breakAtFirstLine() }
            if takeLine() { return true }
            counts.setAside += 1
        }
        return false
    }

    // MARK: A line

    private var place: PaperReference {
        PaperReference(paper: paper, line: Int32(clamping: records.line))
    }

    private mutating func takeLine() -> Bool {
        let surplus = records.cells.count - header.columns.count
        if surplus == 0 { return parse(surplus: 0, noting: true) }
        if surplus < 0 {
            // Columns that may be empty, left out at the end of a line.
            let lacking = header.columns.suffix(-surplus)
            if lacking.allSatisfy({ $0.map(Self.mayLack.contains) ?? true }) {
                return parse(surplus: 0, noting: true)
            }
            let numbers = ["\(records.cells.count)", "\(header.columns.count)"]
            findings.add(Finding(.tooFewCells, at: place, numbers))
            return false
        }
        // A separator at the end of each line but the header's.
        if surplus == 1, records.cells.last?.isEmpty == true, parse(surplus: 0, noting: false) {
            return true
        }
        if parse(surplus: surplus, noting: false) {
            findings.add(Finding(.labelRepaired, at: place))
            return true
        }
        let numbers = ["\(records.cells.count)", "\(header.columns.count)"]
        findings.add(Finding(.tooManyCells, at: place, numbers))
        return false
    }

    private static let mayLack: Set<JournalColumn> = [
        .lettering, .letteringDate, .validationDate, .currencyAmount, .currency, .paymentMode,
        .operationNature, .customer, .dueDate, .paymentDate, .thirdParty, .thirdPartyLabel,
    ]

    /// The bytes of a column, where `surplus` cells belong to the label.
    private func cell(_ column: JournalColumn, surplus: Int) -> UnsafeRawBufferPointer {
        guard let place = header.place(column) else { return .init(start: nil, count: 0) }
        guard surplus > 0, let label = header.place(.label), place >= label else {
            return place < records.cells.count
                ? records.bytes(records.cells[place]).trimmed : .init(start: nil, count: 0)
        }
        let cells = records.cells
        if place == label {
            let range = cells[place].start..<cells[place + surplus].end
            return UnsafeRawBufferPointer(rebasing: records.record[range]).trimmed
        }
        return records.bytes(cells[place + surplus]).trimmed
    }

    private mutating func parse(surplus: Int, noting: Bool) -> Bool {
        var line = JournalLine()
        line.account = cell(.account, surplus: surplus)
        guard isAccount(line.account) else {
            return reject(noting, .badAccount, .account, line.account)
        }
        for column in Self.dates {
            let bytes = cell(column, surplus: surplus)
            switch JournalDate.read(bytes) {
            case .date(let date): set(column, date, &line)
            case .none where column == .entryDate:
                return reject(noting, .badDate, column, bytes)
            case .none: line.lacksValidation = line.lacksValidation || column == .validationDate
            case .bad: return reject(noting, .badDate, column, bytes)
            }
        }
        guard parseAmounts(surplus, noting, &line) else { return false }
        line.journal = cell(.journalCode, surplus: surplus)
        line.entry = cell(.entryNumber, surplus: surplus)
        line.thirdParty = cell(.thirdParty, surplus: surplus)
        line.thirdPartyLabel = cell(.thirdPartyLabel, surplus: surplus)
        line.reference = cell(.pieceReference, surplus: surplus)
        line.label = cell(.label, surplus: surplus)
        line.lettering = cell(.lettering, surplus: surplus)
        line.line = Int32(clamping: records.line)
        current = line
        return true
    }

    private static let dates: [JournalColumn] = [
        .entryDate, .pieceDate, .validationDate, .letteringDate, .dueDate, .paymentDate,
    ]

    private func set(_ column: JournalColumn, _ date: CalendarDate, _ line: inout JournalLine) {
        switch column {
        case .entryDate: line.entryDate = date
        case .pieceDate: line.pieceDate = date
        case .dueDate: line.dueDate = date
        case .paymentDate: line.paymentDate = date
        default: break
        }
    }

    private func isAccount(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= 3 && bytes.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
            && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }
    }

    private mutating func parseAmounts(
        _ surplus: Int,
        _ noting: Bool,
        _ line: inout JournalLine
    ) -> Bool {
        if header.place(.debit) != nil, header.place(.credit) != nil {
            let bytes = cell(.debit, surplus: surplus)
            guard let debit = amount(bytes) else {
                return reject(noting, .badAmount, .debit, bytes)
            }
            let other = cell(.credit, surplus: surplus)
            guard let credit = amount(other) else {
                return reject(noting, .badAmount, .credit, other)
            }
            (line.debit, line.credit) = (debit, credit)
            return true
        }
        let bytes = cell(.amount, surplus: surplus)
        guard let amount = amount(bytes) else { return reject(noting, .badAmount, .amount, bytes) }
        let sense = cell(.sense, surplus: surplus)
        switch String(decoding: sense, as: UTF8.self).uppercased() {
        case "D", "+1", "1", "+": line.debit = amount
        case "C", "-1", "-": line.credit = amount
        default: return reject(noting, .badAmount, .sense, sense)
        }
        return true
    }

    private mutating func amount(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        guard let read = JournalAmount.read(bytes) else { return nil }
        if read.isRounded {
            let text = String(decoding: bytes, as: UTF8.self)
            findings.add(Finding(.amountRounded, at: place, [text]))
        }
        return read.cents
    }

    private mutating func reject(
        _ noting: Bool,
        _ code: FindingCode,
        _ column: JournalColumn,
        _ bytes: UnsafeRawBufferPointer
    ) -> Bool {
        guard noting else { return false }
        let text = String(decoding: bytes.prefix(40), as: UTF8.self)
        findings.add(Finding(code, at: place, field: column.name, [text]))
        return false
    }
}
