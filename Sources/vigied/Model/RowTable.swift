// SPDX-License-Identifier: Apache-2.0

// The rows of a CSV file as the inputs of a model.

internal import CommandFiles
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
        let header = reader.cells.map { [reader] in trimmedBlanks(reader.text($0)) }
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
        var places: [String: Int] = [:]
        for (place, name) in header.enumerated() {
            guard places.updateValue(place, forKey: name) == nil else {
                throw CommandFailure(.badInput, "\(source) has two columns \"\(name)\"")
            }
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
        while rowCount < workspace.blockRowsMax,
            try next({ workspace.register($0)[rowCount] = $1 })
        {
            rowCount += 1
        }
        return rowCount > 0 ? rowCount : nil
    }

    /// Reads the next row, one value for each input; false at the end.
    private mutating func next(_ value: (_ input: Int, _ value: Double) -> Void)
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
        for (input, cell) in cells.enumerated() {
            value(input, try number(reader.cells[cell], input: input))
        }
        return true
    }

    private func number(
        _ cell: CSVRecordReader.Cell,
        input: Int
    ) throws(CommandFailure) -> Double {
        if inputs[input].categories != nil {
            return inputs[input].number(of: trimmedBlanks(reader.text(cell)))
        }
        let bytes = UnsafeRawBufferPointer(rebasing: reader.record[cell.start..<cell.end])
        if !cell.isMalformed, let number = parser.value(bytes) { return number }
        // Libraries that train models take infinities, and print them so.
        switch reader.text(cell).lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default:
            throw CommandFailure(
                .badInput,
                "\(source), line \(reader.line), column \"\(inputs[input].name)\": "
                    + "\"\(reader.text(cell).prefix(InputLimits.quotedValueCharactersMaximum))\" "
                    + "is not a number"
            )
        }
    }
}
