// SPDX-License-Identifier: Apache-2.0

// The root of the commands.

package import ArgumentParser
internal import CommandFiles
internal import Digests

/// The command `vigie`.
package struct VigieTool: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "vigie",
        abstract: "Assesses companies from their papers, and scores them with a Vigie server.",
        discussion: """
            Options that reach the server and choose the model can also be set in the environment \
            (VIGIE_CA_CERT for --ca-cert) and in $XDG_CONFIG_HOME/vigie/config.json ("ca_cert"). \
            Flags come first, then the environment, then the file.

            EXIT CODES
            \(CommandStatus.helpText)
            """,
        version: "0.1.0",
        subcommands: [
            AssessCommand.self, PapersCommand.self, RatiosCommand.self, LedgerCommand.self,
            EventsCommand.self, ExplainCommand.self,
            ScoreCommand.self, DecideCommand.self, DecideRowsCommand.self, PolicyCommand.self,
            ModelsCommand.self, PortfolioCommand.self, UniverseCommand.self, AlertsCommand.self,
            DeliveryCommand.self, WorklistCommand.self, DashboardCommand.self, HealthCommand.self,
            BenchCommand.self, JobsCommand.self,
        ]
    )

    package init() {}

    /// Does what the arguments of the process say and ends it.
    package static func launch() async {
        StandardDescriptors.fill()
        OpenSSLLifetime.keep()
        await main()
    }
}
