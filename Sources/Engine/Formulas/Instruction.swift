// SPDX-License-Identifier: Apache-2.0

// A step as the evaluator runs it: registers have their final places.

internal import Forest

/// One instruction. Most are plain words, so that going from one to the next costs next to nothing.
struct Instruction: BitwiseCopyable, Sendable {
    /// What is done.
    enum Operation: BitwiseCopyable, Sendable {
        case constant(Double)
        case unary(UnaryOperation, Int32)
        case binary(BinaryOperation, Int32, Int32)
        case select(condition: Int32, then: Int32, otherwise: Int32)
        case choose(condition: Int32, then: Int32, otherwise: Int32)
        case fold(FoldOperation, Int32, Int32, Int32)
        /// A step over many registers, by its number in the plan.
        case wide(Int32)
        /// Rounds a register to float32 and stores it as a column of the results.
        case store(Int32, column: Int32)
    }

    /// What is done.
    let operation: Operation
    /// The first register that is written.
    let target: Int32
}

/// A step over any number of registers.
struct WideStep: Sendable {
    let step: FormulaStep
    /// The compiled trees of a step of trees.
    let trees: ForestPlan?

    init(_ step: FormulaStep) {
        self.step = step
        if case .trees(let ensemble, _) = step { trees = ForestPlan(ensemble) } else { trees = nil }
    }
}

extension FormulaStep {
    /// The step as plain words; nil if it is a wide one.
    var operation: Instruction.Operation? {
        switch self {
        case .constant(let value): .constant(value)
        case .unary(let operation, let argument): .unary(operation, Int32(argument))
        case .binary(let operation, let left, let right):
            .binary(operation, Int32(left), Int32(right))
        case .select(let condition, let then, let otherwise):
            .select(
                condition: Int32(condition),
                then: Int32(then),
                otherwise: Int32(otherwise)
            )
        case .choose(let condition, let then, let otherwise):
            .choose(
                condition: Int32(condition),
                then: Int32(then),
                otherwise: Int32(otherwise)
            )
        case .fold(let operation, let a, let b, let c):
            .fold(operation, Int32(a), Int32(b), Int32(c))
        default: nil
        }
    }
}
