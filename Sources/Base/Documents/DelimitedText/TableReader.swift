// SPDX-License-Identifier: Apache-2.0

// A table of delimited text: its header, and its rows one after the other. What
// spreadsheets leave around a table (rows of delimiters only, empty columns at the
// end) is left out and counted; what could be misread is a problem of its row.

internal import VigieLimits

/// Reads a table. It is a class so that what a row needs of it is never copied.
package final class TableReader {
    /// Names of the columns, blanks around them and mappings taken care of; empty for columns
    /// without one.
    package let header: [String]
    /// The byte between cells.
    package let delimiter: UInt8
    /// How numbers of the table are read.
    package let parser: NumberParser
    /// Whether something is wrong with the current row as a whole.
    package private(set) var hasProblem = false
    /// What that is.
    package private(set) var problem: String?
    /// Whether numbers must be looked at: nobody said how they are written.
    package let marksAreGuessed: Bool
    /// Whether every number is worth a look, and not only those that could be two.
    package private(set) var looksAtAllNumbers: Bool
    var marks: DecimalMarks {
        didSet { looksAtAllNumbers = marks.looksAtAll }
    }
    let sample: TableSample
    /// Name of the file, for messages.
    package let sourceName: String
    private let options: TableOptions
    /// Whether the table is of facts that a policy decides on.
    var areFacts: Bool { options.areFacts }
    /// Columns up to the last one with a name.
    private let namedCount: Int
    /// Columns whose cells must be empty.
    private let unnamed: [Int]
    /// Columns that should hold numbers, as far as known.
    var numberColumns: [Int] = []
    private var reader: CSVRecordReader
    private var emptyRows = 0
    private var firstEmptyLine = 0
    private var openRows = 0
    private var firstOpenLine = 0

    /// Reads the header line. With `inputs` the columns are known that the table should have.
    package init(
        _ buffer: InputBuffer,
        options: TableOptions = TableOptions(),
        inputs: [TableInput] = []
    ) throws(InputError) {
        self.options = options
        sourceName = buffer.source.name
        parser = NumberParser(options.dialect.numbers)
        let start = try TableStart(buffer, options: options, inputs: inputs)
        delimiter = start.delimiter
        sample = start.sample
        var reader = CSVRecordReader(buffer, delimiter: delimiter, line: start.line)
        guard try reader.next() else {
            throw InputError(
                .content,
                "\(sourceName) is empty",
                hint: "the first line must name the columns"
            )
        }
        if reader.fault != nil {
            throw InputError(
                .content,
                "\(sourceName), line \(reader.line): a quotation mark of the header is not closed"
            )
        }
        let names = reader.cells.map { cell in
            options.keepsNames ? reader.text(cell) : trimmedBlanks(reader.text(cell))
        }
        self.reader = reader
        let header = try TableStart.mapped(names, options.mappings, source: sourceName)
        self.header = header
        let amounts = Set(inputs.filter(\.isAmount).map(\.name))
        marks =
            options.areFacts
            ? DecimalMarks(
                amounts: header.map(amounts.contains),
                options.dialect.numbers,
                hasOptions: true
            ) : DecimalMarks(options.dialect.numbers, delimiter: delimiter)
        marksAreGuessed = marks.isGuessed
        looksAtAllNumbers = marks.looksAtAll
        namedCount = (header.lastIndex { !$0.isEmpty } ?? -1) + 1
        unnamed = options.ignoresUnnamed ? [] : header.indices.filter { header[$0].isEmpty }
        try checkHeader()
    }

    /// Whether there is nothing but a header that does not even end its line.
    package var isOneOpenLine: Bool { sample.isOneOpenLine }

    /// The line on which the current row starts, from 1.
    package var line: Int { reader.line }

    /// The bytes of the current row. Valid until the next call of `next`.
    package var record: UnsafeRawBufferPointer { reader.record }

    /// The cells of the current row; there may be more or fewer than columns.
    package var cells: [CSVRecordReader.Cell] { reader.cells }

    /// The bytes of a cell. Valid until the next call of `next`.
    package func bytes(_ cell: CSVRecordReader.Cell) -> UnsafeRawBufferPointer {
        reader.bytes(cell)
    }

    /// The text of a cell.
    package func text(_ cell: CSVRecordReader.Cell) -> String { reader.text(cell) }

    /// Moves on to the next row. Returns false at the end.
    package func next() throws(InputError) -> Bool {
        while try reader.next() {
            if hasProblem {
                hasProblem = false
                problem = nil
            }
            if reader.spansLines, hidesRows { reader.breakAtFirstLine() }
            if let fault = reader.fault {
                setProblem(Self.text(fault))
                return true
            }
            let cells = reader.cells
            if cells.count > 1, !options.keepsEmptyRows, cells.allSatisfy(isEmpty) {
                if emptyRows == 0 { firstEmptyLine = line }
                emptyRows += 1
                continue
            }
            if cells.count != header.count || !unnamed.isEmpty { checkCells(cells) }
            return true
        }
        if areFacts { try checkMarks() }
        return false
    }

    /// Looks at the marks of a cell. Throws when a number that was read may be another one; of
    /// facts that is told behind the last row.
    package func look(_ bytes: UnsafeRawBufferPointer, column: Int) throws(InputError) {
        try marks.look(bytes, line: line, column: column, source: sourceName)
    }

    /// Throws when a number that was read may be another one.
    func checkMarks() throws(InputError) {
        try marks.check(source: sourceName) { areFacts ? header[$0] : nil }
    }

    /// What was left out so far, one sentence for each kind.
    package var notices: [String] {
        var notices: [String] = []
        if emptyRows > 0 {
            notices.append(
                emptyRows == 1
                    ? "1 row of delimiters only left out, line \(firstEmptyLine)"
                    : "\(emptyRows) rows of delimiters only left out, the first on line "
                        + "\(firstEmptyLine)"
            )
        }
        if !unnamed.isEmpty {
            notices.append("\(unnamed.count) empty columns without a name left out")
        }
        if openRows > 0 {
            notices.append(
                "delimiters behind the last column left out, first on line \(firstOpenLine)"
            )
        }
        return notices
    }

    // MARK: Rows

    private func setProblem(_ text: String) {
        hasProblem = true
        problem = text
    }

    private func isEmpty(_ cell: CSVRecordReader.Cell) -> Bool {
        if cell.isEmpty { return true }
        let first = reader.record[cell.start]
        guard first <= 0x20 || first >= 0x80 else { return false }
        return trimmedBlanks(reader.bytes(cell)).isEmpty
    }

    /// Whether the marks of a cell took other rows in: the first line of the record and the last
    /// would each be a row by themselves.
    private var hidesRows: Bool {
        let lines = reader.outerLines
        return !lines.isEmpty
            && lines.allSatisfy { line in
                let cells = line.cells
                guard cells.count > 1, cells.count >= namedCount,
                    cells.dropFirst(header.count).allSatisfy(\.isEmpty)
                else { return false }
                // Lines of a text have delimiters too, but hardly where numbers belong.
                return numberColumns.isEmpty
                    || numberColumns.contains {
                        $0 < cells.count && parser.value(line.bytes(cells[$0])) != nil
                    }
            }
    }

    private func checkCells(_ cells: [CSVRecordReader.Cell]) {
        let count = cells.count
        if count < namedCount || !cells.dropFirst(header.count).allSatisfy(isEmpty) {
            setProblem("\(count) cells where the header has \(header.count)")
        } else if let index = unnamed.first(where: { $0 < count && !isEmpty(cells[$0]) }) {
            setProblem("column \(index + 1) holds a value and has no name in the header line")
        } else if count > header.count {
            if openRows == 0 { firstOpenLine = line }
            openRows += 1
        }
    }

    private static func text(_ fault: CSVRecordReader.Fault) -> String {
        switch fault {
        case .quoteNotClosed: "a quotation mark is not closed"
        case .textBehindQuote: "a quotation mark is not closed where its cell ends"
        }
    }

    // MARK: Header

    private func checkHeader() throws(InputError) {
        if header.count > InputLimits.columnsMaximum {
            throw InputError(
                .content,
                "\(sourceName) has \(header.count) columns; "
                    + "the limit is \(InputLimits.columnsMaximum)"
            )
        }
        // By their bytes: an accent of one character and one of two are different names.
        var seen: Set<[UInt8]> = []
        let doubled = header.filter { !$0.isEmpty && !seen.insert(Array($0.utf8)).inserted }
        if !doubled.isEmpty {
            throw InputError(
                .content,
                "\(sourceName): the header line has more than one column \(listed(doubled))",
                hint: "rename or remove one of them"
            )
        }
        guard !unnamed.isEmpty || namedCount == 0 else { return }
        let rows = sample.rows(delimiter).dropFirst()
        let filled = unnamed.first { index in
            let count = rows.count { $0.cells.count > index && !$0.cells[index].isEmpty }
            return count * 2 > rows.count
        }
        if let filled {
            throw InputError(
                .content,
                "\(sourceName): column \(filled + 1) holds values and has no name in the header",
                hint: areFacts
                    ? "name it, or empty it"
                    : "name it, or leave it out with --ignore-unknown-columns"
            )
        }
        if namedCount == 0 {
            throw InputError(.content, "\(sourceName) names no column in its first line")
        }
    }
}
