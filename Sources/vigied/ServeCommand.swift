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
            SIGHUP has it read certificates and files of access again.
            """
    )

    @Option(SettingKey.listen) var listen: String?
    @Option(SettingKey.proxies) var proxies: String?
    @Option(SettingKey.proxyProtocol) var proxyProtocol: String?
    @Option(SettingKey.connectionsPerAddress) var connectionsPerAddress: String?
    @Option(SettingKey.tlsCertificate) var tlsCert: String?
    @Option(SettingKey.tlsKey) var tlsKey: String?
    @Option(SettingKey.tlsClientCA) var tlsClientCa: String?
    @Option(SettingKey.tlsClientAuthentication) var tlsClientAuth: String?
    @Option(SettingKey.tlsCertificateDirectory) var tlsCertDir: String?
    @Option(SettingKey.tlsMinimumVersion) var tlsMinVersion: String?
    @Flag(SettingKey.allowExpiredCertificate) var allowExpiredCertificate = false
    @Option(SettingKey.tokens) var tokens: String?
    @Option(SettingKey.access) var access: String?
    @Option(SettingKey.jwtKeys) var jwtKeys: String?
    @Option(SettingKey.jwtIssuer) var jwtIssuer: String?
    @Option(SettingKey.jwtAudience) var jwtAudience: String?
    @Option(SettingKey.jwtRolesClaim) var jwtRolesClaim: String?
    @Flag(SettingKey.allowAnonymous) var allowAnonymous = false
    @Option(SettingKey.reloadInterval) var reloadInterval: String?
    @Option(SettingKey.models) var models: String?
    @Option(SettingKey.defaultModel) var defaultModel: String?
    @Flag(SettingKey.readPapers) var readPapers = false
    @Flag(SettingKey.compressAnswers) var compressAnswers = false
    @Option(SettingKey.reflection) var reflection: String?
    @Option(SettingKey.threads) var threads: String?
    @Option(SettingKey.drainTimeout) var drainTimeout: String?
    @Option(SettingKey.metricsListen) var metricsListen: String?
    @Option(SettingKey.logLevel) var logLevel: String?
    @Option(SettingKey.logFormat) var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "JSON file of settings. (environment: VIGIED_CONFIG)",
            valueName: "file"
        ),
        completion: .file()
    )
    var config: String?

    @Flag(help: "Check settings, certificate and models, and end.")
    var checkConfig = false

    @Flag(help: "Print the settings and where each comes from, and end.")
    var printConfig = false

    /// Made by the argument parser.
    public init() {}

    /// Serves.
    public func run() async throws {
        try await CommandFailure.reporting {
            let environment = ProcessInfo.processInfo.environment
            let values = SettingValues<SettingKey>(
                flags: givenSettings(),
                environment: environment,
                file: try .named(config, environment: environment)
            )
            if printConfig {
                print(values.lines.joined(separator: "\n"))
                return try values.check()
            }
            let daemon = try Daemon(
                settings: DaemonSettings(values),
                environment: environment
            )
            if checkConfig {
                for warning in daemon.warnings {
                    printError("vigied: warning: \(warning).")
                }
                return print("The configuration is good; models: \(daemon.modelNames).")
            }
            try await daemon.run()
        }
    }
}
