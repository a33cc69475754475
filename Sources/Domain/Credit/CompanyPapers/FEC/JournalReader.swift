// SPDX-License-Identifier: Apache-2.0

// Reads a journal of entries in its flat form, line by line in bounded memory. Lines are never
// shifted: a line with more cells than the header is taken only if the surplus lies in its label,
// which shows in all its other cells being what they should be.

package import CreditFacts
package import Documents

/// Reads a flat journal of entries.
package struct JournalReader {
    /// What was noticed.
    package private(set) var findings: Findings
    /// Lines that were read, and those set aside.
    package private(set) var counts = RecordCounts()
    /// The last line that was read.
    package var current: JournalLine { plain.current.pointee }
    private let plain: PlainJournalLine
    private let paper: Int32
    private let takesPlainLines: Bool
    private let header: JournalHeader
    private let source: String
    private var records: CSVRecordReader
    private var cells = JournalCells()
    private var parser: JournalLineParser

    /// Reads the header.
    ///
    /// - Parameter takesPlainLines: Whether plain lines are read where they lie, which changes
    ///   nothing but the time it takes.
    /// - Throws: What is missing from it.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int,
        takesPlainLines: Bool = true
    ) throws(InputError) {
        self.paper = paper
        self.takesPlainLines = takesPlainLines
        source = buffer.source.name
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        let delimiter = try Self.delimiter(buffer)
        let start = try JournalMarks.start(of: buffer)
        records = CSVRecordReader(buffer, delimiter: delimiter)
        let names = try records.header(of: buffer)
        header = JournalHeader(names: names)
        plain = PlainJournalLine(header)
        parser = JournalLineParser(
            JournalMarks(start: start, delimiter: delimiter, header: header)
        )
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
    static func delimiter(_ buffer: InputBuffer) throws(InputError) -> UInt8 {
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
    ///
    /// - Throws: Also at the end of a file of which no line could be read.
    package mutating func next() throws(InputError) -> Bool {
        while true {
            if takesPlainLines, records.takePlainLine({ [plain] in plain.read($0, $1, $2) }) {
                counts.read += 1
                plain.current.pointee.line = Int32(clamping: records.line)
                return true
            }
            guard try records.next() else { break }
            counts.read += 1
            // An entry is one line; a mark that would join two of them is only a mark.
            if records.spansLines { records.breakAtFirstLine() }
            if takeLine() { return true }
            counts.setAside += 1
        }
        guard counts.kept > 0 else { throw findings.nothing(of: counts, in: source) }
        if let finding = parser.marks.finding(paper) { findings.add(finding) }
        return false
    }

    /// Adds all lines that are left to a book.
    ///
    /// - Throws: Also at the end of a file of which no line could be read.
    package mutating func read(into book: inout JournalBook) throws(InputError) {
        while true {
            if takesPlainLines { readPlainLines(into: &book) }
            guard try next() else { return }
            book.add(plain.current.pointee)
        }
    }

    /// Adds plain lines, each once the next one is read: what that will look up in the tables of a
    /// large book is then on its way from memory.
    private mutating func readPlainLines(into book: inout JournalBook) {
        var foreseen = AccountBook.Foreseen()
        var hasPrevious = false
        while records.takePlainLine({ [plain] in plain.read($0, $1, $2) }) {
            counts.read += 1
            plain.current.pointee.line = Int32(clamping: records.line)
            var next = book.foresee(plain.current.pointee)
            if hasPrevious { book.add(plain.previous.pointee, foreseen) }
            book.foreseeParty(of: plain.current.pointee, &next)
            (foreseen, hasPrevious) = (next, true)
            plain.exchange()
        }
        if hasPrevious { book.add(plain.previous.pointee, foreseen) }
    }

    // MARK: A line

    private var place: PaperReference {
        PaperReference(paper: paper, line: Int32(clamping: records.line))
    }

    private mutating func takeLine() -> Bool {
        let surplus = records.cells.count - header.columns.count
        if surplus == 0 { return take(surplus: 0) || reject() }
        if surplus < 0 {
            // Columns that may be empty, left out at the end of a line.
            let lacking = header.columns.suffix(-surplus)
            if lacking.allSatisfy({ $0.map(Self.mayLack.contains) ?? true }) {
                return take(surplus: 0) || reject()
            }
            return reject(.tooFewCells)
        }
        // Separators at the end of each line but the header's.
        if records.cells.suffix(surplus).allSatisfy(\.isEmpty), take(surplus: 0) { return true }
        guard header.place(.label) != nil, take(surplus: surplus) else {
            return reject(.tooManyCells)
        }
        findings.add(Finding(.labelRepaired, at: place))
        return true
    }

    private static let mayLack: [JournalColumn] = [
        .lettering, .letteringDate, .validationDate, .currencyAmount, .currency, .paymentMode,
        .operationNature, .customer, .dueDate, .paymentDate, .thirdParty, .thirdPartyLabel,
    ]

    /// Reads the line with `surplus` cells in its label.
    private mutating func take(surplus: Int) -> Bool {
        setCells(surplus)
        guard var line = parser.line(cells, isStrict: surplus > 0) else { return false }
        for doubt in parser.doubts { findings.add(doubt, at: place) }
        line.line = Int32(clamping: records.line)
        plain.current.pointee = line
        return true
    }

    private mutating func setCells(_ surplus: Int) {
        cells.bytes = records.record
        let found = records.cells
        let label = surplus > 0 ? header.place(.label) ?? Int.max : Int.max
        for (place, column) in header.columns.enumerated() {
            guard let column else { continue }
            let (first, last) = (place > label ? place + surplus : place, place)
            let end = place >= label ? last + surplus : last
            if end < found.count {
                cells.set(column, found[first].start, found[end].end)
            } else {
                cells.set(column, 0, 0)
            }
        }
    }

    /// Sets the line aside for what its cells hold.
    private mutating func reject() -> Bool {
        if let fault = parser.fault { findings.add(fault, at: place) }
        return false
    }

    /// Sets the line aside for the number of its cells.
    private mutating func reject(_ code: FindingCode) -> Bool {
        let numbers = ["\(records.cells.count)", "\(header.columns.count)"]
        findings.add(Finding(code, at: place, numbers))
        return false
    }
}
