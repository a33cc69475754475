// SPDX-License-Identifier: Apache-2.0

// Compiles expressions into one formula. Equal subexpressions become one register,
// also those that meet through definitions and earlier years; what no feature needs
// is left out of its plan.

internal import Formulas
internal import VigieLimits

/// Builds the program of a manifest's expressions.
package struct ExpressionCompiler {
    /// What makes a step equal to another.
    private enum Key: Hashable {
        /// By bit pattern, so that NaN equals itself.
        case constant(UInt64)
        case unary(Formulas.UnaryOperation, Int)
        case binary(Formulas.BinaryOperation, Int, Int)
        case choice(Int, Int, Int)
        case fold(FoldOperation, Int, Int, Int)
    }

    private let yearsMaximum: Int
    private var formula: Formula
    private var known: [Key: Int] = [:]
    /// The register of each name in each fiscal year, latest first.
    private var names: [String: [Int]] = [:]

    /// Makes a compiler.
    ///
    /// - Parameters:
    ///   - columnCount: Number of input columns.
    ///   - yearsMaximum: Fiscal years that inputs may have, at most `ScoringLimits.years`.
    package init(columnCount: Int, yearsMaximum: Int) {
        self.yearsMaximum = yearsMaximum
        formula = Formula(arithmetic: .finite, inputCount: columnCount)
    }

    /// Makes an input known.
    ///
    /// - Parameter columns: Its columns, latest year first.
    package mutating func addInput(_ name: String, columns: [Int]) throws(ExpressionError) {
        var years: [Int] = []
        for year in 0..<yearsMaximum {
            years.append(year < columns.count ? columns[year] : try missing)
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
        var years: [Int] = []
        for year in 0..<yearsMaximum {
            years.append(try compile(expression, yearsEarlier: year))
        }
        names[name] = years
    }

    private var missing: Int {
        mutating get throws(ExpressionError) {
            try register(.constant(Double.nan.bitPattern), .constant(.nan))
        }
    }

    /// The register of a step, which is made once.
    private mutating func register(
        _ key: Key,
        _ step: FormulaStep
    ) throws(ExpressionError) -> Int {
        if let register = known[key] { return register }
        guard formula.registerCount < ScoringLimits.programInstructions else {
            throw ExpressionError(
                message: "with this one the expressions have more than "
                    + "\(ScoringLimits.programInstructions) operations.",
                offset: nil
            )
        }
        let register = formula.append(step)
        known[key] = register
        return register
    }

    private mutating func compile(
        _ expression: Expression,
        yearsEarlier: Int
    ) throws(ExpressionError) -> Int {
        switch expression {
        case .number(let number):
            return try register(.constant(number.bitPattern), .constant(number))
        case .name(let name, let more):
            guard let years = names[name] else {
                throw ExpressionError(message: "\"\(name)\" is not known here.", offset: nil)
            }
            let year = yearsEarlier + more
            return year < years.count ? years[year] : try missing
        case .unary(let operation, let operand):
            let operand = try compile(operand, yearsEarlier: yearsEarlier)
            let operation = operation.compiled
            return try register(.unary(operation, operand), .unary(operation, operand))
        case .binary(let operation, let left, let right):
            let left = try compile(left, yearsEarlier: yearsEarlier)
            let right = try compile(right, yearsEarlier: yearsEarlier)
            let (compiled, swaps) = operation.compiled
            let (a, b) = swaps ? (right, left) : (left, right)
            return try register(.binary(compiled, a, b), .binary(compiled, a, b))
        case .choice(let condition, let chosen, let otherwise):
            let condition = try compile(condition, yearsEarlier: yearsEarlier)
            let chosen = try compile(chosen, yearsEarlier: yearsEarlier)
            let otherwise = try compile(otherwise, yearsEarlier: yearsEarlier)
            return try register(
                .choice(condition, chosen, otherwise),
                .choose(condition: condition, then: chosen, otherwise: otherwise)
            )
        case .overYears(let operation, let operand):
            var years: [Int] = []
            for year in yearsEarlier..<yearsEarlier + ScoringLimits.years {
                years.append(
                    year < yearsMaximum
                        ? try compile(operand, yearsEarlier: year) : try missing
                )
            }
            let fold = operation.compiled
            return try register(
                .fold(fold, years[0], years[1], years[2]),
                .fold(fold, years[0], years[1], years[2])
            )
        }
    }

    /// The program that computes features.
    ///
    /// - Parameter features: Names that were defined, in the order of the model; what was not is
    ///   missing.
    package func program(features: [String]) -> ExpressionProgram {
        var formula = formula
        let outputs = features.map { names[$0]?.first ?? formula.append(.constant(.nan)) }
        return ExpressionProgram(
            FormulaPlan(formula, storing: outputs, blockRows: ScoringLimits.rowsPerChunk)
        )
    }
}

extension ExpressionCompiler {
    /// The program that computes some values and keeps them in float64.
    ///
    /// - Parameters:
    ///   - wanted: Names that are known; what is not is missing.
    ///   - blockRows: Rows that a run may have.
    package func values(of wanted: [String], blockRows: Int) -> ExpressionValues {
        var formula = formula
        let outputs = wanted.map { names[$0]?.first ?? formula.append(.constant(.nan)) }
        return ExpressionValues(FormulaPlan(formula, keeping: outputs, blockRows: blockRows))
    }
}

// MARK: The operations of expressions as those of formulas

extension UnaryOperation {
    fileprivate var compiled: Formulas.UnaryOperation {
        switch self {
        case .negate: .negate
        case .absolute: .magnitude
        case .logarithm: .ln
        }
    }
}

extension BinaryOperation {
    /// The operation, and whether it takes the second value first: so that of equal values the
    /// first is the least and the greatest, which zeros of two signs show.
    fileprivate var compiled: (operation: Formulas.BinaryOperation, swaps: Bool) {
        switch self {
        case .add: (.add, false)
        case .subtract: (.subtract, false)
        case .multiply: (.multiply, false)
        case .divide: (.divide, false)
        case .minimum: (.minimum, true)
        case .maximum: (.maximum, true)
        case .less: (.knownLess, false)
        case .lessOrEqual: (.knownLessOrEqual, false)
        case .greater: (.knownLess, true)
        case .greaterOrEqual: (.knownLessOrEqual, true)
        case .equal: (.knownEqual, false)
        case .notEqual: (.knownNotEqual, false)
        }
    }
}

extension YearsOperation {
    fileprivate var compiled: FoldOperation {
        switch self {
        case .sum, .count: .sum
        case .mean: .mean
        case .minimum: .minimum
        case .maximum: .maximum
        case .deviation: .deviation
        }
    }
}
