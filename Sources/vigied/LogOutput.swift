// SPDX-License-Identifier: Apache-2.0

// Log lines on stderr, for people or as one JSON object each.

internal import FoundationEssentials
package import Logging
package import Telemetry

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The daemon's log.
package struct LogOutput: Sendable {
    /// Writes to the log.
    package let logger: Logger
    private let queue: LogQueue

    /// Makes a log.
    package init(
        format: LogFormat,
        level: Logger.Level,
        descriptor: Int32 = STDERR_FILENO,
        counters: CounterRegistry = .init()
    ) {
        let label = "vigied"
        let queue = LogQueue(descriptor: descriptor, counters: counters) { count in
            LogLine(
                label: label,
                level: .warning,
                message: "Log lines were dropped: whoever reads the log was too slow.",
                metadata: ["count": "\(count)"]
            )
            .text(format)
        }
        self.queue = queue
        var logger = Logger(label: label) { label in
            QueuedLogHandler(label: label, format: format, queue: queue)
        }
        logger.logLevel = level
        self.logger = logger
    }

    /// Waits for the last lines to be written, for a short time.
    package func flush() { queue.flush() }
}

/// Queues each event as a line.
private struct QueuedLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    let queue: LogQueue
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let line = LogLine(
            label: label,
            level: event.level,
            message: event.message.description,
            metadata: all.mapValues(\.description)
        )
        queue.write(line.text(format))
    }
}

/// A log line.
private struct LogLine: Encodable {
    private let label: String
    private let level: String
    private let message: String
    private let metadata: [String: String]?
    private let time: String

    init(label: String, level: Logger.Level, message: String, metadata: [String: String]) {
        self.label = label
        self.level = level.rawValue
        self.message = message
        self.metadata = metadata.isEmpty ? nil : metadata
        time = Date().formatted(.iso8601)
    }

    func text(_ format: LogFormat) -> String {
        switch format {
        case .text:
            let pairs = (metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let words = ["\(time) \(level) \(label):"] + pairs + [message]
            return String(words.joined(separator: " ").map { $0.isNewline ? " " : $0 })
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            // Texts always can be encoded.
            let bytes = (try? encoder.encode(self)) ?? Data()
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
