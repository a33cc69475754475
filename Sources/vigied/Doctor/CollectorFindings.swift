// SPDX-License-Identifier: Apache-2.0

// Whom the server would tell of itself: a collector that can be reached, logs that can be written.

internal import CommandFiles
internal import GRPCTransport
internal import TelemetryExport

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Tries the collector and the access log.
struct CollectorFindings {
    private let settings: DaemonSettings

    init(_ settings: DaemonSettings) { self.settings = settings }

    var findings: [Finding] {
        get async {
            var findings: [Finding] = []
            if let path = settings.accessLogPath { findings.append(accessLog(path)) }
            guard let collector = settings.collector else { return findings }
            let address = "\(collector.host):\(collector.port)"
            if let tls = collector.tls {
                do throws(TLSError) { _ = try TLSContext(client: tls) } catch {
                    return findings + [.failed("collector", "\(error)", "correct --otlp-ca")]
                }
            }
            return findings + [Self.finding(address, await collector.look())]
        }
    }

    private static func finding(_ address: String, _ found: CollectorFinding) -> Finding {
        let (text, advice) =
            switch found {
            case .takesMetrics: ("", "")
            case .isAway(let why):
                (why, "the server serves without it; start it, or correct --otlp-endpoint")
            case .refuses(let words):
                (
                    "it takes no metrics: \(words)",
                    "give what it wants to be shown with --otlp-headers, or see to the collector"
                )
            case .isNone(let what):
                (
                    "that is no collector: \(what)",
                    "name the port for OTLP over gRPC, which is mostly 4317, with --otlp-endpoint"
                )
            }
        if text.isEmpty { return .good("collector", "\(address) takes metrics") }
        return .warning("collector", "\(address): \(text)", advice)
    }

    private func accessLog(_ path: String) -> Finding {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let directory = parts.dropLast().joined(separator: "/")
        // Nothing is made here: a file that is not there yet needs a directory that takes it.
        let isThere = access(path, F_OK) == 0
        let place = isThere ? path : directory.isEmpty ? (parts.count > 1 ? "/" : ".") : directory
        if path == "-" || access(place, W_OK) == 0, !isThere || Self.canBeOpened(path) {
            return .good("access log", "\(path) can be written to")
        }
        return .failed(
            "access log",
            "\(path) cannot be written to: \(String(cString: strerror(errno)))",
            "give \(place) to the user of the server"
        )
    }

    /// A directory cannot, nor what nobody reads from.
    private static func canBeOpened(_ path: String) -> Bool {
        let descriptor = AppendedFile.open(path, makesFile: false)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }
}
