// SPDX-License-Identifier: Apache-2.0

// What the registers of a formula depend on.

/// The steps of a formula by the registers that they give.
struct FormulaSteps {
    /// What a register depends on.
    enum Origin: Equatable {
        /// It is the same in every row.
        case constant
        /// One input.
        case one(Int)
        /// More than one input.
        case several

        /// The one input.
        var input: Int? {
            if case .one(let input) = self { input } else { nil }
        }
    }

    private let formula: Formula
    /// For each register after the inputs, its step and which of the step's results it is.
    private var places: [(step: Int, result: Int)] = []
    private var origins: [Origin]
    /// Registers of some row; those that depend on nothing are the same in every row.
    private let sample: [Double]

    init(_ formula: Formula) {
        self.formula = formula
        origins = (0..<formula.inputCount).map { .one($0) }
        for (index, step) in formula.steps.enumerated() {
            var origin = Origin.constant
            for argument in step.arguments { origin = Self.joined(origin, origins[argument]) }
            for result in 0..<step.resultCount {
                places.append((index, result))
                origins.append(origin)
            }
        }
        let row = [Double](repeating: 0, count: formula.inputCount)
        sample = ReferenceFormula(formula).registers(row: row)
    }

    private static func joined(_ left: Origin, _ right: Origin) -> Origin {
        switch (left, right) {
        case (.constant, let other), (let other, .constant): other
        default: left == right ? left : .several
        }
    }

    /// What a register depends on.
    func origin(_ register: Int) -> Origin { origins[register] }

    /// The value of a register that is the same in every row; nil for any other.
    func constant(_ register: Int) -> Double? {
        origins[register] == .constant ? sample[register] : nil
    }

    /// The step that gives a register, and which of its results it is; nil for an input.
    func step(of register: Int) -> (step: FormulaStep, result: Int)? {
        guard register >= formula.inputCount else { return nil }
        let place = places[register - formula.inputCount]
        return (formula.steps[place.step], place.result)
    }
}
