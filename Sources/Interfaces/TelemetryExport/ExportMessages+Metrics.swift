// SPDX-License-Identifier: Apache-2.0

// Metrics as a collector takes them (opentelemetry/proto/metrics/v1): sums since the start of the
// process, so that a push that is lost loses nothing.

internal import MetricsPage
internal import ProtobufCoding
internal import Telemetry

/// Between which times sums were counted, in nanoseconds since 1970.
struct ExportPeriod: Sendable {
    let begin: UInt64
    let end: UInt64
}

extension ProtobufWriter {
    /// An ExportMetricsServiceRequest.
    static func request(
        families: [MetricFamily],
        of period: ExportPeriod,
        from source: ExportSource
    ) -> [UInt8] {
        var request = ProtobufWriter()
        request.resource(source) { scope in
            for family in families where !family.samples.isEmpty {
                scope.nested(2) { $0.fields(of: family, period) }
            }
        }
        return request.contents
    }

    private mutating func fields(of family: MetricFamily, _ period: ExportPeriod) {
        text(1, family.name)
        text(2, family.help)
        switch family.kind {
        case .gauge:
            nested(5) { $0.points(family, period) }
        case .counter:
            nested(7) { sum in
                sum.points(family, period)
                sum.cumulative()
                sum.tag(Tag.varint(3))
                sum.bool(true)
            }
        case .histogram:
            text(3, "s")
            nested(9) { histogram in
                histogram.points(family, period)
                histogram.cumulative()
            }
        }
    }

    /// The sums are since the start.
    private mutating func cumulative() {
        tag(Tag.varint(2))
        enumeration(2)
    }

    private mutating func points(_ family: MetricFamily, _ period: ExportPeriod) {
        for sample in family.samples {
            nested(1) { point in
                point.time(2, period.begin)
                point.time(3, period.end)
                let attributes: UInt32
                switch sample.value {
                case .whole(let value):
                    attributes = 7
                    point.tag(Tag.fixed64(6))
                    point.sfixed64(Int64(clamping: value))
                case .number(let value):
                    attributes = 7
                    point.tag(Tag.fixed64(4))
                    point.fixed64(value.bitPattern)
                case .times(let times, let sum):
                    attributes = 9
                    point.histogram(times, sum)
                }
                for (name, value) in sample.labels { point.attribute(attributes, name, value) }
            }
        }
    }

    private mutating func histogram(_ times: [UInt64], _ sum: UInt64) {
        time(4, times.reduce(0, &+))
        tag(Tag.fixed64(5))
        fixed64((Double(sum) / 1e9).bitPattern)
        nested(6) { counts in for count in times { counts.fixed64(count) } }
        nested(7) { bounds in
            for bound in CallTimes.bounds { bounds.fixed64((Double(bound) / 1e9).bitPattern) }
        }
    }
}
