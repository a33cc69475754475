// SPDX-License-Identifier: Apache-2.0

// The options that all commands share.

internal import ArgumentParser
internal import CommandFiles
internal import CommandTables
internal import FoundationEssentials
internal import ProgramSettings

/// How to reach the server, and how to talk to the user.
struct CommonOptions: ParsableArguments {
    @Option(ClientSetting.server) var server: String?
    @Option(ClientSetting.loadBalancing) var loadBalancing: String?
    @Option(ClientSetting.caCertificate) var caCert: String?
    @Option(ClientSetting.clientCertificate) var clientCert: String?
    @Option(ClientSetting.clientKey) var clientKey: String?
    @Option(ClientSetting.tokenFile) var tokenFile: String?
    @Option(ClientSetting.serverName) var serverName: String?
    @Option(ClientSetting.timeout) var timeout: String?

    @Option(
        help: ArgumentHelp(
            "File of settings to read instead of the user's. (environment: VIGIE_CONFIG)",
            valueName: "file"
        ),
        completion: .file()
    )
    var config: String?

    @Flag(help: "Print the settings and where each comes from, and end.")
    var printConfig = false

    @Flag(help: "Do not use colour.")
    var noColor = false

    @Flag(name: .shortAndLong, help: "Show code and details of errors.")
    var verbose = false

    /// The values of a command's settings; `own` are those of its own flags.
    func values(
        _ own: [ClientSetting: String]
    ) throws(CommandFailure) -> SettingValues<ClientSetting> {
        let environment = ProcessInfo.processInfo.environment
        return SettingValues(
            flags: givenSettings().merging(own) { $1 },
            environment: environment,
            file: try Settings.file(config, environment: environment)
        )
    }

    /// The terminal that stdout is, or is not.
    var output: Terminal {
        Terminal(descriptor: Terminal.standardOutput, allowsColour: !noColor)
    }
}
