// SPDX-License-Identifier: Apache-2.0

// How much faster two threads score than one, in time of the clock: they share only the plan.

import Forest

/// Prints how many times as many rows two threads score as one; always true.
func printThreads(_ arguments: [String]) async throws -> Bool {
    let ensemble = try readModel(arguments[1])
    let plan = ForestPlan(ensemble)
    let rows = try readRows(arguments[2], as: Float.self, columnCount: ensemble.featureCount)
    let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: rows.count)
    nonisolated(unsafe) let output = memory.baseAddress!
    defer { memory.deallocate() }
    let half = rows.count / 2
    @Sendable func score(_ part: Range<Int>) {
        rows.values.withUnsafeBufferPointer {
            plan.rawScores(
                rows: $0.baseAddress! + part.lowerBound * rows.columnCount,
                rowCount: part.count,
                rowStride: rows.columnCount,
                output: output + part.lowerBound
            )
        }
    }
    var ratios: [Double] = []
    for _ in 0..<9 {
        let clock = ContinuousClock()
        let one = clock.measure { score(0..<rows.count) }
        let two = await clock.measure {
            async let first: Void = score(0..<half)
            async let second: Void = score(half..<rows.count)
            _ = await (first, second)
        }
        ratios.append(one / two)
    }
    print("two threads: \(ratios.sorted()[4]) times as many rows as one")
    return true
}
