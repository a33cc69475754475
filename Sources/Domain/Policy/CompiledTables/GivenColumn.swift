// SPDX-License-Identifier: Apache-2.0

// What rows are given as: columns of numbers, of days, of texts by their numbers in a dictionary.

package import FEEL

/// A column that has to be given.
package struct GivenColumn: Sendable {
    /// How its values are given.
    package enum Kind: Sendable {
        /// Doubles, each read as its shortest decimal number; what is not finite is no value.
        case number
        /// Days since 1970-01-01 as doubles, rounded down; NaN is no value.
        case day
        /// Numbers of a dictionary's texts; any other is no value.
        case text
        /// 0 for false, 1 for true; any other is no value.
        case boolean
        /// Values as they are: for what has no column of its own.
        case value

        /// How values of a type are given.
        init(_ type: FEELType) {
            switch type {
            case .number: self = .number
            case .date: self = .day
            case .string: self = .text
            case .boolean: self = .boolean
            default: self = .value
            }
        }
    }

    /// The input that it is of, by its place in the model.
    package let node: Int
    /// The name of the input, and of the entries that lead to the value.
    package let path: [String]
    /// How its values are given.
    package let kind: Kind

    /// The columns of an input: one, or one for each value of its context.
    static func columns(of node: Int, _ name: String, _ type: FEELType) -> [GivenColumn] {
        leaves([name], type).map { GivenColumn(node: node, path: $0, kind: $1) }
    }

    private static func leaves(_ path: [String], _ type: FEELType) -> [([String], Kind)] {
        guard case .context(let fields, false) = type, !fields.isEmpty else {
            return [(path, Kind(type))]
        }
        return fields.flatMap { leaves(path + [$0.name], $0.type) }
    }
}

/// The values of a column of some rows. The memory is the caller's.
package enum GivenValues {
    /// Of a column of numbers or days.
    case numbers(UnsafePointer<Double>)
    /// Of a column of texts.
    case texts(UnsafePointer<Int32>, BoundTexts)
    /// Of a column of booleans.
    case booleans(UnsafePointer<UInt8>)
    /// Of a column of values.
    case values([FEELValue])
    /// Of a column of values, texts or booleans: the same in all rows.
    case fixed(FixedValue)
}

/// A value that is the same in many rows, such as a table of reference: made once, so that what
/// follows from it is found once.
package final class FixedValue: Sendable {
    /// The value.
    package let value: FEELValue

    /// Takes the value.
    package init(_ value: FEELValue) {
        self.value = value
    }
}

/// A dictionary of texts, with what the tables of a model make of each: made once for a dictionary
/// and column, it serves any number of blocks and threads.
package final class BoundTexts: Sendable {
    /// The texts.
    package let texts: [String]
    /// The class of each.
    let classes: [UInt16]

    init(_ texts: [String], _ classes: [UInt16]) {
        (self.texts, self.classes) = (texts, classes)
    }
}
