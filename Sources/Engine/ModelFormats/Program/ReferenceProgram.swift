// SPDX-License-Identifier: Apache-2.0

// The naive evaluator of models: one row at a time.

internal import Formulas

/// Runs a model for one row. The measure of every reader.
package struct ReferenceProgram: Sendable {
    private let program: ModelProgram

    /// An evaluator of the model.
    package init(_ program: ModelProgram) {
        self.program = program
    }

    /// What the outputs are for a row of as many values as there are inputs.
    package func outputs(row: [Double]) -> [Double] {
        let registers = registers(row: row)
        return program.outputs.map { registers[$0.register] }
    }

    /// What the raw outputs are for a row.
    package func rawOutputs(row: [Double]) -> [Double] {
        let registers = registers(row: row)
        return program.rawOutputs.map { registers[$0.register] }
    }

    /// All registers for a row.
    package func registers(row: [Double]) -> [Double] {
        ReferenceFormula(program.formula).registers(row: row)
    }
}
