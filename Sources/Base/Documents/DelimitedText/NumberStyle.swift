// SPDX-License-Identifier: Apache-2.0

// How numbers are written in a table.

/// A style of writing numbers.
package struct NumberStyle: Equatable, Sendable {
    /// Marks between thousands.
    package struct Thousands: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// A space of any kind: plain, U+00A0, U+2009, U+202F.
        package static let space = Thousands(rawValue: 1)
        /// A point.
        package static let point = Thousands(rawValue: 2)
        /// A comma.
        package static let comma = Thousands(rawValue: 4)
        /// An apostrophe, straight or not.
        package static let apostrophe = Thousands(rawValue: 8)
    }

    /// What makes a number negative, beside a hyphen in front of it.
    package struct Negatives: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// A sign behind the number, as SAP writes it: `3714-`.
        package static let trailing = Negatives(rawValue: 1)
        /// Brackets around it, as accountants write it: `(3714)`.
        package static let brackets = Negatives(rawValue: 2)
        /// A minus sign (U+2212), an en dash, or blanks behind the sign: `– 3714`.
        package static let dashes = Negatives(rawValue: 4)
        /// All of them.
        package static let all: Negatives = [.trailing, .brackets, .dashes]
    }

    /// What `12%` is.
    package enum Percent: String, CaseIterable, Sendable {
        /// 0.12.
        case fraction
        /// 12.
        case points
    }

    /// The byte between the whole and the fractional part.
    package var decimal = UInt8(ascii: ".")
    /// Marks that may stand between thousands.
    package var thousands: Thousands = []
    /// What makes a number negative beside a hyphen.
    package var negatives: Negatives = []
    /// Signs and codes of currencies that may stand at either end.
    package var currencies: [String] = []
    /// What a percent sign does; nil when there must be none.
    package var percent: Percent?
    /// Words for missing values beside the usual ones.
    package var missingWords: [String] = []
    /// Whether somebody said which mark the decimal one is. Else it is held against the file.
    package var isDeclared = false

    /// The style of a file about which nothing was said: `1234.5`.
    package init() {}

    /// Whether there is nothing but digits, a decimal mark and an exponent.
    var isPlain: Bool {
        thousands.isEmpty && negatives.isEmpty && currencies.isEmpty && percent == nil
    }
}
