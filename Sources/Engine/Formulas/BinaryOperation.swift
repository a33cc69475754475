// SPDX-License-Identifier: Apache-2.0

// Operations on two numbers. Truth is 1 and 0.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An operation on two numbers.
package enum BinaryOperation: BitwiseCopyable, Sendable, CaseIterable {
    case add, subtract, multiply, divide, power
    /// NaN if either is.
    case minimum, maximum
    /// 0 if either is NaN, as in IEEE 754.
    case less, lessOrEqual, equal
    /// NaN if either is.
    case knownLess, knownLessOrEqual, knownEqual, knownNotEqual
    /// 1 if both are neither 0 nor NaN.
    case and
    /// 1 if one is neither 0 nor NaN.
    case or

    /// The result, in float64.
    @inline(__always)
    package func apply(_ x: Double, _ y: Double) -> Double {
        switch self {
        case .add: x + y
        case .subtract: x - y
        case .multiply: x * y
        case .divide: x / y
        case .power: raise(x, y)
        case .minimum: x.isNaN || y.isNaN ? .nan : x < y ? x : y
        case .maximum: x.isNaN || y.isNaN ? .nan : x > y ? x : y
        case .less: x < y ? 1 : 0
        case .lessOrEqual: x <= y ? 1 : 0
        case .equal: x == y ? 1 : 0
        case .knownLess: known(x, y, x < y)
        case .knownLessOrEqual: known(x, y, x <= y)
        case .knownEqual: known(x, y, x == y)
        case .knownNotEqual: known(x, y, x != y)
        case .and: isTrue(x) && isTrue(y) ? 1 : 0
        case .or: isTrue(x) || isTrue(y) ? 1 : 0
        }
    }
}

@inline(__always) private func raise(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// 1 or 0; NaN if either number is.
@inline(__always)
private func known(_ x: Double, _ y: Double, _ holds: Bool) -> Double {
    x.isNaN || y.isNaN ? .nan : holds ? 1 : 0
}

/// Whether a number counts as true: it is neither 0 nor NaN.
@inline(__always)
package func isTrue(_ x: Double) -> Bool { x != 0 && !x.isNaN }
