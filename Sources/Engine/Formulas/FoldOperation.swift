// SPDX-License-Identifier: Apache-2.0

// Operations on three numbers of which the last may be missing.

/// Folds of two numbers, or of three where the third is known. Missing where one of the first two
/// is.
package enum FoldOperation: BitwiseCopyable, Sendable, CaseIterable {
    case sum, mean
    case minimum, maximum
    /// The standard deviation of a population.
    case deviation

    /// The result, in float64.
    @inline(__always)
    package func apply(_ a: Double, _ b: Double, _ c: Double) -> Double {
        let two = c.isNaN
        switch self {
        case .sum: return two ? a + b : a + b + c
        case .mean: return two ? (a + b) / 2 : (a + b + c) / 3
        case .minimum: return two ? least(a, b) : least(least(a, b), c)
        case .maximum: return two ? greatest(a, b) : greatest(greatest(a, b), c)
        case .deviation: return spread(a, b, c)
        }
    }
}

/// The first unless the second is less; NaN if either is.
@inline(__always)
private func least(_ first: Double, _ second: Double) -> Double {
    BinaryOperation.minimum.apply(second, first)
}

/// The first unless the second is greater; NaN if either is.
@inline(__always)
private func greatest(_ first: Double, _ second: Double) -> Double {
    BinaryOperation.maximum.apply(second, first)
}

@inline(__always)
private func spread(_ first: Double, _ second: Double, _ third: Double) -> Double {
    let two = third.isNaN
    let count: Double = two ? 2 : 3
    let mean = (two ? first + second : first + second + third) / count
    let (a, b, c) = (first - mean, second - mean, third - mean)
    let squares = a * a + b * b
    return ((two ? squares : squares + c * c) / count).squareRoot()
}
