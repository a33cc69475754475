// SPDX-License-Identifier: Apache-2.0

// `vigie dashboard`: the page of a server, in a browser.

internal import ArgumentParser
internal import CommandFiles
internal import VigieClient

/// The parent of the commands on the page.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Lets you look at the page of a server in a browser.",
        subcommands: [DashboardOpenCommand.self]
    )
}

/// Makes a link to the page.
struct DashboardOpenCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Prints a link by which you come to the page, once and within minutes.",
        discussion: """
            Whoever opens the link sees the page as you: with your portfolios, and with what you \
            may do. It works at one server, so --server must name one.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        guard !settings.server.contains(","), !settings.server.hasPrefix("unix:") else {
            throw CommandFailure(
                .usage,
                "a link works at one server, which a browser can reach: name it with --server"
            )
        }
        let link = try await client.dashboardLink()
        print("https://\(settings.server)\(link.path)")
        if link.path != "/" {
            printError("vigie: it works once, within \(link.validity.components.seconds / 60) min")
        }
        return .success
    }
}
