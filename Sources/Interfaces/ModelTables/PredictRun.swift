// SPDX-License-Identifier: Apache-2.0

// Rows through a model program, block by block, to lines of text.

package import CommandFiles
internal import Formulas
package import ModelFormats

/// Scores a table and writes the results.
package struct PredictRun {
    /// What is written of each row.
    package enum Outputs: Sendable {
        /// What the library predicts.
        case predictions
        /// The same before the link function.
        case raw
    }

    private let plan: ProgramPlan
    private let workspace: ProgramWorkspace
    private let outputs: [ModelProgram.Output]

    /// Prepares a program.
    package init(_ program: ModelProgram, outputs: Outputs) {
        plan = ProgramPlan(program)
        workspace = plan.makeWorkspace()
        switch outputs {
        case .predictions: self.outputs = program.outputs
        case .raw: self.outputs = program.rawOutputs
        }
    }

    /// Writes a header line and a line for each row.
    package func write(_ table: RowTable, to sink: ByteSink) throws {
        sink.write(csvLine(outputs.map(\.name)))
        var table = table
        while let rowCount = try table.fill(workspace) {
            plan.run(workspace, rowCount: rowCount)
            let refused = Set(table.refusedRows)
            for row in 0..<rowCount {
                if refused.contains(row) {
                    sink.write(csvLine(outputs.map { _ in "" }))
                    continue
                }
                sink.write(
                    csvLine(outputs.map { Self.text(workspace.register($0.register)[row], of: $0) })
                )
            }
            try sink.flushIfFull()
        }
    }

    /// The text that a value stands for, or its number.
    private static func text(_ value: Double, of output: ModelProgram.Output) -> String {
        guard let categories = output.categories else { return csvText(value) }
        guard value >= 0, value < Double(categories.count) else { return "" }
        return categories[Int(value)]
    }
}

/// The shortest text that reads as the same float64; nothing for a missing value.
func csvText(_ value: Double) -> String { value.isNaN ? "" : "\(value)" }

/// A line of CSV. An empty cell that is alone has quotes: many readers skip an empty line, and the
/// rows after it would be taken for others.
func csvLine(_ cells: [String]) -> String {
    if cells == [""] { return "\"\"\n" }
    return cells.map { cell in
        // Scalar by scalar: to a String a mark and an accent behind it are one character.
        let scalars = cell.unicodeScalars
        guard scalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
            return cell
        }
        let parts = scalars.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.map { String($0) }.joined(separator: "\"\"") + "\""
    }.joined(separator: ",") + "\n"
}
