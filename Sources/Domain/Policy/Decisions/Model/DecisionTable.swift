// SPDX-License-Identifier: Apache-2.0

// Decision tables, in a form that both the interpreter and a compiler of tables can work on.

package import FEEL

/// A decision table.
package struct DecisionTable: Sendable {
    /// Which of the rules that match count.
    package enum HitPolicy: String, Sendable, CaseIterable {
        /// One only may match.
        case unique = "UNIQUE"
        /// Several may match if they say the same.
        case any = "ANY"
        /// The one whose outputs come first in the order of their values.
        case priority = "PRIORITY"
        /// The one that comes first.
        case first = "FIRST"
        /// All, in their order.
        case ruleOrder = "RULE ORDER"
        /// All, in the order of the values of their outputs.
        case outputOrder = "OUTPUT ORDER"
        /// All, or what they come to together.
        case collect = "COLLECT"
    }

    /// What collected outputs come to.
    package enum Aggregation: String, Sendable, CaseIterable {
        /// Their sum.
        case sum = "SUM"
        /// The least.
        case minimum = "MIN"
        /// The greatest.
        case maximum = "MAX"
        /// How many there are.
        case count = "COUNT"
    }

    /// What is looked at.
    package struct Input: Sendable {
        /// How the column is called: its label, or the text of its expression.
        package let name: String
        /// What gives the value.
        package let expression: FEELProgram
        /// The type of the value.
        package let type: FEELType
        /// What values there may be; nil if nothing is said.
        package let values: FEELUnaryTests?
    }

    /// What is given.
    package struct Output: Sendable {
        /// The name of its entry in the result; empty if there is only one output.
        package let name: String
        /// The type of the values.
        package let type: DecisionType
        /// What values there may be, the most important first; nil if nothing is said.
        package let values: FEELUnaryTests?
        /// What is given when no rule matches.
        package let standard: FEELProgram?
    }

    /// A rule.
    package struct Rule: Sendable {
        /// Its id; empty if it has none.
        package let id: String
        /// The line on which it is told.
        package let line: Int
        /// What each input has to pass.
        package let tests: [FEELUnaryTests]
        /// What each output is.
        package let outputs: [FEELProgram]
        /// What is said of it, in the order of the columns of annotations.
        package let annotations: [String]
        /// Its cells as they are written: those of the inputs, then those of the outputs.
        package let cells: [String]
    }

    /// Its id; empty if it has none.
    package let id: String
    /// Which rules count.
    package let hitPolicy: HitPolicy
    /// What collected outputs come to; nil for the list of them.
    package let aggregation: Aggregation?
    /// What is looked at.
    package let inputs: [Input]
    /// What is given.
    package let outputs: [Output]
    /// The names of the columns of annotations.
    package let annotationNames: [String]
    /// The rules, in order.
    package let rules: [Rule]
    /// The names that its expressions use, with their types: their values are the first that each
    /// program takes.
    package let names: [(name: String, type: FEELType)]
    /// The type of its result.
    package let type: DecisionType
    /// Where it is told.
    package let place: DecisionPlace
}

/// What a table answered.
package struct TableOutcome: Sendable {
    /// The kinds of answers.
    package enum Answer: Sendable, Equatable {
        /// Rules matched, and gave the result.
        case matched
        /// None matched, and the default was given.
        case standard
        /// None matched.
        case none
        /// More rules matched than the hit policy lets, or they say different things.
        case violation
        /// The value of an input, by its place, is none that there may be.
        case invalidInput(Int)
    }

    /// The place of the table in the model.
    package let table: Int
    /// The kind of answer.
    package let answer: Answer
    /// The places of the rules that matched, from 0; with FIRST, of the first one only.
    package let matches: [Int]
    /// The places of those that gave the result, in its order.
    package let decisive: [Int]
    /// The values of the inputs.
    package let inputs: [FEELValue]
    /// The values that its expressions use, with which the tests of its cells can be made again.
    package let frame: [FEELValue]
}
