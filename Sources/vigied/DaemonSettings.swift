// SPDX-License-Identifier: Apache-2.0

// The settings of one run, checked.

internal import FoundationEssentials
package import Logging

/// What the daemon was told.
package struct DaemonSettings: Sendable {
    /// Forms of log lines.
    package enum LogFormat: String, Sendable, CaseIterable {
        /// For people.
        case text
        /// One JSON object a line.
        case json
    }

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
    /// Least level that is logged.
    package let logLevel: Logger.Level
    /// Form of log lines.
    package let logFormat: LogFormat
    /// Number of event loops.
    package let threadCount: Int
    /// Time for calls to finish when the daemon stops, in seconds.
    package let drainTimeoutSeconds: Int
    /// Each setting as "name = value (origin)".
    package let lines: [String]

    /// Most event loops that can be asked for.
    package static let threadsMax = 1_024
    /// Longest time for calls to finish that can be asked for, in seconds.
    package static let drainTimeoutSecondsMax = 86_400

    /// Takes the settings from their sources, and from the defaults what those do not have.
    ///
    /// - Throws: A bad configuration, naming the setting and where it came from.
    package init(sources: SettingSources) throws(DaemonFailure) {
        var reader = Reader(sources: sources)
        let listenText = try reader.text(.listen, default: "127.0.0.1:7443")
        guard let address = ListenAddress(listenText) else {
            throw reader.failure(
                .listen,
                "\"\(listenText)\" is no address and port; write 127.0.0.1:7443, [::1]:7443 or "
                    + "localhost:7443."
            )
        }
        listen = address
        tlsCertificatePath = try reader.required(.tlsCertificate, "the server's certificate")
        tlsKeyPath = try reader.required(.tlsKey, "the certificate's private key")
        tlsClientCAPath = try reader.text(.tlsClientCA)
        isExpiredCertificateAllowed = try reader.isOn(.allowExpiredCertificate)
        modelsDirectory = try reader.text(.models)
        defaultModel = try reader.text(.defaultModel)
        logLevel = try reader.choice(.logLevel, default: .info)
        logFormat = try reader.choice(.logFormat, default: .text)
        threadCount = try reader.number(
            .threads,
            default: ProcessInfo.processInfo.activeProcessorCount,
            range: 1...Self.threadsMax
        )
        drainTimeoutSeconds = try reader.number(
            .drainTimeout,
            default: 30,
            range: 0...Self.drainTimeoutSecondsMax
        )
        lines = reader.lines
    }
}

/// Reads settings one by one and notes each with its origin.
private struct Reader {
    let sources: SettingSources
    var lines: [String] = []
    var origins: [SettingKey: String] = [:]

    mutating func text(_ key: SettingKey) throws(DaemonFailure) -> String? {
        let found = try sources.value(of: key)
        note(key, found?.text ?? "none", found?.origin)
        return found?.text
    }

    mutating func text(
        _ key: SettingKey,
        default fallback: String
    ) throws(DaemonFailure) -> String {
        let found = try sources.value(of: key)
        note(key, found?.text ?? fallback, found?.origin)
        return found?.text ?? fallback
    }

    mutating func required(_ key: SettingKey, _ what: String) throws(DaemonFailure) -> String {
        if let text = try text(key), !text.isEmpty { return text }
        throw DaemonFailure(
            .badConfiguration,
            "\(key.flag) is missing: vigied serves only over TLS and needs the PEM file of "
                + "\(what)."
        )
    }

    mutating func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ key: SettingKey,
        default fallback: Value
    ) throws(DaemonFailure) -> Value {
        let text = try text(key, default: fallback.rawValue)
        if let value = Value(rawValue: text) { return value }
        let choices = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw failure(key, "\"\(text)\" is unknown; choose one of: \(choices).")
    }

    mutating func number(
        _ key: SettingKey,
        default fallback: Int,
        range: ClosedRange<Int>
    ) throws(DaemonFailure) -> Int {
        let text = try text(key, default: "\(fallback)")
        if let value = Int(text), range.contains(value) { return value }
        let bounds = "\(range.lowerBound) to \(range.upperBound)"
        throw failure(key, "\"\(text)\" is no whole number from \(bounds).")
    }

    mutating func isOn(_ key: SettingKey) throws(DaemonFailure) -> Bool {
        switch try text(key, default: "false") {
        case "true": return true
        case "false": return false
        case let text: throw failure(key, "\"\(text)\" is neither true nor false.")
        }
    }

    func failure(_ key: SettingKey, _ message: String) -> DaemonFailure {
        DaemonFailure(.badConfiguration, "\(origins[key] ?? key.rawValue): \(message)")
    }

    private mutating func note(_ key: SettingKey, _ text: String, _ origin: String?) {
        origins[key] = origin
        lines.append("\(key.rawValue) = \(text) (\(origin ?? "default"))")
    }
}
