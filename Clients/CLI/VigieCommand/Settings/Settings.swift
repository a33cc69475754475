// SPDX-License-Identifier: Apache-2.0

// The settings of a command, checked.

package import CommandFiles
package import CommandTables
internal import FoundationEssentials
package import ProgramSettings
package import VigieClient
internal import VigieLimits

/// The settings that flags, environment and the file of settings share.
package struct Settings: Equatable, Sendable {
    /// Address of the server, or several.
    package var server: String
    /// How calls are spread over several.
    package var loadBalancing: LoadBalancing
    /// File of certificates that are trusted to sign the server's; nil for the system's.
    package var caCertificate: String?
    /// File with the client's certificate.
    package var clientCertificate: String?
    /// File with the client's private key.
    package var clientKey: String?
    /// File with the token to show; nil for none.
    package var tokenFile: String?
    /// The name that the server's certificate must carry; nil for the host.
    package var serverName: String?
    /// Time allowed for a call; nil for the client's defaults.
    package var timeout: Duration?
    /// The model to use; nil for the server's default.
    package var model: String?
    /// Language of texts that come from a model.
    package var language: Language

    /// Takes the settings from their values.
    ///
    /// - Throws: All that is wrong with them, each with the setting and where it came from.
    package init(_ values: SettingValues<ClientSetting>) throws(CommandFailure) {
        try values.check()
        server = values.text(.server)
        loadBalancing = LoadBalancing(rawValue: values.text(.loadBalancing))
        caCertificate = values.optional(.caCertificate)
        clientCertificate = values.optional(.clientCertificate)
        clientKey = values.optional(.clientKey)
        tokenFile = values.optional(.tokenFile)
        serverName = values.optional(.serverName)
        timeout = values.optional(.timeout).flatMap(duration(from:))
        model = values.optional(.model)
        language = Language(rawValue: values.text(.language)) ?? .en
        if (clientCertificate == nil) != (clientKey == nil) {
            throw CommandFailure(
                .usage,
                "a client certificate needs its key, and the key its certificate",
                hint: "give both --client-cert and --client-key"
            )
        }
    }

    /// Reads the file of settings: the one that `--config` or the environment names, or else the
    /// one in the user's configuration directory, which may be absent.
    package static func file(
        _ path: String?,
        environment: [String: String]
    ) throws(CommandFailure) -> SettingsFile<ClientSetting>? {
        if let named = try SettingsFile<ClientSetting>.named(path, environment: environment) {
            return named
        }
        guard let path = defaultPath(environment), FileManager.default.fileExists(atPath: path)
        else { return nil }
        return try SettingsFile(path: path)
    }

    /// $XDG_CONFIG_HOME/vigie/config.json, or the same below ~/.config.
    package static func defaultPath(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            return base + "/vigie/config.json"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.config/vigie/config.json"
    }

    /// The token of a file. It stands there alone: in a flag or a variable other users of the
    /// machine could see it.
    private static func token(_ path: String) throws(CommandFailure) -> String {
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.bytes(path: path, bytesMax: ProcessLimits.tokenFileBytes)
        } catch {
            throw CommandFailure(.badConfiguration, "the token: \(error.message)")
        }
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let isAlone = bytes.dropFirst(line.count).allSatisfy { $0 == 0x0A || $0 == 0x0D }
        guard !line.isEmpty, isAlone,
            line.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw CommandFailure(
                .badConfiguration,
                "\(path) holds no token: it must stand there alone, in printable ASCII",
                hint: "make one with `vigied token issue`"
            )
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// What the client is made with.
    package func clientConfiguration() throws -> ScoringClientConfiguration {
        var tls = ScoringClientConfiguration.TLS(serverName: serverName)
        if let caCertificate { tls.roots = .file(caCertificate) }
        if let clientCertificate, let clientKey {
            tls.clientCertificate = .init(certificateFile: clientCertificate, keyFile: clientKey)
        }
        var configuration = try ScoringClientConfiguration(server: server, tls: tls)
        configuration.loadBalancing = loadBalancing
        // A command is waited for, and few run at a time: it may be less patient than a service.
        configuration.connectionBackoff = .init(
            initialBackoff: .milliseconds(100),
            maximumBackoff: .seconds(5)
        )
        if let tokenFile {
            configuration.metadata.add("authorization", "Bearer \(try Self.token(tokenFile))")
        }
        if let timeout {
            configuration.timeout = timeout
            configuration.streamIdleTimeout = timeout
            configuration.connectTimeout = min(timeout, configuration.connectTimeout)
        }
        return configuration
    }
}
