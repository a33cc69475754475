// SPDX-License-Identifier: Apache-2.0

// What measurements find.

import Testing
import VigieClient
import VigieCommand

@Suite struct BenchResultTests {
    @Test func percentilesAreMeasuredValues() {
        let result = BenchResult(
            mode: "unary",
            encoding: .float64,
            callCount: 100,
            rowCount: 100,
            seconds: 1,
            latencies: (1...100).reversed().map(Double.init)
        )
        #expect(result.latency(percentile: 50) == 50)
        #expect(result.latency(percentile: 99) == 99)
        #expect(result.latency(percentile: 100) == 100)
        #expect(result.latency(percentile: 0) == 1)
        let empty = BenchResult(
            mode: "bulk",
            encoding: .quantised,
            callCount: 0,
            rowCount: 0,
            seconds: 1,
            latencies: []
        )
        #expect(empty.latency(percentile: 50) == nil)
    }
}
