// SPDX-License-Identifier: Apache-2.0

// vigied, the scoring daemon: its commands.

public import ArgumentParser

/// The daemon's command line.
@main
public struct Vigied: AsyncParsableCommand {
    /// Name, version and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "vigied",
        abstract: "Scores companies for the risk of failure, over gRPC and TLS.",
        discussion: """
            Exit codes: 0 stopped as asked, 1 failure while running, 64 wrong usage, 65 a model \
            or an input file is bad, 66 it cannot be opened, 69 the address cannot be listened \
            on, 78 the configuration is bad.
            """,
        version: DaemonVersion.text,
        subcommands: [ServeCommand.self, ModelCommand.self]
    )

    /// Made by the argument parser.
    public init() {}
}
