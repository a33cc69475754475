// SPDX-License-Identifier: Apache-2.0

// The options that all commands share.

import ArgumentParser
internal import CommandFiles
import FoundationEssentials
import VigieClient

/// How to reach the server, and how to talk to the user.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Address of the server.", valueName: "host:port"))
    var server: String?

    @Option(
        help: ArgumentHelp(
            "Certificates trusted to sign the server's, as PEM; without it, the system's.",
            valueName: "file"
        )
    )
    var caCert: String?

    @Option(help: ArgumentHelp("The client's certificate, as PEM.", valueName: "file"))
    var clientCert: String?

    @Option(help: ArgumentHelp("The client's private key, as PEM.", valueName: "file"))
    var clientKey: String?

    @Option(
        help: ArgumentHelp("Name the server's certificate must carry.", valueName: "name")
    )
    var serverName: String?

    @Option(
        help: ArgumentHelp(
            "Time allowed for a call, such as 500ms, 30s or 2m; for a stream, without an answer.",
            valueName: "duration"
        )
    )
    var timeout: String?

    @Option(help: ArgumentHelp("Config file to read instead of the user's.", valueName: "file"))
    var config: String?

    @Flag(help: "Do not use colour.")
    var noColor = false

    @Flag(name: .shortAndLong, help: "Show code and details of errors.")
    var verbose = false

    /// Resolves the settings of a command; `more` are flags of the command itself.
    func settings(_ more: [String: String?] = [:]) throws(CommandFailure) -> Settings {
        let environment = ProcessInfo.processInfo.environment
        var flags = more.compactMapValues(\.self)
        flags["server"] = server
        flags["ca_cert"] = caCert
        flags["client_cert"] = clientCert
        flags["client_key"] = clientKey
        flags["server_name"] = serverName
        flags["timeout"] = timeout
        return try Settings(
            flags: flags,
            environment: environment,
            file: ConfigFile.read(path: config, environment: environment)
        )
    }

    /// The terminal that stdout is, or is not.
    var output: Terminal {
        Terminal(descriptor: Terminal.standardOutput, allowsColour: !noColor)
    }
}
