// SPDX-License-Identifier: Apache-2.0

// Operations on one number. Truth is 1 and 0.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An operation on one number. NaN for NaN where nothing else is said.
package enum UnaryOperation: BitwiseCopyable, Sendable, CaseIterable {
    case negate, magnitude, sign, reciprocal
    case exp, ln, log10, log1p, sqrt
    /// `exp` and `log1p` of float32 numbers by the C library's functions for them, as XGBoost
    /// computes them.
    case exp32, log1p32
    case arctangent
    /// To the nearest float32.
    case float32
    case floor, ceiling
    /// To the nearest whole number, ties to the even one.
    case round
    /// Toward 0.
    case truncate
    /// `1 / (1 + exp(-x))`.
    case logistic
    /// The same of float32 numbers as XGBoost computes it: each step in float32.
    case logistic32
    case tanh
    /// The cumulative distribution function of the standard normal distribution.
    case normalDistribution
    /// 1 for NaN.
    case isMissing
    /// 1 for 0 and for NaN.
    case not

    /// The result, in float64.
    @inline(__always)
    package func apply(_ x: Double) -> Double {
        switch self {
        case .negate: -x
        case .magnitude: x.magnitude
        case .sign: x > 0 ? 1 : x < 0 ? -1 : x
        case .reciprocal: 1 / x
        case .exp: exponential(x)
        case .exp32: Double(exponential(Float(x)))
        // The C library takes long to say that there is none.
        case .ln: x > 0 || x.isNaN ? logarithm(x) : x == 0 ? -.infinity : .nan
        case .log10: decimalLogarithm(x)
        case .log1p: logarithmOfOnePlus(x)
        case .log1p32: Double(logarithmOfOnePlus(Float(x)))
        case .arctangent: inverseTangent(x)
        case .float32: Double(Float(x))
        case .sqrt: x.squareRoot()
        case .floor: x.rounded(.down)
        case .ceiling: x.rounded(.up)
        case .round: x.rounded(.toNearestOrEven)
        case .truncate: x.rounded(.towardZero)
        case .logistic: 1 / (1 + exponential(-x))
        case .logistic32: Double(logisticOfFloat(Float(x)))
        case .tanh: hyperbolicTangent(x)
        case .normalDistribution: 0.5 * complementaryError(-x * 0.5.squareRoot())
        case .isMissing: x.isNaN ? 1 : 0
        case .not: x == 0 || x.isNaN ? 1 : 0
        }
    }
}

// The cases above hide the C library's names.
@inline(__always) private func exponential(_ x: Double) -> Double { exp(x) }
@inline(__always) private func exponential(_ x: Float) -> Float { expf(x) }
@inline(__always) private func logarithm(_ x: Double) -> Double { log(x) }
@inline(__always) private func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }
@inline(__always) private func logarithmOfOnePlus(_ x: Float) -> Float { log1pf(x) }
@inline(__always) private func decimalLogarithm(_ x: Double) -> Double { log10(x) }
@inline(__always) private func inverseTangent(_ x: Double) -> Double { atan(x) }
@inline(__always) private func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
@inline(__always) private func complementaryError(_ x: Double) -> Double { erfc(x) }

/// Beyond 88.7 `expf` would be infinite.
@inline(__always) private func logisticOfFloat(_ x: Float) -> Float {
    1 / (exponential(-x < 88.7 ? -x : 88.7) + 1)
}
