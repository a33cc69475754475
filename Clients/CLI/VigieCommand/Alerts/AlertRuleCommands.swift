// SPDX-License-Identifier: Apache-2.0

// Rules on the command line: listed, kept, taken away, tried on the past.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import VigieClient

/// Lists rules, or puts the standard ones.
struct AlertsRulesCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Lists the rules of a portfolio; --defaults keeps the standard ones.",
        discussion: "JSON is what the service tells of them, a line for each rule."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Flag(help: "Keep the standard rules that the portfolio does not have yet.")
    var defaults = false

    @Option(ClientSetting.language) var language: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let code = settings.language.rawValue
        if defaults {
            _ = try await client.putStandardAlertRules(of: portfolio.name, language: code)
        }
        let rules = try await client.listAlertRules(of: portfolio.name, language: code)
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: for rule in rules { AlertText.writeJSON(rule, to: sink) }
        case .table where rules.isEmpty:
            printError("vigie: the portfolio has no rules; --defaults keeps the standard ones")
        case .table: sink.write(AlertText.table(rules, common.output))
        }
        try sink.flush()
        return .success
    }
}

/// A rule on a command line.
struct AlertRuleOptions: ParsableArguments {
    @Option(name: .customLong("name"), help: ArgumentHelp("Its name.", valueName: "text"))
    var ruleName: String

    @Option(help: ArgumentHelp("What it watches, such as SCORE_DROP.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("From which value on an alert is raised.", valueName: "value"))
    var raise: Double?

    @Option(help: ArgumentHelp("At which value it is cleared.", valueName: "value"))
    var clear: Double?

    @Option(help: ArgumentHelp("Runs in a row that have to pass the edge.", valueName: "count"))
    var confirmRuns: Int?

    @Option(help: ArgumentHelp("Days that it stays after that.", valueName: "days"))
    var keepForDays: Int?

    @Option(help: ArgumentHelp("Runs without a value after which to tell.", valueName: "count"))
    var noDataRuns: Int?

    @Option(help: ArgumentHelp("Days over which a change counts.", valueName: "days"))
    var windowDays: Int?

    @Option(help: ArgumentHelp("What is looked at, such as score.", valueName: "name"))
    var quantity: String?

    @Option(help: ArgumentHelp("On which side, such as worse or below.", valueName: "name"))
    var direction: String?

    @Option(help: ArgumentHelp("Which signal of payments.", valueName: "name"))
    var signal: String?

    @Option(
        name: .customLong("event"),
        help: ArgumentHelp("An event of courts; once for each.", valueName: "name")
    )
    var events: [String] = []

    var rule: AlertRule {
        var rule = AlertRule(ruleName, kind: kind)
        (rule.raise, rule.clear, rule.confirmRuns) = (raise, clear, confirmRuns)
        (rule.keepForDays, rule.noDataRuns, rule.windowDays) = (keepForDays, noDataRuns, windowDays)
        (rule.quantity, rule.direction, rule.signal) = (quantity, direction, signal)
        rule.events = events
        return rule
    }
}

/// Keeps a rule.
struct AlertsPutRuleCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "put-rule",
        abstract: "Keeps a rule of a portfolio, or the next version of one.",
        discussion: """
            EXAMPLE
              vigie alerts put-rule customers --name falls --kind SCORE_DROP --raise 50
              vigie alerts put-rule customers --name low --kind THRESHOLD --raise 600 --clear 620
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup(title: "Rule") var options: AlertRuleOptions

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let kept = try await client.putAlertRule(options.rule, of: portfolio.name)
        try printOutput("\(escaped(kept.name)): version \(kept.version)")
        return .success
    }
}

/// Takes a rule away.
struct AlertsRemoveRuleCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove-rule",
        abstract: "Takes a rule of a portfolio away. Its open alerts are over."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(help: ArgumentHelp("The name of the rule.", valueName: "rule"))
    var rule: String

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        try await client.deleteAlertRule(rule, of: portfolio.name)
        return .success
    }
}

/// Tries a rule on the past.
struct AlertsTryCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Tells what a rule would have told in the past. Nothing is kept."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument
    @OptionGroup(title: "Rule") var options: AlertRuleOptions

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("The first day. (default: 90 days before the last)", valueName: "day")
    )
    var first: String?

    @Option(
        name: .customLong("through"),
        help: ArgumentHelp("The last day. (default: today)", valueName: "day")
    )
    var last: String?

    @Option(ClientSetting.language) var language: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func validate() throws {
        for day in [first, last].compactMap(\.self) where Day(day) == nil {
            throw ValidationError("Write the day as 2026-01-31, not \"\(day)\".")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let trial = try await client.tryAlertRule(
            options.rule,
            on: portfolio.name,
            from: first.flatMap { Day($0) },
            through: last.flatMap { Day($0) },
            language: settings.language.rawValue
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: AlertText.writeJSON(trial, to: sink)
        case .table: sink.write(AlertText.text(trial))
        }
        try sink.flush()
        return .success
    }
}
