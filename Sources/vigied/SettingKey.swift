// SPDX-License-Identifier: Apache-2.0

// All settings of the daemon. Each has one name in three spellings: `tls_cert` in
// the file, VIGIED_TLS_CERT in the environment, --tls-cert on the command line.

/// Names of settings, as in the configuration file.
package enum SettingKey: String, CaseIterable, Sendable {
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
    /// Least level that is logged.
    case logLevel = "log_level"
    /// Form of log lines.
    case logFormat = "log_format"
    /// Number of event loops, and of threads that score large blocks.
    case threads
    /// Time for calls to finish when the daemon stops, in seconds.
    case drainTimeout = "drain_timeout"

    /// The setting as a flag.
    package var flag: String { "--" + rawValue.replacing("_", with: "-") }

    /// The setting as an environment variable.
    package var environmentVariable: String { "VIGIED_" + rawValue.uppercased() }

    /// Whether the value is a whole number.
    package var isNumber: Bool { self == .threads || self == .drainTimeout }
}
