// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio papers`: what papers say of the companies of a portfolio, for a server to keep.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import CompanyPapers
internal import Documents
internal import Quantities
internal import VigieClient

/// Has a server keep what papers say.
struct PortfolioPapersCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "papers",
        abstract: "Reads papers, and has the server keep what they say of a portfolio's companies.",
        discussion: """
            Papers are read here, as by `vigie assess`, and companies are known by their number \
            (SIREN). A customers' ledger is taken for yours: what it says that they owe, they owe \
            you, which is what `vigie worklist` looks at. Those that the portfolio does not have \
            are told, or added with --add. What is known just so already is counted. Exit code 65 \
            when a paper could not be read.

            EXAMPLE
              vigie portfolio papers customers annonces_bodacc.json comptes/
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(
        help: ArgumentHelp(
            "Papers, folders of them, or - for standard input.",
            valueName: "paper"
        ),
        completion: .file()
    )
    var papers: [String]

    @Flag(help: "Add companies that the portfolio does not have.")
    var add = false

    @Flag(
        help: """
            Of each company, kind of fact and day the papers tell the whole: what is known and not \
            in them is superseded.
            """
    )
    var replace = false

    @Flag(help: "Customers' ledgers are others': what they say is owed is not owed to you.")
    var ofOthers = false

    @Option(
        help: ArgumentHelp(
            "Whose journals of entries are whose file name does not say so.",
            valueName: "siren"
        )
    )
    var siren: String?

    @Option(
        help: ArgumentHelp(
            "How a package of your own writes its ledger: a file of profiles; can be given again.",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var profile: [String] = []

    func validate() throws {
        if let siren, (try? SIREN(siren)) == nil {
            throw ValidationError("'\(siren)' is no number of a company (SIREN)")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let stack = try PaperOptions.read(
            papers,
            profiles: try PaperOptions.profiles(in: profile),
            owner: siren.flatMap { try? SIREN($0) }
        )
        let groups = try PaperCompanies(stack, ofOthers: ofOthers)
        PaperText.unread(stack, settings.language).forEach(printError)
        if groups.withoutNumber > 0 {
            printError(
                "vigie: \(grouped(groups.withoutNumber)) companies have no number (SIREN) in the "
                    + "papers and were left out"
            )
        }
        var recorder = FactRecorder(client, portfolio.name, replaces: replace, adds: add)
        for group in groups.groups { try await recorder.record(group) }
        recorder.unknown.told(in: portfolio.name).forEach(printError)
        try printOutput("\(escaped(portfolio.name)): \(recorder.words)")
        return PaperOptions.status(of: stack)
    }
}

/// Has a server keep groups of companies.
private struct FactRecorder {
    private let client: ScoringClient
    private let portfolio: String
    private let replaces: Bool
    private let adds: Bool
    private var counts = RecordedCounts()
    private(set) var unknown = UnknownCompanies()

    init(_ client: ScoringClient, _ portfolio: String, replaces: Bool, adds: Bool) {
        (self.client, self.portfolio) = (client, portfolio)
        (self.replaces, self.adds) = (replaces, adds)
    }

    var words: String { counts.words }

    mutating func record(_ group: PaperCompanies.Group) async throws {
        let missing = Set(try await send(group))
        guard !missing.isEmpty else { return }
        let left = group.companies.filter { missing.contains($0.company) }
        guard adds else { return unknown.add(left) }
        let changes = try await client.putCompanies(
            left.map { FollowedCompany($0.company, name: $0.facts.name ?? "") },
            into: portfolio
        )
        counts.companiesAdded += changes.added
        _ = try await send(PaperCompanies.Group(source: group.source, companies: left))
    }

    /// - Returns: Companies that were left out.
    private mutating func send(_ group: PaperCompanies.Group) async throws -> [CompanyIdentifier] {
        let done = try await client.recordFacts(
            of: group.companies,
            in: portfolio,
            source: group.source,
            replaces: replaces,
            leavesOutUnknown: true
        )
        counts.add(done, companies: group.companies.count - done.unknown.count)
        return done.unknown
    }
}

/// What became of all that papers say.
private struct RecordedCounts {
    var companiesAdded = 0
    private var companies = 0
    private var added = 0
    private var unchanged = 0
    private var superseded = 0

    mutating func add(_ done: RecordedFacts, companies count: Int) {
        companies += count
        added += done.added
        unchanged += done.unchanged
        superseded += done.superseded
    }

    var words: String {
        [
            "\(grouped(companies)) \(companies == 1 ? "company" : "companies")",
            companiesAdded > 0 ? "\(grouped(companiesAdded)) of them new" : nil,
            "\(grouped(added)) facts added", "\(grouped(unchanged)) known already",
            "\(grouped(superseded)) superseded",
        ].compactMap(\.self).joined(separator: ", ")
    }
}

/// Companies that a portfolio does not have.
private struct UnknownCompanies {
    private var shown: [String] = []
    private var count = 0

    mutating func add(_ companies: [PaperCompanies.Company]) {
        count += companies.count
        // Those of a whole country are no reading.
        for company in companies where shown.count < 20 {  // tidy: limit: what people read
            let name = company.facts.name.map { " (\(escaped($0)))" } ?? ""
            shown.append(escaped("\(company.company)") + name)
        }
    }

    func told(in portfolio: String) -> [String] {
        guard count > 0 else { return [] }
        let more = count > shown.count ? ["and \(grouped(count - shown.count)) more"] : []
        return shown.map { "\($0) is not in \(escaped(portfolio)), and was left out" } + more
            + ["vigie: --add adds them"]
    }
}
