// SPDX-License-Identifier: Apache-2.0

// The rows of a CSV file as the inputs of a model.

internal import CommandFiles
internal import ExactTexts
internal import Formulas
internal import ModelFormats

/// Reads rows one after the other.
struct RowTable {
    private let source: String
    private let inputs: [ModelProgram.Input]
    /// Cell of each input.
    private let cells: [Int]
    private let cellCount: Int
    private let parser = NumberParser()
    private var reader: CSVRecordReader
    /// The rows of the last block that the model refuses, for a text that is no category.
    private(set) var refusedRows: [Int] = []
    private var toldRefusals = 0

    /// Opens a file and finds the model's inputs in its header line.
    init(path: String, inputs: [ModelProgram.Input], byPosition: Bool) throws(CommandFailure) {
        let buffer = InputBuffer(try ByteSource.open(path: path))
        try buffer.skipPreamble()
        source = buffer.source.name
        let delimiter = try buffer.guessDelimiter(decimalComma: false)
        reader = CSVRecordReader(buffer, delimiter: delimiter)
        guard try reader.next() else {
            throw CommandFailure(
                .badInput,
                "\(source) is empty",
                hint: "its first line must name the columns"
            )
        }
        let header = reader.cells.map { [reader] in reader.text($0) }
        self.inputs = inputs
        cellCount = header.count
        cells = try Self.cells(of: inputs, header: header, byPosition: byPosition, source: source)
    }

    private static func cells(
        of inputs: [ModelProgram.Input],
        header: [String],
        byPosition: Bool,
        source: String
    ) throws(CommandFailure) -> [Int] {
        if byPosition {
            guard header.count == inputs.count else {
                throw CommandFailure(
                    .badInput,
                    "\(source) has \(header.count) columns and the model \(inputs.count)",
                    hint: "--by-position takes as many columns as the model has"
                )
            }
            return Array(header.indices)
        }
        var places: [ExactText: Int] = [:]
        for (place, name) in header.enumerated() {
            guard places.updateValue(place, forKey: name) == nil else {
                throw CommandFailure(.badInput, "\(source) has two columns \"\(name)\"")
            }
        }
        // A name with blanks around it counts without them where nothing else has that name.
        for (place, name) in header.enumerated() {
            let trimmed = trimmedBlanks(name)
            if places[trimmed] == nil { places[trimmed] = place }
        }
        let missing = inputs.filter { places[$0.name] == nil }.map(\.name)
        guard missing.isEmpty else {
            let named = missing.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
            throw CommandFailure(
                .badInput,
                "\(source) lacks \(missing.count) of the model's \(inputs.count) columns: \(named)"
                    + (missing.count > 5 ? " and others" : ""),
                hint: "--by-position takes the columns in the model's order"
            )
        }
        return inputs.compactMap { places[$0.name] }
    }

    /// Reads rows into the inputs of a workspace until that is full; gives their number, or nil at
    /// the end.
    mutating func fill(_ workspace: ProgramWorkspace) throws(CommandFailure) -> Int? {
        var rowCount = 0
        refusedRows = []
        while rowCount < workspace.blockRowsMax, try next(rowCount, into: workspace) {
            rowCount += 1
        }
        return rowCount > 0 ? rowCount : nil
    }

    /// Reads the next row, one value for each input; false at the end.
    private mutating func next(_ row: Int, into workspace: ProgramWorkspace)
        throws(CommandFailure)
        -> Bool
    {
        guard try reader.next() else { return false }
        guard reader.cells.count == cellCount else {
            throw CommandFailure(
                .badInput,
                "\(source), line \(reader.line): \(reader.cells.count) cells where the header has "
                    + "\(cellCount)"
            )
        }
        for (input, place) in cells.enumerated() {
            let cell = reader.cells[place]
            let value: Double?
            if let categories = inputs[input].categories {
                value = try category(cell, of: categories, input: input)
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
    ) throws(CommandFailure) -> Double? {
        guard !cell.isMalformed else {
            throw bad(cell, input, "has text behind its closing quotation mark")
        }
        let bytes = UnsafeRawBufferPointer(rebasing: reader.record[cell.start..<cell.end])
        let match =
            cell.hasDoubledQuotes
            ? categories.match(reader.text(cell).utf8) : categories.match(bytes)
        let value = categories.value(of: match)
        if value == nil, toldRefusals < InputLimits.reportedBadRowsMaximum {
            toldRefusals += 1
            let problem = bad(cell, input, "is no category of the model: the row has no result")
            printError(problem.text(program: "vigied"))
        }
        return value
    }

    private func number(
        _ cell: CSVRecordReader.Cell,
        input: Int
    ) throws(CommandFailure) -> Double? {
        let bytes = UnsafeRawBufferPointer(rebasing: reader.record[cell.start..<cell.end])
        if !cell.isMalformed, let number = parser.value(bytes) { return number }
        // Libraries that train models take infinities, and print them so.
        switch reader.text(cell).lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: throw bad(cell, input, "is not a number")
        }
    }

    private func bad(
        _ cell: CSVRecordReader.Cell,
        _ input: Int,
        _ problem: String
    ) -> CommandFailure {
        CommandFailure(
            .badInput,
            "\(source), line \(reader.line), column \"\(inputs[input].name)\": "
                + "\"\(reader.text(cell).prefix(InputLimits.quotedValueCharactersMaximum))\" "
                + problem
        )
    }
}
