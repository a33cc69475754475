// SPDX-License-Identifier: Apache-2.0

// `vigie policy`: policies and models of decisions, without a server.

internal import ArgumentParser

/// The parent of the commands on policies.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Checks, tests and compares policies and models of decisions. No server.",
        subcommands: [
            PolicyCheckCommand.self, PolicyLintCommand.self, PolicyTestCommand.self,
            PolicyDiffCommand.self, PolicySimulateCommand.self, PolicyTableCommand.self,
        ]
    )
}
