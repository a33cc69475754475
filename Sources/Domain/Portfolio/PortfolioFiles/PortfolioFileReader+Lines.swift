// SPDX-License-Identifier: Apache-2.0

// A line of the file as a company, with all that is wrong with it.

internal import Documents
internal import Portfolios
internal import Quantities
internal import VigieLimits

extension PortfolioFileReader {
    /// The company of the current line; nil if it has none. Whatever else is wrong is noted.
    func readCompany() -> PortfolioLine? {
        if table.hasProblem {
            let words = table.problem ?? "the line is broken"
            note(.brokenLine, "", lineStart) {
                (words, "compare the line with that of the headings, and its quotation marks")
            }
            return nil
        }
        let cells = table.cells
        let identity = readIdentity(cells)
        let currency = readCurrency(columns.currencies.limit, cells)
        let exposureCurrency =
            columns.currencies.exposure == columns.currencies.limit
            ? currency : readCurrency(columns.currencies.exposure, cells)
        let name = readName(cells)
        let reference =
            columns.reference.map {
                readText($0, cells, bytesMax: StoreLimits.companyReferenceBytes)
            } ?? ""
        let limit = columns.limit.flatMap { readAmount($0, cells, currency, isLimit: true) }
        let exposure = columns.exposure.flatMap {
            readAmount($0, cells, exposureCurrency, isLimit: false)
        }
        let traits = readTraits(cells)
        guard let identity else { return nil }
        var line = PortfolioLine(
            identity,
            name: name,
            reference: reference,
            limit: limit,
            exposure: exposure
        )
        line.traits = traits
        return line
    }

    /// The first bytes of the current line.
    var lineStart: UnsafeRawBufferPointer {
        let bytes = table.record.prefix(4 * InputLimits.quotedValueCharactersMaximum)
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        return UnsafeRawBufferPointer(rebasing: line)
    }

    /// Notes a problem of the current line.
    func note(
        _ code: PortfolioFileProblem.Code,
        _ column: String,
        _ value: UnsafeRawBufferPointer,
        _ words: () -> (message: String, advice: String)
    ) {
        problems.add(code, line: table.line, column: column, value, words)
    }

    /// Gives the bytes of a cell, without blanks around it; none where there is no such cell.
    @inline(__always)
    func withCell<Result>(
        _ place: Int,
        _ cells: [CSVRecordReader.Cell],
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        guard place < cells.count else {
            return body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        let cell = cells[place]
        guard !cell.hasDoubledQuotes else {
            var text = table.text(cell)
            return text.withUTF8 { body(trimmedBlanks(UnsafeRawBufferPointer($0))) }
        }
        return body(trimmedBlanks(table.bytes(cell)))
    }

    // MARK: Texts

    private func readName(_ cells: [CSVRecordReader.Cell]) -> String {
        for place in columns.names {
            let name = readText(place, cells, bytesMax: StoreLimits.companyNameBytes)
            // What the directory writes for a name that it does not give away.
            if !name.isEmpty, name != "[ND]" { return name }
        }
        return ""
    }

    private func readText(
        _ place: Int,
        _ cells: [CSVRecordReader.Cell],
        bytesMax: Int
    ) -> String {
        withCell(place, cells) { bytes in
            if bytes.isEmpty { return "" }
            let kind = TextCell(bytes)
            guard kind != .control, bytes.count <= bytesMax else {
                note(.notText, columns.headings[place], bytes) {
                    kind == .control
                        ? ("has a control character", "take it away")
                        : ("has \(bytes.count) bytes; the limit is \(bytesMax)", "shorten it")
                }
                return ""
            }
            return kind == .broken ? TextCell.joined(bytes) : String(decoding: bytes, as: UTF8.self)
        }
    }

    // MARK: Amounts

    private func readCurrency(_ place: Int?, _ cells: [CSVRecordReader.Cell]) -> Currency {
        guard let place else { return options.currency }
        return withCell(place, cells) { bytes in
            if let currency = currencies.currency(bytes) { return currency }
            note(.notCurrency, columns.headings[place], bytes) {
                ("is no code of a currency", "write one of ISO 4217, such as EUR")
            }
            return options.currency
        }
    }

    private func readAmount(
        _ place: Int,
        _ cells: [CSVRecordReader.Cell],
        _ currency: Currency,
        isLimit: Bool
    ) -> Money? {
        withCell(place, cells) { bytes in
            let amount =
                isLimit
                ? limits.read(bytes, currency, line: table.line)
                : exposures.read(bytes, currency, line: table.line)
            if case .units(let units) = amount {
                if units >= 0 || !isLimit {
                    return Money(minorUnits: units, currency: currency)
                }
                note(.negativeLimit, columns.headings[place], bytes) {
                    ("is a limit below nothing", "write 0 for a company that gets no credit")
                }
            } else if let code = amount.code {
                note(code, columns.headings[place], bytes) { amount.words(bytes, currency) }
            }
            return nil
        }
    }
}
