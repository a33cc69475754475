// SPDX-License-Identifier: Apache-2.0

// A statement of a company that files in US-GAAP or IFRS, by generic lines: those that the table of
// names has, such as "total_assets". It is never mixed with the lines of French forms.

package import Quantities

/// A statement by generic lines.
package struct ForeignStatement: Sendable {
    /// An amount and where it comes from.
    package struct Amount: Sendable, Hashable {
        /// In hundredths of the currency's unit.
        package var cents: Int64
        /// The names that it was taken from, such as "Assets".
        package var names: String
        /// What is not quite the line about it; empty if nothing is.
        package var mark: String
        /// When the last filing of it was made.
        package var filed: CalendarDate

        /// Takes an amount.
        package init(cents: Int64, names: String, mark: String, filed: CalendarDate) {
            (self.cents, self.names, self.mark, self.filed) = (cents, names, mark, filed)
        }
    }

    /// The filer's number, ten digits.
    package var filer: String
    /// Its name.
    package var name: String
    /// us-gaap or ifrs-full.
    package var taxonomy: String
    /// The currency of all amounts.
    package var currency: Currency
    /// The day on which the year ends.
    package var closing: CalendarDate
    /// Amounts by generic line.
    package var amounts: [String: Amount]
    /// Where it was read.
    package var source: PaperReference

    /// Makes a statement without amounts.
    package init(
        filer: String,
        name: String,
        taxonomy: String,
        currency: Currency,
        closing: CalendarDate,
        source: PaperReference
    ) {
        self.filer = filer
        self.name = name
        self.taxonomy = taxonomy
        self.currency = currency
        self.closing = closing
        self.source = source
        amounts = [:]
    }
}
