// SPDX-License-Identifier: Apache-2.0

// vigied serve: reads the settings, loads the models and serves until told to stop.

public import ArgumentParser
internal import CommandFiles
internal import FoundationEssentials
internal import ProgramSettings

/// Serves models.
public struct ServeCommand: AsyncParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve models over gRPC and TLS.",
        discussion: """
            Each setting can also be given in the environment (VIGIED_TLS_CERT for --tls-cert) \
            or in a JSON file of settings ("tls_cert"). The command line wins over the \
            environment, and that over the file. SIGTERM and SIGINT stop the server when its \
            calls are finished, a second one at once; \
            SIGHUP has it read certificates and files of access again, and open the access log \
            again; SIGUSR2 has it start a server in its place, with new settings or of a new \
            version, without losing a call.
            """
    )

    @OptionGroup package var options: ServeOptions

    @Flag(help: "Check settings, certificate, models and policies, and end.")
    var checkConfig = false

    @Flag(help: "Print the settings and where each comes from, and end.")
    var printConfig = false

    /// Made by the argument parser.
    public init() {}

    /// Serves.
    public func run() async throws {
        try await CommandFailure.reporting {
            let environment = ProcessInfo.processInfo.environment
            let values = try options.values(environment)
            if printConfig {
                try printOutput(values.lines.joined(separator: "\n"))
                return try values.check()
            }
            let passed = try PassedSockets(environment: environment)
            let daemon = try Daemon(
                settings: DaemonSettings(values, passed: passed),
                passed: passed,
                environment: environment
            )
            if checkConfig {
                for warning in daemon.warnings {
                    printError("vigied: warning: \(warning).")
                }
                try daemon.checkPolicies()
                return try printOutput(
                    "The configuration is good; models: \(daemon.modelNames)."
                )
            }
            try await daemon.run()
        }
    }
}
