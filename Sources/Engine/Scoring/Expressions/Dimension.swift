// SPDX-License-Identifier: Apache-2.0

// Infers the dimension of an expression: the power of currency in its value. A
// ratio has power 0 and an amount power 1. So a bundle is proved not to depend on
// the currency, and an amount added to a ratio is found at load.

/// The power of currency in a value; nil fits any, as that of the literal 0 does.
package typealias Dimension = Int?

/// Infers dimensions.
package struct DimensionChecker {
    /// Dimensions of the names that expressions may use so far.
    package var names: [String: Dimension] = [:]
    /// Whether literals other than 0 may be amounts, and `ln` may take amounts: in bundles
    /// that are bound to one currency.
    package let allowsAmountsInLiterals: Bool

    /// Makes a checker that knows no names yet.
    package init(allowsAmountsInLiterals: Bool) {
        self.allowsAmountsInLiterals = allowsAmountsInLiterals
    }

    /// The dimension of an expression, all of whose names are known.
    ///
    /// - Throws: An operation on values whose dimensions do not fit.
    package func dimension(of expression: Expression) throws(ExpressionError) -> Dimension {
        switch expression {
        case .number(let value):
            return value == 0 || allowsAmountsInLiterals ? nil : 0
        case .name(let name, _):
            return names[name] ?? nil
        case .unary(let operation, let operand):
            let dimension = try dimension(of: operand)
            guard operation == .logarithm else { return dimension }
            guard allowsAmountsInLiterals || (dimension ?? 0) == 0 else {
                throw ExpressionError(
                    message: "ln wants a value without dimension, not \(Self.shown(dimension)).",
                    offset: nil
                )
            }
            return 0
        case .binary(let operation, let left, let right):
            return try combine(
                operation,
                try dimension(of: left),
                try dimension(of: right)
            )
        case .choice(let condition, let chosen, let otherwise):
            _ = try dimension(of: condition)
            return try same(
                try dimension(of: chosen),
                try dimension(of: otherwise),
                "the results of if"
            )
        case .overYears(let operation, let operand):
            let dimension = try dimension(of: operand)
            return operation == .count ? 0 : dimension
        }
    }

    private func combine(
        _ operation: BinaryOperation,
        _ left: Dimension,
        _ right: Dimension
    ) throws(ExpressionError) -> Dimension {
        guard operation.wantsEqualDimensions else {
            guard let left, let right else { return nil }
            let power = operation == .multiply ? left + right : left - right
            guard abs(power) <= 100 else {
                throw ExpressionError(message: "is currency to the power \(power).", offset: nil)
            }
            return power
        }
        let dimension = try same(left, right, "both sides of an operation")
        return operation.isComparison ? 0 : dimension
    }

    private func same(
        _ left: Dimension,
        _ right: Dimension,
        _ place: String
    ) throws(ExpressionError) -> Dimension {
        guard let left else { return right }
        guard let right, left != right else { return left }
        throw ExpressionError(
            message: "\(place) must have the same dimension; one is \(Self.shown(left)), the "
                + "other \(Self.shown(right)).",
            offset: nil
        )
    }

    /// A dimension in words.
    static func shown(_ dimension: Dimension) -> String {
        switch dimension ?? 0 {
        case 0: "a number without currency"
        case 1: "an amount of currency"
        case let power: "currency to the power \(power)"
        }
    }
}
