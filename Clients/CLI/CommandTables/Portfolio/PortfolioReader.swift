// SPDX-License-Identifier: Apache-2.0

// A portfolio's file: a company a row, a column an input, in blocks, so that memory does not grow
// with the file; all rows are for one day.

internal import CreditPolicy
internal import Digests
package import Documents
internal import Policies
package import Quantities
internal import VigieClient
internal import VigieLimits

/// Reads a portfolio.
package final class PortfolioReader {
    /// The name of the file.
    package let file: String
    /// Columns that are left out.
    package let ignoredColumns: [String]
    /// The columns of numbers, in their order.
    package let numberColumns: [String]
    /// The columns of texts, in their order.
    package let textColumns: [String]
    /// The day that its rows are for, and the first line that names it; nil if none does.
    package private(set) var day: (day: CalendarDate, line: Int)?
    private let reader: CSVBlockReader
    private let digest: RunningDigest
    /// The places of the columns of texts among those of the reader.
    private let textPlaces: [Int]
    private let dayPlace: Int?
    /// The place of the names of rows among the texts of a block; nil if it has none.
    let namePlace: Int?
    /// The first line that names no day, of a file that has a column of days.
    private var dayless: Int?
    private var first: InputBlock?

    /// Opens a file, and reads its first rows.
    ///
    /// - Throws: What is wrong with it.
    package init(
        _ source: ByteSource,
        _ inputs: PortfolioInputs,
        _ options: TableOptions = TableOptions()
    ) throws {
        file = source.name
        let digest = RunningDigest()
        self.digest = digest
        let passing = ByteSource(
            name: source.name,
            totalBytes: source.totalBytes,
            identity: source.identity
        ) { buffer throws(InputError) in
            let count = try source.read(buffer)
            digest.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return count
        }
        var options = options
        options.areFacts = true
        reader = try CSVBlockReader(
            try TextInput(passing, encoding: options.dialect.encoding).buffer,
            options: options,
            choice: inputs.choice,
            inputs: inputs.tableInputs
        )
        ignoredColumns = try inputs.ignored(reader.textColumns, file)
        let categories = reader.categoryColumns
        textPlaces = categories.indices.filter { categories[$0] != PortfolioInputs.asOf }
        (numberColumns, textColumns) = (reader.valueColumns, textPlaces.map { categories[$0] })
        dayPlace = categories.firstIndex(of: PortfolioInputs.asOf)
        let names = reader.textColumns
        namePlace = PortfolioInputs.names.lazy.compactMap { names.firstIndex(of: $0) }.first
        first = try read()
        guard first != nil else {
            throw InputError(
                .content,
                "\(file) names no company",
                hint: "below its line of titles it needs a row a company"
            )
        }
    }

    /// SHA-256 of what was read, in lower-case hexadecimal. To be asked for once, at the end.
    package var fileHash: String { Digest.hexadecimal(digest.finished()) }

    /// The next rows; nil behind the last.
    func next() throws -> InputBlock? {
        if let block = first {
            first = nil
            return block
        }
        return try read()
    }

    private func read() throws -> InputBlock? {
        guard let block = try reader.readBlock(rowCountMaximum: CompiledTableLimits.blockRows)
        else { return nil }
        try checkCharacters(of: block)
        if let bad = block.badRows.first {
            let more = block.badRows.count > 1 ? " (and \(block.badRows.count - 1) more)" : ""
            throw InputError(.content, "\(file), \(bad.message)\(more)")
        }
        try checkDay(of: block)
        return block
    }

    /// Refuses characters that no text can have, as all readers of companies do.
    ///
    /// Cost, expected: a byte of a name half a nanosecond; other texts once a block.
    private func checkCharacters(of block: InputBlock) throws(InputError) {
        let names = block.texts.compactMap { texts in
            texts.firstUnwritableRow.map { ($0, texts.text($0)) }
        }
        let words = block.categories.flatMap { cells in
            (0..<cells.textCount).compactMap { place -> (Int, String)? in
                let text = String(decoding: cells[place], as: UTF8.self)
                guard text.unwritable != nil else { return nil }
                return (cells.codes.firstIndex { Int($0) == place + 1 } ?? 0, text)
            }
        }
        let first = (names + words).min { $0.0 < $1.0 }
        guard let (row, text) = first, let fault = text.unwritableFault else { return }
        throw InputError(.content, "\(file), line \(block.lines[row]): \(fault)")
    }

    /// The name of a row; nothing if it has none.
    func name(_ block: InputBlock, _ row: Int) -> ArraySlice<UInt8> {
        namePlace.map { block.texts[$0][row] } ?? []
    }

    /// The columns of texts of a block.
    func words(_ block: InputBlock) -> [(texts: [String], codes: [UInt32])] {
        textPlaces.map { place in
            let cells = block.categories[place]
            let texts = (0..<cells.textCount).map { String(decoding: cells[$0], as: UTF8.self) }
            return (texts, cells.codes)
        }
    }

    private func checkDay(of block: InputBlock) throws(InputError) {
        guard let dayPlace else { return }
        let cells = block.categories[dayPlace]
        for place in 0..<cells.textCount where !cells[place].isEmpty {
            let text = trimmedBlanks(String(decoding: cells[place], as: UTF8.self))
            guard !text.isEmpty else { continue }
            let row = cells.codes.firstIndex { Int($0) == place + 1 } ?? 0
            let line = block.lines[row]
            guard let told = CalendarDate(text) else {
                throw InputError(
                    .content,
                    "\(file), line \(line), \(PortfolioInputs.asOf): '\(shortened(text))' is no "
                        + "day",
                    hint: "write it as 2026-01-31"
                )
            }
            guard day == nil || day?.day == told else {
                throw InputError(
                    .content,
                    "\(file), line \(line): a row for \(told) after rows for "
                        + "\(day.map { "\($0.day)" } ?? "")",
                    hint: "simulate one day at a time"
                )
            }
            if day == nil { day = (told, line) }
        }
        if dayless == nil, let row = rowWithoutDay(cells) { dayless = block.lines[row] }
        if let dayless, let day {
            throw InputError(
                .content,
                "\(file), line \(dayless): \(PortfolioInputs.asOf) is empty, and other rows are "
                    + "for \(day.day)",
                hint: "give each row its day, or none and --as-of"
            )
        }
    }

    private func rowWithoutDay(_ cells: TextColumnBuffer) -> Int? {
        cells.codes.firstIndex { code in
            guard code > 0 else { return true }
            return trimmedBlanks(String(decoding: cells[Int(code) - 1], as: UTF8.self)).isEmpty
        }
    }
}
