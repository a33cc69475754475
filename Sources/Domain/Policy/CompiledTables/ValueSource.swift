// SPDX-License-Identifier: Apache-2.0

// Where the classes of a table's input come from: a column that is given, or a decision that can
// give a few values only.

internal import FEEL

/// What gives classes.
struct ValueSource: Sendable {
    /// Where they come from.
    enum Origin: Sendable {
        /// A column, by its place among those that are given.
        case column(Int)
        /// A decision, by its place in the model.
        case decision(Int)
        /// An input of a table, both by their places, that the interpreter evaluates.
        case computed(table: Int, input: Int)
        /// How the numbers of two columns stand to each other: less, the same, or greater.
        case order(Int, Int)
    }

    /// What the classes are.
    enum Classes: Sendable {
        /// Parts of an order.
        case scale(ValueScale)
        /// Single values; the class behind the last is that of no value.
        case values([FEELValue])
    }

    let origin: Origin
    /// The input or decision; one that there is not for an input of a table.
    let node: Int
    /// The names that lead to the value from that of the node on.
    let path: [String]
    /// What the classes are.
    let classes: Classes
    /// The classes of values that the input does not take: they count as no value.
    let refused: [Range<Int>]

    /// How many classes there are.
    var classCount: Int {
        switch classes {
        case .scale(let scale): scale.classCount
        case .values(let values): values.count + 1
        }
    }

    /// The class of no value.
    var nullClass: Int { classCount - 1 }
}
