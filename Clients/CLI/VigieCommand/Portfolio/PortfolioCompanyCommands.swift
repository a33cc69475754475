// SPDX-License-Identifier: Apache-2.0

// Companies of portfolios on the command line: listed, taken out, copied, moved.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient
internal import VigieLimits

/// Formats of lists of companies.
enum CompanyListFormat: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
}

/// Lists companies.
struct PortfolioCompaniesCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "companies",
        abstract: "Lists the companies of a portfolio.",
        discussion: """
            CSV is what `vigie portfolio import` reads; JSON is a line for each company.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = CompanyListFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        if output == .csv { CompanyLines.writeCSVHeader(to: sink) }
        var token = ""
        repeat {
            let page = try await client.listCompanies(of: portfolio.name, pageToken: token)
            // One page after the other: a portfolio may have millions.
            switch output {
            case .csv: for company in page.companies { CompanyLines.writeCSV(company, to: sink) }
            case .json: for company in page.companies { CompanyLines.writeJSON(company, to: sink) }
            case .table: sink.write(CompanyLines.table(page.companies, common.output))
            }
            try sink.flush()
            token = page.nextPageToken
        } while !token.isEmpty
        return .success
    }
}

/// Companies on a command line.
struct CompanyArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Companies: siren:552100554 or the nine digits, lei:…, own:…",
            valueName: "company"
        )
    )
    var companies: [NamedCompany]

    var identifiers: [CompanyIdentifier] { companies.map(\.identifier) }

    func validate() throws {
        guard companies.count <= StoreLimits.namedCompaniesMax else {
            throw ValidationError("Name at most \(StoreLimits.namedCompaniesMax) companies.")
        }
    }
}

/// A company as it is named on a command line.
struct NamedCompany: ExpressibleByArgument {
    let identifier: CompanyIdentifier

    /// Reads `siren:552100554`, nine digits, `lei:…` or `own:…`.
    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1)
        switch (parts.first, parts.count) {
        case ("siren", 2): identifier = .siren(String(parts[1]))
        case ("lei", 2): identifier = .lei(String(parts[1]))
        case ("own", 2): identifier = .own(String(parts[1]))
        default:
            let digits = argument.filter { $0 != " " }
            guard digits.utf8.count == 9, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
                return nil
            }
            identifier = .siren(digits)
        }
    }
}

/// Takes companies out.
struct PortfolioRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Takes companies out of a portfolio."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup var named: CompanyArguments

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let done = try await client.removeCompanies(named.identifiers, from: portfolio.name)
        try printOutput("\(done.removed) removed, \(done.absent) were not in it")
        return .success
    }
}

/// Where companies go.
struct TransferOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The portfolio that they are in.", valueName: "source"))
    var source: String

    @Argument(help: ArgumentHelp("The portfolio into which they come.", valueName: "target"))
    var target: String

    @OptionGroup var named: CompanyArguments

    func perform(_ client: ScoringClient, moves: Bool) async throws {
        let done = try await client.transferCompanies(
            named.identifiers,
            from: source,
            to: target,
            moves: moves
        )
        let removed = moves ? ", \(done.removed) removed" : ""
        try printOutput("\(done.added) added\(removed), \(done.absent) were not in it")
    }
}

/// Copies companies.
struct PortfolioCopyCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copies companies of a portfolio into another one.",
        discussion: "What the other one has of them already stays."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var transfer: TransferOptions

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await transfer.perform(client, moves: false)
        return .success
    }
}

/// Moves companies.
struct PortfolioMoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Moves companies of a portfolio into another one.",
        discussion: "What the other one has of them already stays."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var transfer: TransferOptions

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await transfer.perform(client, moves: true)
        return .success
    }
}
