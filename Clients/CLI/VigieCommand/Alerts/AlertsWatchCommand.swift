// SPDX-License-Identifier: Apache-2.0

// `vigie alerts watch`: what happens with alerts, as it happens, for as long as one wants.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import ProgramSettings
internal import VigieClient
internal import VigieLimits

/// Watches alerts.
struct AlertsWatchCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Tells what happens with alerts of a portfolio, as it happens.",
        discussion: """
            JSON is a line for each update, with the cursor behind it: who goes on from that \
            misses nothing. A server that stops, or is away, is asked again.

            EXAMPLE
              vigie alerts watch customers -o json --from-beginning
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions
    @OptionGroup var portfolio: PortfolioNameArgument

    @Option(help: ArgumentHelp("Go on from a cursor that an update told.", valueName: "cursor"))
    var cursor: String?

    @Flag(help: "Begin with the oldest event that the server has.")
    var fromBeginning = false

    @Option(help: ArgumentHelp("End after so many updates.", valueName: "count"))
    var count: Int?

    @Option(ClientSetting.language) var language: String?

    @Option(name: .shortAndLong, help: "Format of the output.")
    var output = DescriptionFormat.table

    func validate() throws {
        guard cursor == nil || !fromBeginning else {
            throw ValidationError("Name a cursor, or begin with the oldest event: not both.")
        }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let sink = try ByteSink.standardOutput()
        var start = cursor.map { AlertWatchStart.cursor($0) } ?? (fromBeginning ? .beginning : .now)
        var left = count ?? .max
        var failures = 0
        while left > 0 {
            do {
                var updates = try await client.watchAlerts(
                    of: portfolio.name,
                    from: start,
                    language: settings.language.rawValue
                )
                while left > 0, let update = try await updates.next() {
                    failures = 0
                    start = .cursor(update.cursor)
                    guard !update.isHeartbeat else { continue }
                    left -= 1
                    switch output {
                    case .json: AlertText.writeJSON(update, to: sink)
                    case .table: sink.write(AlertText.lines(update))
                    }
                    try sink.flush()
                }
                updates.cancel()
            } catch let error as VigieError where Self.passes(error) && failures < Self.attempts {
                failures += 1
                printError("vigie: \(error.message); watching again")
                try await Task.sleep(for: .seconds(1))
            }
        }
        return .success
    }

    /// Attempts without an update between them.
    private static let attempts = 60

    private static func passes(_ error: VigieError) -> Bool {
        error.code == .unavailable || error.code == .cancelled
    }
}
