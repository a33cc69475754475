// SPDX-License-Identifier: Apache-2.0

// What metrics, traces and logs are told of calls.

import CoreMetrics
import GRPCTransport
import InMemoryTracing
import Logging
import MetricsTestKit
import Synchronization
import Testing
import Tracing
import VigieClient

@Suite struct ClientTelemetryTests {
    @Test func callsAreCountedByMethodAndCode() async throws {
        let metrics = TestMetrics()
        let server = try await ScriptedServer.start([
            GRPCStatus(.unavailable, "busy"), .ok, GRPCStatus(.invalidArgument, "no"),
        ])
        let client = try withMetricsFactory(metrics) { try ScoringClient(configuration(server)) }
        let running = Task { try await client.run() }
        _ = try await client.listModels()
        await #expect(throws: VigieError.self) { try await client.listModels() }
        client.close()
        try await running.value
        let method = [
            ("rpc.system.name", "grpc"), ("rpc.method", "vigie.v1.ModelService/ListModels"),
        ]
        for code in ["OK", "INVALID_ARGUMENT"] {
            let timer = try metrics.expectTimer(
                "rpc.client.call.duration",
                method + [("rpc.response.status_code", code)]
            )
            #expect(timer.values.count == 1)
            // The first call waits for its second attempt.
            if code == "OK" { #expect(timer.values.allSatisfy { $0 >= 80_000_000 }) }
        }
        #expect(try metrics.expectCounter("rpc.client.call.retries", method).totalValue == 1)
        await server.stop()
    }

    @Test func callsAreSpansOfTheirTask() async throws {
        let tracer = InMemoryTracer()
        try await withServer { server, _ in
            let client = try withTracer(tracer) { try ScoringClient(server.configuration) }
            let running = Task { try await client.run() }
            let table = try FeatureTable(columns: ["total_assets"], rowCount: 1, floatValues: [1])
            try await tracer.withSpan("work") { _ in
                _ = try await client.score(table)
                let blocks = AsyncStream { continuation in
                    continuation.yield(table)
                    continuation.finish()
                }
                for try await scored in client.score(blocks: blocks) {
                    #expect(scored.count == 1)
                }
                await #expect(throws: VigieError.self) { try await client.describeModel("none") }
            }
            client.close()
            try await running.value
        }
        let spans = tracer.finishedSpans
        let work = try #require(spans.first { $0.operationName == "work" })
        let calls = spans.filter { $0.operationName.hasPrefix("vigie.v1.") }
        #expect(
            calls.map(\.operationName).sorted() == [
                "vigie.v1.ModelService/DescribeModel", "vigie.v1.ScoringService/ScoreRows",
                "vigie.v1.ScoringService/StreamScoreRows",
            ]
        )
        for call in calls {
            let isBad = call.operationName.hasSuffix("DescribeModel")
            #expect(call.kind == .client)
            #expect(call.traceID == work.traceID)
            #expect(call.parentSpanID == work.spanID)
            #expect(call.attributes.get("rpc.system.name") == "grpc")
            #expect(call.attributes.get("server.address") == "127.0.0.1")
            #expect(
                call.attributes.get("rpc.response.status_code") == (isBad ? "NOT_FOUND" : "OK")
            )
            #expect((call.status?.code == .error) == isBad)
        }
    }

    /// The trace goes on in the headers of each attempt, but for a header that the caller has set.
    @Test func theTraceGoesOnInTheHeaders() async throws {
        let server = try await ScriptedServer.start([GRPCStatus(.unavailable, "busy"), .ok])
        let tracer = InMemoryTracer()
        let client = try withTracer(tracer) { try ScoringClient(configuration(server)) }
        let running = Task { try await client.run() }
        _ = try await client.listModels()
        let own = CallOptions(metadata: [InMemoryTracer.traceIDKey: "mine"])
        _ = try await client.listModels(options: own)
        client.close()
        try await running.value
        let trace = try #require(tracer.finishedSpans.first).traceID
        #expect(server.traceIDs == [trace, trace, "mine"])
        await server.stop()
    }

    @Test func callsThatAreMadeAgainAreToldTheLoggerOfTheTask() async throws {
        let server = try await ScriptedServer.start([
            GRPCStatus(.unavailable, "busy"), .ok, GRPCStatus(.unavailable, "busy"), .ok,
        ])
        let (own, task) = (LogLines(), LogLines())
        let client = try ScoringClient(configuration(server), logger: own.logger)
        let running = Task { try await client.run() }
        _ = try await client.listModels()
        #expect(own.lines.filter { $0.contains("made again") }.count == 1)
        try await withLogger(task.logger) { _ in _ = try await client.listModels() }
        #expect(own.lines.filter { $0.contains("made again") }.count == 1)
        #expect(task.lines.filter { $0.contains("made again") }.count == 1)
        client.close()
        try await running.value
        await server.stop()
    }

    private func configuration(_ server: ScriptedServer) -> ScoringClientConfiguration {
        .loopback(server.certificates, port: server.port)
    }
}

/// Lines that were logged.
private final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(lines: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        func log(event: LogEvent) { lines.kept.withLock { $0.append("\(event.message)") } }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
    }
}
