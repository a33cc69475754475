// SPDX-License-Identifier: Apache-2.0

// All settings of the daemon, each declared once.

internal import FoundationEssentials
internal import Logging
package import ProgramSettings
internal import VigieLimits

/// Names of settings, as in the file of settings.
package enum SettingKey: String, SettingName {
    /// Address and port to listen on.
    case listen
    /// PEM file with the server's certificate and its chain.
    case tlsCertificate = "tls_cert"
    /// PEM file with the private key.
    case tlsKey = "tls_key"
    /// PEM file with the CAs whose clients are let in.
    case tlsClientCA = "tls_client_ca"
    /// Whether to start with a certificate that has expired.
    case allowExpiredCertificate = "allow_expired_certificate"
    /// Directory of model bundles.
    case models
    /// Name of the model of calls that name none.
    case defaultModel = "default_model"
    /// Whether papers of companies are read for callers.
    case readPapers = "read_papers"
    /// Whether answers are compressed for all clients that take it.
    case compressAnswers = "compress_answers"
    /// Whether clients may ask what services there are.
    case reflection
    /// Number of event loops, and of threads that score large blocks.
    case threads
    /// Time for calls to finish when the daemon stops, in seconds.
    case drainTimeout = "drain_timeout"
    /// Least level that is logged.
    case logLevel = "log_level"
    /// Form of log lines.
    case logFormat = "log_format"

    /// The program.
    package static var program: String { "vigied" }

    /// What each setting is.
    package var setting: Setting {
        switch self {
        case .listen:
            Setting(
                .text(
                    "host:port",
                    form: "an address and port; write 127.0.0.1:7443, [::1]:7443 or localhost:7443",
                    accepts: { ListenAddress($0) != nil }
                ),
                .value("127.0.0.1:7443"),
                "Address and port to listen on; port 0 picks a free one."
            )
        case .tlsCertificate:
            Setting(
                .file,
                .required(Self.noPlainText + "its certificate"),
                "PEM file of the server's certificate, with its chain."
            )
        case .tlsKey:
            Setting(
                .file,
                .required(Self.noPlainText + "the certificate's private key"),
                "PEM file of the certificate's private key."
            )
        case .tlsClientCA:
            Setting(
                .file,
                .none(shown: "none"),
                "PEM file of CAs; only clients with a certificate of one of them are let in."
            )
        case .allowExpiredCertificate:
            Setting(
                .switch,
                .value("false"),
                "Start although the server's certificate has expired; for tests."
            )
        case .models:
            Setting(
                .directory,
                .none(shown: "the models of the product"),
                "Directory of one model bundle, or of several in subdirectories."
            )
        case .defaultModel:
            Setting(
                .text("name[@version]"),
                .none(shown: "the first"),
                "Model of calls that name none."
            )
        case .readPapers:
            Setting(
                .switch,
                .value("false"),
                "Read papers of companies for callers (ReadPapers), of 64 MiB a call."
            )
        case .compressAnswers:
            Setting(
                .switch,
                .value("false"),
                "Compress answers with gzip for all clients that take it; without this, for calls "
                    + "that come compressed."
            )
        case .reflection:
            Setting(
                .word(["on", "off"]),
                .value("on"),
                "Server reflection: tells clients of the services and their messages (on, off)."
            )
        case .threads:
            Setting(
                .wholeNumber(1...ProcessLimits.threadsMax, of: "count"),
                .value("\(Self.defaultThreads)", shown: "one for each processor"),
                "Event loops, and as many threads for large blocks."
            )
        case .drainTimeout:
            Setting(
                .wholeNumber(0...ProcessLimits.drainTimeoutSecondsMax, of: "seconds"),
                .value("30"),
                "Seconds for calls to finish when the server stops."
            )
        case .logLevel:
            Setting(
                .word(Logger.Level.allCases.map(\.rawValue)),
                .value("info"),
                "Least level of log lines: "
                    + "\(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        case .logFormat:
            Setting(
                .word(LogFormat.allCases.map(\.rawValue)),
                .value("text"),
                "Form of log lines; json writes one object a line."
            )
        }
    }

    private static let noPlainText = "vigied serves only over TLS and needs the PEM file of "
}

extension SettingKey {
    /// As many as there are processors, within what is allowed.
    private static var defaultThreads: Int {
        min(max(1, ProcessInfo.processInfo.activeProcessorCount), ProcessLimits.threadsMax)
    }
}
