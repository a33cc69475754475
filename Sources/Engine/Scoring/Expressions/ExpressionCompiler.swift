// SPDX-License-Identifier: Apache-2.0

// Compiles expressions into one program. Equal subexpressions become one value,
// also those that meet through definitions and earlier years; what no feature needs
// is left out; registers are reused once their last reader has run.

internal import VigieLimits

/// Builds the program of a manifest's expressions.
package struct ExpressionCompiler {
    private let columnCount: Int
    private let yearsMaximum: Int
    private var values: [ProgramOperation] = []
    private var indices: [ProgramOperation: Int32] = [:]
    /// The value of each name in each fiscal year, latest first.
    private var names: [String: [Int32]] = [:]

    /// Makes a compiler.
    ///
    /// - Parameters:
    ///   - columnCount: Number of input columns.
    ///   - yearsMaximum: Fiscal years that inputs may have, at most `ScoringLimits.years`.
    package init(columnCount: Int, yearsMaximum: Int) {
        self.columnCount = columnCount
        self.yearsMaximum = yearsMaximum
    }

    /// Makes an input known.
    ///
    /// - Parameter columns: Its columns, latest year first.
    package mutating func addInput(_ name: String, columns: [Int]) throws(ExpressionError) {
        var years: [Int32] = []
        for year in 0..<yearsMaximum {
            years.append(
                year < columns.count
                    ? try value(.column(Int32(columns[year]))) : try missing
            )
        }
        names[name] = years
    }

    /// Compiles an expression, which later ones may use by name.
    ///
    /// - Throws: A name that is not known yet, or too large a program.
    package mutating func define(
        _ name: String,
        _ expression: Expression
    ) throws(ExpressionError) {
        var years: [Int32] = []
        for year in 0..<yearsMaximum {
            years.append(try compile(expression, yearsEarlier: year))
        }
        names[name] = years
    }

    private var missing: Int32 {
        mutating get throws(ExpressionError) { try value(.constant(Double.nan.bitPattern)) }
    }

    private mutating func value(_ operation: ProgramOperation) throws(ExpressionError) -> Int32 {
        if let index = indices[operation] { return index }
        guard values.count < ScoringLimits.programInstructions else {
            throw ExpressionError(
                message: "with this one the expressions have more than "
                    + "\(ScoringLimits.programInstructions) operations.",
                offset: nil
            )
        }
        let index = Int32(values.count)
        values.append(operation)
        indices[operation] = index
        return index
    }

    private mutating func compile(
        _ expression: Expression,
        yearsEarlier: Int
    ) throws(ExpressionError) -> Int32 {
        switch expression {
        case .number(let number):
            return try value(.constant(number.bitPattern))
        case .name(let name, let more):
            guard let years = names[name] else {
                throw ExpressionError(message: "\"\(name)\" is not known here.", offset: nil)
            }
            let year = yearsEarlier + more
            return year < years.count ? years[year] : try missing
        case .unary(let operation, let operand):
            return try value(.unary(operation, try compile(operand, yearsEarlier: yearsEarlier)))
        case .binary(let operation, let left, let right):
            let left = try compile(left, yearsEarlier: yearsEarlier)
            let right = try compile(right, yearsEarlier: yearsEarlier)
            return try value(.binary(operation, left, right))
        case .choice(let condition, let chosen, let otherwise):
            let condition = try compile(condition, yearsEarlier: yearsEarlier)
            let chosen = try compile(chosen, yearsEarlier: yearsEarlier)
            let otherwise = try compile(otherwise, yearsEarlier: yearsEarlier)
            return try value(.choice(condition, chosen, otherwise))
        case .overYears(let operation, let operand):
            var years: [Int32] = []
            for year in yearsEarlier..<yearsEarlier + ScoringLimits.years {
                years.append(
                    year < yearsMaximum
                        ? try compile(operand, yearsEarlier: year) : try missing
                )
            }
            return try value(.overYears(operation, years[0], years[1], years[2]))
        }
    }
}

extension ExpressionCompiler {
    /// The program that computes features.
    ///
    /// - Parameter features: Names that were defined, in the order of the model.
    package func program(features: [String]) -> ExpressionProgram {
        let outputs = features.map { names[$0]![0] }
        let lastUses = lastUses(outputs: outputs)
        let stores = Dictionary(grouping: outputs.indices) { outputs[$0] }
        var registers = [Int32](repeating: -1, count: values.count)
        var free: [Int32] = []
        var registerCount = Int32(columnCount)
        var instructions: [ExpressionProgram.Instruction] = []
        for (index, operation) in values.enumerated() where lastUses[index] >= 0 {
            if case .column(let column) = operation {
                registers[index] = column
            } else {
                // Taken before the operands' registers are freed: a loop whose target is one of
                // its sources cannot be vectorised.
                if let register = free.popLast() {
                    registers[index] = register
                } else {
                    registers[index] = registerCount
                    registerCount += 1
                }
                let renamed = operation.mapOperands { registers[Int($0)] }
                instructions.append(.compute(renamed, into: registers[index]))
            }
            for feature in stores[Int32(index)] ?? [] {
                instructions.append(.store(registers[index], feature: feature))
            }
            // A value that is only stored has its last use at itself.
            for done in Set(operation.operands + [Int32(index)])
            where lastUses[Int(done)] == index && registers[Int(done)] >= columnCount {
                free.append(registers[Int(done)])
            }
        }
        return ExpressionProgram(
            columnCount: columnCount,
            featureCount: features.count,
            registerCount: Int(registerCount),
            instructions: instructions
        )
    }

    /// For each value the last value that reads it, itself if it is only stored, -1 if no
    /// feature needs it.
    private func lastUses(outputs: [Int32]) -> [Int] {
        var lastUses = [Int](repeating: -1, count: values.count)
        for output in outputs { lastUses[Int(output)] = Int(output) }
        for (index, operation) in values.enumerated().reversed() where lastUses[index] >= 0 {
            for operand in operation.operands where lastUses[Int(operand)] <= Int(operand) {
                lastUses[Int(operand)] = index
            }
        }
        return lastUses
    }
}
