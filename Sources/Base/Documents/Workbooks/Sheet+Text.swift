// SPDX-License-Identifier: Apache-2.0

// A table of text as a sheet: every cell is a text, and its place is that of a spreadsheet.

internal import VigieLimits

extension Sheet {
    /// Reads a table of text.
    ///
    /// - Parameters:
    ///   - bytes: The table.
    ///   - file: Its name, for messages.
    ///   - encoding: Its encoding; nil for UTF-8, or what its byte-order mark says.
    /// - Throws: What is wrong with it.
    package init(
        text bytes: [UInt8],
        file: String,
        encoding: TextEncoding?
    ) throws(InputError) {
        self.init(name: "")
        let source = ByteSource(name: file, totalBytes: nil) { _ throws(InputError) in 0 }
        let input = try TextInput(source.following(bytes), encoding: encoding)
        // A line that names the delimiter is no row: spreadsheets do not show it.
        let named = try TableStart.separatorLine(input.buffer, line: 1)
        let delimiter = if let named { named } else { try input.buffer.headerDelimiter() }
        var records = CSVRecordReader(
            input.buffer,
            delimiter: delimiter,
            line: named == nil ? 1 : 2
        )
        var cellsLeft = WorkbookLimits.cells
        // Blank lines have no place in the count of rows: nobody leaves one above the rules.
        while try records.next() {
            guard records.fault == nil else {
                throw InputError(
                    .content,
                    "\(file), line \(records.line): a quotation mark is not closed"
                )
            }
            cellsLeft -= records.cells.count
            guard cellsLeft >= 0, rows.count < WorkbookLimits.rows else {
                throw InputError(
                    .content,
                    "\(file) has more than \(WorkbookLimits.cells) cells, or "
                        + "\(WorkbookLimits.rows) rows"
                )
            }
            let cells = records.cells.map { cell -> SheetCell in
                cell.isEmpty ? .empty : .text(records.text(cell))
            }
            rows.append((rows.count + 1, cells))
        }
    }
}
