// SPDX-License-Identifier: Apache-2.0

// Companies of a portfolio out of delimited text, one after the other, whatever the parts in which
// its bytes come.
//
// A line has one identity: its SIREN, or that of its SIRET, before its LEI before the user's own
// identifier. The first of them that is filled in counts and has to be right: another one is no
// substitute for it, for then two systems would disagree on who is meant.
//
// Cost, estimated, of a line of five cells and 70 bytes: 20 ns that its bytes are UTF-8, 60 ns to
// find its cells, 15 ns for the SIREN, 15 ns that it is new, 120 ns for two texts, one of which is
// allocated, 20 ns for two amounts, 100 ns to hand it over: 350 ns. Measured (`store-bench csv`,
// beside the work of others): 470 ns; 510 ns with amounts such as 1 234,56; 370 ns for a line of
// the directory, with its 34 cells and 158 bytes; 25 million lines 11.5 s, in 170 MB. To open a
// file takes a millisecond.

package import Documents
package import Portfolios
internal import Quantities
internal import VigieLimits

/// A company, and where it stands.
package struct NumberedLine: Sendable, Hashable {
    /// The line of the file, from 1.
    package let number: Int
    /// The company.
    package let company: PortfolioLine

    /// Makes a line.
    package init(number: Int, company: PortfolioLine) {
        self.number = number
        self.company = company
    }
}

/// Reads a file of companies. It is a class so that what a line needs of it is never copied.
package final class PortfolioFileReader {
    let table: TableReader
    let options: PortfolioFileOptions
    let columns: PortfolioColumns
    var limits: AmountCells
    var exposures: AmountCells
    var currencies: CurrencyCells
    var problems = LineProblems()
    var seen = SeenCompanies()
    var siretCount = 0
    /// How many values of a column could not be read.
    var unreadTraits: [PortfolioField: Int] = [:]
    private var lineCount = 0
    private var refusedCount = 0
    private var refusedLines: [Int] = []
    private var hasEnded = false

    /// Opens a file, and reads its headings.
    ///
    /// - Throws: That it is no text, no table, or names no column that identifies companies.
    package init(_ source: ByteSource, _ options: PortfolioFileOptions) throws(InputError) {
        guard options.brokenLines == .refuseFile || options.mode == .add else {
            throw InputError(
                .options,
                "\(source.name): companies of broken lines would leave the portfolio",
                hint: "add the companies of the file, or mend its lines first"
            )
        }
        let text = try TextInput(source, encoding: options.dialect.encoding)
        if text.isJSONObject {
            throw InputError(
                .content,
                "\(source.name) is JSON, not a table",
                hint: "write a line of headings, and a line for each company"
            )
        }
        var tableOptions = TableOptions()
        tableOptions.dialect = options.dialect
        tableOptions.mappings = options.mappings
        table = try TableReader(
            text.buffer,
            options: tableOptions,
            inputs: PortfolioHeadings.inputs
        )
        columns = try PortfolioColumns(
            table.header,
            currency: options.currency,
            source: source.name
        )
        self.options = options
        limits = AmountCells(options.dialect.numbers)
        exposures = limits
        currencies = CurrencyCells(options.currency)
    }

    /// What of companies the file has columns for, beside who they are and their names: what it has
    /// none for stays as it is known.
    package var told: Set<PortfolioLine.Field> { columns.told }

    /// The next company; nil behind the last. Of a file that is refused for one line none is given
    /// behind it: the others are only looked at.
    ///
    /// - Throws: At the end, what is wrong with lines; before it, that the text cannot be read on.
    ///   Companies that were given before do not count then.
    package func next() throws(PortfolioFileError) -> NumberedLine? {
        while !hasEnded {
            guard try moveOn() else {
                hasEnded = true
                try checkEnd()
                return nil
            }
            guard let line = try readLine() else { continue }
            if refusedCount == 0 || options.brokenLines == .skip { return line }
        }
        return nil
    }

    /// What was found so far; behind the last company, all of it.
    package var summary: PortfolioFileSummary {
        var summary = PortfolioFileSummary()
        (summary.lines, summary.refused) = (lineCount, refusedCount)
        summary.refusedLines = refusedLines
        summary.problems = problems.told(seen)
        summary.problemCount = problems.count
        summary.notes = notes
        return summary
    }

    private func moveOn() throws(PortfolioFileError) -> Bool {
        do throws(InputError) { return try table.next() } catch { throw fault(error) }
    }

    private func fault(_ error: InputError) -> PortfolioFileError {
        hasEnded = true
        return .file(error)
    }

    private func readLine() throws(PortfolioFileError) -> NumberedLine? {
        lineCount += 1
        guard lineCount <= options.linesMax else {
            throw fault(limitError("lines", options.linesMax))
        }
        let before = problems.count
        let company = readCompany()
        guard seen.otherCount <= options.companiesWithoutSIRENMax else {
            let limit = options.companiesWithoutSIRENMax
            throw fault(limitError("companies without a SIREN", limit))
        }
        if let company, problems.count == before {
            return NumberedLine(number: table.line, company: company)
        }
        refusedCount += 1
        if refusedLines.count < StoreLimits.refusedLinesTold { refusedLines.append(table.line) }
        return nil
    }

    private func limitError(_ what: String, _ limit: Int) -> InputError {
        InputError(
            .content,
            "\(table.sourceName) has more than \(limit) \(what)",
            hint: "cut it into several files"
        )
    }

    private func checkEnd() throws(PortfolioFileError) {
        guard lineCount > 0 else {
            throw .file(
                InputError(
                    .content,
                    "\(table.sourceName) names no company",
                    hint: "below its headings it needs a line for each company"
                )
            )
        }
        let isRefused = options.brokenLines == .refuseFile || refusedCount == lineCount
        if refusedCount > 0, isRefused { throw .lines(summary) }
    }

    private var notes: [String] {
        var notes = table.notices
        if let words = columns.unknownWords { notes.append(words) }
        if siretCount > 0 {
            notes.append(
                siretCount == 1
                    ? "1 line has a SIRET; its company was taken"
                    : "\(siretCount) lines have a SIRET; the company of each was taken"
            )
        }
        return notes + notesOfTraits
    }
}
