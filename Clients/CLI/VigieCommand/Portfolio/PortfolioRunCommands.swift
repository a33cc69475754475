// SPDX-License-Identifier: Apache-2.0

// Portfolios scored again on the command line, and what was found.

internal import ArgumentParser
internal import CommandFiles
internal import VigieClient

/// One portfolio, or all.
struct SomePortfolioArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The name of the portfolio.", valueName: "portfolio"))
    var name: String?

    @Flag(help: "All portfolios: for whoever operates the server.")
    var all = false

    func validate() throws {
        guard all == (name == nil) else {
            throw ValidationError("Name one portfolio, or say --all.")
        }
    }
}

/// Asks for a run.
struct PortfolioRescoreCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "rescore",
        abstract: "Has the companies of a portfolio scored again.",
        discussion: """
            The server does it as soon as its turn comes, out of what it knows of them; `--wait` \
            waits for that. Exit code 1 when it fails.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: SomePortfolioArguments

    @Flag(help: "Wait until it is done.")
    var wait = false

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var run = try await client.startRun(of: portfolio.name)
        while wait, run.state == .open {
            try await Task.sleep(for: .milliseconds(250))
            run = try await client.describeRun(run.number, of: portfolio.name)
        }
        try printOutput(PortfolioRunText.line(run))
        return run.state == .failed ? .failure : .success
    }
}

/// Lists runs.
struct PortfolioRunsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Lists the last runs over a portfolio, and how far they are."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: SomePortfolioArguments

    @Option(help: ArgumentHelp("How many at most, up to 1,000.", valueName: "count"))
    var count = 20

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let (runs, _) = try await client.listRuns(of: portfolio.name, pageSize: count)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: PortfolioRunText.writeJSON(runs, to: sink)
        case .table: sink.write(PortfolioRunText.table(runs, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Lists scores.
struct PortfolioScoresCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "scores",
        abstract: "Lists the companies of a portfolio with the scores that they have.",
        discussion: "JSON is a line for each company."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(help: ArgumentHelp("A segment, whose companies alone are listed.", valueName: "name"))
    var segment: String?

    @Option(help: "Which companies of the segment.")
    var part = SegmentPartArgument.members

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = CompanyListFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        if output == .csv { ScoreLines.writeCSVHeader(to: sink) }
        var token = ""
        repeat {
            let page = try await client.listScores(
                of: portfolio.name,
                segment: segment,
                part: part.part,
                pageToken: token
            )
            switch output {
            case .csv: for member in page.members { ScoreLines.writeCSV(member, to: sink) }
            case .json: for member in page.members { ScoreLines.writeJSON(member, to: sink) }
            case .table: sink.write(ScoreLines.table(page.members, common.output))
            }
            try sink.flush()
            token = page.nextPageToken
        } while !token.isEmpty
        return .success
    }
}

/// Tells how the score of a company changed.
struct PortfolioHistoryCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tells how the score of a company changed, and why.",
        discussion: "The first line is what held on the first day."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(
        help: ArgumentHelp(
            "The company: siren:552100554 or the nine digits, lei:…, own:…",
            valueName: "company"
        )
    )
    var company: NamedCompany

    @Option(
        help: ArgumentHelp(
            "The first day, up to ten years ago; a year ago where none is given.",
            valueName: "YYYY-MM-DD"
        )
    )
    var since: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var (scores, token) = ([HistoricScore](), "")
        repeat {
            let page = try await client.companyHistory(
                of: company.identifier,
                in: portfolio.name,
                since: since,
                pageToken: token
            )
            scores += page.scores
            token = page.nextPageToken
        } while !token.isEmpty
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: ScoreLines.writeJSON(scores, to: sink)
        case .table: sink.write(ScoreLines.table(scores, common.output))
        }
        try sink.flush()
        return .success
    }
}
