// SPDX-License-Identifier: Apache-2.0

// Expressions compiled for those who want their values, not the features of a model.

internal import Formulas

/// Values of expressions, compiled. Missing is NaN, and nothing is ever infinite, as in
/// ``ExpressionProgram``.
package struct ExpressionValues: Sendable {
    private let plan: FormulaPlan

    init(_ plan: FormulaPlan) {
        self.plan = plan
    }

    /// Registers that a run needs, the columns first.
    package var registerCount: Int { plan.registerCount }
    /// Rows that a run may have: values of a register.
    package var blockRowsMax: Int { plan.blockRowsMax }
    /// Number of operations that a run executes, for estimates.
    package var operationCount: Int { plan.instructionCount }
    /// The register of each value, in the order in which they were asked for.
    package var places: [Int] { plan.outputPlaces }

    /// Computes the values of some rows.
    ///
    /// - Parameters:
    ///   - registers: ``registerCount`` registers of ``blockRowsMax`` values each, the columns
    ///     filled, finite or NaN.
    ///   - rowCount: Number of rows, at most ``blockRowsMax``.
    package func run(registers: UnsafeMutablePointer<Double>, rowCount: Int) {
        plan.run(registers: registers, rowCount: rowCount)
    }

    /// Computes the values of one row.
    ///
    /// - Parameter registers: ``registerCount`` values, the columns filled, finite or NaN.
    package func runRow(_ registers: UnsafeMutablePointer<Double>) { plan.runRow(registers) }
}
