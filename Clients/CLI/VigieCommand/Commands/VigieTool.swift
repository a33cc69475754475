// SPDX-License-Identifier: Apache-2.0

// The root of the commands.

package import ArgumentParser
internal import CommandFiles

/// The command `vigie`.
package struct VigieTool: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "vigie",
        abstract: "Scores companies with a Vigie server.",
        discussion: """
            The server, the certificates and the model can also be set in the environment \
            (VIGIE_SERVER, VIGIE_CA_CERT, VIGIE_CLIENT_CERT, VIGIE_CLIENT_KEY, \
            VIGIE_SERVER_NAME, VIGIE_TIMEOUT, VIGIE_MODEL, VIGIE_LANGUAGE) and in \
            $XDG_CONFIG_HOME/vigie/config.json. Flags come first, then the environment, \
            then the file.

            EXIT CODES
            \(CommandStatus.table)
            """,
        version: "0.1.0",
        subcommands: [
            ScoreCommand.self, ModelsCommand.self, HealthCommand.self, BenchCommand.self,
        ]
    )

    package init() {}

    /// Does what the arguments of the process say and ends it.
    package static func launch() async {
        await main()
    }
}

extension CommandStatus {
    /// All codes with their meaning, one on each line.
    package static var table: String {
        let lines = allCases.map { status in
            let number = String(status.rawValue)
            let padding = String(repeating: " ", count: 5 - number.count)
            return number + padding + status.meaning
        }
        return (lines + ["130  interrupted (SIGINT)"]).joined(separator: "\n")
    }
}
