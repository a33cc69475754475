// SPDX-License-Identifier: Apache-2.0

// The one form that every reader makes of a model file.

/// A model as a straight line of steps over registers, each a number for each row.
///
/// The first registers are the inputs, in order. Each step reads registers that come before it and
/// appends its results. A missing value is NaN.
package struct ModelProgram: Sendable {
    /// How the steps compute.
    package enum Arithmetic: Sendable {
        /// In float64.
        case float64
        /// Inputs, constants and the results of every step are rounded to float32.
        case float32
    }

    /// A value that a row brings.
    package struct Input: Sendable, Equatable {
        /// Its name in the model file, or one made of its place.
        package var name: String
        /// The texts that a value stands for: 0 is the first. Nil for an input that is a number.
        package var categories: [String]?
        /// Whether a text that is none of them is a missing value. Else it is -1.
        package var unknownIsMissing: Bool

        /// An input.
        package init(name: String, categories: [String]? = nil, unknownIsMissing: Bool = true) {
            self.name = name
            self.categories = categories
            self.unknownIsMissing = unknownIsMissing
        }

        /// The number of a text, for an input that has categories; missing if it is empty.
        package func number(of text: String) -> Double {
            guard !text.isEmpty else { return .nan }
            let unknown = unknownIsMissing ? Double.nan : -1
            return categories?.firstIndex(of: text).map { Double($0) } ?? unknown
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
    /// How the steps compute.
    package let arithmetic: Arithmetic
    /// What a row brings.
    package let inputs: [Input]
    /// The steps, in order.
    package private(set) var steps: [ModelStep] = []
    /// Registers of inputs and steps together.
    package private(set) var registerCount: Int

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
        self.arithmetic = arithmetic
        self.inputs = inputs
        self.registerCount = inputs.count
    }

    /// Appends a step; gives the register of its first result.
    ///
    /// The registers that it reads must exist: readers look names up before they make a step.
    package mutating func append(_ step: ModelStep) -> Int {
        precondition(
            step.arguments.allSatisfy { $0 >= 0 && $0 < registerCount },
            "a step reads a register that is not there yet"
        )
        let first = registerCount
        steps.append(step)
        registerCount += step.resultCount
        return first
    }
}
