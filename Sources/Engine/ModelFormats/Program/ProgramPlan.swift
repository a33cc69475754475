// SPDX-License-Identifier: Apache-2.0

// The fast evaluator of model programs: a block of rows at a time, step by step.

import Forest
import VigieLimits

/// A program made ready to run. Its results are those of ``ReferenceProgram``, bit for bit,
/// whatever other rows a row is scored with. One plan serves any number of threads, each with a
/// workspace of its own.
package final class ProgramPlan: Sendable {
    /// The program.
    package let program: ModelProgram
    /// Rows of a block at most: as many as the bit-sliced kernel of trees takes, fewer in a program
    /// of very many registers, whose blocks would take too much memory.
    package let blockRowsMax: Int
    /// The compiled trees of each step that has some.
    private let plans: [ForestPlan?]

    /// Compiles the trees of a program.
    package init(_ program: ModelProgram) {
        self.program = program
        let widest = max(program.registerCount, 1)
        blockRowsMax = max(1, min(512, ModelFormatLimits.programBlockNumbers / widest))
        plans = program.steps.map {
            guard case .trees(let ensemble, _) = $0 else { return nil }
            return ForestPlan(ensemble)
        }
    }

    /// What some rows take, in nanoseconds on one core; an estimate.
    package func estimatedNanoseconds(rowCount: Int) -> Double {
        let isDouble = program.arithmetic == .float64
        let trees = plans.reduce(0) {
            $0 + ($1?.estimatedNanoseconds(rowCount: rowCount, isDouble: isDouble) ?? 0)
        }
        // A step reads and writes a few numbers of the second-level cache; those of exp and ln
        // take some 10 ns.
        return trees + 3 * Double(program.registerCount * rowCount)
    }

    /// Scratch memory for one thread.
    package func makeWorkspace() -> ProgramWorkspace {
        ProgramWorkspace(program, blockRowsMax: blockRowsMax)
    }

    /// Runs all steps for the first `rowCount` rows of the workspace, whose inputs are filled in.
    package func run(_ workspace: ProgramWorkspace, rowCount: Int) {
        precondition(rowCount <= blockRowsMax, "more rows than a block has")
        let arithmetic = program.arithmetic
        var first = program.inputs.count
        for input in 0..<first {
            let values = workspace.register(input)
            for row in 0..<rowCount { values[row] = arithmetic.rounded(values[row]) }
        }
        for (index, step) in program.steps.enumerated() {
            let block = ProgramBlock(
                workspace: workspace,
                arithmetic: arithmetic,
                rowCount: rowCount,
                firstResult: first
            )
            if let plan = plans[index] {
                block.run(plan, arguments: step.arguments)
            } else {
                block.run(step)
            }
            first += step.resultCount
        }
    }
}

/// The scratch memory of one thread for the programs of one plan.
package final class ProgramWorkspace {
    private let registers: UnsafeMutablePointer<Double>
    private let registerCount: Int
    /// Rows that there is room for.
    package let blockRowsMax: Int
    /// Features of trees in float32, column by column, ``blockRowsMax`` values apart.
    let columns32: UnsafeMutablePointer<Float>
    /// The same in float64, where the registers are them.
    var columns64: [UnsafePointer<Double>] = []
    /// Raw scores of trees.
    let scores: UnsafeMutablePointer<Double>
    /// For each row the largest of some registers, and a sum of them.
    let largest: UnsafeMutablePointer<Double>
    let sums: UnsafeMutablePointer<Double>
    private let allPlaces: UnsafeMutableBufferPointer<Int32>
    /// Features of explained trees, row-major, and what each adds.
    let explainedRows = NumberScratch()
    let explainedShares = NumberScratch()
    let explainerWorkspace = TreeExplainerWorkspace()

    init(_ program: ModelProgram, blockRowsMax: Int) {
        let rowCount = blockRowsMax
        self.blockRowsMax = blockRowsMax
        registerCount = program.registerCount
        registers = .allocate(capacity: max(registerCount, 1) * rowCount)
        registers.initialize(repeating: 0, count: max(registerCount, 1) * rowCount)
        let widest = program.steps.map(\.arguments.count).max() ?? 0
        let isFloat32 = program.arithmetic == .float32
        columns32 = .allocate(capacity: isFloat32 ? widest * rowCount : 0)
        let outputs = program.steps.map(\.resultCount).max() ?? 0
        scores = .allocate(capacity: outputs * rowCount)
        largest = .allocate(capacity: rowCount)
        sums = .allocate(capacity: rowCount)
        allPlaces = .allocate(capacity: widest)
        columns64.reserveCapacity(isFloat32 ? 0 : widest)
    }

    /// Room for the places of some registers.
    func places(_ count: Int) -> UnsafeMutableBufferPointer<Int32> {
        UnsafeMutableBufferPointer(rebasing: allPlaces[..<count])
    }

    deinit {
        registers.deallocate()
        columns32.deallocate()
        scores.deallocate()
        largest.deallocate()
        sums.deallocate()
        allPlaces.deallocate()
    }

    /// The values of a register, one for each row of the block. Before a run the caller fills in
    /// those of the inputs.
    package func register(_ number: Int) -> UnsafeMutablePointer<Double> {
        precondition(number >= 0 && number < registerCount, "no such register")
        return registers + number * blockRowsMax
    }
}
