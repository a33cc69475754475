// SPDX-License-Identifier: Apache-2.0

// A scorecard: each feature falls in a bin, each bin has points, and the points
// add up to log-odds.

/// A scorecard, its bins in parallel arrays.
struct Scorecard: Sendable {
    /// Log-odds that every row starts from.
    let intercept: Double
    /// Points of each feature when it is missing.
    let missingPoints: [Double]
    /// Mean points of each feature over the reference population.
    let meanPoints: [Double]
    /// Bins of feature `f` are `binOffsets[f] ..< binOffsets[f + 1]`.
    let binOffsets: [Int]
    /// Greatest value of each bin; infinity for the last of a feature.
    let upperBounds: [Double]
    /// Points of each bin.
    let points: [Double]

    /// Number of features.
    var featureCount: Int { missingPoints.count }

    /// Raw score that contributions add to.
    var baseValue: Double { meanPoints.reduce(intercept, +) }

    /// Raw scores of rows of float32 features.
    ///
    /// - Parameters:
    ///   - rowStride: Distance from one row's value to the next, in values.
    ///   - column: Where the first row's value of a feature is.
    func rawScores(
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>,
        column: (Int) -> UnsafePointer<Float>
    ) {
        output.update(repeating: intercept, count: rowCount)
        for feature in 0..<featureCount {
            let values = column(feature)
            for row in 0..<rowCount {
                output[row] += points(of: feature, value: values[row * rowStride])
            }
        }
    }

    /// What each feature adds to `baseValue`, on the scale of the raw score.
    func contributions(row: UnsafePointer<Float>, into output: UnsafeMutablePointer<Double>) {
        for feature in 0..<featureCount {
            output[feature] = points(of: feature, value: row[feature]) - meanPoints[feature]
        }
    }

    /// Bins are few and the first ones common, so they are tried in order.
    private func points(of feature: Int, value: Float) -> Double {
        guard !value.isNaN else { return missingPoints[feature] }
        var bin = binOffsets[feature]
        while Double(value) > upperBounds[bin] { bin += 1 }
        return points[bin]
    }
}
