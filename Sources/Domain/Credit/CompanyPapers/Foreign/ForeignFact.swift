// SPDX-License-Identifier: Apache-2.0

// A number that a company filed abroad under a name of a taxonomy.

package import Quantities

/// A fact of a filing.
package struct ForeignFact: Sendable, Hashable {
    /// Its name, such as "Assets".
    package var name: String
    /// The first day of the time that it is an amount of; nil for an amount of a day.
    package var start: CalendarDate?
    /// The last day of that time, or the day; nil where the paper does not say.
    package var end: CalendarDate?
    /// The day of the filing; nil where the paper does not say.
    package var filed: CalendarDate?
    /// Whether it stands in a report of a year.
    package var isAnnual: Bool
    /// The amount, in hundredths of the currency's unit.
    package var cents: Int64
    /// The line that it was read from; 0 where a paper has none.
    package var line: Int32

    /// From when it was known: from its filing; for want of that from the day that it speaks of.
    var known: CalendarDate { filed ?? end ?? .last }

    /// Whether a kind of report is one of a year; transition reports of other lengths are none.
    static func isAnnual(_ form: String) -> Bool {
        ["10-K", "20-F", "40-F"].contains { form == $0 || form == $0 + "/A" }
    }

    /// A number of units in cents; nil for one that is not meant.
    static func cents(_ units: Double) -> Int64? {
        // Exact: whole units have fewer digits than a float64.
        abs(units) < 1e15 ? Int64((units * 100).rounded()) : nil
    }
}
