// SPDX-License-Identifier: Apache-2.0

// `vigie alerts`: portfolios that a server watches: rules, alerts, what people do with them.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import Documents
internal import ProgramSettings
internal import VigieClient

/// The parent of the commands on alerts.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Watches portfolios at a server: rules, alerts, and what is done with them.",
        subcommands: [
            AlertsListCommand.self, AlertsWatchCommand.self, AlertsExplainCommand.self,
            AlertsAcknowledgeCommand.self, AlertsAssignCommand.self, AlertsSnoozeCommand.self,
            AlertsResolveCommand.self, AlertsReopenCommand.self, AlertsRulesCommand.self,
            AlertsPutRuleCommand.self, AlertsRemoveRuleCommand.self, AlertsTryCommand.self,
        ]
    )
}

/// How far alerts are that are listed.
enum AlertStateOption: String, CaseIterable, ExpressibleByArgument {
    case open, active, quiet, ended, all

    var state: Alert.State {
        switch self {
        case .open: .open
        case .active: .active
        case .quiet: .quiet
        case .ended: .ended
        case .all: .all
        }
    }
}

/// Lists alerts.
struct AlertsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists alerts of a portfolio, the newest first.",
        discussion: """
            active are those that nobody put off or holds for done, quiet the others that are \
            open. JSON is a line for each alert.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(help: "How far they are.")
    var state = AlertStateOption.open

    @Option(help: ArgumentHelp("Only of one company.", valueName: "company"))
    var company: NamedCompany?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        var (token, count) = ("", 0)
        repeat {
            let page = try await client.listAlerts(
                of: portfolio.name,
                state.state,
                company: company?.identifier,
                pageToken: token
            )
            count += page.alerts.count
            switch output {
            case .json: for alert in page.alerts { AlertText.writeJSON(alert, to: sink) }
            case .table where page.alerts.isEmpty: break
            case .table: sink.write(AlertText.table(page.alerts, common.output))
            }
            try sink.flush()
            token = page.nextPageToken
        } while !token.isEmpty
        if count == 0, output == .table { printError("vigie: there is no such alert") }
        return .success
    }
}

/// Tells why there is an alert, or none.
struct AlertsExplainCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells why there is an alert, or why there is none.",
        discussion: "For any rule and company; without a company for a rule of the portfolio."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Argument(help: ArgumentHelp("The name of the rule.", valueName: "rule"))
    var rule: String

    @Argument(help: ArgumentHelp("The company.", valueName: "company"))
    var company: NamedCompany?

    @Option(ClientSetting.language) var language: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let told = try await client.explainAlert(
            rule,
            company?.identifier,
            of: portfolio.name,
            language: settings.language.rawValue
        )
        let sink = try ByteSink.standardOutput()
        switch output {
        case .json: AlertText.writeJSON(told, to: sink)
        case .table: sink.write(told.lines.map { escaped($0) + "\n" }.joined())
        }
        try sink.flush()
        return .success
    }
}
