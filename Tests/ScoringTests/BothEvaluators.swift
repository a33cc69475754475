// SPDX-License-Identifier: Apache-2.0

// Expressions by the readable evaluator and by the compiled program, side by side.

import Scoring
import VigieLimits

/// Evaluates expressions of up to three inputs with both evaluators.
struct BothEvaluators {
    var compiler = ExpressionCompiler(columnCount: 9, yearsMaximum: 3)
    var reference = ReferenceEvaluator(yearsMaximum: 3)
    /// Columns a, a@1, a@2, b, ...
    let rows: [[Double]]

    init(rows: [[Double]]) throws {
        self.rows = rows
        for (index, name) in ["a", "b", "c"].enumerated() {
            try compiler.addInput(name, columns: Array(index * 3..<index * 3 + 3))
        }
    }

    mutating func define(_ name: String, _ expression: Expression) throws {
        try compiler.define(name, expression)
        reference.definitions[name] = expression
    }

    /// Values by the reference, float64.
    mutating func referenceValues(_ name: String) throws -> [Double] {
        let expression = try Expression(parsing: name)
        return rows.map { row in
            for (index, input) in ["a", "b", "c"].enumerated() {
                reference.inputs[input] = Array(row[index * 3..<index * 3 + 3])
            }
            return reference.value(expression)
        }
    }

    /// Features by the compiled program, float32; and whatever float64 the registers held is
    /// told by differences that float32 keeps.
    func programFeatures(_ names: [String]) -> [Float] {
        let program = compiler.program(features: names)
        var registers = [Double](
            repeating: 0xDEAD,
            count: program.registerCount * ScoringLimits.rowsPerChunk
        )
        var features = [Float](repeating: 0xDEAD, count: rows.count * names.count)
        for (index, row) in rows.enumerated() {
            for (column, value) in row.enumerated() {
                registers[column * ScoringLimits.rowsPerChunk + index] = value
            }
        }
        program.run(registers: &registers, rowCount: rows.count, features: &features)
        return features
    }
}
