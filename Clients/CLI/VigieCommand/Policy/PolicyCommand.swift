// SPDX-License-Identifier: Apache-2.0

// `vigie policy`: policies and models of decisions.

internal import ArgumentParser

/// The parent of the commands on policies.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract:
            "Checks, tests and compares policies and models of decisions, and makes them hold.",
        subcommands: [
            PolicyCheckCommand.self, PolicyLintCommand.self, PolicyTestCommand.self,
            PolicyDiffCommand.self, PolicySimulateCommand.self, PolicyTableCommand.self,
            PolicyListCommand.self, PolicyDescribeCommand.self, PolicyUploadCommand.self,
            PolicyDownloadCommand.self,
            PolicyActivateCommand.self, PolicyApproveCommand.self, PolicyWithdrawCommand.self,
            PolicyRollbackCommand.self, PolicyStopCommand.self, PolicyHistoryCommand.self,
        ]
    )
}
