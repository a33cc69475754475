// SPDX-License-Identifier: Apache-2.0

// The rows of a file of delimited text as the inputs of a model.

internal import CommandFiles
package import Documents
internal import ExactTexts
internal import Formulas
package import ModelFormats
internal import VigieLimits

/// Reads rows one after the other.
package struct RowTable {
    /// The file behind it, where it is a regular one.
    package let identity: FileIdentity?
    private let source: String
    private let inputs: [ModelProgram.Input]
    /// Cell of each input.
    private let cells: [Int]
    private let table: TableReader
    private var rowCount = 0
    /// The rows of the last block that the model refuses, for a text that is no category.
    private(set) var refusedRows: [Int] = []
    private var toldRefusals = 0

    /// Opens a table and finds the model's inputs in its header line.
    package init(
        _ source: ByteSource,
        inputs: [ModelProgram.Input],
        byPosition: Bool,
        options: TableOptions
    ) throws(InputError) {
        identity = source.identity
        let text = try TextInput(source, encoding: options.dialect.encoding)
        self.source = source.name
        if text.isJSONObject {
            throw InputError(
                .content,
                "\(source.name) holds JSON, not delimited text",
                hint: "write it as CSV, with the names of the columns in the first line"
            )
        }
        self.inputs = inputs
        var options = options
        // A row without any value is a row of the answer too: one line stands for each.
        options.keepsEmptyRows = true
        // Of the columns that the model does not have none is read.
        options.ignoresUnnamed = true
        // A model may have two names that only blanks tell apart.
        options.keepsNames = true
        let expected = byPosition ? [] : inputs.map { TableInput(name: $0.name) }
        table = try TableReader(text.buffer, options: options, inputs: expected)
        cells = try Self.cells(expected, of: table, count: inputs.count, byPosition: byPosition)
        let numbers = cells.indices.filter { inputs[$0].categories == nil }.map { cells[$0] }
        for notice in try table.surveyNumbers(columns: numbers) { printError(notice) }
    }

    private static func cells(
        _ inputs: [TableInput],
        of table: TableReader,
        count: Int,
        byPosition: Bool
    ) throws(InputError) -> [Int] {
        let header = table.header
        if byPosition {
            let named = header.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
            guard named == count || header.count == count else {
                throw InputError(
                    .content,
                    "\(table.sourceName) has \(header.count) columns and the model \(count)",
                    hint: "--by-position takes as many columns as the model has"
                )
            }
            return Array(0..<count)
        }
        var places: [ExactText: Int] = [:]
        for (place, name) in header.enumerated() { places[name] = place }
        // A name with blanks around it counts without them where nothing else has that name.
        for (place, name) in header.enumerated() {
            let trimmed = trimmedBlanks(name)
            if places[trimmed] == nil { places[trimmed] = place }
        }
        let lacking = inputs.map(\.name).filter { places[$0] == nil }
        guard lacking.isEmpty else {
            throw UnknownColumns.lacking(
                lacking,
                header: header,
                inputs: inputs,
                source: table.sourceName,
                hint: "--by-position takes the columns in the model's order"
            )
        }
        return inputs.compactMap { places[$0.name] }
    }

    /// Reads rows into the inputs of a workspace until that is full; gives their number, or nil at
    /// the end.
    mutating func fill(_ workspace: ProgramWorkspace) throws(InputError) -> Int? {
        var count = 0
        refusedRows = []
        while count < workspace.blockRowsMax, try next(count, into: workspace) { count += 1 }
        rowCount += count
        if count == 0 {
            if rowCount == 0, table.isOneOpenLine {
                throw InputError(
                    .content,
                    "\(source) is one line without an end, and no row",
                    hint: "it is no table, or it was cut off"
                )
            }
            if rowCount == 0 { printError("\(source) fits the model, and holds no rows") }
            for notice in table.notices { printError(notice) }
        }
        return count > 0 ? count : nil
    }

    /// Reads the next row, one value for each input; false at the end.
    private mutating func next(
        _ row: Int,
        into workspace: ProgramWorkspace
    ) throws(InputError) -> Bool {
        guard try table.next() else { return false }
        if let problem = table.problem {
            throw InputError(.content, "\(source), line \(table.line): \(problem)")
        }
        let found = table.cells
        for (input, place) in cells.enumerated() {
            guard place < found.count else {
                throw InputError(
                    .content,
                    "\(source), line \(table.line): \(found.count) cells where the model takes "
                        + "\(cells.count)"
                )
            }
            let cell = found[place]
            let value: Double?
            if let categories = inputs[input].categories {
                value = category(cell, of: categories, input: input)
            } else {
                value = try number(cell, input: input)
            }
            workspace.register(input)[row] = value ?? .nan
            if value == nil, refusedRows.last != row { refusedRows.append(row) }
        }
        return true
    }

    /// The code of a text; nil where the model refuses the row, which is told.
    private mutating func category(
        _ cell: CSVRecordReader.Cell,
        of categories: CategoryDictionary,
        input: Int
    ) -> Double? {
        let match =
            cell.hasDoubledQuotes
            ? categories.match(table.text(cell).utf8) : categories.match(table.bytes(cell))
        let value = categories.value(of: match)
        if value == nil, toldRefusals < InputLimits.reportedBadRowsMaximum {
            toldRefusals += 1
            let problem = bad(cell, input, "is no category of the model: the row has no result")
            printError("vigied: \(problem.message)")
        }
        return value
    }

    private func number(
        _ cell: CSVRecordReader.Cell,
        input: Int
    ) throws(InputError) -> Double? {
        let bytes = table.bytes(cell)
        if let number = table.parser.value(bytes) {
            let looks = table.looksAtAllNumbers || table.parser.plain.isAmbiguous(bytes)
            if table.marksAreGuessed, looks { try table.look(bytes, column: cells[input]) }
            return number
        }
        try table.look(bytes, column: cells[input])
        // Libraries that train models take infinities, and print them so.
        switch table.text(cell).lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default:
            var error = bad(cell, input, "is not a number")
            error.hint = "say how the file is written with --dialect, --decimal or --missing"
            throw error
        }
    }

    private func bad(
        _ cell: CSVRecordReader.Cell,
        _ input: Int,
        _ problem: String
    ) -> InputError {
        InputError(
            .content,
            "\(source), line \(table.line), column '\(shortened(inputs[input].name))': "
                + "'\(shortened(table.text(cell)))' \(problem)"
        )
    }
}
