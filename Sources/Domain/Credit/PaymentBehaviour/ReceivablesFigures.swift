// SPDX-License-Identifier: Apache-2.0

// How long receivables stand, over all customers. All amounts are with tax, so that like is
// compared with like.

/// What is known of a company's receivables over a year; amounts in cents with tax.
package struct Receivables: Sendable {
    /// What was open when the year began.
    package var opening: Int64
    /// What is open now.
    package var closing: Int64
    /// What of it is not due yet.
    package var notDue: Int64
    /// Sales by month, the last month last.
    package var salesByMonth: [(days: Int, cents: Int64)]

    /// Takes amounts.
    package init(
        opening: Int64,
        closing: Int64,
        notDue: Int64,
        salesByMonth: [(days: Int, cents: Int64)]
    ) {
        self.opening = opening
        self.closing = closing
        self.notDue = notDue
        self.salesByMonth = salesByMonth
    }

    private var sales: Double { Double(salesByMonth.reduce(0) { $0 + $1.cents }) }
    private var days: Double { Double(salesByMonth.reduce(0) { $0 + $1.days }) }

    /// Days sales outstanding: closing receivables over sales, times days; nil without sales.
    package var daysSalesOutstanding: Double? {
        sales > 0 ? Double(closing) * days / sales : nil
    }

    /// What it could be at best: if nothing were past due.
    package var bestPossibleDaysSalesOutstanding: Double? {
        sales > 0 ? Double(notDue) * days / sales : nil
    }

    /// Average days delinquent: the difference of both.
    package var averageDaysDelinquent: Double? {
        guard let actual = daysSalesOutstanding, let best = bestPossibleDaysSalesOutstanding else {
            return nil
        }
        return actual - best
    }

    /// Collection effectiveness: which part of what could be collected was, in percent; nil where
    /// there was nothing to collect.
    package var collectionEffectiveness: Double? {
        let available = Double(opening) + sales
        let collectable = available - Double(notDue)
        return collectable > 0 ? (available - Double(closing)) / collectable * 100 : nil
    }

    /// Days sales outstanding counted back: closing receivables used up by the last month's sales,
    /// then by those of the one before; nil where the sales that are known do not use them up.
    package var countBackDays: Double? {
        var left = closing
        var days = 0.0
        for month in salesByMonth.reversed() {
            if left <= 0 { return days }
            if month.cents >= left {
                return days + Double(left) / Double(month.cents) * Double(month.days)
            }
            left -= max(0, month.cents)
            days += Double(month.days)
        }
        return left <= 0 ? days : nil
    }
}
