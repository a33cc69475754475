// SPDX-License-Identifier: Apache-2.0

// Small tables that users give: columns by name, in any order and case. A row that is wrong is set
// aside; a table that gives nothing is an error.

internal import CreditFacts
internal import Documents

/// Reads tables of users.
enum UserTable {
    /// Rows of a table at most.
    static let rowsMax = 100_000  // tidy: limit: ratios times segments, a few words each

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - optional: Columns that a table may lack: their cells are empty then.
    ///   - take: Told the cells of the wanted columns; gives the column that is wrong, or
    ///   nil if the row can be used.
    static func read(
        _ buffer: InputBuffer,
        columns: [String],
        optional: [String] = [],
        paper: Int32,
        findings: inout Findings,
        take: ([String]) -> String?
    ) throws(InputError) {
        var records = CSVRecordReader(buffer, delimiter: try buffer.headerDelimiter())
        guard try records.next() else {
            throw InputError(.content, "\(buffer.source.name) is empty", hint: wanted(columns))
        }
        let header = records.cells.map { cell in
            let text = records.text(cell).lowercased()
            return text.unicodeScalars.first == "\u{FEFF}"
                ? String(text.unicodeScalars.dropFirst()) : text
        }
        var places: [Int] = []
        for column in columns {
            guard let place = header.firstIndex(of: column) else {
                throw InputError(
                    .content,
                    "\(buffer.source.name) has no column \"\(column)\"",
                    hint: wanted(columns)
                )
            }
            places.append(place)
        }
        let more = optional.map { header.firstIndex(of: $0) }
        var rowCount = 0
        var used = 0
        while try records.next() {
            rowCount += 1
            guard rowCount <= rowsMax else {
                throw InputError(.content, "\(buffer.source.name) has more than \(rowsMax) rows")
            }
            let place = PaperReference(paper: paper, line: Int32(clamping: records.line))
            guard records.fault == nil else {
                findings.add(Finding(.brokenQuotes, at: place, severity: .error))
                continue
            }
            guard records.cells.count == header.count else {
                let isMore = records.cells.count > header.count
                let values = ["\(records.cells.count)", "\(header.count)"]
                let code: FindingCode = isMore ? .tooManyCells : .tooFewCells
                findings.add(Finding(code, at: place, values, severity: .error))
                continue
            }
            var cells = places.map { records.text(records.cells[$0]) }
            for place in more { cells.append(place.map { records.text(records.cells[$0]) } ?? "") }
            if let field = take(cells) {
                let value = (columns + optional).firstIndex(of: field).map { cells[$0] } ?? ""
                findings.add(
                    Finding(.badValue, at: place, field: field, [value], severity: .error)
                )
            } else {
                used += 1
            }
        }
        guard used > 0 else {
            throw InputError(
                .content,
                "\(buffer.source.name) has no row that can be used",
                hint: wanted(columns)
            )
        }
    }

    private static func wanted(_ columns: [String]) -> String {
        "give a table with the columns " + columns.joined(separator: ", ")
    }

    /// A number with a point or a comma; nil for others and for what is not finite.
    static func number(_ text: String) -> Double? {
        let plain = String(text.map { $0 == "," ? "." : $0 })
        guard let value = Double(plain), value.isFinite else { return nil }
        return value
    }
}
