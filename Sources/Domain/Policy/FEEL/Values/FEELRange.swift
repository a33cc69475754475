// SPDX-License-Identifier: Apache-2.0

// Ranges: what lies between two values, or on one side of one.

/// What lies between two values. In a comparison the bound that is null leaves that side open.
package final class FEELRange: Sendable {
    /// How it was written: ranges are equal only if they were written alike.
    package enum Form: Sendable {
        /// `[1..10]`
        case interval
        /// `(< 10)`, `(<= 10)`, `(> 10)`, `(>= 10)`
        case comparison
        /// `(= 10)`
        case equal
        /// `(!= 10)`
        case notEqual
    }

    /// How it was written.
    package let form: Form
    /// Where it begins.
    package let start: FEELValue
    /// Whether the beginning belongs to it.
    package let isStartIncluded: Bool
    /// Where it ends.
    package let end: FEELValue
    /// Whether the end belongs to it.
    package let isEndIncluded: Bool
    /// How deep values are nested in it.
    let nesting: Int

    /// Takes the bounds.
    package init(
        form: Form = .interval,
        start: FEELValue,
        isStartIncluded: Bool,
        end: FEELValue,
        isEndIncluded: Bool
    ) {
        self.form = form
        self.start = start
        self.isStartIncluded = isStartIncluded
        self.end = end
        self.isEndIncluded = isEndIncluded
        nesting = 1 + max(start.nesting, end.nesting)
    }

    /// The range of a comparison with a bound: `(< 10)`.
    package static func comparison(_ comparison: FEELComparison, _ bound: FEELValue) -> FEELRange {
        let isIncluded = comparison.allowsEqual
        switch comparison {
        case .less, .lessOrEqual:
            return FEELRange(
                form: .comparison,
                start: .null,
                isStartIncluded: false,
                end: bound,
                isEndIncluded: isIncluded
            )
        case .greater, .greaterOrEqual:
            return FEELRange(
                form: .comparison,
                start: bound,
                isStartIncluded: isIncluded,
                end: .null,
                isEndIncluded: false
            )
        case .equal, .notEqual:
            return FEELRange(
                form: comparison == .equal ? .equal : .notEqual,
                start: bound,
                isStartIncluded: isIncluded,
                end: bound,
                isEndIncluded: isIncluded
            )
        }
    }
}

/// The comparisons.
package enum FEELComparison: String, Sendable {
    /// `=`
    case equal = "="
    /// `!=`
    case notEqual = "!="
    /// `<`
    case less = "<"
    /// `<=`
    case lessOrEqual = "<="
    /// `>`
    case greater = ">"
    /// `>=`
    case greaterOrEqual = ">="

    /// Whether it holds for equal values.
    package var allowsEqual: Bool {
        self == .equal || self == .lessOrEqual || self == .greaterOrEqual
    }
}
