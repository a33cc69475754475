// SPDX-License-Identifier: Apache-2.0

// `vigie portfolio`: lists of companies that a server watches.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient

/// The parent of the commands on portfolios.
struct PortfolioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portfolio",
        abstract: "Makes, fills, shares and lists portfolios of companies at a server.",
        subcommands: [
            PortfolioListCommand.self, PortfolioCreateCommand.self, PortfolioDescribeCommand.self,
            PortfolioChangeCommand.self, PortfolioShareCommand.self, PortfolioDeleteCommand.self,
            PortfolioImportCommand.self, PortfolioCompaniesCommand.self,
            PortfolioRemoveCommand.self,
            PortfolioCopyCommand.self, PortfolioMoveCommand.self,
            PortfolioPapersCommand.self, PortfolioFactsCommand.self, PortfolioAssessCommand.self,
            PortfolioRescoreCommand.self, PortfolioRunsCommand.self, PortfolioScoresCommand.self,
            PortfolioHistoryCommand.self, PortfolioMatchCommand.self,
            PortfolioSegmentsCommand.self,
        ]
    )
}

/// The name of a portfolio.
struct PortfolioNameArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The name of the portfolio.", valueName: "portfolio"))
    var name: String
}

/// Lists portfolios.
struct PortfolioListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the portfolios that you see."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let portfolios = try await client.listPortfolios()
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: PortfolioText.writeJSON(portfolios, to: sink)
        case .table where portfolios.isEmpty:
            printError("vigie: you see no portfolio; make one with `vigie portfolio create`")
        case .table: sink.write(PortfolioText.table(portfolios, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Makes a portfolio.
struct PortfolioCreateCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes a portfolio without companies.",
        discussion: "Exit code 73 when there is one of that name."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
    var note = ""

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let made = try await client.createPortfolio(portfolio.name, note: note)
        try printOutput(PortfolioText.line(made))
        return .success
    }
}

/// Describes a portfolio.
struct PortfolioDescribeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Describes a portfolio, and tells with whom it is shared."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let (found, shares) = try await client.describePortfolio(portfolio.name)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: PortfolioText.writeJSON(found, shares: shares, to: sink)
        case .table: sink.write(PortfolioText.description(found, shares))
        }
        try sink.flush()
        return .success
    }
}

/// Gives a portfolio another name or note.
struct PortfolioChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Gives a portfolio another name or note."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(name: .customLong("name"), help: ArgumentHelp("Its new name.", valueName: "text"))
    var newName: String?

    @Option(help: ArgumentHelp("Its new note.", valueName: "text"))
    var note: String?

    func validate() throws {
        guard newName != nil || note != nil else {
            throw ValidationError("Say what changes: --name or --note.")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let changed = try await client.changePortfolio(portfolio.name, name: newName, note: note)
        try printOutput(PortfolioText.line(changed))
        return .success
    }
}

/// Shares a portfolio.
struct PortfolioShareCommand: ServerCommand {
    /// What a role may.
    enum Access: String, CaseIterable, ExpressibleByArgument {
        case read, write, none
    }

    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Lets a role see or change a portfolio, or neither any more."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(help: ArgumentHelp("The role, as the server knows it.", valueName: "role"))
    var role: String

    @Option(help: "What it may.")
    var access = Access.read

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let granted: Portfolio.Access? =
            switch access {
            case .read: .read
            case .write: .write
            case .none: nil
            }
        let shares = try await client.sharePortfolio(portfolio.name, with: role, granted)
        try printOutput(PortfolioText.line(shares))
        return .success
    }
}

/// Ends a portfolio.
struct PortfolioDeleteCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Ends a portfolio. What the server knows of its companies stays.",
        discussion: "`vigie portfolio list` tells how many companies it has."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(
        name: .customLong("companies"),
        help: ArgumentHelp(
            "How many companies it has, so that you end no other one than you mean.",
            valueName: "count"
        )
    )
    var companyCount: Int

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.deletePortfolio(portfolio.name, companyCount: companyCount)
        return .success
    }
}
