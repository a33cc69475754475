// SPDX-License-Identifier: Apache-2.0

// Where two years of a company meet, by their days alone.

internal import CreditFacts
package import Quantities

/// Two years, one after the other.
package struct StatementJoint: Sendable {
    private let later: CalendarDate
    private let laterMonths: Int
    private let earlier: CalendarDate
    private let earlierMonths: Int

    /// Takes the days on which they end, and how many months they have.
    package init(
        later: CalendarDate,
        laterMonths: Int,
        earlier: CalendarDate,
        earlierMonths: Int
    ) {
        (self.later, self.laterMonths) = (later, laterMonths)
        (self.earlier, self.earlierMonths) = (earlier, earlierMonths)
    }

    /// Whether a history of both has a finding that lowers the confidence: a gap between them, or
    /// days that both have, or other rules of accounting by their dates.
    package var isDoubtful: Bool {
        let gap = Self.gapDays(earlier, later, months: laterMonths) ?? 0
        if abs(gap) > StatementThresholds.jointDays { return true }
        // No year that ends before has the later rules, if it has a month.
        if later < Self.rulesMayDiffer, laterMonths > 0, earlierMonths > 0 { return false }
        return AccountingRules(closing: later, months: laterMonths)
            != AccountingRules(closing: earlier, months: earlierMonths)
    }

    /// Before it, no year of a month or more ends for which the later rules hold: such a year
    /// begins in 2025.
    private static let rulesMayDiffer =
        CalendarDate(year: 2_025, month: 1, day: 28) ?? .first

    /// Days from the end of a year to the day before the next one begins; nil where there is no
    /// such day.
    static func gapDays(_ earlier: CalendarDate, _ later: CalendarDate, months: Int) -> Int? {
        let months = min(max(months, 0), 1_200)  // tidy: limit: what a calendar takes
        return later.adding(months: -months, endOfMonth: .kept)?.days(since: earlier)
    }
}
