// SPDX-License-Identifier: Apache-2.0

// The one form that every front end makes: expressions of a manifest, model files.

/// A straight line of steps over registers, each a number for each row.
///
/// The first registers are the inputs, in order. Each step reads registers that come before it and
/// appends its results. A missing value is NaN.
package struct Formula: Sendable {
    /// How the steps compute.
    package let arithmetic: Arithmetic
    /// Numbers that a row brings.
    package let inputCount: Int
    /// The steps, in order.
    package private(set) var steps: [FormulaStep] = []
    /// Registers of inputs and steps together.
    package private(set) var registerCount: Int

    /// A formula without steps.
    package init(arithmetic: Arithmetic, inputCount: Int) {
        self.arithmetic = arithmetic
        self.inputCount = inputCount
        registerCount = inputCount
    }

    /// Appends a step; gives the register of its first result.
    ///
    /// The registers that it reads must exist: front ends look names up before they make a step.
    package mutating func append(_ step: FormulaStep) -> Int {
        precondition(
            step.arguments.allSatisfy { $0 >= 0 && $0 < registerCount },
            "a step reads a register that is not there yet"
        )
        let first = registerCount
        steps.append(step)
        registerCount += step.resultCount
        return first
    }

    /// The step whose result a register is, with the first of its results; nil for an input.
    package func step(of register: Int) -> (step: FormulaStep, first: Int)? {
        var first = inputCount
        guard register >= first else { return nil }
        for step in steps {
            if register < first + step.resultCount { return (step, first) }
            first += step.resultCount
        }
        return nil
    }
}
