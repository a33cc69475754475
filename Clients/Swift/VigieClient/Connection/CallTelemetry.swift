// SPDX-License-Identifier: Apache-2.0

// What an application's metrics and traces are told of calls. Without either
// there is no object of this kind, and a call costs what it cost.

internal import CoreMetrics
internal import GRPCTransport
internal import NIOCore
internal import Synchronization
internal import Tracing

/// Where calls are counted and traced, under the names of OpenTelemetry's conventions for RPC.
final class CallTelemetry: Sendable {
    private struct Key: Hashable {
        let path: String
        let code: Int
    }

    private let factory: (any MetricsFactory)?
    private let tracer: (any Tracer)?
    /// Where the calls go, if that is one place.
    private let server: ServerAddress?
    private let timers = Mutex<[Key: Timer]>([:])
    private let retries = Mutex<[String: Counter]>([:])

    /// Nil when neither metrics nor traces are wanted: nothing is bootstrapped.
    init?(_ servers: [ServerAddress]) {
        let factory = MetricsSystem.factory
        let tracer = InstrumentationSystem.tracer
        self.factory = factory is NOOPMetricsHandler ? nil : factory
        self.tracer = tracer is NoOpTracer ? nil : tracer
        server = servers.count == 1 ? servers.first : nil
        if self.factory == nil, self.tracer == nil { return nil }
    }

    /// A call begins.
    ///
    /// - Parameters:
    ///   - path: The path of its method.
    ///   - headers: Its headers; those that carry the trace on are added.
    func begin(_ path: String, _ headers: inout [(name: String, value: String)]) -> ObservedCall {
        guard let tracer else { return ObservedCall(self, path, nil) }
        let method = String(path.dropFirst())
        let span: any Span = tracer.startSpan(method, ofKind: .client)
        span.updateAttributes { attributes in
            attributes["rpc.system.name"] = "grpc"
            attributes["rpc.method"] = method
            if let host = server?.host { attributes["server.address"] = host }
            if let port = server?.port { attributes["server.port"] = port }
        }
        tracer.inject(span.context, into: &headers, using: HeaderInjector())
        return ObservedCall(self, path, span)
    }

    /// A call is made again.
    func noteRetry(_ path: String) {
        guard let factory else { return }
        let counter = retries.withLock { retries in
            if let known = retries[path] { return known }
            let made = Counter(
                label: "rpc.client.call.retries",
                dimensions: Self.dimensions(path),
                factory: factory
            )
            retries[path] = made
            return made
        }
        counter.increment()
    }

    fileprivate func noteEnd(_ path: String, _ code: VigieError.Code?, _ duration: Duration) {
        guard let factory else { return }
        let key = Key(path: path, code: code?.rawValue ?? 0)
        let timer = timers.withLock { timers in
            if let known = timers[key] { return known }
            let made = Timer(
                label: "rpc.client.call.duration",
                dimensions: Self.dimensions(path) + [
                    ("rpc.response.status_code", Self.name(code))
                ],
                factory: factory
            )
            timers[key] = made
            return made
        }
        timer.recordNanoseconds(TimeAmount(duration).nanoseconds)
    }

    private static func dimensions(_ path: String) -> [(String, String)] {
        [("rpc.system.name", "grpc"), ("rpc.method", String(path.dropFirst()))]
    }

    /// gRPC's name of a code.
    fileprivate static func name(_ code: VigieError.Code?) -> String {
        let number = code?.rawValue ?? 0
        return GRPCStatus.Code(rawValue: number)?.name ?? "CODE_\(number)"
    }
}

/// A call that is under way. It is told its end once; one that is never told was given up.
final class ObservedCall: Sendable {
    private let telemetry: CallTelemetry
    private let path: String
    private let span: (any Span)?
    private let begin = ContinuousClock.now
    private let hasEnded = Atomic(false)

    fileprivate init(_ telemetry: CallTelemetry, _ path: String, _ span: (any Span)?) {
        self.telemetry = telemetry
        self.path = path
        self.span = span
    }

    deinit { end(.failure(CancellationError())) }

    /// The call has ended.
    func end(_ outcome: Result<Void, any Error>) {
        guard !hasEnded.exchange(true, ordering: .relaxed) else { return }
        var error: (any Error)?
        if case .failure(let failure) = outcome { error = failure }
        let code = Self.code(error)
        telemetry.noteEnd(path, code, begin.duration(to: .now))
        guard let span else { return }
        let name = CallTelemetry.name(code)
        span.attributes["rpc.response.status_code"] = name
        if code != nil {
            span.attributes["error.type"] = name
            // Not the message: it may quote what was sent.
            span.setStatus(SpanStatus(code: .error, message: (error as? VigieError)?.reason))
        }
        span.end()
    }

    /// The code of a call that failed.
    private static func code(_ error: (any Error)?) -> VigieError.Code? {
        switch error {
        case nil: nil
        case is CancellationError: .cancelled
        case let error as ClientCallError: VigieError.Code(rawValue: error.status.code.rawValue)
        case let error as VigieError: error.code
        default: .unknown
        }
    }
}

/// Writes what carries a trace on into the headers of a call.
private struct HeaderInjector: Injector {
    func inject(
        _ value: String,
        forKey key: String,
        into headers: inout [(name: String, value: String)]
    ) {
        let name = key.lowercased()
        // What cannot be sent would fail the call; a header of the caller's own stays.
        guard CallMetadata.isSendable(name, value), !headers.contains(where: { $0.name == name })
        else { return }
        headers.append((name, value))
    }
}
