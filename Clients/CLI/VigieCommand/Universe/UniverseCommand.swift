// SPDX-License-Identifier: Apache-2.0

// `vigie universe`: companies by the million, loaded, scored and looked at.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import VigieClient

/// The parent of the commands on universes.
struct UniverseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "universe",
        abstract: "Loads, scores and looks at universes: companies by the million.",
        subcommands: [
            UniverseListCommand.self, UniverseLoadCommand.self, UniverseRunCommand.self,
            UniverseRunsCommand.self, UniverseRiskCommand.self, UniverseHistoryCommand.self,
            UniverseScoresCommand.self, UniverseForgetCommand.self,
        ]
    )
}

/// The name of a universe.
struct UniverseNameArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The name of the universe.", valueName: "universe"))
    var name: String
}

/// Lists universes.
struct UniverseListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the universes of the server."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let universes = try await client.listUniverses()
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: UniverseText.writeJSON(universes, to: sink)
        case .table: sink.write(UniverseText.table(universes, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Has a universe scored.
struct UniverseRunCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Has all companies of a universe scored.",
        discussion: """
            The server does it as soon as its turn comes, out of what the last load brought; \
            `--wait` waits for that. Exit code 1 when it fails.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var universe: UniverseNameArgument

    @Option(ClientSetting.model) var model: String?

    @Option(
        help: ArgumentHelp("The day as of which; else today.", valueName: "YYYY-MM-DD")
    )
    var asOf: String?

    @Flag(help: "Wait until it is done.")
    var wait = false

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        var run = try await client.startUniverseRun(
            over: universe.name,
            asOf: asOf ?? "",
            by: settings.model ?? ""
        )
        while wait, run.state == .open {
            try await Task.sleep(for: .milliseconds(250))
            let runs = try await client.listUniverseRuns(over: universe.name)
            run = runs.first { $0.number == run.number } ?? run
        }
        try printOutput(UniverseText.line(run))
        return run.state == .failed ? .failure : .success
    }
}

/// Lists runs.
struct UniverseRunsCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Lists the last runs over a universe, and how far they are."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var universe: UniverseNameArgument

    @Option(help: ArgumentHelp("How many at most, up to 400.", valueName: "count"))
    var count = 20

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let runs = try await client.listUniverseRuns(over: universe.name, limit: count)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: UniverseText.writeJSON(runs, to: sink)
        case .table: sink.write(UniverseText.table(runs, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Tells figures.
struct UniverseRiskCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk",
        abstract: "Tells how a universe stands between two days: classes, losses, movers."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var universe: UniverseNameArgument

    @Option(help: ArgumentHelp("The day; else that of the last run.", valueName: "YYYY-MM-DD"))
    var on: String?

    @Option(
        help: ArgumentHelp(
            "The day that it is compared with; else that of the run before.",
            valueName: "YYYY-MM-DD"
        )
    )
    var against: String?

    @Option(help: ArgumentHelp("Companies that moved most, each way.", valueName: "count"))
    var movers = 10

    @Option(
        help: ArgumentHelp("What of an exposure is lost in a failure, 0 to 1.", valueName: "share")
    )
    var lossGivenDefault = 0.4

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let figures = try await client.describeUniverse(
            universe.name,
            on: on ?? "",
            against: against ?? "",
            moverCount: movers,
            lossGivenDefault: lossGivenDefault
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: UniverseText.writeJSON(figures, to: sink)
        case .table: sink.write(UniverseText.text(figures, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Tells one company's results.
struct UniverseHistoryCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tells how the score of one company of a universe changed, and why."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var universe: UniverseNameArgument

    @Argument(help: ArgumentHelp("The SIREN of the company.", valueName: "siren"))
    var siren: String

    @Option(
        help: ArgumentHelp("The first day; else three years ago.", valueName: "YYYY-MM-DD")
    )
    var since: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let results = try await client.universeHistory(
            of: siren,
            in: universe.name,
            since: since ?? ""
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: UniverseText.writeJSON(results, to: sink)
        case .table: sink.write(UniverseText.table(results, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Writes all scores.
struct UniverseScoresCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "scores",
        abstract: "Writes the scores of all companies of a universe, as CSV."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var universe: UniverseNameArgument

    @Option(help: ArgumentHelp("The day; else that of the last run.", valueName: "YYYY-MM-DD"))
    var on: String?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        sink.write("siren,score,class,cause\n")
        var (run, next) = (0, 0 as Int?)
        while let block = next {
            let scores = try await client.universeScores(
                of: universe.name,
                on: on ?? "",
                run: run,
                block: block
            )
            UniverseText.writeCSV(scores, to: sink)
            try sink.flush()
            (run, next) = (scores.run.number, scores.nextBlock)
        }
        return .success
    }
}

/// Forgets a company.
struct UniverseForgetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Forgets which columns are a company's: nothing leads from it to them any more."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var universe: UniverseNameArgument

    @Argument(help: ArgumentHelp("The SIREN of the company.", valueName: "siren"))
    var siren: String

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.forgetUniverseCompany(siren, in: universe.name)
        try printOutput(
            "\(escaped(universe.name)): nothing leads from \(escaped(siren)) to its columns"
        )
        return .success
    }
}
