// SPDX-License-Identifier: Apache-2.0

// What of a running server is told as metrics: its calls, what it holds, its models, and how long
// its certificate lasts.

internal import GRPCTransport
internal import MetricsPage
internal import Scoring
internal import Telemetry
internal import TelemetryExport
internal import VigieApplication
internal import VigieService

extension MetricsPage {
    /// The page of a server.
    init(
        server: VigieServer,
        registry: ModelRegistry,
        settings: DaemonSettings,
        counters: CounterRegistry,
        droppedSpans spans: SpanQueue?
    ) {
        let methods = server.services.flatMap { service in
            service.methods.map { method in
                MeteredMethod(
                    service: service.name,
                    method: method.name,
                    isStream: method.requests == .stream
                )
            }
        }
        self.init(
            methods: methods,
            counters: counters,
            gauges: Self.holdings(server) + Self.models(registry) + [
                Self.certificateEnd(settings.tls),
                Gauge("vigie_serving", "Whether health checks say that the server serves.") {
                    server.isServing ? 1 : 0
                },
                Gauge("vigie_spans_dropped", "Spans that were dropped: too many waited.") {
                    Double(spans?.droppedCount ?? 0)
                },
                Gauge(
                    "vigie_build_info",
                    "The version of the server.",
                    labels: [("version", DaemonVersion.text)]
                ) { 1 },
            ]
        )
    }

    private static func holdings(_ server: VigieServer) -> [Gauge] {
        func gauge(
            _ name: String,
            _ help: String,
            _ value: @escaping @Sendable (ServerHoldings) -> Int
        ) -> Gauge {
            Gauge(name, help) { Double(value(server.holdings)) }
        }
        return [
            gauge("vigie_connections", "Open connections whose handshake is over.") {
                $0.connections
            },
            gauge("vigie_connections_max", "Connections that may be open.") { $0.connectionsMax },
            gauge("vigie_handshakes", "Connections that shake hands.") { $0.handshakes },
            gauge("vigie_handshakes_max", "Connections that may.") { $0.handshakesMax },
            gauge("vigie_request_bytes", "Memory of requests.") { $0.requestBytes },
            gauge("vigie_request_bytes_max", "Memory that requests may take.") {
                $0.requestBytesMax
            },
            gauge("vigie_answer_bytes", "Memory of work and answers.") { $0.answerBytes },
            gauge("vigie_answer_bytes_max", "Memory that work and answers may take.") {
                $0.answerBytesMax
            },
        ]
    }

    private static func models(_ registry: ModelRegistry) -> [Gauge] {
        registry.models.map { model in
            Gauge(
                "vigie_model_info",
                "Models that are served; default is 1 for that of calls that name none.",
                labels: [
                    ("model", model.manifest.name), ("version", model.manifest.version),
                    ("default", model === registry.defaultModel ? "1" : "0"),
                ]
            ) { 1 }
        }
    }

    /// Read from the file: what a client is shown is that, or the last good one before it.
    private static func certificateEnd(_ tls: ServerTLSConfiguration) -> Gauge {
        Gauge(
            "vigie_certificate_end_seconds",
            "When the certificate that the file holds ends, in seconds since 1970; 0 when it "
                + "cannot be read."
        ) {
            let chain = try? CertificateSummary.read(tls.certificatePath)
            return Double(chain?.first?.end.seconds ?? 0)
        }
    }
}
