// SPDX-License-Identifier: Apache-2.0

// The one form that every reader makes of a model file.

package import Formulas

/// A model: a formula whose inputs and results have names and meanings.
package struct ModelProgram: Sendable {
    /// How the steps compute.
    package typealias Arithmetic = Formulas.Arithmetic

    /// A value that a row brings.
    package struct Input: Sendable, Equatable {
        /// Its name in the model file, or one made of its place.
        package var name: String
        /// What its values stand for: 0 is the first category. Nil for an input that is a number.
        package var categories: CategoryDictionary?

        /// An input.
        package init(name: String, categories: CategoryDictionary? = nil) {
            self.name = name
            self.categories = categories
        }
    }

    /// A result of the model.
    package struct Output: Sendable, Equatable {
        /// Its name, such as "probability".
        package var name: String
        /// Where it is.
        package var register: Int
        /// The texts that its values stand for: 0 is the first. Nil for an output that is a number.
        package var categories: [String]?

        /// An output.
        package init(name: String, register: Int, categories: [String]? = nil) {
            self.name = name
            self.register = register
            self.categories = categories
        }
    }

    /// Format of the file, such as "lightgbm-text".
    package let format: String
    /// What a row brings.
    package let inputs: [Input]
    /// The steps over the registers of the inputs.
    package private(set) var formula: Formula

    /// What the library that trained the model predicts: a probability, a value, one probability
    /// for each class.
    package var outputs: [Output] = []
    /// The same before the link function: raw scores, margins. Equal to ``outputs`` where there is
    /// no such thing.
    package var rawOutputs: [Output] = []
    /// The register with the log-odds of the event, if the model tells an event from its absence.
    package var logOdds: Int?
    /// The register with the probability of that event, if the library predicts it: one of
    /// ``outputs``.
    package var probability: Int?

    /// A program without steps.
    package init(format: String, arithmetic: Arithmetic, inputs: [Input]) {
        self.format = format
        self.inputs = inputs
        formula = Formula(arithmetic: arithmetic, inputCount: inputs.count)
    }

    /// How the steps compute.
    package var arithmetic: Arithmetic { formula.arithmetic }
    /// The steps, in order.
    package var steps: [FormulaStep] { formula.steps }
    /// Registers of inputs and steps together.
    package var registerCount: Int { formula.registerCount }

    /// Appends a step, which may read registers that exist; gives the register of its first result.
    package mutating func append(_ step: FormulaStep) -> Int { formula.append(step) }
}
