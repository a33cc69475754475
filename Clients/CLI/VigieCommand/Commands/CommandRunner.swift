// SPDX-License-Identifier: Apache-2.0

// What all commands do around their work: settings, client, errors, exit code.

internal import ArgumentParser
internal import CommandFiles
internal import ProgramSettings
internal import VigieClient

/// A command that talks to a server.
protocol ServerCommand: AsyncParsableCommand {
    /// The options that all commands share.
    var common: CommonOptions { get }
    /// What the command's own arguments give to settings.
    var settingFlags: [ClientSetting: String] { get }
    /// Changes the client's configuration before the client is made.
    func adjust(_ configuration: inout ScoringClientConfiguration)
    /// Does the work. Returns what the shell is told.
    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus
}

extension ServerCommand {
    var settingFlags: [ClientSetting: String] { givenSettings() }

    func adjust(_ configuration: inout ScoringClientConfiguration) {}

    func run() async throws { try await callServer() }

    /// Makes a client of the settings and does the work with it.
    func callServer() async throws {
        var server = ""
        let status: CommandStatus
        do {
            let values = try common.values(settingFlags)
            if common.printConfig {
                print(values.lines.joined(separator: "\n"))
                return try values.check()
            }
            let settings = try Settings(values)
            server = settings.server
            var configuration = try settings.clientConfiguration()
            adjust(&configuration)
            status = try await withScoringClient(configuration) { client in
                try await perform(client, settings)
            }
        } catch {
            let failure = CommandFailure(error, server: server)
            printError(failure.text(verbose: common.verbose))
            throw ArgumentParser.ExitCode(failure.status.rawValue)
        }
        if status != .success { throw ArgumentParser.ExitCode(status.rawValue) }
    }
}
