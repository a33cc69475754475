// SPDX-License-Identifier: Apache-2.0

// The compiled form of all expressions of a manifest: a straight line of
// operations on registers. A register holds one value of each row of a chunk.

/// One step of a program. Operands are registers.
enum ProgramOperation: Hashable {
    /// The same value in all rows, by bit pattern, so that NaN equals itself.
    case constant(UInt64)
    /// A column that the caller sends. Never a step: the column is a register already.
    case column(Int32)
    case unary(UnaryOperation, Int32)
    case binary(BinaryOperation, Int32, Int32)
    case choice(Int32, Int32, Int32)
    /// A fold over three years, latest first; one that cannot be known is a constant NaN.
    case overYears(YearsOperation, Int32, Int32, Int32)

    /// The registers that are read.
    var operands: [Int32] {
        switch self {
        case .constant, .column: []
        case .unary(_, let a): [a]
        case .binary(_, let a, let b): [a, b]
        case .choice(let a, let b, let c), .overYears(_, let a, let b, let c): [a, b, c]
        }
    }

    /// The same operation on other registers.
    func mapOperands(_ map: (Int32) -> Int32) -> ProgramOperation {
        switch self {
        case .constant, .column: self
        case .unary(let operation, let a): .unary(operation, map(a))
        case .binary(let operation, let a, let b): .binary(operation, map(a), map(b))
        case .choice(let a, let b, let c): .choice(map(a), map(b), map(c))
        case .overYears(let operation, let a, let b, let c):
            .overYears(operation, map(a), map(b), map(c))
        }
    }
}

/// All expressions of a manifest, compiled.
///
/// Registers `0..<columnCount` are the caller's columns; they are only read.
package struct ExpressionProgram: Sendable {
    enum Instruction {
        /// Computes a register.
        case compute(ProgramOperation, into: Int32)
        /// Rounds a register to float32 and stores it as a feature.
        case store(Int32, feature: Int)
    }

    /// Input columns.
    package let columnCount: Int
    /// Features that a run stores.
    package let featureCount: Int
    /// Registers that a run needs, the columns among them.
    package let registerCount: Int
    let instructions: [Instruction]

    /// Number of operations that a run executes, for estimates.
    package var operationCount: Int { instructions.count }
}
