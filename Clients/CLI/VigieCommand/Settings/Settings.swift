// SPDX-License-Identifier: Apache-2.0

// Where the settings of a command come from: flags before environment before
// config file before defaults.

package import CommandFiles
import Configuration
package import VigieClient

/// The settings that flags, environment and config file share.
package struct Settings: Equatable, Sendable {
    /// Address of the server.
    package var server = "127.0.0.1:7443"
    /// File of certificates that are trusted to sign the server's; nil for the system's.
    package var caCertificate: String?
    /// File with the client's certificate.
    package var clientCertificate: String?
    /// File with the client's private key.
    package var clientKey: String?
    /// The name that the server's certificate must carry; nil for the host.
    package var serverName: String?
    /// Time allowed for a call; nil for the client's defaults.
    package var timeout: Duration?
    /// The model to use; nil for the server's default.
    package var model: String?
    /// Language of texts that come from a model.
    package var language = Language.en

    /// The names of the settings in a config file. As flags they are written with "-" for "_", in
    /// the environment in capitals after "VIGIE_".
    package static let names = [
        "server", "ca_cert", "client_cert", "client_key", "server_name", "timeout", "model",
        "language",
    ]

    /// Resolves the settings. `flags` and the config file's `file` have the names above as keys;
    /// an empty environment variable is as good as none.
    package init(
        flags: [String: String],
        environment: [String: String],
        file: [String: String]
    ) throws(CommandFailure) {
        let reader = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: Self.values(flags)),
            EnvironmentVariablesProvider(
                environmentVariables: environment.filter {
                    $0.key.hasPrefix("VIGIE_") && !$0.value.isEmpty
                }
            )
            .prefixKeys(with: ["vigie"]),
            InMemoryProvider(name: "config file", values: Self.values(file)),
        ])
        server = reader.string(forKey: "server") ?? server
        caCertificate = reader.string(forKey: "ca_cert")
        clientCertificate = reader.string(forKey: "client_cert")
        clientKey = reader.string(forKey: "client_key")
        serverName = reader.string(forKey: "server_name")
        model = reader.string(forKey: "model")
        if let text = reader.string(forKey: "timeout") {
            guard let timeout = duration(from: text) else {
                throw CommandFailure(
                    .usage,
                    "the timeout '\(text)' is no duration",
                    hint: "write for example 500ms, 30s or 2m"
                )
            }
            self.timeout = timeout
        }
        if let text = reader.string(forKey: "language") {
            guard let language = Language(rawValue: text) else {
                throw CommandFailure(.usage, "the language '\(text)' is neither 'en' nor 'fr'")
            }
            self.language = language
        }
        if (clientCertificate == nil) != (clientKey == nil) {
            throw CommandFailure(
                .usage,
                "a client certificate needs its key, and the key its certificate",
                hint: "give both --client-cert and --client-key"
            )
        }
    }

    private static func values(_ values: [String: String]) -> [AbsoluteConfigKey: ConfigValue] {
        var result: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in values {
            result[AbsoluteConfigKey([name])] = ConfigValue(.string(value), isSecret: false)
        }
        return result
    }

    /// What the client is made with.
    package func clientConfiguration() throws -> ScoringClientConfiguration {
        var tls = ScoringClientConfiguration.TLS(serverName: serverName)
        if let caCertificate { tls.roots = .file(caCertificate) }
        if let clientCertificate, let clientKey {
            tls.clientCertificate = .init(certificateFile: clientCertificate, keyFile: clientKey)
        }
        var configuration = try ScoringClientConfiguration(server: server, tls: tls)
        if let timeout {
            configuration.timeout = timeout
            configuration.streamIdleTimeout = timeout
            configuration.connectTimeout = min(timeout, configuration.connectTimeout)
        }
        return configuration
    }
}
