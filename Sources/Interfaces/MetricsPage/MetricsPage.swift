// SPDX-License-Identifier: Apache-2.0

// What a server tells of itself: the families that those have who measured gRPC before
// (go-grpc-prometheus), and Vigie's own.

internal import CommandFiles
package import Telemetry

/// A method as labels name it.
package struct MeteredMethod: Sendable {
    /// Full name of the service, such as `vigie.v1.ScoringService`.
    package let service: String
    /// Name of the method.
    package let method: String
    /// Whether the client sends any number of messages.
    package let isStream: Bool

    /// Names a method.
    package init(service: String, method: String, isStream: Bool) {
        (self.service, self.method, self.isStream) = (service, method, isStream)
    }
}

/// A number that is looked up when somebody asks.
package struct Gauge: Sendable {
    let name: String
    let help: String
    let labels: [(String, String)]
    let value: @Sendable () -> Double

    /// Names a number.
    package init(
        _ name: String,
        _ help: String,
        labels: [(String, String)] = [],
        value: @escaping @Sendable () -> Double
    ) {
        (self.name, self.help, self.labels, self.value) = (name, help, labels, value)
    }
}

/// Writes the metrics of a server.
package struct MetricsPage: Sendable {
    private let methods: [MeteredMethod]
    private let counters: CounterRegistry
    private let gauges: [Gauge]

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - methods: In the order of the server's routes.
    ///   - counters: What was counted.
    ///   - gauges: What else is told; those of one name stand together.
    package init(methods: [MeteredMethod], counters: CounterRegistry, gauges: [Gauge]) {
        (self.methods, self.counters, self.gauges) = (methods, counters, gauges)
    }

    /// The page as it is now.
    package var text: String {
        var page = Exposition()
        for family in families { page.write(family) }
        return page.text
    }

    /// All that is told, as it is now.
    package var families: [MetricFamily] {
        calls + counted + blocks + looked + ProcessFacts.now.families
    }

    /// Of numbers of one name, which stand together, one family.
    private var looked: [MetricFamily] {
        var families: [MetricFamily] = []
        var samples: [MetricFamily.Sample] = []
        for (place, gauge) in gauges.enumerated() {
            samples.append(.init(gauge.labels, .number(gauge.value())))
            let isLast = place + 1 == gauges.count || gauges[place + 1].name != gauge.name
            guard isLast else { continue }
            families.append(MetricFamily(gauge.name, .gauge, gauge.help, samples))
            samples = []
        }
        return families
    }

    private func labels(_ place: Int) -> [(String, String)] {
        guard place < methods.count else {
            let (service, method) =
                place == methods.count ? ("other", "other") : ("http", "healthz")
            return [("grpc_type", "unary"), ("grpc_service", service), ("grpc_method", method)]
        }
        let method = methods[place]
        return [
            ("grpc_type", method.isStream ? "bidi_stream" : "unary"),
            ("grpc_service", method.service), ("grpc_method", method.method),
        ]
    }

    private var calls: [MetricFamily] {
        let sums = counters.callSums(placeCount: methods.count + CallTimes.otherPlaces)
        let each = sums.enumerated().map { (labels($0), $1) }
        func counter(
            _ name: String,
            _ help: String,
            _ value: (CallSums) -> UInt64
        ) -> MetricFamily {
            MetricFamily(name, .counter, help, each.map { .init($0, .whole(value($1))) })
        }
        let handled = each.flatMap { labels, sum in
            sum.codes.enumerated().filter { $1 > 0 || $0 == 0 }.map { code, count in
                MetricFamily.Sample(
                    labels + [("grpc_code", Self.codes[code])],
                    .whole(count)
                )
            }
        }
        let times = each.filter { $1.times.contains { $0 > 0 } }.map { labels, sum in
            MetricFamily.Sample(labels, .times(sum.times, sum: sum.nanoseconds))
        }
        return [
            counter("grpc_server_started_total", "Calls that began.") { $0.begun },
            MetricFamily(
                "grpc_server_handled_total",
                .counter,
                "Calls that ended, by their code.",
                handled
            ),
            counter("grpc_server_msg_received_total", "Messages of clients.") { $0.received },
            counter("grpc_server_msg_sent_total", "Messages to clients.") { $0.sent },
            MetricFamily(
                "grpc_server_handling_seconds",
                .histogram,
                "From the headers of a call to its end.",
                times
            ),
        ]
    }

    private var counted: [MetricFamily] {
        // Calls by their codes stand above, by method too; times stand below, in seconds.
        let told = Counter.allCases.filter {
            $0.code == nil && $0 != .callsBegun && $0 != .scoringNanoseconds
        }
        var families: [MetricFamily] = []
        var samples: [MetricFamily.Sample] = []
        for (place, counter) in told.enumerated() {
            let labels = counter.reason.map { [("reason", $0)] } ?? []
            samples.append(.init(labels, .whole(counters.value(of: counter))))
            let isLast = place + 1 == told.count || told[place + 1].name != counter.name
            guard isLast else { continue }
            families.append(MetricFamily(counter.name + "_total", .counter, counter.help, samples))
            samples = []
        }
        return families
    }

    /// Blocks of rows: their wait for a thread, and where the time goes that rows take.
    private var blocks: [MetricFamily] {
        let (waiting, running) = (counters.blockTimes.waiting, counters.blockTimes.running)
        let inPlace = counters.value(of: .scoringNanoseconds)
        return [
            MetricFamily(
                "vigie_block_wait_seconds",
                .histogram,
                "How long blocks waited for a scoring thread.",
                [.init([], .times(waiting.times, sum: waiting.sum))]
            ),
            MetricFamily(
                "vigie_scoring_seconds_total",
                .counter,
                "Processor time of scoring rows, by where it was done.",
                [
                    .init([("thread", "event_loop")], .number(Double(inPlace) / 1e9)),
                    .init([("thread", "scoring")], .number(Double(running.value) / 1e9)),
                ]
            ),
        ]
    }

    /// Codes as those families have always spelled them.
    private static let codes = [
        "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound",
        "AlreadyExists", "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted",
        "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ]
}
