// SPDX-License-Identifier: Apache-2.0

// Ratios that the state publishes of accounts that were filed. They are facts of their own: no
// statement is made of them, and they are shown beside the ratios that are computed.

package import Quantities

/// Published ratios of a company and a year.
package struct PublishedRatios: Sendable {
    /// The company.
    package var siren: SIREN
    /// The day on which the year ends.
    package var closing: CalendarDate
    /// The type of accounts: those of a group (K) are never mixed with the company's own.
    package var type: String
    /// When they were filed; nil where the paper does not say.
    package var filed: CalendarDate?
    /// How far they are published, as it stands in the paper.
    package var confidentiality: String
    /// The values in the order of the paper's columns of ratios; NaN where there is none.
    /// Percentages are times 100, days in days, amounts in euros.
    package var values: [Double]
    /// Where they were read.
    package var source: PaperReference

    /// Takes ratios.
    package init(
        siren: SIREN,
        closing: CalendarDate,
        type: String,
        filed: CalendarDate?,
        confidentiality: String,
        values: [Double],
        source: PaperReference
    ) {
        self.siren = siren
        self.closing = closing
        self.type = type
        self.filed = filed
        self.confidentiality = confidentiality
        self.values = values
        self.source = source
    }
}

extension CalendarDate {
    /// The year that a fiscal year which ends on this day is called by: that of the day six months
    /// before, so that the year to March 2025 is 2024. It is a label only; the closing date says
    /// what is meant.
    package var fiscalYear: Int { (adding(months: -6) ?? self).components.year }
}
