// SPDX-License-Identifier: Apache-2.0

// The connection to a collector: made when there is something to push, made again when it broke,
// ever more seldom while the collector is away.

internal import Documents
internal import GRPCTransport
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Telemetry
internal import VigieLimits

/// What is pushed.
enum ExportKind {
    case traces, metrics

    var path: String {
        switch self {
        case .traces: "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
        case .metrics: "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"
        }
    }

    var words: String {
        switch self {
        case .traces: "spans"
        case .metrics: "metrics"
        }
    }
}

/// A collector, and how it goes.
struct CollectorLink {
    private let endpoint: ExportEndpoint
    private let logger: Logger
    private let counters: CounterBlock
    private var connection: ClientConnection?
    private var nextAttempt = ContinuousClock.now
    private var failures = 0
    /// What the collector does not take, which is told once.
    private var refused: Set<ExportKind> = []

    init(_ endpoint: ExportEndpoint, logger: Logger, counters: CounterBlock) {
        self.endpoint = endpoint
        self.logger = logger
        self.counters = counters
    }

    /// Pushes a request.
    ///
    /// - Returns: Whether it is done with: taken, or refused for good. What is not is to be pushed
    ///   again later.
    mutating func push(
        _ request: [UInt8],
        to kind: ExportKind,
        on eventLoop: any EventLoop
    ) async -> Bool {
        guard ContinuousClock.now >= nextAttempt else { return false }
        do {
            let connection = try await connected(on: eventLoop)
            _ = try await connection.unary(
                path: kind.path,
                message: ByteBuffer(bytes: request),
                metadata: endpoint.metadata,
                deadline: .now() + .seconds(TelemetryLimits.pushTimeoutSeconds)
            )
            if failures > 0 { logger.notice("The collector takes telemetry again.") }
            failures = 0
            return true
        } catch {
            counters.count(.telemetryPushesFailed)
            return note(error as? ClientCallError, kind)
        }
    }

    /// The next push does not wait.
    mutating func tryAtOnce() { nextAttempt = .now }

    /// Closes the connection.
    func close() { connection?.drain() }

    private mutating func connected(on eventLoop: any EventLoop) async throws -> ClientConnection {
        if let connection, connection.takesCalls { return connection }
        connection?.close()
        connection = nil
        let made = try await endpoint.connect(on: eventLoop)
        connection = made
        return made
    }

    /// Takes notice of a failure, and says whether the request is done with all the same.
    private mutating func note(_ error: ClientCallError?, _ kind: ExportKind) -> Bool {
        let metadata: Logger.Metadata = [
            "collector": "\(endpoint.host):\(endpoint.port)",
            "problem": "\(Self.words(error))",
        ]
        if let error, error.kind == .answered, !Self.isPassing(error.status.code) {
            if refused.insert(kind).inserted {
                logger.warning("The collector refuses \(kind.words).", metadata: metadata)
            }
            return true
        }
        if failures == 0 { logger.warning("The collector takes no telemetry.", metadata: metadata) }
        failures += 1
        let seconds = min(1 << min(failures, 10), TelemetryLimits.backoffSecondsMax)
        nextAttempt = .now + .seconds(seconds)
        return false
    }

    /// What the collector said, which is a stranger's text.
    fileprivate static func words(_ error: ClientCallError?) -> String {
        guard let error else { return "it could not be reached" }
        let text = shortened(error.status.message)
        guard error.kind == .answered else { return text }
        let code = Counter.callsEnded(code: error.status.code.rawValue).code ?? "an error"
        return text.isEmpty ? code : "\(code): \(text)"
    }

    /// Codes after which OTLP has a push made again.
    private static func isPassing(_ code: GRPCStatus.Code) -> Bool {
        switch code {
        case .cancelled, .deadlineExceeded, .aborted, .outOfRange, .unavailable, .dataLoss,
            .resourceExhausted:
            true
        default: false
        }
    }
}

extension ExportEndpoint {
    /// Connects to the collector.
    fileprivate func connect(on eventLoop: any EventLoop) async throws -> ClientConnection {
        var target = ClientTarget(
            host: host,
            port: port,
            serverName: host,
            connectTimeout: .seconds(TelemetryLimits.connectTimeoutSeconds)
        )
        target.usesTLS = tls != nil
        return try await ClientConnection.connect(
            to: target,
            tls: TLSContext(client: tls ?? ClientTLSConfiguration()),
            limits: TransportLimits(),
            eventLoop: eventLoop
        )
    }

    /// Looks what is at the address, by a push of nothing: that is what tells a collector from
    /// whatever else speaks HTTP/2.
    package func look() async -> CollectorFinding {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var finding = CollectorFinding.takesMetrics
        do {
            let connection = try await connect(on: group.any())
            defer { connection.close() }
            do {
                _ = try await connection.unary(
                    path: ExportKind.metrics.path,
                    message: ByteBuffer(),
                    metadata: metadata,
                    deadline: .now() + .seconds(TelemetryLimits.connectTimeoutSeconds)
                )
            } catch {
                finding = CollectorFinding(error as? ClientCallError)
            }
        } catch {
            finding = .isAway((error as? ClientCallError)?.status.message ?? "\(error)")
        }
        try? await group.shutdownGracefully()
        return finding
    }
}

/// What is at the address of a collector.
package enum CollectorFinding: Sendable, Equatable {
    /// A collector.
    case takesMetrics
    /// Nobody who could be connected to, and why.
    case isAway(String)
    /// A collector that does not take this server's metrics, and why.
    case refuses(String)
    /// Something else, and what it said.
    case isNone(String)

    /// What a push of nothing shows that failed.
    fileprivate init(_ error: ClientCallError?) {
        guard let error else {
            self = .isNone("it does not answer")
            return
        }
        let words = CollectorLink.words(error)
        switch (error.kind, error.status.code) {
        case (.answered, .unimplemented):
            self = .isNone("it speaks gRPC and has no MetricsService of OTLP (\(words))")
        case (.answered, _): self = .refuses(words)
        case (.deadlineExceeded, _): self = .isNone("it speaks HTTP/2 and does not answer a call")
        default: self = .isNone(words)
        }
    }
}
