// SPDX-License-Identifier: Apache-2.0

// The syntax tree of an expression. BundleFormat.md describes the language.

/// An expression of a manifest.
///
/// `min` and `max` of several arguments are chains of two, and `clip(x, low, high)` is
/// `min(max(x, low), high)`, so neither has a node of its own.
package indirect enum Expression: Sendable, Equatable {
    /// A literal.
    case number(Double)
    /// A value of `yearsEarlier` fiscal years before.
    case name(String, yearsEarlier: Int)
    /// An operation on one value.
    case unary(UnaryOperation, Expression)
    /// An operation on two values.
    case binary(BinaryOperation, Expression, Expression)
    /// `if(condition, chosen, otherwise)`.
    case choice(Expression, Expression, Expression)
    /// A fold over fiscal years.
    case overYears(YearsOperation, Expression)
}

/// Operations on one value.
package enum UnaryOperation: Sendable, Hashable {
    case negate, absolute, logarithm
}

/// Operations on two values. Comparisons give 1 or 0.
package enum BinaryOperation: Sendable, Hashable {
    case add, subtract, multiply, divide, minimum, maximum
    case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual

    /// Whether the operation needs two values of the same dimension.
    var wantsEqualDimensions: Bool { self != .multiply && self != .divide }

    /// Whether the result is 1 or 0.
    var isComparison: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
        default: false
        }
    }
}

/// Folds over the leading run of fiscal years in which a value is known.
package enum YearsOperation: String, Sendable, Hashable, CaseIterable {
    case sum = "sum_years"
    case mean = "mean_years"
    case minimum = "min_years"
    case maximum = "max_years"
    case deviation = "deviation_years"
    case count = "count_years"
}

/// Why a text is no valid expression.
package struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and what to do.
    package let message: String
    /// Byte of the text at which it is wrong, from 0, where there is one.
    package let offset: Int?

    /// The message with its place.
    package var description: String {
        offset.map { "at character \($0 + 1): \(message)" } ?? message
    }
}
