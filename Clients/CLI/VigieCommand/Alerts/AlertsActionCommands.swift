// SPDX-License-Identifier: Apache-2.0

// What people do with alerts: each a command, on one alert or several.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import VigieClient
internal import VigieLimits

/// Alerts on a command line.
struct AlertArguments: ParsableArguments {
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(help: ArgumentHelp("Numbers of alerts, as list tells them.", valueName: "alert"))
    var alerts: [Int]

    @Option(help: ArgumentHelp("What is written beside it.", valueName: "text"))
    var note = ""

    func validate() throws {
        guard alerts.count <= AlertLimits.actedOn else {
            throw ValidationError("Name at most \(AlertLimits.actedOn) alerts.")
        }
    }

    /// Does something with them; what could not be done is told.
    func act(_ action: AlertAction, _ client: ScoringClient) async throws -> CommandStatus {
        let handled = try await client.act(
            action,
            onAlerts: alerts,
            of: portfolio.name,
            note: note
        )
        for refusal in handled.refused {
            printError("vigie: alert \(refusal.alert): \(refusal.message)")
        }
        try printOutput("\(handled.done.count) of \(alerts.count) done")
        return handled.refused.isEmpty ? .success : .failure
    }
}

/// Says that somebody has seen alerts.
struct AlertsAcknowledgeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Says that you have seen alerts."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var named: AlertArguments

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await named.act(.acknowledge, client)
    }
}

/// Gives alerts to somebody.
struct AlertsAssignCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Says who is to look after alerts."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var named: AlertArguments

    @Option(name: .customLong("to"), help: ArgumentHelp("Who.", valueName: "person"))
    var person: String

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await named.act(.assign(to: person), client)
    }
}

/// Puts alerts off.
struct AlertsSnoozeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: "Puts alerts off until a day, or until they are worse."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var named: AlertArguments

    @Option(help: ArgumentHelp("The last day on which nothing is told.", valueName: "day"))
    var until: String

    @Option(
        name: .customLong("unless-worse-by"),
        help: ArgumentHelp("By how much worse it has to be to be told before.", valueName: "value")
    )
    var worse: Double?

    func validate() throws {
        guard Day(until) != nil else {
            throw ValidationError("Write the day as 2026-01-31, not \"\(until)\".")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        guard let day = Day(until) else { return .usage }
        return try await named.act(.snooze(until: day, unlessWorseBy: worse), client)
    }
}

/// Holds alerts for done.
struct AlertsResolveCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Holds alerts for done, whatever the value says."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var named: AlertArguments

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await named.act(.resolve, client)
    }
}

/// Takes back what was done with alerts.
struct AlertsReopenCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Says that alerts are not done, and were not seen."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var named: AlertArguments

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await named.act(.reopen, client)
    }
}
