// SPDX-License-Identifier: Apache-2.0

// Weeks of cash while invoices go by, those of one customer together.

internal import CreditFacts
internal import Quantities

/// Sums of weeks.
struct CashWeeks {
    /// Weeks of a forecast; later ones are no forecast.
    // tidy: limit: what a forecast can say, and not what somebody may ask for
    static let countMax = 53

    /// The day before each week, and the last day of all.
    private let edges: [Int32]
    private var expected: [Double]
    /// By week: the deviation of the customer at hand.
    private var own: [Double]
    private var variance: [Double]
    private var later = 0.0
    private var notForecast: Int64 = 0

    init(_ count: Int, after asOf: CalendarDate) {
        let first = asOf.dayNumber
        let monday = PaymentCalendar.monday(of: first + 1)
        edges = [first] + (0..<count).map { monday + 6 + 7 * Int32($0) }
        expected = [Double](repeating: 0, count: count)
        (own, variance) = (expected, expected)
    }

    /// Adds what is open of an invoice.
    @inline(__always)
    mutating func add(_ open: Double, _ law: InvoiceLaw) {
        var rest = 1.0
        for week in expected.indices {
            let part = law.probability(after: edges[week], through: edges[week + 1])
            expected[week] += open * part
            own[week] += open * max(0, part * (1 - part)).squareRoot()
            rest -= part
        }
        later += open * max(0, rest)
    }

    /// Adds what is open of an invoice that nothing is said of.
    mutating func add(notForecast cents: Int64) {
        notForecast = notForecast.adding(cents: cents)
    }

    /// Ends a customer: its invoices come together, those of others by themselves.
    mutating func endCustomer() {
        for week in own.indices where own[week] != 0 {
            variance[week] += own[week] * own[week]
            own[week] = 0
        }
    }

    /// What it comes to.
    var forecast: CashForecast {
        let weeks = expected.indices.compactMap { week -> WeekForecast? in
            guard let from = CalendarDate(dayNumber: Int(edges[week]) + 1),
                let through = CalendarDate(dayNumber: Int(edges[week + 1]))
            else { return nil }
            // Between the tenth and the ninetieth percentile of a normal law.
            let reach = 1.281_551_565_5 * variance[week].squareRoot()
            return WeekForecast(
                from: from,
                through: through,
                expected: expected[week],
                low: max(0, expected[week] - reach),
                high: expected[week] + reach
            )
        }
        return CashForecast(weeks: weeks, later: later, notForecast: notForecast)
    }
}
