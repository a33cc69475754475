// SPDX-License-Identifier: Apache-2.0

// What a measurement found, as text and as JSON.

package import CommandFiles
package import CommandTables
package import VigieClient

/// What a measurement found.
package struct BenchResult: Equatable, Sendable {
    /// Name of the way of calling: "bulk" or "unary".
    package var mode: String
    /// How the rows were sent; of a stream, the last ones.
    package var encoding: RowEncoding
    /// Calls or blocks that were answered.
    package var callCount: Int
    /// Rows that were answered.
    package var rowCount: Int
    /// Time that the measurement took, in seconds.
    package var seconds: Double
    /// Times from a call to its answer in seconds, ascending; none are taken of a stream.
    package var latencies: [Double]

    /// Creates a result; the latencies may come in any order.
    package init(
        mode: String,
        encoding: RowEncoding,
        callCount: Int,
        rowCount: Int,
        seconds: Double,
        latencies: [Double]
    ) {
        self.mode = mode
        self.encoding = encoding
        self.callCount = callCount
        self.rowCount = rowCount
        self.seconds = seconds
        self.latencies = latencies.sorted()
    }

    /// The latency below which this share of the calls was, in seconds; nil without latencies.
    /// The nearest rank is taken: never a value that was not measured.
    package func latency(percentile: Double) -> Double? {
        guard !latencies.isEmpty else { return nil }
        let rank = Int((percentile / 100 * Double(latencies.count)).rounded(.up))
        return latencies[min(max(rank, 1), latencies.count) - 1]
    }

    /// Results as a table.
    package static func table(_ results: [BenchResult], terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("mode", .left), ("sent as", .left), ("calls", .right), ("rows", .right),
                ("seconds", .right),
                ("calls/s", .right), ("rows/s", .right), ("p50", .right), ("p99", .right),
                ("slowest", .right),
            ],
            rows: results.map { result in
                [
                    result.mode, result.encodingName, grouped(result.callCount),
                    grouped(result.rowCount),
                    decimals(result.seconds, 2),
                    short(Double(result.callCount) / result.seconds),
                    short(Double(result.rowCount) / result.seconds),
                    milliseconds(result.latency(percentile: 50)),
                    milliseconds(result.latency(percentile: 99)),
                    milliseconds(result.latencies.last),
                ]
            },
            terminal: terminal
        )
    }

    /// Adds the result as a JSON object.
    package func writeJSON(to sink: ByteSink) {
        sink.writeJSONName("mode", isFirst: true)
        sink.writeJSON(mode)
        sink.writeJSONName("sent_as")
        sink.writeJSON(encodingName)
        sink.write(",\"calls\":\(callCount),\"rows\":\(rowCount)")
        let numbers = [
            ("seconds", seconds), ("calls_per_second", Double(callCount) / seconds),
            ("rows_per_second", Double(rowCount) / seconds),
            ("latency_p50_seconds", latency(percentile: 50) ?? .nan),
            ("latency_p99_seconds", latency(percentile: 99) ?? .nan),
            ("latency_maximum_seconds", latencies.last ?? .nan),
        ]
        for (name, number) in numbers {
            sink.writeJSONName(name)
            sink.writeJSON(number)
        }
    }

    private var encodingName: String {
        switch encoding {
        case .float32: "float32"
        case .float64: "float64"
        case .quantised: "quantised"
        }
    }

    private static func milliseconds(_ seconds: Double?) -> String {
        guard let seconds else { return "" }
        let value = seconds * 1000
        return decimals(value, value < 10 ? 3 : 1) + " ms"
    }
}
