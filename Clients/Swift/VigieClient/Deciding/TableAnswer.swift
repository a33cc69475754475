// SPDX-License-Identifier: Apache-2.0

// Which rules of a policy decided, and why.

/// What a table of a policy answered.
public struct TableAnswer: Sendable, Hashable {
    /// Kinds of answers.
    public enum Kind: Sendable, Hashable {
        /// Rules matched.
        case matched
        /// None did, and the table has a default.
        case standard
        /// None did.
        case none
        /// Several did where one may, or they say different things.
        case violation
        /// A value was none of those that an input may have.
        case invalidInput
        /// A kind that this version of the client does not know, by its number.
        case other(Int)
    }

    /// What a cell said of a value.
    public enum Verdict: Sendable, Hashable {
        /// It lets everything through.
        case any
        /// It let the value through.
        case passed
        /// It did not.
        case failed
        /// That cannot be told of the value: it is not known, or of another kind.
        case unknown
    }

    /// The decision that the table is of.
    public var decision: String
    /// What kind of answer it was.
    public var kind: Kind
    /// The rules that gave it; under a violation those that matched.
    public var rules: [DecisionRule]
    /// The rules that failed on the fewest cells, where that was asked for.
    public var nearMisses: [DecisionRule]
    /// With ``DecisionExplanation/full``, for each rule what its cells said.
    public var verdicts: [[Verdict]]
}

/// A rule of a table.
public struct DecisionRule: Sendable, Hashable {
    /// A cell with what was held against it.
    public struct Cell: Sendable, Hashable {
        /// The column.
        public var input: String
        /// What is written in the cell.
        public var cell: String
        /// The value that was read.
        public var value: String
        /// Whether the value is not known.
        public var isUnknown: Bool
        /// How far the value is from what the cell wants, as a number or in days.
        public var distance: String?
    }

    /// What is said of a rule, to whom.
    public struct Texts: Sendable, Hashable {
        /// To the company that is decided on.
        public var customer: LocalizedText?
        /// To who sells to it.
        public var sales: LocalizedText?
        /// To who decides on credit.
        public var credit: LocalizedText?
    }

    /// An output.
    public struct Output: Sendable, Hashable {
        /// Its name; `"result"` where the table has only one.
        public var name: String
        /// What it is, as it is written.
        public var text: String
    }

    /// Its number in the table, from 1.
    public var number: Int
    /// Its id; empty if it has none.
    public var identifier: String
    /// What is said of it; `nil` if nothing is.
    public var texts: Texts?
    /// Of a rule that decided, its cells that test something; of others, those that failed.
    public var cells: [Cell]
    /// Of what is explained, what its outputs are.
    public var outputs: [Output]
}
