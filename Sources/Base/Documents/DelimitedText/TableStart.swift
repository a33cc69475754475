// SPDX-License-Identifier: Apache-2.0

// Where a table begins and what parts its cells.

internal import VigieLimits

/// The start of a table, up to its header line.
struct TableStart {
    /// The byte between cells.
    let delimiter: UInt8
    /// The line of the header, or of the empty lines before it.
    let line: Int
    /// The start of the table, from that line on.
    let sample: TableSample

    /// Finds the header of a text: behind the lines to skip and a line such as `sep=;`.
    init(
        _ buffer: InputBuffer,
        options: TableOptions,
        inputs: [TableInput]
    ) throws(InputError) {
        let skipped = options.dialect.skippedLines
        for line in 0..<skipped { try Self.skipLine(buffer, line: line + 1) }
        let named = try Self.separatorLine(buffer, line: skipped + 1)
        line = skipped + (named == nil ? 1 : 2)
        sample = try TableSample(buffer, line: line)
        let guess = ColumnGuess(inputs)
        if let given = options.dialect.delimiter ?? named {
            delimiter = given
        } else {
            delimiter = Self.likelyDelimiter(sample, options, guess)
        }
        if !inputs.isEmpty {
            try Self.refuseTitles(sample, options, guess, delimiter, source: buffer.source.name)
        }
    }

    // MARK: Lines

    /// Consumes a line with its end.
    private static func skipLine(_ buffer: InputBuffer, line: Int) throws(InputError) {
        var searched = 0
        while true {
            let bytes = buffer.unread
            let isEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
            if let end = bytes[searched...].firstIndex(where: isEnd) {
                while buffer.unread.count < end + 2, try buffer.refill(line: line) {}
                let isPair =
                    buffer.unread[end] == 0x0D && buffer.unread.count > end + 1
                    && buffer.unread[end + 1] == 0x0A
                return buffer.consume(end + (isPair ? 2 : 1))
            }
            searched = bytes.count
            guard try buffer.refill(line: line) else {
                throw InputError(
                    .options,
                    "\(buffer.source.name) has no line behind the \(line) to skip"
                )
            }
        }
    }

    /// Consumes Excel's line that names the delimiter; nil when there is none.
    static func separatorLine(
        _ buffer: InputBuffer,
        line: Int
    ) throws(InputError) -> UInt8? {
        while buffer.unread.count < 8, try buffer.refill(line: line) {}
        var start = Array(buffer.unread.prefix(8))
        if start.first == UInt8(ascii: "\"") { start.removeFirst() }
        let word = String(decoding: start.prefix(4), as: UTF8.self).lowercased()
        guard word == "sep=", start.count > 4 else { return nil }
        let delimiter = start[4]
        guard delimiter >= 0x20 || delimiter == 0x09, delimiter < 0x80 else { return nil }
        guard start.count == 5 || start[5] == 0x0A || start[5] == 0x0D || start[5] == 0x22 else {
            return nil
        }
        try skipLine(buffer, line: line)
        return delimiter
    }

    // MARK: Delimiter

    private static let candidates: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]

    /// The delimiter that gives the most names that are known; of equals the one that gives the
    /// most cells, and of those the first. Where the comma is the decimal mark it comes last.
    private static func likelyDelimiter(
        _ sample: TableSample,
        _ options: TableOptions,
        _ guess: ColumnGuess
    ) -> UInt8 {
        let hasDecimalComma = options.dialect.numbers.decimal == UInt8(ascii: ",")
        let ordered =
            hasDecimalComma ? Array(candidates.dropFirst()) + candidates.prefix(1) : candidates
        var best = (delimiter: ordered[0], matches: -1, cells: -1)
        for delimiter in ordered {
            let names = sample.rows(delimiter, count: 1).first?.cells ?? []
            let matches = guess.matchCount(renamed(names, options.mappings))
            let cells = delimiter == UInt8(ascii: ",") && hasDecimalComma ? 0 : names.count
            if (matches, cells) > (best.matches, best.cells) { best = (delimiter, matches, cells) }
        }
        return best.delimiter
    }

    // MARK: Names

    /// The header with the names that the caller gave its columns.
    static func mapped(
        _ names: [String],
        _ mappings: [ColumnMapping],
        source: String
    ) throws(InputError) -> [String] {
        let absent = mappings.map(\.column).filter { !names.contains($0) }
        if !absent.isEmpty {
            throw InputError(
                .options,
                "\(source) has no column \(listed(absent)) to map",
                hint: "its columns are \(listed(names))"
            )
        }
        return renamed(names, mappings)
    }

    private static func renamed(_ names: [String], _ mappings: [ColumnMapping]) -> [String] {
        guard !mappings.isEmpty else { return names }
        var inputs: [String: String] = [:]
        for mapping in mappings { inputs[mapping.column] = mapping.input }
        return names.map { inputs[$0] ?? $0 }
    }

    /// Refuses a first line that names no column when a later one does.
    private static func refuseTitles(
        _ sample: TableSample,
        _ options: TableOptions,
        _ guess: ColumnGuess,
        _ delimiter: UInt8,
        source: String
    ) throws(InputError) {
        let first = sample.rows(delimiter, count: 1).first?.cells ?? []
        guard guess.matchCount(renamed(first, options.mappings)) == 0 else { return }
        let delimiters = options.dialect.delimiter.map { [$0] } ?? candidates
        var best = (line: 0, matches: 0)
        for (line, offset) in sample.lineStarts(count: InputLimits.namedColumnsMaximum).enumerated()
        {
            for delimiter in delimiters {
                guard let row = sample.rows(delimiter, count: 1, offset: offset).first else {
                    continue
                }
                let matches = guess.matchCount(renamed(row.cells, options.mappings))
                // Empty lines between are skipped by themselves.
                if matches > best.matches { best = (line + row.line - sample.line, matches) }
            }
        }
        guard best.matches > 0, best.line > 0 else { return }
        let skipped = options.dialect.skippedLines + best.line
        throw InputError(
            .content,
            "\(source): the first line names no column that is known; line \(skipped + 1) looks "
                + "like the header",
            hint: "skip what is above it with --skip-lines \(skipped)",
            nextOptions: ["--skip-lines", "\(skipped)"]
        )
    }
}
