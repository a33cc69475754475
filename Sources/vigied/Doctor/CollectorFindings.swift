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
            if let problem = await collector.problem() {
                findings.append(
                    .warning(
                        "collector",
                        "\(address): \(problem)",
                        "the server serves without it; start it, or correct --otlp-endpoint"
                    )
                )
            } else {
                findings.append(.good("collector", "\(address) can be reached"))
            }
            return findings
        }
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
