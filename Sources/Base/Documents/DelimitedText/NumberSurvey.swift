// SPDX-License-Identifier: Apache-2.0

// The numbers at the start of a table, held against the way they are read, before
// anything is done with them.

internal import VigieLimits

extension TableReader {
    /// A cell at the start that should be a number.
    private struct SampleCell {
        let row: Int
        let line: Int
        let column: String
        let text: String
        let value: Double?
    }

    /// Looks at the numbers of the first rows. Throws when they are written in another way than
    /// they are read, or could be two numbers. Returns what else is worth telling.
    package func surveyNumbers(columns: [Int]) throws(InputError) -> [String] {
        numberColumns = columns
        let rows = sample.rows(delimiter).dropFirst().filter { !$0.isBroken }
        var cells: [SampleCell] = []
        for (index, row) in rows.enumerated() {
            for column in columns where column < row.cells.count {
                let text = row.cells[column]
                let cell = SampleCell(
                    row: index,
                    line: row.line,
                    column: header[column],
                    text: text,
                    value: Self.value(text, parser)
                )
                cells.append(cell)
                let shape = Self.withBytes(text) { NumberShape($0) }
                marks.note(shape, text, line: row.line, column: column)
            }
        }
        // Of facts a row further down may show what points are.
        if !areFacts { try checkMarks() }
        return try advise(cells.filter { $0.value == nil }, all: cells, rowCount: rows.count)
    }

    private func advise(
        _ bad: [SampleCell],
        all: [SampleCell],
        rowCount: Int
    ) throws(InputError) -> [String] {
        guard !bad.isEmpty else { return [] }
        var notices: [String] = []
        let marked = bad.filter { cell in
            Self.withBytes(cell.text) { NumberShape($0) != .unmarked }
        }
        let dialects = Self.fitting(bad, all)
        if Set(marked.map(\.row)).count * 2 >= rowCount, let example = marked.first {
            throw refusal(example, dialects, marked)
        }
        let parsers = TableDialect.named.map { NumberParser($0.numbers) }
        var seen: Set<String> = []
        let distinct = bad.map(\.text).filter { seen.insert($0).inserted }
            .filter { text in
                Self.withBytes(text) { bytes in parsers.contains { $0.isMissingWord(bytes) } }
            }
            .prefix(InputLimits.namedColumnsMaximum)
        if !distinct.isEmpty {
            let options = distinct.map { "--missing=\(shortened($0))" }.joined(separator: " ")
            notices.append("do \(listed(distinct)) stand for missing values? say \(options)")
        }
        if let dialect = dialects.first, case let parser = NumberParser(dialect.numbers),
            let example = bad.first(where: {
                !distinct.contains($0.text) && Self.value($0.text, parser) != nil
            })
        {
            notices.append(
                "'\(shortened(example.text))' (line \(example.line), \(shortened(example.column)))"
                    + " is a number with --dialect \(dialect.name)"
            )
        }
        return notices
    }

    private func refusal(
        _ example: SampleCell,
        _ dialects: [TableDialect],
        _ marked: [SampleCell]
    ) -> InputError {
        let place = "\(sourceName), line \(example.line), \(shortened(example.column))"
        let message = "\(place): '\(shortened(example.text))' is not how numbers are read"
        guard let first = dialects.first else {
            return InputError(
                .content,
                message,
                hint: "say how they are written with --dialect, or --decimal and --thousands"
            )
        }
        // Whoever has said how numbers are written is not led to say another thing, by which those
        // that are so would be read as others without a word.
        guard !parser.style.isDeclared else {
            return InputError(
                .content,
                message + "; it is one by the dialect \(first.name), and the options say otherwise",
                hint: "write all numbers of the file in one way, or name that dialect alone if the "
                    + "options are wrong"
            )
        }
        // Two dialects that read the same cells as other numbers: only a person can tell.
        let other = dialects.dropFirst().lazy.compactMap { dialect in
            marked.first { cell in
                Self.value(cell.text, NumberParser(dialect.numbers))
                    != Self.value(cell.text, NumberParser(first.numbers))
            }.map { (dialect, $0.text) }
        }.first
        guard let other else {
            return InputError(
                .content,
                message + "; the file looks like \(first.name)",
                hint: "read it with --dialect \(first.name)",
                nextOptions: ["--dialect", first.name]
            )
        }
        let readings = [first, other.0].map { dialect in
            let value = Self.value(other.1, NumberParser(dialect.numbers))
            return "\(value.map { "\($0)" } ?? "none") with --dialect \(dialect.name)"
        }
        return InputError(
            .content,
            message,
            hint: "'\(shortened(other.1))' is \(readings.joined(separator: " and "))"
        )
    }

    /// The dialects that leave the fewest cells unread, where that are fewer than now.
    private static func fitting(_ bad: [SampleCell], _ all: [SampleCell]) -> [TableDialect] {
        let counts = TableDialect.named.map { dialect in
            let parser = NumberParser(dialect.numbers)
            return all.count { value($0.text, parser) == nil }
        }
        guard let least = counts.min(), least < bad.count else { return [] }
        return zip(TableDialect.named, counts).filter { $0.1 == least }.map(\.0)
    }

    private static func value(_ text: String, _ parser: NumberParser) -> Double? {
        withBytes(text) { parser.value($0) }
    }

    private static func withBytes<Result>(
        _ text: String,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        Array(text.utf8).withUnsafeBytes(body)
    }
}
