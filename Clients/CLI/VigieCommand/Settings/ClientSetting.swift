// SPDX-License-Identifier: Apache-2.0

// All settings of `vigie`, each declared once.

internal import CommandTables
internal import NetworkAddresses
package import ProgramSettings
internal import VigieClient

/// Names of settings, as in the file of settings.
package enum ClientSetting: String, SettingName {
    /// Address of the server.
    case server
    /// How calls are spread over several addresses.
    case loadBalancing = "load_balancing"
    /// File of certificates that are trusted to sign the server's.
    case caCertificate = "ca_cert"
    /// File with the client's certificate.
    case clientCertificate = "client_cert"
    /// File with the client's private key.
    case clientKey = "client_key"
    /// File with the token that is shown.
    case tokenFile = "token_file"
    /// The name that the server's certificate must carry.
    case serverName = "server_name"
    /// Time allowed for a call.
    case timeout
    /// The model to use.
    case model
    /// Language of texts that come from a model.
    case language

    /// The program.
    package static var program: String { "vigie" }

    /// What each setting is.
    package var setting: Setting {
        switch self {
        case .server:
            Setting(
                .text("host:port", problem: ServerAddress.form.problem),
                .value("127.0.0.1:7443"),
                "Address of the server, unix:PATH for a socket, or several with commas."
            )
        case .loadBalancing:
            Setting(
                .word([LoadBalancing.pickFirst.rawValue, LoadBalancing.roundRobin.rawValue]),
                .value(LoadBalancing.pickFirst.rawValue),
                "Of several addresses, pick_first takes the first that can be connected to, and "
                    + "round_robin all of them in turn."
            )
        case .caCertificate:
            Setting(
                .file,
                .none(shown: "the system's"),
                "PEM file of the certificates that are trusted to sign the server's."
            )
        case .clientCertificate:
            Setting(.file, .none(shown: "none"), "PEM file of the client's certificate.")
        case .clientKey:
            Setting(.file, .none(shown: "none"), "PEM file of the client's private key.")
        case .tokenFile:
            Setting(
                .file,
                .none(shown: "none"),
                "File with the token to show the server, alone on its first line."
            )
        case .serverName:
            Setting(
                .text("name") { name in
                    NetworkAddress.fault(ofName: name).map { "no server is called so: \($0)" }
                },
                .none(shown: "the host"),
                "Name that the server's certificate must carry."
            )
        case .timeout:
            Setting(
                .text(
                    "time",
                    form: "a time up to a day, such as 500ms, 30s or 2m",
                    accepts: { duration(from: $0) != nil }
                ),
                .none(shown: "10 s a call; 30 s without an answer in a stream"),
                "Time allowed for a call; for a stream, without an answer."
            )
        case .model:
            Setting(.text("name[@version]"), .none(shown: "the server's"), "The model.")
        case .language:
            Setting(
                .word(Language.allCases.map(\.rawValue)),
                .value(Language.en.rawValue),
                "Language of texts that come from a model."
            )
        }
    }
}
