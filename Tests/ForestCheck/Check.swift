// SPDX-License-Identifier: Apache-2.0

// The modes of forest-check.

import Forest

/// Runs the mode the arguments name; returns whether everything was equal.
func runCheck(_ arguments: [String]) async throws -> Bool {
    switch (arguments.first, arguments.count) {
    case ("equal", 4): return try checkEquality(arguments)
    case ("shap", 4): return try checkContributions(arguments)
    case ("threads", 3): return try await printThreads(arguments)
    case ("time", 3), ("time", 4): return try printTimes(arguments)
    case ("time-shap", 3), ("time-shap", 4): return try printExplanationTimes(arguments)
    default: throw CheckError(description: usage)
    }
}

private func checkEquality(_ arguments: [String]) throws -> Bool {
    let ensemble = try readModel(arguments[1])
    let expected = try readValues(arguments[3], as: Double.self)
    let scorer = ReferenceScorer(ensemble)
    let plans = ForestPath.allCases.filter(\.runsHere).map { ForestPlan(ensemble, forcing: $0) }
    let reference: [Double]
    let scores: [[Double]]
    if arguments[2].hasSuffix(".f64") {
        let rows = try readRows(arguments[2], as: Double.self, columnCount: ensemble.featureCount)
        try requireCount(rows.count, expected.count)
        reference = rows.map { scorer.rawScore(row: $0) }
        scores = plans.map { plan in
            rows.scores { plan.rawScores(rows: $0, rowCount: $1, rowStride: $2, output: $3) }
        }
    } else {
        let rows = try readRows(arguments[2], as: Float.self, columnCount: ensemble.featureCount)
        try requireCount(rows.count, expected.count)
        reference = rows.map { scorer.rawScore(row: $0) }
        scores = plans.map { plan in
            rows.scores { plan.rawScores(rows: $0, rowCount: $1, rowStride: $2, output: $3) }
        }
    }
    let scorerDiffers = differenceCount(reference, expected)
    let planDiffers = scores.map { differenceCount($0, expected) }
    let paths = zip(plans, planDiffers).map { ", \($0.path) in \($1)" }.joined()
    print("rows \(expected.count), reference differs in \(scorerDiffers)\(paths)")
    return scorerDiffers == 0 && planDiffers.allSatisfy { $0 == 0 }
}

func requireCount(_ rows: Int, _ expected: Int) throws {
    guard rows == expected else {
        throw CheckError(description: "\(rows) rows, but \(expected) expected scores")
    }
}

private func differenceCount(_ left: [Double], _ right: [Double]) -> Int {
    zip(left, right).count { $0.bitPattern != $1.bitPattern }
}

extension Rows {
    /// The scores of all rows at once.
    func scores(
        _ score: (UnsafePointer<Value>, Int, Int, UnsafeMutablePointer<Double>) -> Void
    ) -> [Double] {
        var output = [Double](repeating: .nan, count: count)
        score(values, count, columnCount, &output)
        return output
    }

    /// What `body` makes of each row.
    func map(_ body: (UnsafeBufferPointer<Value>) -> Double) -> [Double] {
        values.withUnsafeBufferPointer { values in
            (0..<count).map { row in
                let start = row * columnCount
                return body(UnsafeBufferPointer(rebasing: values[start..<start + columnCount]))
            }
        }
    }
}
