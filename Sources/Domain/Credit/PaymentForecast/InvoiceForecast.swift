// SPDX-License-Identifier: Apache-2.0

// When an open invoice will be paid, as far as can be said.

package import Quantities

/// When an open invoice will be paid.
package struct InvoiceForecast: Sendable, Hashable {
    /// The days late of which the probabilities are told.
    package static let lateDays: [Int32] = [0, 30, 60, 90]

    /// The invoice's place in the list.
    package var place: Int32
    /// The probability that it is paid more than 0, 30, 60 and 90 days late, or never.
    package var lateOver: SIMD4<Double>
    /// The day by which it is paid as likely as not; nil where more than half of such invoices were
    /// never seen to be paid.
    package var expected: CalendarDate?
    /// The first day of the band of 80 %.
    package var earliest: CalendarDate?
    /// The last day of it; nil where it has no end.
    package var latest: CalendarDate?
}

/// What comes in a week.
package struct WeekForecast: Sendable, Hashable {
    /// Its first day: a Monday, or the day after the one that is looked at.
    package var from: CalendarDate
    /// Its last day, a Sunday.
    package var through: CalendarDate
    /// What is expected, in cents.
    package var expected: Double
    /// The lower end of the band of 80 %.
    package var low: Double
    /// The upper end of it.
    package var high: Double
}

/// What comes week by week.
package struct CashForecast: Sendable, Hashable {
    /// The weeks.
    package var weeks: [WeekForecast]
    /// What of the invoices is expected after them, or never, in cents.
    package var later: Double
    /// What is open of invoices that nothing is said of: disputed, frozen, without a due date.
    package var notForecast: Int64
}
