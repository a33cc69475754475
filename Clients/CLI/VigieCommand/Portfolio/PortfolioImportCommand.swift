// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio import`: a file of companies into a portfolio of a server.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import VigieClient
internal import VigieLimits

/// Brings the companies of a file into a portfolio.
struct PortfolioImportCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings the companies of a CSV file into a portfolio.",
        discussion: """
            Columns are known by their headings, in English and French: siren (or siret), lei, \
            company_id (your own identifier), name, reference, limit, exposure, currency. A file \
            with a line that is wrong changes nothing, and all that is wrong is told; \
            --skip-bad-lines brings the others in. Exit code 65 when lines are wrong.

            EXAMPLE
              vigie portfolio import customers customers.csv --create
              vigie portfolio import customers customers.csv --synchronise --dry-run
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @Flag(help: "Make the portfolio if there is none of that name.")
    var create = false

    @Flag(help: "The file is the whole portfolio: companies that it does not name leave it.")
    var synchronise = false

    @Flag(help: "Leave out lines that are wrong, and bring the others in.")
    var skipBadLines = false

    @Flag(help: "Tell what would change, and change nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "The currency of amounts where the file has no column of currencies.",
            valueName: "code"
        )
    )
    var currency = "EUR"

    @Option(
        help: ArgumentHelp(
            "How the file is written, all at once: \(Self.dialects).",
            valueName: "name"
        )
    )
    var dialect: String?

    @Option(
        help: ArgumentHelp(
            "Encoding of the file (\(Self.encodings)); else UTF-8, or by its byte-order mark.",
            valueName: "name"
        )
    )
    var encoding: String?

    private static let encodings = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
    private static let dialects = TableDialect.named.map(\.name).joined(separator: ", ")

    func validate() throws {
        guard !(synchronise && skipBadLines) else {
            throw ValidationError(
                "With --synchronise companies of lines that are left out would leave the "
                    + "portfolio; mend the lines, or add without --synchronise."
            )
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let source = try ByteSource.open(path: file)
        if create, !dryRun { try await makeIfMissing(client, settings) }
        var options = PortfolioImportOptions()
        options.synchronises = synchronise
        options.skipsBadLines = skipBadLines
        options.isDryRun = dryRun
        options.currency = currency
        options.dialect = dialect ?? ""
        options.encoding = encoding ?? ""
        options.timeout = settings.timeout
        let report = try await client.importCompanies(
            FileParts(source: source),
            into: portfolio.name,
            options: options
        )
        return try tell(report)
    }

    private func makeIfMissing(_ client: ScoringClient, _ settings: Settings) async throws {
        do {
            _ = try await client.createPortfolio(portfolio.name)
        } catch let error as VigieError where error.reason == "PORTFOLIO_EXISTS" {}
    }

    private func tell(_ report: PortfolioImportReport) throws -> CommandStatus {
        for note in report.notes { printError("vigie: note: \(note)") }
        for problem in report.problems {
            let column = problem.column.isEmpty ? "" : ", \(problem.column)"
            let first = problem.firstLine.map { ", as in line \($0)" } ?? ""
            printError(
                "\(file): line \(problem.line)\(column): '\(problem.value)'\(first) "
                    + problem.message
            )
        }
        let untold = report.problemCount - report.problems.count
        if untold > 0 { printError("\(file): and \(grouped(untold)) more of the kind") }
        let changes = report.changes
        let words = [
            "\(grouped(changes.added)) added (\(grouped(changes.newCompanies)) new to the server)",
            "\(grouped(changes.changed)) changed", "\(grouped(changes.unchanged)) unchanged",
            synchronise ? "\(grouped(changes.removed)) removed" : nil,
            report.badLineCount > 0
                ? counted(report.badLineCount, "line left out", "lines left out") : nil,
        ].compactMap(\.self).joined(separator: ", ")
        if report.isApplied {
            try printOutput("\(escaped(portfolio.name)): \(words)")
        } else if dryRun, report.badLineCount == 0 || skipBadLines {
            try printOutput("\(escaped(portfolio.name)), if it were imported: \(words)")
        } else {
            throw CommandFailure(
                .badInput,
                "nothing was changed: \(grouped(report.badLineCount)) of "
                    + counted(report.lineCount, "line is wrong", "lines are wrong"),
                hint: "mend them, or leave them out with --skip-bad-lines"
            )
        }
        return report.badLineCount > 0 ? .badInput : .success
    }
}

/// The bytes of a file, a part at a time.
private struct FileParts: AsyncSequence, AsyncIteratorProtocol {
    typealias Element = [UInt8]
    let source: ByteSource

    func makeAsyncIterator() -> FileParts { self }

    mutating func next() async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        let count = try source.append(to: &bytes, atMost: ClientLimits.paperPartBytes)
        return count > 0 ? bytes : nil
    }
}
