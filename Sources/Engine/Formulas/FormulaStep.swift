// SPDX-License-Identifier: Apache-2.0

// What a step of a formula can do: the closed list.

package import Forest

/// A step: it reads registers, given by number, and appends its results. The great ones are apart,
/// so that a step is a few words to all who pass it on.
package enum FormulaStep: Sendable {
    /// The same number for every row.
    case constant(Double)
    /// An operation on one register.
    case unary(UnaryOperation, Int)
    /// An operation on two registers.
    case binary(BinaryOperation, Int, Int)
    /// `then` where the condition is neither 0 nor NaN, else `otherwise`.
    case select(condition: Int, then: Int, otherwise: Int)
    /// `then` where the condition is not 0, else `otherwise`; NaN where the condition is.
    case choose(condition: Int, then: Int, otherwise: Int)
    /// A fold of three registers.
    case fold(FoldOperation, Int, Int, Int)
    /// The raw scores of trees over the arguments, which are their features in order.
    indirect case trees(TreeEnsemble, arguments: [Int])
    /// Weighted sums of the arguments.
    indirect case linear(LinearModel, arguments: [Int])
    /// `exp(x) / Σ exp(x)` of the arguments, as many results.
    case softmax([Int])
    /// The same of float32 numbers as XGBoost computes it: with `expf` and a sum in float64, which
    /// is rounded to float32 before the division.
    case softmax32([Int])
    /// The place of the first of the largest arguments, from 0.
    case argumentOfMaximum([Int])
    /// The middle one of the arguments in order, or the mean of the middle two; NaN if one is.
    case median([Int])
    /// The places of the arguments from the largest to the smallest, the first of equals first; NaN
    /// in place of the NaN, which come last. As many results.
    case ranking([Int])
    /// Entry `x` of a table; `otherwise` where there is none. NaN for NaN.
    case lookup(table: [Double], otherwise: Double, Int)
    /// The results of a tree of rules over the arguments.
    indirect case rules(RuleTree, arguments: [Int])

    /// The registers that the step reads.
    package var arguments: [Int] {
        switch self {
        case .constant: []
        case .unary(_, let argument), .lookup(_, _, let argument): [argument]
        case .binary(_, let left, let right): [left, right]
        case .select(let condition, let then, let otherwise): [condition, then, otherwise]
        case .choose(let condition, let then, let otherwise): [condition, then, otherwise]
        case .fold(_, let a, let b, let c): [a, b, c]
        case .trees(_, let arguments), .linear(_, let arguments): arguments
        case .rules(_, let arguments), .median(let arguments), .ranking(let arguments): arguments
        case .softmax(let arguments), .softmax32(let arguments): arguments
        case .argumentOfMaximum(let arguments): arguments
        }
    }

    /// The same step of other registers.
    package func mapArguments(_ map: (Int) -> Int) -> FormulaStep {
        switch self {
        case .constant: self
        case .unary(let operation, let argument): .unary(operation, map(argument))
        case .binary(let operation, let left, let right):
            .binary(operation, map(left), map(right))
        case .select(let condition, let then, let otherwise):
            .select(condition: map(condition), then: map(then), otherwise: map(otherwise))
        case .choose(let condition, let then, let otherwise):
            .choose(condition: map(condition), then: map(then), otherwise: map(otherwise))
        case .fold(let operation, let a, let b, let c): .fold(operation, map(a), map(b), map(c))
        case .trees(let ensemble, let arguments): .trees(ensemble, arguments: arguments.map(map))
        case .linear(let model, let arguments): .linear(model, arguments: arguments.map(map))
        case .softmax(let arguments): .softmax(arguments.map(map))
        case .softmax32(let arguments): .softmax32(arguments.map(map))
        case .argumentOfMaximum(let arguments): .argumentOfMaximum(arguments.map(map))
        case .median(let arguments): .median(arguments.map(map))
        case .ranking(let arguments): .ranking(arguments.map(map))
        case .lookup(let table, let otherwise, let argument):
            .lookup(table: table, otherwise: otherwise, map(argument))
        case .rules(let tree, let arguments): .rules(tree, arguments: arguments.map(map))
        }
    }

    /// The registers that the step appends.
    package var resultCount: Int {
        switch self {
        case .constant, .unary, .binary, .select, .choose, .fold: 1
        case .argumentOfMaximum, .median, .lookup: 1
        case .trees(let ensemble, _): ensemble.outputCount
        case .linear(let model, _): model.intercepts.count
        case .softmax(let arguments), .softmax32(let arguments): arguments.count
        case .ranking(let arguments): arguments.count
        case .rules(let tree, _): tree.resultCount
        }
    }
}

/// Weighted sums. Each begins with its intercept; `weight × argument` are added in the order of the
/// arguments, every product and sum rounded as the arithmetic says.
package struct LinearModel: Sendable, Equatable {
    /// For each sum, the weight of each argument.
    package var weights: [[Double]]
    /// Where each sum begins.
    package var intercepts: [Double]
    /// Whether a NaN adds nothing, instead of making the sum NaN.
    package var skipsMissing: Bool

    /// Sums of as many rows of weights as intercepts.
    package init(weights: [[Double]], intercepts: [Double], skipsMissing: Bool = false) {
        self.weights = weights
        self.intercepts = intercepts
        self.skipsMissing = skipsMissing
    }
}
