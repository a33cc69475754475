// SPDX-License-Identifier: Apache-2.0

// The elements of a journal of entries in XML, and the lines that they come to.

internal import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

/// Puts lines together from elements.
final class JournalElements: XMLHandler {
    /// Elements that hold fields.
    private enum Level: Int {
        case exercise, journal, entry, line
    }

    private enum Element {
        /// Holds others; what held it.
        case level(within: Level)
        case field(JournalColumn)
        case closing
        case other
    }

    private(set) var findings: Findings
    private(set) var counts = RecordCounts()
    /// The day on which the year ends.
    private(set) var closing: CalendarDate?
    private let paper: Int32
    private let give: (JournalLine) -> Void
    private var elements: [Element] = []
    private var level = Level.exercise
    /// The texts of each level, by column.
    private var texts: [[[UInt8]]]
    private var closingText: [UInt8] = []
    private var lineNumber: Int32 = 0
    private var entryHasLines = false
    private var columns: [String: JournalColumn] = [:]
    private var record: [UInt8] = []
    private var cells = JournalCells()
    // XML has a decimal point.
    private var parser = JournalLineParser(JournalMarks(decimal: 0x2E))

    init(paper: Int32, findingsPerCodeMax: Int, give: @escaping (JournalLine) -> Void) {
        self.paper = paper
        self.give = give
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        let empty = [[UInt8]](repeating: [], count: JournalColumn.allCases.count)
        texts = [[[UInt8]]](repeating: empty, count: Level.line.rawValue + 1)
    }

    func start(_ tag: XMLTag) throws(DocumentError) {
        let element: Element
        switch tag.name.local.lowercased() {
        case "journal": element = open(.journal)
        case "ecriture":
            element = open(.entry)
            entryHasLines = false
        case "ligne":
            element = open(.line)
            lineNumber = Int32(clamping: tag.line)
            entryHasLines = true
        case "datecloture":
            element = .closing
            closingText = []
        default: element = field(tag)
        }
        elements.append(element)
    }

    /// Notes what shows only at the end.
    func finish() {
        if let finding = parser.marks.finding(paper) { findings.add(finding) }
    }

    private func open(_ opened: Level) -> Element {
        defer { level = opened }
        for place in texts[opened.rawValue].indices {
            texts[opened.rawValue][place].removeAll(keepingCapacity: true)
        }
        return .level(within: level)
    }

    private func field(_ tag: XMLTag) -> Element {
        guard let column = column(tag.name.local) else { return .other }
        texts[level.rawValue][column.rawValue].removeAll(keepingCapacity: true)
        if level == .entry, entryHasLines {
            let place = PaperReference(paper: paper, line: Int32(clamping: tag.line))
            findings.add(Finding(.fieldBehindLines, at: place, field: column.name))
        }
        return .field(column)
    }

    private func column(_ name: String) -> JournalColumn? {
        if let known = columns[name] { return known }
        let column = JournalColumn(name)
        // A file has few names of elements, unless it was made to fill the memory.
        if let column, columns.count < DocumentLimits.xmlAttributes { columns[name] = column }
        return column
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) throws(DocumentError) {
        switch elements.last {
        case .field(let column):
            let count = texts[level.rawValue][column.rawValue].count + bytes.count
            guard count <= InputLimits.recordBytesMaximum else {
                throw DocumentError(
                    code: .unsupported,
                    line: line,
                    section: column.name,
                    message: "longer than \(InputLimits.recordBytesMaximum) bytes"
                )
            }
            texts[level.rawValue][column.rawValue].append(contentsOf: bytes)
        case .closing:
            if closingText.count + bytes.count <= InputLimits.markedNumberBytesMaximum {
                closingText.append(contentsOf: bytes)
            }
        default: break
        }
    }

    func end() {
        switch elements.popLast() {
        case .level(let outer):
            if level == .line { giveLine() }
            level = outer
        case .closing:
            let text = String(decoding: closingText, as: UTF8.self)
            closing = FrenchDate.read(text)
            if closing == nil {
                let place = PaperReference(paper: paper, line: 0)
                findings.add(Finding(.badDate, at: place, field: "DateCloture", [text]))
            }
        default: break
        }
    }

    private func giveLine() {
        counts.read += 1
        record.removeAll(keepingCapacity: true)
        for column in JournalColumn.allCases {
            // The innermost that says anything.
            let text = texts.last { !$0[column.rawValue].isEmpty }?[column.rawValue] ?? []
            cells.set(column, record.count, record.count + text.count)
            record.append(contentsOf: text)
        }
        let place = PaperReference(paper: paper, line: lineNumber)
        record.withUnsafeBytes { bytes in
            cells.bytes = bytes
            guard var line = parser.line(cells) else {
                if let fault = parser.fault { findings.add(fault, at: place) }
                counts.setAside += 1
                return
            }
            for doubt in parser.doubts { findings.add(doubt, at: place) }
            line.line = lineNumber
            // The entry as a whole is matched: that is said of its third parties.
            let isThirdParty = line.account[0] == 0x34 && line.account[1] <= 0x31
            if !isThirdParty { line.lettering = .init(start: nil, count: 0) }
            line.hasLetteringOfEntry =
                texts[Level.line.rawValue][JournalColumn.lettering.rawValue].isEmpty
            give(line)
        }
    }
}
