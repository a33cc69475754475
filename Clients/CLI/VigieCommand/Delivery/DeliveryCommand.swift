// SPDX-License-Identifier: Apache-2.0

// `vigie delivery`: who is told of events, and what became of messages to them.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient

/// The parent of the commands on deliveries.
struct DeliveryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delivery",
        abstract: "Has others told of events, by webhook and by mail.",
        subcommands: [
            DeliveryWebhookCommand.self, DeliveryMailCommand.self, DeliverySentCommand.self,
            DeliveryAgainCommand.self,
        ]
    )
}

/// The number of an endpoint or a mail subscription.
struct DeliveryTargetArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Its number, as list tells it.", valueName: "number"))
    var id: Int64
}

/// Of which portfolio.
struct DeliveryPortfolioOption: ParsableArguments {
    @Option(
        name: .customLong("portfolio"),
        help: ArgumentHelp("The portfolio; without it all of them.", valueName: "name")
    )
    var name = ""
}

/// Kinds of events.
struct EventKindOptions: ParsableArguments {
    @Option(
        name: .customLong("kind"),
        help: ArgumentHelp(
            "A kind of events, such as alert.raised or alert.*; can be given several times. "
                + "Without it all.",
            valueName: "kind"
        )
    )
    var kinds: [String] = []
}

/// Kinds of events that something is told of from now on.
struct ChangedKindOptions: ParsableArguments {
    @OptionGroup var events: EventKindOptions

    @Flag(help: "Tell of all kinds of events.")
    var allKinds = false

    /// The kinds, none of them for all; nil leaves them.
    var kinds: [String]? { allKinds || !events.kinds.isEmpty ? events.kinds : nil }

    func validate() throws {
        guard !allKinds || events.kinds.isEmpty else {
            throw ValidationError("Give --kind or --all-kinds, not both.")
        }
    }
}

/// What changes whether messages are sent.
enum DeliverySwitch: String, CaseIterable, ExpressibleByArgument {
    case active, paused
}

/// Lists messages.
struct DeliverySentCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "sent",
        abstract: "Lists messages to an endpoint or a mail subscription, the last one first."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var target: DeliveryTargetArgument

    @Option(help: ArgumentHelp("Most pages of 100 messages.", valueName: "count"))
    var pages = 1

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        var (token, found) = ("", [EventDelivery]())
        for _ in 0..<max(pages, 1) {
            let page = try await client.listDeliveries(to: target.id, pageToken: token)
            found += page.deliveries
            token = page.nextPageToken
            if token.isEmpty { break }
        }
        switch output {
        case .json: DeliveryText.writeJSON(found, to: sink)
        case .table: sink.write(DeliveryText.table(found, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// Has a message sent again.
struct DeliveryAgainCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "again",
        abstract: "Has a message sent again, with its own identifier."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Argument(help: ArgumentHelp("Its number, as sent tells it.", valueName: "number"))
    var number: Int64

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.redeliver(number)
        return .success
    }
}
