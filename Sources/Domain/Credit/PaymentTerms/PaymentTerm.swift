// SPDX-License-Identifier: Apache-2.0

// When an invoice is due. "45 days end of month" is read in two ways, and both are found in
// contracts: the days first and then to the end of that month, or to the end of the invoice's month
// and then the days. The law decides for neither, so they are two terms here.

package import Quantities

/// An agreed or legal term of payment.
package enum PaymentTerm: Sendable, Hashable {
    /// So many days after the date.
    case days(Int)
    /// So many days after the date, then to the end of that month.
    case daysThenEndOfMonth(Int)
    /// To the end of the date's month, then so many days.
    case endOfMonthThenDays(Int)
    /// To the end of the date's ten days (the 10th, the 20th, the last of the month), then so many
    /// days.
    case endOfTenDaysThenDays(Int)

    /// More days than any term has; further ones are a mistake in a file.
    // tidy: limit: what a term can mean, not what a file may hold
    package static let daysMax = 3_660

    /// The day on which an invoice is due; nil outside of the calendar.
    ///
    /// - Parameter date: The day from which the term counts: the invoice's, or that of the receipt.
    package func due(from date: CalendarDate) -> CalendarDate? {
        switch self {
        case .days(let days): date.adding(days: days)
        case .daysThenEndOfMonth(let days): date.adding(days: days)?.lastOfMonth
        case .endOfMonthThenDays(let days): date.lastOfMonth.adding(days: days)
        case .endOfTenDaysThenDays(let days): Self.endOfTenDays(date).adding(days: days)
        }
    }

    private static func endOfTenDays(_ date: CalendarDate) -> CalendarDate {
        let (year, month, day) = date.components
        let end = day <= 10 ? 10 : 20
        return day > 20
            ? date.lastOfMonth : CalendarDate(year: year, month: month, day: end) ?? date
    }
}

extension PaymentTerm {
    /// Reads what files of terms hold: a rule (`NET`; `EOM_AFTER` or `EOM_BEFORE` for the end of
    /// the month after or before the days; `TEN_DAYS`) and its days; nil for anything else.
    package init?(rule: String, days: Int) {
        guard days >= 0, days <= Self.daysMax else { return nil }
        switch rule.uppercased() {
        case "NET": self = .days(days)
        case "EOM_AFTER": self = .daysThenEndOfMonth(days)
        case "EOM_BEFORE": self = .endOfMonthThenDays(days)
        case "TEN_DAYS": self = .endOfTenDaysThenDays(days)
        default: return nil
        }
    }

    /// The rule as files of terms hold it.
    package var rule: String {
        switch self {
        case .days: "NET"
        case .daysThenEndOfMonth: "EOM_AFTER"
        case .endOfMonthThenDays: "EOM_BEFORE"
        case .endOfTenDaysThenDays: "TEN_DAYS"
        }
    }

    /// The days of the rule.
    package var dayCount: Int {
        switch self {
        case .days(let days), .daysThenEndOfMonth(let days), .endOfMonthThenDays(let days),
            .endOfTenDaysThenDays(let days):
            days
        }
    }
}
