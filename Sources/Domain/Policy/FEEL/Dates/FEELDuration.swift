// SPDX-License-Identifier: Apache-2.0

// The two kinds of durations: months have no length in days, so the two cannot be compared.

package import DecimalNumbers

/// A length of time in days, hours, minutes and seconds.
package struct FEELDaysDuration: Sendable, Hashable, Comparable {
    // Two words and not one of 128 bits: values that hold such a one are not aligned as code that
    // is not optimised has it (Swift 6.3.1).
    private let wholeSeconds: Int64
    private let restNanoseconds: Int32

    /// The greatest magnitude: of two times of the calendar that lie furthest apart.
    private static let magnitude: Int128 = 64_000_000_000_000_000 * 1_000_000_000

    /// Takes the length in nanoseconds; nil beyond the calendar.
    package init?(nanoseconds: Int128) {
        guard nanoseconds >= -Self.magnitude, nanoseconds <= Self.magnitude else { return nil }
        wholeSeconds = Int64(floorDivide(nanoseconds, 1_000_000_000))
        restNanoseconds = Int32(floorModulo(nanoseconds, 1_000_000_000))
    }

    /// A length in whole seconds.
    package init(seconds: Int) {
        wholeSeconds = Int64(min(max(seconds, -(1 << 55)), 1 << 55))
        restNanoseconds = 0
    }

    /// Its length in nanoseconds.
    package var nanoseconds: Int128 {
        Int128(wholeSeconds) * 1_000_000_000 + Int128(restNanoseconds)
    }

    /// The length in seconds, as a number.
    package var seconds: DecimalNumber? {
        DecimalNumber(coefficient: nanoseconds, exponent: -9)?.normalized
    }

    /// A length in seconds, cut to nanoseconds; nil beyond the calendar.
    package init?(seconds: DecimalNumber) {
        guard let cut = seconds.rounded(scale: 9, .down), cut.exponent == -9 else { return nil }
        self.init(nanoseconds: cut.coefficient)
    }

    /// Whether it is shorter than another.
    package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The duration with the sign turned.
    var negated: FEELDaysDuration? { FEELDaysDuration(nanoseconds: -nanoseconds) }
}

/// A length of time in years and months.
package struct FEELMonthsDuration: Sendable, Hashable, Comparable {
    /// Its length in months.
    package let months: Int

    /// The greatest magnitude: of two dates of the calendar that lie furthest apart.
    private static let magnitude = 24_000_000_000

    /// Takes the length in months; nil beyond the calendar.
    package init?(months: Int) {
        guard months.magnitude <= Self.magnitude else { return nil }
        self.months = months
    }

    /// Whether it is shorter than another.
    package static func < (left: Self, right: Self) -> Bool { left.months < right.months }

    /// The duration with the sign turned.
    var negated: FEELMonthsDuration? { FEELMonthsDuration(months: -months) }
}
