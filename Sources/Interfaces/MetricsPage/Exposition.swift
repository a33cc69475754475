// SPDX-License-Identifier: Apache-2.0

// Metrics as text, as Prometheus reads them (exposition format 0.0.4): families with their help and
// type, samples with labels.

internal import Telemetry

/// A page of metrics, written from top to bottom.
package struct Exposition {
    /// The text so far.
    package private(set) var text = ""

    /// An empty page.
    package init() {}

    /// Writes a family.
    package mutating func write(_ family: MetricFamily) {
        // A backslash or the end of the line must not end the help.
        let help = family.help.map { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : String($0) }
        text += "# HELP \(family.name) \(help.joined())\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in family.samples { write(sample, of: family.name) }
    }

    private mutating func write(_ sample: MetricFamily.Sample, of name: String) {
        switch sample.value {
        case .whole(let value): line(name, sample.labels, "\(value)")
        case .number(let value): line(name, sample.labels, Self.number(value))
        case .times(let times, let sum):
            var count: UInt64 = 0
            for (place, inBound) in times.enumerated() {
                count &+= inBound
                let bound =
                    CallTimes.bounds.indices.contains(place)
                    ? Self.number(Double(CallTimes.bounds[place]) / 1e9) : "+Inf"
                line(name + "_bucket", sample.labels + [("le", bound)], "\(count)")
            }
            line(name + "_sum", sample.labels, Self.number(Double(sum) / 1e9))
            line(name + "_count", sample.labels, "\(count)")
        }
    }

    /// A number as the format has it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: String) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)\n"
    }

    /// A value of a label.
    private static func escaped(_ value: String) -> String {
        value.map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }
}
