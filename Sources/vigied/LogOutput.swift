// SPDX-License-Identifier: Apache-2.0

// Log lines on stderr, for people or as one JSON object each.

internal import FoundationEssentials
internal import Logging

/// Makes the daemon's logger.
enum LogOutput {
    static func logger(_ settings: DaemonSettings) -> Logger {
        let isJSON = settings.logFormat == .json
        var logger = Logger(label: "vigied") { label in
            if isJSON { return JSONLogHandler(label: label) }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = settings.logLevel
        return logger
    }
}

/// Writes each log line as a JSON object.
struct JSONLogHandler: LogHandler {
    /// A log line, its keys in alphabetical order.
    private struct Line: Encodable {
        let label: String
        let level: String
        let message: String
        let metadata: [String: String]?
        let time: String
    }

    let label: String
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let line = Line(
            label: label,
            level: event.level.rawValue,
            message: event.message.description,
            metadata: all.isEmpty ? nil : all.mapValues(\.description),
            time: Date().formatted(.iso8601)
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(line) else { return }
        StandardError.print(String(decoding: bytes, as: UTF8.self))
    }
}
