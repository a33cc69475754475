// SPDX-License-Identifier: Apache-2.0

// The naive evaluator of formulas: one row at a time, short and readable.

internal import Forest

/// Runs a formula for one row. The measure of every front end and of the fast evaluator.
package struct ReferenceFormula: Sendable {
    private let formula: Formula

    /// An evaluator of the formula.
    package init(_ formula: Formula) {
        self.formula = formula
    }

    /// All registers for a row of as many values as there are inputs.
    package func registers(row: [Double]) -> [Double] {
        precondition(row.count == formula.inputCount, "a row of another length")
        var registers = row.map(formula.arithmetic.rounded)
        for step in formula.steps { registers += results(of: step, registers) }
        return registers
    }

    private func results(of step: FormulaStep, _ registers: [Double]) -> [Double] {
        let rounded = formula.arithmetic.rounded
        switch step {
        case .constant(let value):
            return [rounded(value)]
        case .unary(let operation, let argument):
            return [rounded(operation.apply(registers[argument]))]
        case .binary(let operation, let left, let right):
            return [rounded(operation.apply(registers[left], registers[right]))]
        case .select(let condition, let then, let otherwise):
            return [isTrue(registers[condition]) ? registers[then] : registers[otherwise]]
        case .choose(let condition, let then, let otherwise):
            let truth = registers[condition]
            return [truth.isNaN ? .nan : truth != 0 ? registers[then] : registers[otherwise]]
        case .fold(let operation, let a, let b, let c):
            return [rounded(operation.apply(registers[a], registers[b], registers[c]))]
        case .trees(let ensemble, let arguments):
            return ReferenceScorer(ensemble).rawScores { registers[arguments[$0]] }.map(rounded)
        case .linear(let model, let arguments):
            return model.sums(arguments.map { registers[$0] }, rounded: rounded)
        case .softmax(let arguments):
            return softmax(arguments.map { registers[$0] }, rounded: rounded)
        case .softmax32(let arguments):
            return softmax32(arguments.map { registers[$0] })
        case .argumentOfMaximum(let arguments):
            return [Double(placeOfLargest(arguments.count) { registers[arguments[$0]] })]
        case .median(let arguments):
            return [rounded(median(arguments.map { registers[$0] }))]
        case .ranking(let arguments):
            return ranking(arguments.map { registers[$0] })
        case .lookup(let table, let otherwise, let argument):
            return [rounded(lookup(registers[argument], in: table, otherwise: otherwise))]
        case .rules(let tree, let arguments):
            var values = [Double](repeating: 0, count: tree.resultCount)
            values.withUnsafeMutableBufferPointer { values in
                tree.evaluate(into: values) { registers[arguments[$0]] }
            }
            return values.map(rounded)
        }
    }
}

extension LinearModel {
    /// The sums of one row's arguments.
    func sums(_ values: [Double], rounded: (Double) -> Double) -> [Double] {
        zip(weights, intercepts).map { weights, intercept in
            var sum = rounded(intercept)
            for (weight, value) in zip(weights, values) where !(skipsMissing && value.isNaN) {
                sum = rounded(sum + rounded(rounded(weight) * value))
            }
            return sum
        }
    }
}

/// The softmax of some numbers: the largest is subtracted first, so that nothing overflows.
func softmax(_ values: [Double], rounded: (Double) -> Double) -> [Double] {
    let largest = values.max() ?? 0
    let powers = values.map { rounded(UnaryOperation.exp.apply(rounded($0 - largest))) }
    let sum = powers.reduce(0) { rounded($0 + $1) }
    return powers.map { rounded($0 / sum) }
}

/// The softmax of float32 numbers as XGBoost computes it.
func softmax32(_ values: [Double]) -> [Double] {
    let largest = values.max() ?? 0
    let powers = values.map { UnaryOperation.exp32.apply($0 - largest) }
    let sum = Float(powers.reduce(0, +))
    return powers.map { Double(Float($0) / sum) }
}

/// The middle of some numbers.
func median(_ values: [Double]) -> Double {
    guard !values.isEmpty, !values.contains(where: \.isNaN) else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The places of some numbers from the largest to the smallest.
func ranking(_ values: [Double]) -> [Double] {
    let present = values.indices.filter { !values[$0].isNaN }
    let sorted = present.sorted {
        values[$0] > values[$1] || (values[$0] == values[$1] && $0 < $1)
    }
    let missing = values.count - present.count
    return sorted.map { Double($0) } + [Double](repeating: .nan, count: missing)
}

/// An entry of a table.
func lookup(_ value: Double, in table: [Double], otherwise: Double) -> Double {
    if value.isNaN { return .nan }
    return value >= 0 && value < Double(table.count) ? table[Int(value)] : otherwise
}

/// The place of the first of the largest of some numbers. NaN is larger than none.
@inline(__always)
func placeOfLargest(_ count: Int, value: (Int) -> Double) -> Int {
    var place = 0
    for next in 0..<count where value(next) > value(place) { place = next }
    return place
}
