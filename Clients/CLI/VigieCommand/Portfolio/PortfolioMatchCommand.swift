// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio match`: a list of customers without numbers of companies, looked for by name and
// place. Nothing is taken without the user's word.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyMatching
internal import Documents
internal import FoundationEssentials
internal import VigieClient

extension MatchGrade: ExpressibleByArgument {}

/// Looks for the companies that the lines of a file mean.
struct PortfolioMatchCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Finds the companies that lines with names and addresses mean.",
        discussion: """
            The file has a column of names and, better, of postcodes, towns and streets. Companies \
            are looked for in the stock files of the French directory, without a server, and in \
            portfolios. Candidates have a grade: A the same name in the same town, B nearly so, C \
            possible, D a guess. Only what --accept says is taken, and never one of two that are \
            equally likely; the others go into the file of --review. Put an x into its column \
            "take" and give it back with --answers. Exit code 65 while lines are open.

            EXAMPLE
              vigie portfolio match customers.csv --directory StockUniteLegale.csv \
            --addresses StockEtablissement.csv --accept A --output matched.csv --review open.csv
              vigie portfolio match customers.csv … --accept A --answers open.csv \
            --output matched.csv
              vigie portfolio import customers matched.csv --create
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup(title: "Companies that are known") var known: KnownCompanyOptions

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("Take candidates of this grade and better.", valueName: "grade"))
    var accept: MatchGrade?

    @Option(
        help: ArgumentHelp("Write lines with the numbers of their companies.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Option(
        help: ArgumentHelp("Write lines to be looked at, with candidates.", valueName: "file"),
        completion: .file()
    )
    var review: String?

    @Option(
        help: ArgumentHelp("The file of --review, filled in.", valueName: "file"),
        completion: .file()
    )
    var answers: String?

    @Option(
        help: ArgumentHelp("How the file is written, as of `import`.", valueName: "name")
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

    func validate() throws {
        guard !known.isEmpty else {
            throw ValidationError("Say where to look: --directory or --portfolio.")
        }
        if let dialect, style == nil {
            let names = TableDialect.named.map(\.name).joined(separator: ", ")
            throw ValidationError("'\(dialect)' is no dialect; there are \(names).")
        }
        if let encoding, TextEncoding(name: encoding) == nil {
            throw ValidationError("'\(encoding)' is no encoding; there are \(Self.encodings).")
        }
        if known.directory == nil, known.addresses != nil {
            throw ValidationError("--addresses are of the companies of --directory.")
        }
    }

    private var style: TableDialect? {
        TableDialect.named.first { $0.name == dialect?.lowercased() }
    }

    func run() async throws {
        if common.printConfig || !known.portfolios.isEmpty { return try await callServer() }
        let status: CommandStatus
        do {
            status = try await match(nil)
        } catch {
            let failure = CommandFailure(error, server: "")
            printError(failure.text(verbose: common.verbose))
            throw ArgumentParser.ExitCode(failure.status.rawValue)
        }
        if status != .success { throw ArgumentParser.ExitCode(status.rawValue) }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await match(client)
    }

    private func match(_ client: ScoringClient?) async throws -> CommandStatus {
        let source = try ByteSource.open(path: file)
        var written = style ?? TableDialect()
        written.encoding = encoding.flatMap { TextEncoding(name: $0) } ?? written.encoding
        let list = try MatchLines(source, dialect: written)
        for note in list.notes { printError("vigie: note: \(note)") }
        let chosen = try answers.map { try readAnswers($0, list) }
        let directory = try await known.read(client)
        let found = await directory.find(
            list.lines,
            threadCount: ProcessInfo.processInfo.activeProcessorCount
        )
        let choices = MatchChoices(
            list.lines,
            found,
            accepted: accept,
            answers: chosen ?? [:]
        )
        let files = MatchFiles(list, directory, choices)
        let inputs = [source.identity, answers.flatMap { FileIdentity(path: $0) }].compactMap(
            \.self
        )
        try write(output, inputs) { sink throws(CommandFailure) in
            try files.writeMatched(to: sink)
        }
        try write(review, inputs) { sink throws(CommandFailure) in try files.writeOpen(to: sink) }
        try tell(choices.counts, lineCount: list.lines.count)
        tell(doubles: choices.doubles(list.lines, directory))
        return choices.counts.open > 0 ? .badInput : .success
    }

    /// What was chosen. A spreadsheet that wrote the file may have done so in its own encoding:
    /// each row has the name of its line, so that none is read amiss.
    private func readAnswers(
        _ path: String,
        _ list: MatchLines
    ) throws -> [Int: CompanyIdentifier] {
        func read(_ encoding: TextEncoding?) throws -> [Int: CompanyIdentifier] {
            var dialect = TableDialect()
            dialect.encoding = encoding
            return try MatchAnswers.read(
                try ByteSource.open(path: path),
                for: list,
                dialect: dialect
            )
        }
        do { return try read(nil) } catch let error as InputError
            where error.nextOptions.first == "--encoding"
        {
            return try read(.windows1252)
        }
    }

    private func write(
        _ path: String?,
        _ inputs: [FileIdentity],
        _ body: (ByteSink) throws(CommandFailure) -> Void
    ) throws {
        guard let path else { return }
        let sink = try ByteSink.file(path, inputs: inputs)
        try body(sink)
        try sink.finish()
    }

    private func tell(_ counts: MatchChoices.Counts, lineCount: Int) throws {
        let taken = MatchGrade.allCases.compactMap { grade in
            counts.taken[grade].map { "\(grouped($0)) of grade \(grade.rawValue)" }
        }
        let words = [
            taken.isEmpty ? "none taken" : taken.joined(separator: ", ") + " taken",
            counts.answered > 0 ? "\(grouped(counts.answered)) answered" : nil,
            counts.kept > 0 ? "\(grouped(counts.kept)) had a number" : nil,
            counts.open > 0
                ? "\(grouped(counts.open)) open (\(grouped(counts.ambiguous)) ambiguous, "
                    + "\(grouped(counts.unknown)) without a candidate)" : nil,
        ]
        try printOutput(
            "\(counted(lineCount, "line", "lines")): "
                + words.compactMap(\.self).joined(separator: ", ")
        )
    }

    private func tell(doubles: [[Int]]) {
        guard let first = doubles.first else { return }
        let lines = first.map { "\($0)" }.joined(separator: ", ")
        printError(
            "vigie: note: \(counted(doubles.count, "company is", "companies are")) meant by "
                + "several lines, the first by "
                + "lines \(lines); the import refuses a company that comes twice"
        )
    }
}

/// Where companies are looked for.
struct KnownCompanyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Stock file of the directory (Sirene, StockUniteLegale), packed with gzip or not.",
            valueName: "file"
        ),
        completion: .file()
    )
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "Stock file of establishments (StockEtablissement): where those companies are.",
            valueName: "file"
        ),
        completion: .file()
    )
    var addresses: String?

    @Flag(help: "Leave out companies that have ended.")
    var skipEnded = false

    @Option(
        name: .customLong("portfolio"),
        help: ArgumentHelp(
            "A portfolio whose companies are known; several times.",
            valueName: "name"
        )
    )
    var portfolios: [String] = []

    var isEmpty: Bool { directory == nil && portfolios.isEmpty }

    /// Reads the companies.
    func read(_ client: ScoringClient?) async throws -> CompanyDirectory {
        var known = KnownCompanies()
        if let directory {
            let source = try ByteSource.open(path: directory)
            tell(setAside: try known.addDirectory(source, skipsEnded: skipEnded), of: directory)
        }
        if let addresses {
            let (unknown, setAside) = try known.addAddresses(
                try ByteSource.open(path: addresses)
            )
            tell(setAside: setAside, of: addresses)
            if unknown > 0 {
                printError(
                    "vigie: note: \(grouped(unknown)) addresses are of companies that are not in "
                        + "the directory file, or have no name there"
                )
            }
        }
        for portfolio in client == nil ? [] : portfolios {
            var token = ""
            repeat {
                guard let page = try await client?.listCompanies(of: portfolio, pageToken: token)
                else { break }
                for company in page.companies { try known.add(company) }
                token = page.nextPageToken
            } while !token.isEmpty
        }
        guard known.count > 0 else {
            throw CommandFailure(.badInput, "no company with a name is known to look among")
        }
        return known.directory()
    }

    /// Nothing can be found among records that cannot be used, which somebody should know.
    private func tell(setAside count: Int, of path: String) {
        guard count > 0 else { return }
        printError("vigie: note: \(path): records with no number of a company: \(grouped(count))")
    }
}
