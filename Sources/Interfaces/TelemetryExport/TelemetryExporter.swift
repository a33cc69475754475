// SPDX-License-Identifier: Apache-2.0

// Sends spans and metrics to a collector, over gRPC (OTLP), with the client of this project. A
// collector that is away costs nothing but what waits: spans to a limit, metrics not at all, since
// they are sums.

internal import GRPCTransport
package import Logging
package import MetricsPage
internal import NIOCore
internal import NIOPosix
internal import ProtobufCoding
internal import Synchronization
package import Telemetry
internal import VigieLimits

/// Pushes what a server tells.
package final class TelemetryExporter: Sendable {
    private let endpoint: ExportEndpoint
    private let page: MetricsPage
    private let spans: SpanQueue
    private let source: ExportSource
    private let interval: Duration
    private let logger: Logger
    private let counters: CounterBlock
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let state = Mutex(State())

    private struct State {
        var isStopping = false
        var pause: Task<Void, Never>?
    }

    /// Prepares to push.
    ///
    /// - Parameters:
    ///   - endpoint: The collector.
    ///   - page: The metrics.
    ///   - spans: What is over.
    ///   - source: Who sends.
    ///   - interval: Time between two pushes of metrics.
    ///   - counters: Counts pushes that failed.
    ///   - logger: Is told when the collector goes away and when it is back.
    package init(
        endpoint: ExportEndpoint,
        page: MetricsPage,
        spans: SpanQueue,
        source: ExportSource,
        interval: Duration,
        counters: CounterRegistry,
        logger: Logger
    ) {
        self.endpoint = endpoint
        self.page = page
        self.spans = spans
        self.source = source
        self.interval = interval
        self.counters = counters.makeBlock()
        self.logger = logger
    }

    /// Pushes until `stop`, and then once more.
    package func run() async {
        var link = CollectorLink(endpoint, logger: logger, counters: counters)
        var metricsDue = ContinuousClock.now + interval
        while await pause() {
            if await !pushSpans(&link) { continue }
            guard ContinuousClock.now >= metricsDue else { continue }
            metricsDue = ContinuousClock.now + interval
            await pushMetrics(&link)
        }
        // What a short time has brought since is not lost, and the last sums are the final ones.
        link.tryAtOnce()
        if await pushSpans(&link) { await pushMetrics(&link) }
        link.close()
        try? await group.shutdownGracefully()
    }

    /// Has `run` come to its end.
    package func stop() {
        state.withLock { state in
            state.isStopping = true
            state.pause?.cancel()
        }
    }

    /// Waits a moment; false when it is time to stop.
    private func pause() async -> Bool {
        let pause = state.withLock { state -> Task<Void, Never>? in
            guard !state.isStopping else { return nil }
            let pause = Task { () -> Void in
                try? await Task.sleep(for: .milliseconds(TelemetryLimits.pushMilliseconds))
            }
            state.pause = pause
            return pause
        }
        await pause?.value
        return state.withLock { !$0.isStopping }
    }

    /// Pushes the spans that wait. False when the collector is away.
    private func pushSpans(_ link: inout CollectorLink) async -> Bool {
        while true {
            let batch = spans.first(TelemetryLimits.spansOfPush)
            guard !batch.isEmpty else { return true }
            let request = ProtobufWriter.request(spans: batch, from: source)
            guard await link.push(request, to: .traces, on: group.any()) else { return false }
            spans.remove(batch.count)
        }
    }

    private func pushMetrics(_ link: inout CollectorLink) async {
        let families = page.families
        let start = families.last { $0.name == "process_start_time_seconds" }?.samples.first
        guard case .number(let seconds)? = start?.value else { return }
        let period = ExportPeriod(begin: UInt64(seconds * 1e9), end: wallNanoseconds())
        let request = ProtobufWriter.request(families: families, of: period, from: source)
        _ = await link.push(request, to: .metrics, on: group.any())
    }
}
