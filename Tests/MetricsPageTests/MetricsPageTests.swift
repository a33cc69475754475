// SPDX-License-Identifier: Apache-2.0

import MetricsPage
import Telemetry
import Testing

@Suite struct ExpositionTests {
    @Test func labelsAndHelpsAreEscaped() {
        var page = Exposition()
        let sample = MetricFamily.Sample([("x", "q\"b\\n\n"), ("y", "é")], .whole(1))
        page.write(MetricFamily("a", .gauge, "One \\ two\nthree", [sample]))
        #expect(
            page.text == """
                # HELP a One \\\\ two\\nthree
                # TYPE a gauge
                a{x="q\\"b\\\\n\\n",y="é"} 1

                """
        )
    }

    @Test(arguments: [
        (0.0, "0"), (1e15, "1000000000000000"), (1e300, "1e+300"), (0.1, "0.1"), (.nan, "NaN"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"), (-0.5, "-0.5"),
        (.leastNonzeroMagnitude, "5e-324"),
    ])
    func numbersAreWrittenAsTheFormatHasThem(_ value: Double, _ text: String) {
        var page = Exposition()
        page.write(MetricFamily("a", .gauge, "A", [.init([], .number(value))]))
        #expect(page.text == "# HELP a A\n# TYPE a gauge\na \(text)\n")
    }
}

@Suite struct CallMetricsTests {
    private let counters = CounterRegistry()
    private let methods = [
        MeteredMethod(service: "s.S", method: "One", isStream: false),
        MeteredMethod(service: "s.S", method: "Many", isStream: true),
    ]

    private func value(_ name: String, _ labels: String) -> String? {
        let page = MetricsPage(methods: methods, counters: counters, gauges: [])
        let line = page.text.split(separator: "\n").first { $0.hasPrefix("\(name){\(labels)} ") }
        return line.map { String($0.split(separator: " ").last ?? "") }
    }

    private static let one = #"grpc_type="unary",grpc_service="s.S",grpc_method="One""#

    @Test func callsOfAllThreadsAreSummed() {
        let (first, second) = (
            counters.makeCallTimes(methodCount: 2), counters.makeCallTimes(methodCount: 2)
        )
        for times in [first, second] {
            times.begin(0)
            times.end(0, code: 0, nanoseconds: 50_000, received: 1, sent: 1)
        }
        first.begin(0)
        first.end(0, code: 3, nanoseconds: 2_000_000_000_000, received: 1, sent: 0)
        #expect(value("grpc_server_started_total", Self.one) == "3")
        let handled = "grpc_server_handled_total"
        #expect(value(handled, Self.one + #",grpc_code="OK""#) == "2")
        #expect(value(handled, Self.one + #",grpc_code="InvalidArgument""#) == "1")
        #expect(value("grpc_server_msg_received_total", Self.one) == "3")
        #expect(value("grpc_server_msg_sent_total", Self.one) == "2")
        let bucket = "grpc_server_handling_seconds_bucket"
        #expect(value(bucket, Self.one + #",le="1e-05""#) == "0")
        #expect(value(bucket, Self.one + #",le="3e-05""#) == "0")
        #expect(value(bucket, Self.one + #",le="0.0001""#) == "2")
        #expect(value(bucket, Self.one + #",le="100""#) == "2")
        #expect(value(bucket, Self.one + #",le="+Inf""#) == "3")
        #expect(value("grpc_server_handling_seconds_count", Self.one) == "3")
        #expect(value("grpc_server_handling_seconds_sum", Self.one) == "2000.0001")
    }

    @Test func whatIsNoMethodIsOther() {
        let times = counters.makeCallTimes(methodCount: 2)
        for method in [2, 7, -1, .max] { times.begin(method) }
        let other = #"grpc_type="unary",grpc_service="other",grpc_method="other""#
        #expect(value("grpc_server_started_total", other) == "4")
        #expect(value("grpc_server_started_total", Self.one) == "0")
    }

    @Test func thePageOfHealthIsToldApart() {
        counters.makeCallTimes(methodCount: 2).begin(3)
        let page = #"grpc_type="unary",grpc_service="http",grpc_method="healthz""#
        #expect(value("grpc_server_started_total", page) == "1")
    }

    @Test func aTimeOnABoundIsWithinIt() {
        for (place, bound) in CallTimes.bounds.enumerated() {
            for (nanoseconds, wanted) in [(bound, place), (bound + 1, place + 1)] {
                let times = CallTimes(methodCount: 1)
                times.end(0, code: 99, nanoseconds: nanoseconds, received: -1, sent: 0)
                var sum = CallSums()
                times.add(0, to: &sum)
                #expect(sum.times.firstIndex(of: 1) == wanted)
                #expect(sum.codes.last == 1 && sum.received == 0)
            }
        }
    }
}
