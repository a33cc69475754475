// SPDX-License-Identifier: Apache-2.0

// What the daemon tells others while it runs: the page of metrics, a line for each call, and spans
// and metrics for a collector.

internal import CommandFiles
internal import GRPCTransport
internal import Logging
internal import MetricsPage
internal import ProgramSettings
internal import Telemetry
internal import TelemetryExport
internal import VigieApplication
internal import VigieLimits
internal import VigieService

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What is told of a server, and to whom.
struct DaemonTelemetry: Sendable {
    /// Counts what the server does.
    let counters: CounterRegistry
    private let settings: DaemonSettings
    private let accessLog: AccessLog?
    private let spans: SpanQueue?

    /// Opens the access log.
    ///
    /// - Throws: A file that cannot be written to.
    init(settings: DaemonSettings, counters: CounterRegistry) throws(CommandFailure) {
        self.settings = settings
        self.counters = counters
        if let path = settings.accessLogPath {
            accessLog = try AccessLog(path: path, counters: counters)
        } else {
            accessLog = nil
        }
        spans = settings.collector == nil ? nil : SpanQueue()
        if let tls = settings.collector?.tls {
            do throws(TLSError) { _ = try TLSContext(client: tls) } catch {
                throw CommandFailure(.badConfiguration, "\(SettingKey.otlpCA.flag): \(error)")
            }
        }
    }

    /// What is to be told of each call; nil for nothing.
    var observer: CallObserver? {
        switch (accessLog, spans) {
        case (nil, nil): nil
        case (let log?, nil): { log.write($0.line) }
        case (nil, let spans?): { spans.add($0) }
        case (let log?, let spans?):
            {
                log.write($0.line)
                spans.add($0)
            }
        }
    }

    /// Opens the access log again, for who has moved it away.
    func reopen(_ logger: Logger) {
        do throws(CommandFailure) {
            try accessLog?.reopen()
        } catch {
            logger.error(
                "The access log was not opened again; lines go where they went.",
                metadata: ["reason": "\(error.message)"]
            )
        }
    }

    /// Waits for the last lines, for a short time.
    func flush() { accessLog?.flush() }

    /// Begins to tell of a server that listens.
    ///
    /// - Parameter sockets: For the page of metrics.
    /// - Throws: A socket that cannot be listened on.
    func start(
        server: VigieServer,
        registry: ModelRegistry,
        sockets: [ListeningSocket],
        logger: Logger
    ) async throws(CommandFailure) -> RunningTelemetry {
        let page = MetricsPage(
            server: server,
            registry: registry,
            settings: settings,
            counters: counters,
            droppedSpans: spans
        )
        var running = RunningTelemetry()
        if !sockets.isEmpty {
            let listener = MetricsListener(page: page) { server.isServing }
            running.listener = listener
            do {
                for socket in sockets {
                    try await listener.start(on: socket.duplicate())
                    logger.info("Telling metrics.", metadata: ["address": "\(socket)"])
                }
            } catch {
                throw CommandFailure(.cannotListen, "metrics cannot be told: \(error)")
            }
        }
        if let collector = settings.collector, let spans {
            let exporter = TelemetryExporter(
                endpoint: collector,
                page: page,
                spans: spans,
                source: Self.source,
                interval: .seconds(settings.pushIntervalSeconds),
                counters: counters,
                logger: logger
            )
            running.exporter = exporter
            running.pushing = Task { await exporter.run() }
        }
        return running
    }

    private static var source: ExportSource {
        var name = [CChar](repeating: 0, count: 256)
        // One byte stays 0.
        gethostname(&name, name.count - 1)
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let host = String(decoding: bytes, as: UTF8.self)
        return ExportSource(
            serviceName: "vigied",
            version: DaemonVersion.text,
            instance: "\(host):\(getpid())",
            host: host
        )
    }
}

/// What is being told.
struct RunningTelemetry: Sendable {
    fileprivate var listener: MetricsListener?
    fileprivate var exporter: TelemetryExporter?
    fileprivate var pushing: Task<Void, Never>?

    /// Leaves the page to another process, and sends on.
    func stopPage() async { await listener?.stop() }

    /// Tells the last, and stops.
    func stop() async {
        exporter?.stop()
        // A collector that is silent does not hold up the end.
        let patience = Task { [pushing] in
            try await Task.sleep(for: .seconds(TelemetryLimits.lastPushSeconds))
            pushing?.cancel()
        }
        await pushing?.value
        patience.cancel()
        await listener?.stop()
    }
}
