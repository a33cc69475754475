// SPDX-License-Identifier: Apache-2.0

// vigied serve: reads the settings, loads the models and serves until told to stop.

public import ArgumentParser
internal import FoundationEssentials

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
            calls are finished, a second one at once.
            """
    )

    @Option(help: "Address and port to listen on; port 0 picks one. (default: 127.0.0.1:7443)")
    var listen: String?

    @Option(help: "PEM file with the server's certificate and its chain. Required.")
    var tlsCert: String?

    @Option(help: "PEM file with the certificate's private key. Required.")
    var tlsKey: String?

    @Option(help: "PEM file with CAs: only clients with a certificate of one of them are let in.")
    var tlsClientCa: String?

    @Flag(help: "Start although the server's certificate has expired; for tests.")
    var allowExpiredCertificate = false

    @Option(help: "Directory of model bundles, or of one. (default: the models of the product)")
    var models: String?

    @Option(help: "Model of calls that name none, NAME or NAME@VERSION. (default: the first)")
    var defaultModel: String?

    @Option(help: "JSON file of settings. (environment: VIGIED_CONFIG)")
    var config: String?

    @Option(
        help: "trace, debug, info, notice, warning, error or critical. (default: info)"
    )
    var logLevel: String?

    @Option(help: "Form of log lines: text or json. (default: text)")
    var logFormat: String?

    @Option(help: "Number of event loops. (default: one for each processor)")
    var threads: Int?

    @Option(help: "Seconds for calls to finish after SIGTERM. (default: 30)")
    var drainTimeout: Int?

    @Flag(help: "Check settings, certificate and models, and end.")
    var checkConfig = false

    @Flag(help: "Print the settings and where each comes from, and end.")
    var printConfig = false

    /// Made by the argument parser.
    public init() {}

    /// Serves.
    public func run() async throws {
        try await DaemonFailure.reporting {
            let settings = try DaemonSettings(
                sources: SettingSources(
                    flags: flags,
                    environment: ProcessInfo.processInfo.environment,
                    configPath: config
                )
            )
            if printConfig { return print(settings.lines.joined(separator: "\n")) }
            let daemon = try Daemon(settings: settings)
            if checkConfig {
                for warning in daemon.warnings {
                    StandardError.print("vigied: warning: \(warning).")
                }
                return print("The configuration is good; models: \(daemon.modelNames).")
            }
            try await daemon.run()
        }
    }

    private var flags: [SettingKey: String] {
        let values: [SettingKey: String?] = [
            .listen: listen, .tlsCertificate: tlsCert, .tlsKey: tlsKey, .tlsClientCA: tlsClientCa,
            .models: models, .defaultModel: defaultModel, .logLevel: logLevel,
            .logFormat: logFormat, .threads: threads.map(String.init),
            .drainTimeout: drainTimeout.map(String.init),
            .allowExpiredCertificate: allowExpiredCertificate ? "true" : nil,
        ]
        return values.compactMapValues { $0 }
    }
}
