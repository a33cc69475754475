// SPDX-License-Identifier: Apache-2.0

// `vigie health`: whether the server answers calls.

import ArgumentParser
internal import CommandFiles
import VigieClient

/// The command that asks for the state of the server.
struct HealthCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Tells whether the server answers calls.",
        discussion: "Prints SERVING, NOT_SERVING or UNKNOWN. The exit code is 0 for SERVING only."
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(
        help: ArgumentHelp("A service, such as vigie.v1.ScoringService.", valueName: "name")
    )
    var service = ""

    var settingFlags: [String: String?] { [:] }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let status = try await client.health(service: service)
        switch status {
        case .serving: print("SERVING")
        case .notServing: print("NOT_SERVING")
        case .unknown: print("UNKNOWN")
        }
        return status == .serving ? .success : .failure
    }
}
