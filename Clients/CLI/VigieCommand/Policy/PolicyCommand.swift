// SPDX-License-Identifier: Apache-2.0

// `vigie policy`: models of decisions, without a server.

internal import ArgumentParser

/// The parent of the commands on policies.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Tests models of decisions (DMN 1.3 to 1.5). No server.",
        subcommands: [PolicyLintCommand.self, PolicyTestCommand.self]
    )
}
