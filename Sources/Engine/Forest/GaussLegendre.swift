// SPDX-License-Identifier: Apache-2.0

// Gauss-Legendre quadrature on [0, 1], which integrates polynomials exactly.

internal import Glibc

/// Points and weights; `n` points integrate polynomials of degree `2n - 1` without error.
struct GaussLegendre: Sendable {
    /// Most points worth having. With as many, products of up to 128 factors are exact, and longer
    /// ones are smooth enough on [0, 1] that the error stays under float64 rounding.
    static let pointsMaximum = 64  // tidy: limit: of float64

    /// Where to evaluate, strictly between 0 and 1.
    let points: [Double]
    /// What each value counts; they sum to 1.
    let weights: [Double]

    /// The rule with `count` points: zeros of the Legendre polynomial by Newton's method.
    init(count: Int) {
        var points: [Double] = []
        var weights: [Double] = []
        for index in 0..<count {
            var x = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
            for _ in 0..<8 {
                let (value, slope) = Self.legendre(degree: count, at: x)
                x -= value / slope
            }
            let slope = Self.legendre(degree: count, at: x).slope
            points.append((1 - x) / 2)
            weights.append(1 / ((1 - x * x) * slope * slope))
        }
        self.points = points
        self.weights = weights
    }

    /// The Legendre polynomial and its derivative by their three-term recurrence.
    private static func legendre(degree: Int, at x: Double) -> (value: Double, slope: Double) {
        var previous = 1.0
        var value = x
        for k in 1..<max(degree, 1) {
            let k = Double(k)
            (previous, value) = (value, ((2 * k + 1) * x * value - k * previous) / (k + 1))
        }
        return (value, Double(degree) * (x * value - previous) / (x * x - 1))
    }
}
