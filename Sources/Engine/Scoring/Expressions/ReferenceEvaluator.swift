// SPDX-License-Identifier: Apache-2.0

// The meaning of expressions, written for reading: one row, no sharing. The
// compiled program is held equal to it by tests.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Evaluates expressions of one row. Missing is NaN.
package struct ReferenceEvaluator {
    /// The value of each input in each fiscal year, latest first.
    package var inputs: [String: [Double]] = [:]
    /// Expressions by name.
    package var definitions: [String: Expression] = [:]
    /// Fiscal years that are looked at.
    package var yearsMaximum: Int

    /// Makes an evaluator that knows no names.
    package init(yearsMaximum: Int) {
        self.yearsMaximum = yearsMaximum
    }

    /// The value of an expression, all of it `year` fiscal years earlier.
    package func value(_ expression: Expression, year: Int = 0) -> Double {
        let result: Double
        switch expression {
        case .number(let number):
            result = number
        case .name(let name, let more):
            result = value(named: name, year: year + more)
        case .unary(let operation, let operand):
            result = apply(operation, value(operand, year: year))
        case .binary(let operation, let left, let right):
            result = apply(operation, value(left, year: year), value(right, year: year))
        case .choice(let condition, let chosen, let otherwise):
            let condition = value(condition, year: year)
            if condition.isNaN { return .nan }
            result = value(condition == 1 ? chosen : otherwise, year: year)
        case .overYears(let operation, let operand):
            let years = (year..<max(year, yearsMaximum)).lazy.map { value(operand, year: $0) }
            result = apply(operation, Array(years.prefix { !$0.isNaN }))
        }
        return result.isFinite ? result : .nan
    }

    private func value(named name: String, year: Int) -> Double {
        guard year < yearsMaximum else { return .nan }
        if let expression = definitions[name] { return value(expression, year: year) }
        let years = inputs[name] ?? []
        return year < years.count ? years[year] : .nan
    }

    private func apply(_ operation: UnaryOperation, _ x: Double) -> Double {
        switch operation {
        case .negate: -x
        case .absolute: abs(x)
        case .logarithm: x > 0 ? log(x) : .nan
        }
    }

    private func apply(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Double {
        if x.isNaN || y.isNaN { return .nan }
        switch operation {
        case .add: return x + y
        case .subtract: return x - y
        case .multiply: return x * y
        case .divide: return x / y
        case .minimum: return y < x ? y : x
        case .maximum: return y > x ? y : x
        case .less: return x < y ? 1 : 0
        case .lessOrEqual: return x <= y ? 1 : 0
        case .greater: return x > y ? 1 : 0
        case .greaterOrEqual: return x >= y ? 1 : 0
        case .equal: return x == y ? 1 : 0
        case .notEqual: return x != y ? 1 : 0
        }
    }

    private func apply(_ operation: YearsOperation, _ years: [Double]) -> Double {
        guard years.count >= 2 else { return .nan }
        let sum = years.dropFirst().reduce(years[0], +)
        let mean = sum / Double(years.count)
        switch operation {
        case .sum, .count: return sum
        case .mean: return mean
        case .minimum: return years.dropFirst().reduce(years[0]) { $1 < $0 ? $1 : $0 }
        case .maximum: return years.dropFirst().reduce(years[0]) { $1 > $0 ? $1 : $0 }
        case .deviation:
            let squares = years.map { ($0 - mean) * ($0 - mean) }
            return (squares.dropFirst().reduce(squares[0], +) / Double(years.count)).squareRoot()
        }
    }
}
