// SPDX-License-Identifier: Apache-2.0

// vigied, the scoring daemon: its commands.

public import ArgumentParser
internal import CommandFiles
internal import Digests

/// The daemon's command line.
@main
public struct Vigied: AsyncParsableCommand {
    /// Name, version and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "vigied",
        abstract: "Scores companies for the risk of failure, over gRPC and TLS.",
        discussion: """
            EXIT CODES
            \(CommandStatus.helpText)
            """,
        version: DaemonVersion.text,
        subcommands: [
            ServeCommand.self, DoctorCommand.self, ModelCommand.self, StoreCommand.self,
            TokenCommand.self,
        ]
    )

    /// Made by the argument parser.
    public init() {}

    /// The program.
    public static func main() async {
        StandardDescriptors.fill()
        OpenSSLLifetime.keep()
        await main(nil)
    }
}
