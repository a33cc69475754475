// SPDX-License-Identifier: Apache-2.0

// Records of delimited text whose columns are found by name, in any case and with accents or
// without, since the files that people hold come with columns moved and added.

package import CreditFacts
package import Documents

/// Records by the names of their columns.
package struct NamedRecords {
    /// How many records were read, and how many were set aside.
    package private(set) var counts = RecordCounts()
    /// What was noticed.
    package var findings: Findings
    /// The names of the header.
    package let names: [String]
    private let name: String
    private let paper: Int32
    private let places: [String: Int]
    private var records: CSVRecordReader

    /// Reads the header.
    package init(
        _ buffer: InputBuffer,
        delimiter: UInt8,
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(InputError) {
        self.paper = paper
        name = buffer.source.name
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        records = CSVRecordReader(buffer, delimiter: delimiter)
        let names = try records.header(of: buffer)
        self.names = names
        places = Dictionary(
            names.enumerated().map { (FrenchText.folded($0.element), $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Throws if columns are missing without which a file is of no use.
    ///
    /// - Parameter what: What the file then is, such as "is no stock of establishments".
    package func require(_ wanted: [String], else what: String) throws(InputError) {
        let missing = wanted.filter { places[FrenchText.folded($0)] == nil }
        guard !missing.isEmpty else { return }
        let names = missing.joined(separator: ", ")
        throw InputError(.content, "\(name) \(what): its header lacks \(names)")
    }

    /// The place of a column; nil if there is none.
    package func place(_ name: String) -> Int? { places[FrenchText.folded(name)] }

    /// The place of the first of some names that there is; nil if there is none.
    package func place(anyOf names: [String]) -> Int? {
        for name in names {
            if let place = place(name) { return place }
        }
        return nil
    }

    /// Throws if there was no record that could be used.
    package func requireRecords() throws(InputError) {
        guard counts.kept == 0 else { return }
        throw InputError(
            .content,
            "\(name) has a header and no record that can be used",
            hint: "of \(counts.read) records \(counts.setAside) were set aside"
        )
    }

    /// Moves on to the next sound record. Returns false at the end.
    package mutating func next() throws(InputError) -> Bool {
        while try records.next() {
            counts.read += 1
            if records.fault != nil {
                setAside(.brokenQuotes)
            } else if records.cells.count > names.count {
                setAside(.tooManyCells, ["\(records.cells.count)", "\(names.count)"])
            } else if records.cells.count < names.count {
                setAside(.tooFewCells, ["\(records.cells.count)", "\(names.count)"])
            } else {
                return true
            }
        }
        return false
    }

    /// Where the current record stands.
    package var reference: PaperReference {
        PaperReference(paper: paper, line: Int32(clamping: records.line))
    }

    /// The text of a cell, without blanks around it; nil for an empty one and for no place.
    package func text(_ place: Int?) -> String? {
        guard let place, place < records.cells.count else { return nil }
        let cell = records.cells[place]
        if cell.isEmpty { return nil }
        if cell.hasDoubledQuotes { return records.text(cell) }
        let bytes = records.bytes(cell).trimmed
        return bytes.isEmpty ? nil : WesternText.decoded(bytes)
    }

    /// Notes something about the current record.
    package mutating func note(_ code: FindingCode, field: String = "", _ values: [String] = []) {
        findings.add(Finding(code, at: reference, field: field, values))
    }

    /// Sets the current record aside.
    package mutating func setAside(
        _ code: FindingCode,
        field: String = "",
        _ values: [String] = []
    ) {
        counts.setAside += 1
        findings.add(Finding(code, at: reference, field: field, values))
    }
}

extension CSVRecordReader {
    /// The names of the header, which is the next record, without a mark before the first.
    mutating func header(of buffer: InputBuffer) throws(InputError) -> [String] {
        guard try next() else {
            throw InputError(.content, "\(buffer.source.name) is empty")
        }
        var names = cells.map(text)
        if names.first?.unicodeScalars.first == "\u{FEFF}" {
            names[0] = String(names[0].unicodeScalars.dropFirst())
        }
        return names
    }
}
