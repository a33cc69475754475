// SPDX-License-Identifier: Apache-2.0

// Timing: how long a row takes, on one thread, in processor time, so that a busy machine disturbs
// less.

import Forest
import Glibc

/// Prints the times of the plan on the rows; always true, so that it can end the program.
func printTimes(_ arguments: [String]) throws -> Bool {
    let ensemble = try readModel(arguments[1])
    let start = processorNanoseconds()
    let plan = try plan(ensemble, way: arguments.count == 4 ? arguments[3] : nil)
    let milliseconds = (processorNanoseconds() - start) / 1e6
    let estimate = plan.estimatedNanoseconds(rowCount: 1000, isDouble: false) / 1000
    print("\(plan.path), compiled in \(milliseconds) ms, estimated ns/row \(estimate)")
    if arguments[2].hasSuffix(".f64") {
        let rows = try readRows(arguments[2], as: Double.self, columnCount: ensemble.featureCount)
        rows.printTimes { plan.rawScores(rows: $0, rowCount: $1, rowStride: $2, output: $3) }
    } else {
        let rows = try readRows(arguments[2], as: Float.self, columnCount: ensemble.featureCount)
        rows.printTimes { plan.rawScores(rows: $0, rowCount: $1, rowStride: $2, output: $3) }
        printQuantisedTimes(plan, rows)
        rows.printColumnTimes(plan)
    }
    return true
}

/// The plan, all of whose rows go one way if that is given: a path and, after a slash, whether they
/// go in blocks.
private func plan(_ ensemble: TreeEnsemble, way: String?) throws -> ForestPlan {
    guard let parts = way?.split(separator: "/") else { return ForestPlan(ensemble) }
    let path = try readPath(String(parts[0]))
    guard parts.count == 2 else { return ForestPlan(ensemble, forcing: path) }
    guard let blocks = ForestPlan.Blocks.allCases.first(where: { "\($0)" == parts[1] }) else {
        throw CheckError(description: "\(parts[1]): always, tiles or never")
    }
    return ForestPlan(ensemble, forcing: path, blocks: blocks)
}

/// Prints the times of turning rows into bins, and of scoring those.
private func printQuantisedTimes(_ plan: ForestPlan, _ rows: Rows<Float>) {
    guard let quantiser = plan.quantiser else { return }
    let width = quantiser.columns.count
    var bins = [UInt8](repeating: 0, count: rows.count * width)
    rows.report("quantise", times: 9) {
        quantiser.bins(
            rows: rows.values,
            rowCount: rows.count,
            rowStride: rows.columnCount,
            output: &bins,
            path: plan.path
        )
    }
    var output = [Double](repeating: 0, count: rows.count)
    rows.report("quantised", times: 9) {
        plan.rawScores(bins: bins, rowCount: rows.count, rowStride: width, output: &output)
    }
}

/// The path of that name.
func readPath(_ name: String) throws -> ForestPath {
    guard let path = ForestPath(name: name) else {
        throw CheckError(
            description: "\(name): no path of this processor (\(ForestPath.namesHere))"
        )
    }
    return path
}

extension Rows {
    /// Scores all rows several times, all at once and some at a time.
    func printTimes(
        score: (UnsafePointer<Value>, Int, Int, UnsafeMutablePointer<Double>) -> Void
    ) {
        var output = [Double](repeating: 0, count: count)
        values.withUnsafeBufferPointer { values in
            let first = values.baseAddress!
            report("bulk", times: 9) { score(first, count, columnCount, &output) }
            for size in [1, 8, 16, 32, 64, 100, 128, 200, 256, 384] {
                // A path that is forced takes a row alone as a whole block, which is slow.
                let rowCount = min(count, 10_000) / size * size
                report("\(size) at a time", times: 3, rowCount: rowCount) {
                    for row in stride(from: 0, to: rowCount, by: size) {
                        score(first + row * columnCount, size, columnCount, &output)
                    }
                }
            }
        }
    }

    /// Scores blocks that lie column by column, or row by row with the columns in another order: in
    /// place, and brought into rows of the model's order first.
    func printColumnTimes(_ plan: ForestPlan) where Value: ForestValue {
        let (width, size) = (columnCount, min(count, 4_096))
        var output = [Double](repeating: 0, count: size)
        var gathered = [Value](unsafeUninitializedCapacity: size * width) {
            $1 = size * width
            $0.initialize(repeating: values[0])
        }
        let byColumn = (0..<size * width).map { values[$0 % size * width + $0 / size] }
        let reversed = (0..<size * width).map { values[$0 - 2 * ($0 % width) + width - 1] }
        let layouts = [
            ("columns", byColumn, 1, (0..<width).map { $0 * size }),
            ("reordered", reversed, width, (0..<width).map { width - 1 - $0 }),
        ]
        for (name, block, stride, places) in layouts {
            block.withUnsafeBufferPointer { block in
                guard let first = block.baseAddress else { return }
                let columns = places.map { first + $0 }
                report("\(name) in place", times: 9, rowCount: size) {
                    plan.rawScores(
                        columns: columns,
                        rowCount: size,
                        rowStride: stride,
                        output: &output
                    )
                }
                report("\(name) gathered", times: 9, rowCount: size) {
                    // As many rows at a time as the engine takes.
                    for start in Swift.stride(from: 0, to: size, by: 512) {
                        let rows = min(512, size - start)
                        for column in 0..<width {
                            let from = columns[column] + start * stride
                            for row in 0..<rows {
                                gathered[row * width + column] = from[row * stride]
                            }
                        }
                        output.withUnsafeMutableBufferPointer { output in
                            guard let output = output.baseAddress else { return }
                            plan.rawScores(
                                rows: gathered,
                                rowCount: rows,
                                rowStride: width,
                                output: output + start
                            )
                        }
                    }
                }
            }
        }
    }

    /// Prints what `body` takes for each row.
    func report(_ name: String, times: Int, rowCount: Int? = nil, body: () -> Void) {
        body()
        let durations = (0..<times).map { _ in
            let start = processorNanoseconds()
            body()
            return (processorNanoseconds() - start) / Double(rowCount ?? count)
        }.sorted()
        print(
            "\(name): best \(Int(durations[0])) ns/row, median \(Int(durations[times / 2])) ns/row"
        )
    }
}

/// Processor time this thread has used.
func processorNanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
