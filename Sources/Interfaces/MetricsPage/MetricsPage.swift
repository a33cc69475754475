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
        writeCalls(to: &page)
        writeCounters(to: &page)
        var last = ""
        for gauge in gauges {
            if gauge.name != last { page.family(gauge.name, .gauge, gauge.help) }
            last = gauge.name
            page.sample(gauge.name, gauge.labels, gauge.value())
        }
        ProcessFacts.now.write(to: &page)
        return page.text
    }

    private func labels(_ place: Int) -> [(String, String)] {
        guard place < methods.count else {
            return [("grpc_type", "unary"), ("grpc_service", "other"), ("grpc_method", "other")]
        }
        let method = methods[place]
        return [
            ("grpc_type", method.isStream ? "bidi_stream" : "unary"),
            ("grpc_service", method.service), ("grpc_method", method.method),
        ]
    }

    private func writeCalls(to page: inout Exposition) {
        let sums = counters.callSums(placeCount: methods.count + 1)
        let each = sums.enumerated().map { (labels($0), $1) }
        page.family("grpc_server_started_total", .counter, "Calls that began.")
        for (labels, sum) in each { page.sample("grpc_server_started_total", labels, sum.begun) }
        page.family("grpc_server_handled_total", .counter, "Calls that ended, by their code.")
        for (labels, sum) in each {
            for (code, count) in sum.codes.enumerated() where count > 0 || code == 0 {
                let labels = labels + [("grpc_code", Self.codes[code])]
                page.sample("grpc_server_handled_total", labels, count)
            }
        }
        page.family("grpc_server_msg_received_total", .counter, "Messages of clients.")
        for (labels, sum) in each {
            page.sample("grpc_server_msg_received_total", labels, sum.received)
        }
        page.family("grpc_server_msg_sent_total", .counter, "Messages to clients.")
        for (labels, sum) in each { page.sample("grpc_server_msg_sent_total", labels, sum.sent) }
        page.family(
            "grpc_server_handling_seconds",
            .histogram,
            "From the headers of a call to its end."
        )
        for (labels, sum) in each where sum.times.contains(where: { $0 > 0 }) {
            writeTimes(labels, sum, to: &page)
        }
    }

    private func writeTimes(
        _ labels: [(String, String)],
        _ sum: CallSums,
        to page: inout Exposition
    ) {
        var count: UInt64 = 0
        for (place, times) in sum.times.enumerated() {
            count &+= times
            let bound =
                CallTimes.bounds.indices.contains(place)
                ? Exposition.number(Double(CallTimes.bounds[place]) / 1e9) : "+Inf"
            page.sample("grpc_server_handling_seconds_bucket", labels + [("le", bound)], count)
        }
        page.sample("grpc_server_handling_seconds_sum", labels, Double(sum.nanoseconds) / 1e9)
        page.sample("grpc_server_handling_seconds_count", labels, count)
    }

    private func writeCounters(to page: inout Exposition) {
        // Calls by their codes stand above, by method too.
        var last = ""
        for counter in Counter.allCases where counter.code == nil && counter != .callsBegun {
            let name = counter.name + "_total"
            if name != last { page.family(name, .counter, counter.help) }
            last = name
            let labels = counter.reason.map { [("reason", $0)] } ?? []
            page.sample(name, labels, counters.value(of: counter))
        }
    }

    /// Codes as those families have always spelled them.
    private static let codes = [
        "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound",
        "AlreadyExists", "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted",
        "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ]
}
