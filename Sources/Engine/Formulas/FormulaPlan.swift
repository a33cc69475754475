// SPDX-License-Identifier: Apache-2.0

// The fast evaluator of formulas: a block of rows at a time, instruction by instruction.

internal import Forest
internal import VigieLimits

/// A formula made ready to run. Its results are those of ``ReferenceFormula``, bit for bit,
/// whatever other rows a row is computed with. One plan serves any number of threads, each with a
/// workspace of its own.
package final class FormulaPlan: Sendable {
    /// The formula.
    package let formula: Formula
    /// Registers that a run needs.
    package let registerCount: Int
    /// Rows of a block at most.
    package let blockRowsMax: Int
    /// Columns that a run stores.
    package let columnCount: Int
    /// The registers in which a run leaves the results that were to be kept.
    package let outputPlaces: [Int]
    let wideSteps: [WideStep]
    let instructions: [Instruction]

    /// A plan that keeps every register of the formula, for blocks of as many rows as the
    /// bit-sliced kernel of trees takes, fewer for a formula of very many registers, whose blocks
    /// would take too much memory.
    package convenience init(_ formula: Formula) {
        let rowsMax = FormulaLimits.blockNumbers / max(formula.registerCount, 1)
        self.init(
            formula,
            RegisterAllocation(keepingAllOf: formula),
            columnCount: 0,
            blockRows: max(1, min(FormulaLimits.blockRows, rowsMax))
        )
    }

    /// A plan that stores some registers of the formula as columns and keeps no others.
    package convenience init(_ formula: Formula, storing outputs: [Int], blockRows: Int) {
        self.init(
            formula,
            RegisterAllocation(storing: outputs, of: formula),
            columnCount: outputs.count,
            blockRows: blockRows
        )
    }

    /// A plan that keeps some registers of the formula, in float64, and no others.
    package convenience init(_ formula: Formula, keeping outputs: [Int], blockRows: Int) {
        self.init(
            formula,
            RegisterAllocation(storing: outputs, of: formula, keepsOutputs: true),
            columnCount: 0,
            blockRows: blockRows
        )
    }

    private init(
        _ formula: Formula,
        _ allocation: RegisterAllocation,
        columnCount: Int,
        blockRows: Int
    ) {
        self.formula = formula
        self.columnCount = columnCount
        registerCount = allocation.registerCount
        instructions = allocation.instructions
        wideSteps = allocation.wideSteps
        outputPlaces = allocation.outputPlaces
        blockRowsMax = blockRows
    }

    /// Instructions that a run executes, for estimates.
    package var instructionCount: Int { instructions.count }

    /// What some rows take, in nanoseconds on one core; an estimate.
    package func estimatedNanoseconds(rowCount: Int) -> Double {
        let isDouble = formula.arithmetic == .float64
        let trees = wideSteps.reduce(0) {
            $0 + ($1.trees?.estimatedNanoseconds(rowCount: rowCount, isDouble: isDouble) ?? 0)
        }
        // A step reads and writes a few numbers of the second-level cache; those of exp and ln
        // take some 10 ns.
        return trees + 3 * Double(registerCount * rowCount)
    }

    /// Runs all steps for the first `rowCount` rows of a workspace that was prepared for this plan
    /// and whose inputs are filled in.
    ///
    /// - Parameter rows: Row-major float32 rows of the stored columns, written.
    package func run(
        _ workspace: FormulaWorkspace,
        rowCount: Int,
        rows: UnsafeMutablePointer<Float>? = nil
    ) {
        precondition(workspace.plan === self, "a workspace that was prepared for another plan")
        run(
            registers: workspace.registers,
            stride: blockRowsMax,
            rowCount: rowCount,
            rows: rows,
            workspace: workspace
        )
    }

    /// Runs a plan without wide steps in registers `blockRowsMax` values apart, the inputs filled.
    package func run(
        registers: UnsafeMutablePointer<Double>,
        rowCount: Int,
        rows: UnsafeMutablePointer<Float>? = nil
    ) {
        run(
            registers: registers,
            stride: blockRowsMax,
            rowCount: rowCount,
            rows: rows,
            workspace: nil
        )
    }

    private func run(
        registers: UnsafeMutablePointer<Double>,
        stride: Int,
        rowCount: Int,
        rows: UnsafeMutablePointer<Float>?,
        workspace: FormulaWorkspace?
    ) {
        precondition(rowCount <= blockRowsMax, "more rows than a block has")
        switch formula.arithmetic {
        case .float64:
            run(
                BlockEvaluator<Float64Rounding>(
                    registers: registers,
                    stride: stride,
                    rowCount: rowCount
                ),
                rows,
                workspace
            )
        case .float32:
            let block = BlockEvaluator<Float32Rounding>(
                registers: registers,
                stride: stride,
                rowCount: rowCount
            )
            block.roundInputs(formula.inputCount)
            run(block, rows, workspace)
        case .finite:
            run(
                BlockEvaluator<FiniteRounding>(
                    registers: registers,
                    stride: stride,
                    rowCount: rowCount
                ),
                rows,
                workspace
            )
        }
    }

    private func run<Arithmetic: Rounding>(
        _ block: BlockEvaluator<Arithmetic>,
        _ rows: UnsafeMutablePointer<Float>?,
        _ workspace: FormulaWorkspace?
    ) {
        for instruction in instructions {
            switch instruction.operation {
            case .wide(let number):
                guard let workspace else { preconditionFailure("a wide step needs a workspace") }
                block.run(wideSteps[Int(number)], into: Int(instruction.target), workspace)
            case .store(let register, let column):
                guard let rows else { continue }
                block.store(register, as: column, of: columnCount, in: rows)
            default: block.run(instruction.operation, into: instruction.target)
            }
        }
    }
}
