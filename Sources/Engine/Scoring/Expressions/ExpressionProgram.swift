// SPDX-License-Identifier: Apache-2.0

// The compiled form of all expressions of a manifest.

internal import Formulas

/// All expressions of a manifest, compiled.
///
/// Missing is NaN, and no register ever holds an infinity: what overflows, and what is divided by
/// zero, is missing.
package struct ExpressionProgram: Sendable {
    private let plan: FormulaPlan

    init(_ plan: FormulaPlan) {
        self.plan = plan
    }

    /// Input columns.
    package var columnCount: Int { plan.formula.inputCount }
    /// Features that a run stores.
    package var featureCount: Int { plan.columnCount }
    /// Registers that a run needs, the columns among them.
    package var registerCount: Int { plan.registerCount }
    /// Number of operations that a run executes, for estimates.
    package var operationCount: Int { plan.instructionCount }

    /// Computes the features of up to `ScoringLimits.rowsPerChunk` rows.
    ///
    /// - Parameters:
    ///   - registers: `registerCount` registers of `ScoringLimits.rowsPerChunk` values each,
    ///     the columns filled, finite or NaN.
    ///   - rowCount: Number of rows.
    ///   - features: Row-major float32 features, written.
    package func run(
        registers: UnsafeMutablePointer<Double>,
        rowCount: Int,
        features: UnsafeMutablePointer<Float>
    ) {
        plan.run(registers: registers, rowCount: rowCount, rows: features)
    }
}
