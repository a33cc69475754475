// SPDX-License-Identifier: Apache-2.0

// `vigie delivery webhook`: endpoints that messages are posted to.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient

/// The parent of the commands on endpoints.
struct DeliveryWebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Makes, lists, changes and ends endpoints of webhooks.",
        subcommands: [
            EndpointListCommand.self, EndpointAddCommand.self, EndpointChangeCommand.self,
            EndpointSecretCommand.self, EndpointTestCommand.self, EndpointDeleteCommand.self,
        ]
    )
}

/// Lists endpoints.
struct EndpointListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the endpoints of a portfolio, or those of all together."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: DeliveryPortfolioOption

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let found = try await client.listEndpoints(of: portfolio.name)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: DeliveryText.writeJSON(found, to: sink)
        case .table: sink.write(DeliveryText.table(found, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Makes an endpoint.
struct EndpointAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Makes an endpoint, and prints its number and its secret, this once.",
        discussion: """
            Messages are signed by Standard Webhooks 1.0.0: receivers verify them with the secret.

            EXAMPLE
              vigie delivery webhook add https://hooks.example.com/vigie --portfolio clients
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(help: ArgumentHelp("Where messages are posted.", valueName: "url"))
    var url: String

    @OptionGroup var portfolio: DeliveryPortfolioOption
    @OptionGroup var events: EventKindOptions

    @Option(help: ArgumentHelp("What it is for.", valueName: "text"))
    var note = ""

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let made = try await client.createEndpoint(
            url,
            portfolio: portfolio.name,
            kinds: events.kinds,
            note: note
        )
        try printOutput("\(made.endpoint.id) \(made.secret)")
        return .success
    }
}

/// Changes an endpoint.
struct EndpointChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Gives an endpoint another address, kinds of events or note; pauses it, or not.",
        discussion: "One that goes on is sent what was kept for it."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    @Option(help: ArgumentHelp("Its new address.", valueName: "url"))
    var url: String?

    @OptionGroup var events: ChangedKindOptions

    @Option(help: ArgumentHelp("Its new note.", valueName: "text"))
    var note: String?

    @Option(help: "Whether messages are sent.")
    var state: DeliverySwitch?

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let changed = try await client.changeEndpoint(
            target.id,
            url: url,
            kinds: events.kinds,
            note: note,
            isActive: state.map { $0 == .active }
        )
        try printOutput("\(changed.id) \(changed.state?.rawValue ?? "unknown")")
        return .success
    }
}

/// Makes another secret.
struct EndpointSecretCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Gives an endpoint another secret, and prints it, this once."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    @Option(
        name: .customLong("keep"),
        help: ArgumentHelp("Seconds for which the one before signs, too.", valueName: "seconds")
    )
    var keepSeconds: Int64 = 86_400

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try printOutput(
            try await client.rotateSecret(ofEndpoint: target.id, keepSeconds: keepSeconds)
        )
        return .success
    }
}

/// Tries an endpoint out.
struct EndpointTestCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Sends a message that tells of nothing, and prints what came of it."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let trial = try await client.testEndpoint(target.id)
        try printOutput(DeliveryText.line(trial))
        return trial.taken ? .success : .failure
    }
}

/// Ends an endpoint.
struct EndpointDeleteCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Ends an endpoint, and what is on its way to it."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.deleteEndpoint(target.id)
        return .success
    }
}
