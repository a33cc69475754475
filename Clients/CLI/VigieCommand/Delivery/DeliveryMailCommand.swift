// SPDX-License-Identifier: Apache-2.0

// `vigie delivery mail`: people who are told by mail.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient

/// How soon mail is sent, as a word.
enum MailPaceWord: String, CaseIterable, ExpressibleByArgument {
    case atOnce = "at-once"
    case hourly, daily

    var pace: MailSubscription.Pace {
        switch self {
        case .atOnce: .atOnce
        case .hourly: .hourly
        case .daily: .daily
        }
    }
}

/// The parent of the commands on mail subscriptions.
struct DeliveryMailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Has people told by mail: adds, lists, changes and ends that.",
        subcommands: [
            MailListCommand.self, MailAddCommand.self, MailChangeCommand.self,
            MailTestCommand.self, MailDeleteCommand.self,
        ]
    )
}

/// Lists subscriptions.
struct MailListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists who is told of a portfolio by mail, or of all together."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: DeliveryPortfolioOption

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let found = try await client.listMailSubscriptions(of: portfolio.name)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: DeliveryText.writeJSON(found, to: sink)
        case .table: sink.write(DeliveryText.table(found, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Adds a subscription.
struct MailAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Has somebody told by mail, and prints the number of that."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(help: ArgumentHelp("The address, such as credit@example.com.", valueName: "address"))
    var address: String

    @OptionGroup var portfolio: DeliveryPortfolioOption
    @OptionGroup var events: EventKindOptions

    @Option(help: ArgumentHelp("fr or en.", valueName: "language"))
    var language = "en"

    @Option(help: "How soon.")
    var pace = MailPaceWord.daily

    @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
    var note = ""

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let made = try await client.createMailSubscription(
            address,
            portfolio: portfolio.name,
            language: language,
            pace: pace.pace,
            kinds: events.kinds,
            note: note
        )
        try printOutput("\(made.id)")
        return .success
    }
}

/// Changes a subscription.
struct MailChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Changes how somebody is told by mail; pauses it, or not."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    @Option(help: ArgumentHelp("The new address.", valueName: "address"))
    var address: String?

    @Option(help: ArgumentHelp("fr or en.", valueName: "language"))
    var language: String?

    @Option(help: "How soon.")
    var pace: MailPaceWord?

    @OptionGroup var events: ChangedKindOptions

    @Option(help: ArgumentHelp("The new note.", valueName: "text"))
    var note: String?

    @Option(help: "Whether mail is sent.")
    var state: DeliverySwitch?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let changed = try await client.changeMailSubscription(
            target.id,
            address: address,
            language: language,
            pace: pace?.pace,
            kinds: events.kinds,
            note: note,
            isActive: state.map { $0 == .active }
        )
        try printOutput("\(changed.id) \(changed.state?.rawValue ?? "unknown")")
        return .success
    }
}

/// Tries a subscription out.
struct MailTestCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Sends a mail that tells of nothing, and prints what came of it."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let trial = try await client.testMailSubscription(target.id)
        try printOutput(DeliveryText.line(trial))
        return trial.taken ? .success : .failure
    }
}

/// Ends a subscription.
struct MailDeleteCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Ends that somebody is told by mail."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.deleteMailSubscription(target.id)
        return .success
    }
}
