// SPDX-License-Identifier: Apache-2.0

// Exports of ledgers from packages, by profiles.

package import CreditFacts
package import Documents
internal import Quantities
internal import VigieLimits

/// What an export of a ledger says.
package struct LedgerExport: Sendable {
    /// The profile by which it was read.
    package let profile: String
    /// The customers, in the order of their places.
    package private(set) var parties: [LedgerParty] = []
    /// The invoices, by their lines; empty if they were given away.
    package private(set) var invoices: [LedgerInvoice] = []
    /// Credits that belong to no invoice, by their lines.
    package private(set) var credits: [UnallocatedCredit] = []
    /// What was noticed.
    package private(set) var findings: Findings
    /// Lines that were read, set aside and left out; titles and totals are none.
    package private(set) var counts = RecordCounts()

    /// Reads an export.
    ///
    /// - Parameters:
    ///   - profiles: How exports may look; the first one that fits is taken. One's own come first.
    ///   - takesPlainLines: Whether plain lines are read where they lie, which changes nothing but
    ///     the time it takes.
    /// - Throws: That no profile fits, that the file contradicts itself, or that it has no records.
    package static func read(
        _ buffer: InputBuffer,
        profiles: [LedgerProfile] = LedgerProfile.standard,
        paper: Int32,
        findingsPerCodeMax: Int,
        takesPlainLines: Bool = true
    ) throws(InputError) -> LedgerExport {
        let kept = Kept()
        var export = try read(
            buffer,
            profiles: profiles,
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax,
            takesPlainLines: takesPlainLines,
            invoice: { kept.invoices.append($0) }
        )
        export.invoices = kept.invoices.sorted { $0.source.line < $1.source.line }
        return export
    }

    /// Reads an export without keeping its invoices.
    ///
    /// - Parameter invoice: Is given each invoice as soon as it is known, so that only what is open
    ///   or has to be matched is held.
    /// - Throws: As the other.
    package static func read(
        _ buffer: InputBuffer,
        profiles: [LedgerProfile] = LedgerProfile.standard,
        paper: Int32,
        findingsPerCodeMax: Int,
        takesPlainLines: Bool = true,
        invoice: @escaping (LedgerInvoice) -> Void
    ) throws(InputError) -> LedgerExport {
        let header = try LedgerHeader(buffer, profiles: profiles)
        var reading = LedgerReading(
            header,
            buffer,
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax,
            takesPlainLines: takesPlainLines,
            give: invoice
        )
        try reading.readAll()
        var export = LedgerExport(profile: header.profile.name, findings: reading.findings)
        export.parties = reading.decoder.parties
        export.credits = reading.assembly.credits.sorted { $0.source.line < $1.source.line }
        export.counts = reading.counts
        return export
    }

    /// Leaves only what is in a currency, or in none that is told for an empty one.
    mutating func keep(currency: String) {
        invoices.removeAll { ($0.currency?.code ?? "") != currency }
        credits.removeAll { ($0.currency?.code ?? "") != currency }
    }

    private final class Kept {
        var invoices: [LedgerInvoice] = []
    }

    private init(profile: String, findings: Findings) {
        self.profile = profile
        self.findings = findings
    }
}

/// The reading of one export.
struct LedgerReading {
    private(set) var decoder: LedgerDecoder
    private(set) var assembly: LedgerAssembly
    private(set) var findings: Findings
    private(set) var counts = RecordCounts()
    private let header: LedgerHeader
    private let buffer: InputBuffer
    private let takesPlainLines: Bool
    private let line: LedgerLine
    private let dates = LedgerDates()
    private var waiting: [HeldCells] = []
    /// Lines that told by themselves what they say.
    private var settled = 0
    private var doubles = LedgerDoubles()

    init(
        _ header: LedgerHeader,
        _ buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int,
        takesPlainLines: Bool,
        give: @escaping (LedgerInvoice) -> Void
    ) {
        self.header = header
        self.takesPlainLines = takesPlainLines
        self.buffer = buffer
        decoder = LedgerDecoder(header, dates, paper: paper)
        line = LedgerLine(header)
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        assembly = LedgerAssembly(
            namesInvoices: header[.matchedTo] != nil,
            findingsPerCodeMax: findingsPerCodeMax,
            give: give
        )
    }

    /// Reads the file to its end.
    mutating func readAll() throws(InputError) {
        var records = CSVRecordReader(buffer, delimiter: header.delimiter)
        // One for all lines, and not a part of this: what is, is copied when it is given on.
        var row = LedgerRow(source: PaperReference(paper: decoder.paper, line: 0))
        while true {
            if takesPlainLines, records.line >= header.line { try takePlainLines(&records, &row) }
            guard try records.next() else { break }
            if records.line <= header.line { continue }
            if take(records) { take(decoder.decode(line.cells, &row), row, line.cells) }
            try decideIfManyWait()
        }
        try decideWaiting()
        guard counts.kept > 0 else {
            throw InputError(
                .content,
                "\(buffer.source.name): the header of a ledger (\(header.profile.name)) on line "
                    + "\(header.line), and no record that can be used",
                hint: "of \(counts.read) records \(counts.setAside) were set aside and "
                    + "\(counts.leftOut) left out"
            )
        }
        assembly.finish()
        if doubles.isFull {
            note(.ledgerLinesNotCompared, 0, "", ["\(PaperLimits.comparedLinesMaximum)"])
        }
        counts.leftOut += assembly.cancelled
        findings.add(assembly.findings)
        for number in decoder.badNumbers {
            note(.badIdentifier, number.line, "siren", [number.text])
        }
        if decoder.roundedCount > 0 {
            note(.amountRounded, 0, "amount", ["\(decoder.roundedCount)"])
        }
    }

    /// Takes plain lines, each once the next one is found: what that will look up among many
    /// customers is then on its way from memory.
    private mutating func takePlainLines(
        _ records: inout CSVRecordReader,
        _ row: inout LedgerRow
    ) throws(InputError) {
        var hasPrevious = false
        while records.takePlainLine({ [line, dates] in line.take($0, $1, $2, dates) }) {
            counts.read += 1
            line.setLine(records.line)
            decoder.foresee(line.cells)
            if hasPrevious {
                take(decoder.decode(line.previous, &row), row, line.previous)
                try decideIfManyWait()
            }
            hasPrevious = true
        }
        guard hasPrevious else { return }
        take(decoder.decode(line.cells, &row), row, line.cells)
        try decideIfManyWait()
    }

    private mutating func decideIfManyWait() throws(InputError) {
        if waiting.count >= PaperLimits.waitingRecordsMaximum { try decideWaiting() }
    }

    /// Reads what waits, now that the file has told how it is written.
    private mutating func decideWaiting() throws(InputError) {
        guard !waiting.isEmpty else { return }
        let areFew = waiting.count < settled
        let before = decoder.style
        try decoder.style.decide(source: buffer.source.name, areFew: areFew)
        let held = waiting
        noteDecisions(held, before)
        var row = LedgerRow(source: PaperReference(paper: decoder.paper, line: 0))
        waiting = []
        for held in held {
            line.with(held) { cells in
                let outcome = decoder.decode(cells, &row)
                if case .waits = outcome {
                    setAsideUndecided(cells)
                } else {
                    take(outcome, row, cells)
                }
            }
        }
    }

    /// Tells how the first cells were read that could be read in two ways.
    private mutating func noteDecisions(_ held: [HeldCells], _ before: LedgerStyle) {
        var wanted: [(isNew: Bool, find: (LedgerCells) -> Finding?)] = [
            (before.order == nil && decoder.style.order != nil, decoder.decidedDate),
            (before.decimal == nil && decoder.style.decimal != nil, decoder.decidedAmount),
        ]
        wanted.removeAll { !$0.isNew }
        for (_, find) in wanted {
            for held in held {
                guard let finding = line.with(held, find) else { continue }
                findings.add(finding)
                break
            }
        }
    }

    /// Sets a line aside of which nothing in the file tells how it is to be read.
    private mutating func setAsideUndecided(_ cells: LedgerCells) {
        let undecided = decoder.undecided(cells)
        let code: FindingCode = undecided.isDate ? .ambiguousDate : .ambiguousAmount
        let field = undecided.field
        setAside(code, cells.line, LedgerField.names[field.rawValue], [cells.text(field) ?? ""])
    }

    /// Takes the cells of a record. Returns false for what is none.
    private mutating func take(_ records: CSVRecordReader) -> Bool {
        if isSkipped(records) { return false }
        counts.read += 1
        var isSound = false
        let surplus = records.cells.dropFirst(header.names.count)
        if records.fault != nil {
            setAside(.brokenQuotes, records.line, "")
        } else if !surplus.allSatisfy({ trimmedBlanks(records.bytes($0)).isEmpty }) {
            setAside(.tooManyCells, records.line, "", counted(records))
        } else if records.cells.count < header.names.count {
            setAside(.tooFewCells, records.line, "", counted(records))
        } else {
            isSound = true
        }
        if isSound { line.take(records) }
        return isSound
    }

    /// Whether a line is no record: one of a title or a section, a total, the header once more.
    private mutating func isSkipped(_ records: CSVRecordReader) -> Bool {
        var filled = 0
        var first: CSVRecordReader.Cell?
        for cell in records.cells where !isRule(records.bytes(cell)) {
            filled += 1
            if first == nil { first = cell }
        }
        // What is left of a page's frame is nothing to tell of.
        guard let first else { return true }
        if filled > 1 {
            let isOther =
                !hasDate(records)
                && (header.profile.skips(text(records, first)) || isHeader(records))
            guard isOther else { return false }
        } else if records.cells.count == 1, records.fault != nil {
            return false
        }
        note(.linesSkipped, records.line, "", [text(records, first)])
        return true
    }

    private func text(_ records: CSVRecordReader, _ cell: CSVRecordReader.Cell) -> String {
        let bytes = trimmedBlanks(records.bytes(cell))
        return WesternText.decoded(bytes.prefix(InputLimits.quotedValueCharactersMaximum))
    }

    /// Whether a cell is empty or part of a line that was drawn.
    private func isRule(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.allSatisfy(\.isOfRule)
    }

    private func hasDate(_ records: CSVRecordReader) -> Bool {
        for field in [LedgerField.due, .issued, .booked, .paidOn] {
            guard let place = header[field], place < records.cells.count else { continue }
            let cell = trimmedBlanks(records.bytes(records.cells[place]))
            switch LedgerDate.read(cell, order: nil) {
            case .date, .unordered: return true
            default: break
            }
        }
        return false
    }

    private func isHeader(_ records: CSVRecordReader) -> Bool {
        guard records.cells.count == header.names.count else { return false }
        // The customer's column first: decoding all names of each line would be slow.
        let place = header[.customer] ?? 0
        guard records.bytes(records.cells[place]).first.map({ !(0x30...0x39).contains($0) }) == true
        else { return false }
        let name = LedgerProfile.plain(text(records, records.cells[place]))
        return name == header.names[place] && LedgerHeader.names(records) == header.names
    }

    private mutating func take(
        _ outcome: LedgerDecoder.Outcome,
        _ row: LedgerRow,
        _ cells: LedgerCells
    ) {
        switch outcome {
        case .row:
            settled += 1
            if let due = row.due, let issued = row.issued, due < issued, row.cents > 0 {
                let values = [row.reference, due.description, issued.description]
                note(
                    .dueBeforeIssue,
                    cells.line,
                    LedgerField.names[LedgerField.due.rawValue],
                    values
                )
            }
            if let finding = doubles.finding(row) { findings.add(finding) }
            assembly.add(row)
        case .waits: waiting.append(HeldCells(cells))
        case .leftOut(let code, let field):
            counts.leftOut += 1
            note(code, cells.line, LedgerField.names[field.rawValue], [cells.text(field) ?? ""])
        case .bad(let code, let field):
            setAside(code, cells.line, LedgerField.names[field.rawValue], [cells.text(field) ?? ""])
        }
    }

    private func counted(_ records: CSVRecordReader) -> [String] {
        ["\(records.cells.count)", "\(header.names.count)"]
    }

    // MARK: Findings

    private mutating func setAside(
        _ code: FindingCode,
        _ line: Int,
        _ field: String,
        _ values: [String] = []
    ) {
        counts.setAside += 1
        note(code, line, field, values)
    }

    private mutating func note(
        _ code: FindingCode,
        _ line: Int,
        _ field: String,
        _ values: [String]
    ) {
        let place = PaperReference(paper: decoder.paper, line: Int32(clamping: line))
        findings.add(Finding(code, at: place, field: field, values))
    }
}
