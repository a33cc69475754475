// SPDX-License-Identifier: Apache-2.0

// What each input adds to the raw scores of rows, block by block, to lines of text.

package import CommandFiles
internal import Formulas
package import ModelFormats

/// Explains a table and writes the contributions.
package struct ContributionRun {
    private let program: ModelProgram
    private let plan: ProgramPlan
    private let workspace: ProgramWorkspace
    private let explainer: ProgramExplainer

    /// Prepares a program.
    ///
    /// - Throws: An error that names the model, when it has no exact contributions.
    package init(_ program: ModelProgram, model: String) throws(CommandFailure) {
        let registers = program.rawOutputs.map(\.register)
        guard let explainer = ProgramExplainer(program, registers: registers) else {
            throw CommandFailure(
                .badInput,
                "\(model) mixes its inputs in a way that has no exact contributions"
            )
        }
        self.explainer = explainer
        self.program = program
        plan = ProgramPlan(program)
        workspace = plan.makeWorkspace()
    }

    /// Writes a header line and a line for each row: for each raw output what every input adds, and
    /// the base value that these add to.
    package func write(_ table: RowTable, to sink: ByteSink) throws {
        let isOne = program.rawOutputs.count == 1
        sink.write(
            csvLine(
                program.rawOutputs.flatMap { output in
                    (program.inputs.map(\.name) + ["base"])
                        .map { isOne ? $0 : "\(output.name):\($0)" }
                }
            )
        )
        let width = program.inputs.count
        let stride = width * program.rawOutputs.count
        var contributions = [Double](repeating: 0, count: stride * plan.blockRowsMax)
        var table = table
        while let rowCount = try table.fill(workspace) {
            plan.run(workspace, rowCount: rowCount)
            explainer.contributions(workspace, rowCount: rowCount, output: &contributions)
            let refused = Set(table.refusedRows)
            for row in 0..<rowCount {
                if refused.contains(row) {
                    let cellCount = (width + 1) * program.rawOutputs.count
                    sink.write(csvLine([String](repeating: "", count: cellCount)))
                    continue
                }
                let cells = explainer.baseValues.enumerated().flatMap { output, base in
                    let first = row * stride + output * width
                    return contributions[first..<first + width] + [base]
                }
                sink.write(csvLine(cells.map(csvText)))
            }
            try sink.flushIfFull()
        }
    }
}
