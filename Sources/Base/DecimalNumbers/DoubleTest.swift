// SPDX-License-Identifier: Apache-2.0

// Conditions on doubles that are read as decimal numbers, without a decimal number for each.
//
// A double x is read as s(x), the shortest decimal number that reads back as it. Let d be the
// double nearest to a threshold t. Reading rounds to the nearest, so a greater number never reads
// as a smaller double: if x < d, then s(x), which reads as x, is less than t, which reads as d; if
// x > d it is greater. That leaves x = d, where the order of s(d) and t says whether d belongs to
// those below or above. An infinity is beyond every number.

/// An order between two values.
package enum DecimalComparison: Sendable, CaseIterable {
    /// <
    case less
    /// <=
    case lessOrEqual
    /// =
    case equal
    /// !=
    case notEqual
    /// >=
    case greaterOrEqual
    /// >
    case greater

    /// Whether two values are in this order.
    @inlinable
    package func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .equal: left == right
        case .notEqual: left != right
        case .greaterOrEqual: left >= right
        case .greater: left > right
        }
    }
}

/// One comparison of a double that decides as its shortest decimal number would.
package struct DoubleTest: Sendable, Equatable {
    /// The comparison.
    package let comparison: DecimalComparison
    /// What the double stands to the left of: NaN where no double is equal to the threshold.
    package let bound: Double

    /// The test whether a double, read as its shortest decimal number, is in an order to a
    /// threshold. It is false of NaN, but for `notEqual`.
    package init(_ comparison: DecimalComparison, _ threshold: DecimalNumber) {
        let bound = threshold.doubleValue
        // Whether the bound itself reads as less than, equal to, or greater than the threshold.
        let isLess: Bool
        let isEqual: Bool
        if let nearest = DecimalNumber(shortest: bound) {
            isLess = nearest < threshold
            isEqual = nearest == threshold
        } else {
            isLess = bound < 0
            isEqual = false
        }
        switch comparison {
        case .equal, .notEqual:
            self.comparison = comparison
            self.bound = isEqual ? bound : .nan
        case .less, .greaterOrEqual:
            // Below the threshold is what is below the bound, and the bound where it reads so.
            let isBelow = comparison == .less
            self.comparison =
                isLess ? (isBelow ? .lessOrEqual : .greater) : (isBelow ? .less : .greaterOrEqual)
            self.bound = bound
        case .lessOrEqual, .greater:
            let isBelow = comparison == .lessOrEqual
            let belongsBelow = isLess || isEqual
            self.comparison =
                belongsBelow
                ? (isBelow ? .lessOrEqual : .greater) : (isBelow ? .less : .greaterOrEqual)
            self.bound = bound
        }
    }

    /// Whether a double passes.
    @inlinable
    package func holds(_ value: Double) -> Bool { comparison.holds(value, bound) }
}
