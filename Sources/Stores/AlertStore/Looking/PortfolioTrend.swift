// SPDX-License-Identifier: Apache-2.0

// What was kept of a portfolio day by day, for those who look at how it went. Cost, estimated: a
// microsecond for each alert that was open in the time, and for each company a look for notices.

package import Databases
package import Quantities

/// Figures of a portfolio over some days.
package struct PortfolioTrend: Sendable, Equatable {
    /// What the last run of a day kept.
    package struct Day: Sendable, Equatable {
        /// The day.
        package let day: CalendarDate
        /// Companies.
        package let companyCount: Int
        /// What was owed, in units of the currency.
        package let exposure: Double
        /// The probability of failure, weighted with that; nil where nobody owed anything.
        package let weightedProbability: Double?
    }

    /// The days on which a run kept figures, the oldest first, and before them the last one of the
    /// time before.
    package var days: [Day] = []
    /// Alerts that were open at the end of each day, the last day last; without those that are put
    /// off or held for done now.
    package var openAlerts: [Int]
    /// Notices of courts and registers that were made known within seven days.
    package var legalEventCount = 0
}

extension DatabaseConnection {
    /// Days within which notices are counted.
    private static var noticeDays: Int { 7 }

    /// Figures of a portfolio over some days.
    ///
    /// - Parameter last: The last one.
    package func trend(
        of portfolio: Int,
        days count: Int,
        through last: CalendarDate
    ) throws(DatabaseError) -> PortfolioTrend {
        let (end, first) = (Int(last.dayNumber), Int(last.dayNumber) - count)
        var trend = PortfolioTrend(openAlerts: try openAlerts(of: portfolio, first...end))
        try query(
            """
            select day, company_count, exposure, expected_loss from portfolio_figures
            where portfolio = $1 and day <= $3 and day >= coalesce((
                select max(day) from portfolio_figures where portfolio = $1 and day < $2), $2)
            order by day
            """,
            [.integer(portfolio), .integer(first), .integer(end)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(0)) else { return true }
            let (exposure, loss) = (try row.real(2), try row.real(3))
            trend.days.append(
                PortfolioTrend.Day(
                    day: day,
                    companyCount: try row.integer(1),
                    exposure: exposure,
                    weightedProbability: exposure > 0 ? loss / exposure : nil
                )
            )
            return true
        }
        trend.legalEventCount =
            try self.first(
                """
                select count(*) from portfolio_company m join company_fact f on f.slot = m.slot
                where m.portfolio = $1 and f.kind = 'event' and f.day > $2 and f.day <= $3
                    and f.superseded_at is null
                """,
                [.integer(portfolio), .integer(end - Self.noticeDays), .integer(end)]
            ) { row throws(DatabaseError) in try row.integer(0) } ?? 0
        return trend
    }

    /// How many alerts were open at the end of each day.
    private func openAlerts(
        of portfolio: Int,
        _ days: ClosedRange<Int>
    ) throws(DatabaseError) -> [Int] {
        var changes = [Int](repeating: 0, count: days.count + 1)
        try query(
            """
            select raised_day, cleared_day from alert
            where portfolio = $1 and is_quiet = 0 and raised_day <= $3
                and (cleared_day is null or cleared_day > $2)
            """,
            [.integer(portfolio), .integer(days.lowerBound), .integer(days.upperBound)]
        ) { row throws(DatabaseError) in
            let raised = max(try row.integer(0), days.lowerBound)
            changes[raised - days.lowerBound] += 1
            if let cleared = try row.integerIfAny(1), cleared <= days.upperBound {
                changes[cleared - days.lowerBound] -= 1
            }
            return true
        }
        var sum = 0
        return changes.dropLast().map { change in
            sum += change
            return sum
        }
    }
}
