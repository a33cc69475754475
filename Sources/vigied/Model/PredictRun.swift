// SPDX-License-Identifier: Apache-2.0

// Rows through a model program, block by block, to lines of text.

internal import CommandFiles
internal import ModelFormats

/// Scores a table and writes the results.
struct PredictRun {
    /// What is written of each row.
    enum Outputs {
        /// What the library predicts.
        case predictions
        /// The same before the link function.
        case raw
    }

    private let plan: ProgramPlan
    private let workspace: ProgramWorkspace
    private let outputs: [ModelProgram.Output]

    init(_ program: ModelProgram, outputs: Outputs) {
        plan = ProgramPlan(program)
        workspace = plan.makeWorkspace()
        switch outputs {
        case .predictions: self.outputs = program.outputs
        case .raw: self.outputs = program.rawOutputs
        }
    }

    /// Writes a header line and a line for each row.
    mutating func write(_ table: RowTable, to sink: ByteSink) throws {
        var table = table
        sink.write(outputs.map { Self.quoted($0.name) }.joined(separator: ",") + "\n")
        var more = true
        while more {
            var rowCount = 0
            while rowCount < ProgramPlan.blockRowsMax, more {
                more = try table.next { workspace.register($0)[rowCount] = $1 }
                if more { rowCount += 1 }
            }
            plan.run(workspace, rowCount: rowCount)
            for row in 0..<rowCount {
                sink.write(
                    outputs.map { Self.text(workspace.register($0.register)[row], of: $0) }
                        .joined(separator: ",") + "\n"
                )
            }
            try sink.flushIfFull()
        }
        try sink.flush()
    }

    /// The text that a value stands for, or the shortest that reads as the same float64; nothing
    /// for a missing value.
    private static func text(_ value: Double, of output: ModelProgram.Output) -> String {
        guard let categories = output.categories else { return value.isNaN ? "" : "\(value)" }
        guard value >= 0, value < Double(categories.count) else { return "" }
        return quoted(categories[Int(value)])
    }

    private static func quoted(_ name: String) -> String {
        guard name.contains(where: { ",\"\n\r".contains($0) }) else { return name }
        return "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
}
