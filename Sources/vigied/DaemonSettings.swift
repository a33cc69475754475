// SPDX-License-Identifier: Apache-2.0

// The settings of one run, checked.

package import CommandFiles
package import Logging
package import ProgramSettings

/// Forms of log lines.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One JSON object a line.
    case json
}

/// What the daemon was told.
package struct DaemonSettings: Sendable {
    /// Where to listen.
    package let listen: ListenAddress
    /// PEM file with the server's certificate and its chain.
    package let tlsCertificatePath: String
    /// PEM file with the private key.
    package let tlsKeyPath: String
    /// PEM file with the CAs whose clients are let in; nil lets all in.
    package let tlsClientCAPath: String?
    /// Whether to start with a certificate that has expired.
    package let isExpiredCertificateAllowed: Bool
    /// Directory of model bundles; nil means the bundled models.
    package let modelsDirectory: String?
    /// Name of the default model; nil leaves the choice to the server.
    package let defaultModel: String?
    /// Whether papers of companies are read for callers.
    package let readsPapers: Bool
    /// Whether answers are compressed for all clients that take it.
    package let compressesAnswers: Bool
    /// Whether clients may ask what services there are.
    package let offersReflection: Bool
    /// Least level that is logged.
    package let logLevel: Logger.Level
    /// Form of log lines.
    package let logFormat: LogFormat
    /// Number of event loops.
    package let threadCount: Int
    /// Time for calls to finish when the daemon stops, in seconds.
    package let drainTimeoutSeconds: Int

    /// Takes the settings from their values.
    ///
    /// - Throws: All that is wrong with them, each with the setting and where it came from.
    package init(_ values: SettingValues<SettingKey>) throws(CommandFailure) {
        try values.check()
        guard let address = ListenAddress(values.text(.listen)) else {
            throw CommandFailure(.badConfiguration, "\(SettingKey.listen.flag) is no address")
        }
        listen = address
        tlsCertificatePath = values.text(.tlsCertificate)
        tlsKeyPath = values.text(.tlsKey)
        tlsClientCAPath = values.optional(.tlsClientCA)
        isExpiredCertificateAllowed = values.isOn(.allowExpiredCertificate)
        modelsDirectory = values.optional(.models)
        defaultModel = values.optional(.defaultModel)
        readsPapers = values.isOn(.readPapers)
        compressesAnswers = values.isOn(.compressAnswers)
        offersReflection = values.text(.reflection) == "on"
        logLevel = Logger.Level(rawValue: values.text(.logLevel)) ?? .info
        logFormat = LogFormat(rawValue: values.text(.logFormat)) ?? .text
        threadCount = values.number(.threads)
        drainTimeoutSeconds = values.number(.drainTimeout)
    }
}
