// SPDX-License-Identifier: Apache-2.0

// What was wrong with a row. Servers tell it in numbers; the sentence is made here, where it is
// shown.

/// Something wrong with a row: why it has no score, or a value that counted as missing.
public struct RowIssue: Sendable, Hashable, CustomStringConvertible {
    /// Kinds of issue.
    public enum Kind: Sendable, Hashable {
        /// A value is missing without which the model gives no score.
        case requiredValueMissing
        /// A value is outside of the range in which the model is defined.
        case valueOutOfRange
        /// A value is infinite where the model wants finite ones.
        case valueInfinite
        /// The model gives no score for the row as a whole.
        case noResult
        /// A text, or a number in its place, is no category that the model knows.
        case unknownCategory
        /// A kind that this version of the client does not know, by its number.
        case other(Int)
    }

    /// Row in its table, from 0.
    public let row: Int
    /// Kind of issue.
    public let kind: Kind
    /// Column at fault; `nil` when it is no single column.
    public let column: String?
    /// The value at fault, where there is one.
    public let value: Double?
    /// Whether the row has a score all the same: the value counted as missing.
    public let isRowScored: Bool

    /// Makes one, for tests and for what stands in for a client.
    ///
    /// - Parameters:
    ///   - row: Row in its table, from 0.
    ///   - kind: Kind of issue.
    ///   - column: Column at fault; `nil` when it is no single column.
    ///   - value: The value at fault, where there is one.
    ///   - isRowScored: Whether the row has a score all the same.
    public init(
        row: Int,
        kind: Kind,
        column: String? = nil,
        value: Double? = nil,
        isRowScored: Bool = false
    ) {
        self.row = row
        self.kind = kind
        self.column = column
        self.value = value
        self.isRowScored = isRowScored
    }

    /// One sentence for people, in English.
    public var description: String {
        let column = column ?? "A value"
        let shown = value.map { "\($0)" } ?? "not a number"
        return switch kind {
        case .requiredValueMissing:
            "\(column) is missing; the model gives no score without it."
        case .valueOutOfRange where isRowScored:
            "\(column) is \(shown), which is outside of its range; it counted as missing."
        case .valueOutOfRange:
            "\(column) is \(shown), which is outside of its range."
        case .valueInfinite where isRowScored:
            "\(column) is infinite; it counted as missing."
        case .valueInfinite:
            "\(column) is infinite; leave a value that is not known missing (NaN)."
        case .noResult:
            "The model gives no score for this row."
        case .unknownCategory:
            "\(column) has a text that is no category of the model."
        case .other(let number):
            "The row has an issue that this version of the client does not know (\(number))."
        }
    }
}
