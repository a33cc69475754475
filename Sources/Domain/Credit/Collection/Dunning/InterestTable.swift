// SPDX-License-Identifier: Apache-2.0

// Late interest up to one day, for many invoices: what the rates of all days before it come to is
// summed once, so that an invoice takes two look-ups and not a walk through half-years. The figure
// is that of LateInterest, which is walked where the table cannot tell.

package import CreditFacts
package import PaymentTerms
package import Quantities
internal import VigieLimits

/// Late interest up to a day.
package struct InterestTable: Sendable {
    private let asOf: CalendarDate
    private let agreedRate: Int32?
    private let rates: InterestRates
    /// By days late: the sum of the rates of those days, in hundredths of a percent. It ends before
    /// the first day, looking back, of which no rate is known.
    private let rateDays: [Int64]

    /// Sums the rates of the days up to one.
    ///
    /// - Parameter agreedRate: The contract's rate, in hundredths of a percent; nil for the legal
    ///   one.
    package init(
        through asOf: CalendarDate,
        agreedRate: Int32? = nil,
        rates: InterestRates = .published
    ) {
        (self.asOf, self.agreedRate, self.rates) = (asOf, agreedRate, rates)
        var rateDays: [Int64] = [0]
        rateDays.reserveCapacity(CollectionLimits.interestDays + 1)
        var (day, sum, half) = (asOf, Int64(0), HalfYear(of: asOf))
        var rate = Self.rate(in: half, agreedRate, rates)
        while rateDays.count <= CollectionLimits.interestDays {
            if HalfYear(of: day) != half {
                half = HalfYear(of: day)
                rate = Self.rate(in: half, agreedRate, rates)
            }
            guard let rate else { break }
            sum += rate
            rateDays.append(sum)
            guard let before = day.adding(days: -1) else { break }
            day = before
        }
        self.rateDays = rateDays
    }

    private static func rate(
        in half: HalfYear,
        _ agreed: Int32?,
        _ rates: InterestRates
    ) -> Int64? {
        let known = rates.byHalfYear[half]
        if let agreed {
            if let legal = known?.legal, agreed < 3 * legal { return nil }
            return Int64(agreed)
        }
        return known.map { Int64($0.refinancing + LateInterest.pointsOverRefinancing) }
    }

    /// Interest for an invoice up to the day, in cents: for what is open, and for each payment that
    /// came late, up to when it came. Nil where a rate is not known, or an agreed one is below what
    /// the law allows: no rate is made up.
    package func interest(on invoice: LedgerInvoice) -> Int64? {
        guard let due = invoice.due else { return nil }
        var sum: Int128 = 0
        let open = max(0, invoice.open(on: asOf))
        guard let days = rateDays(after: due, through: asOf) else { return nil }
        sum += Int128(open) * Int128(days)
        for payment in invoice.payments where payment.date > due && payment.date <= asOf {
            // What the bank took back was never paid, and is in what is open.
            if let returned = payment.returned, returned <= asOf { continue }
            guard let days = rateDays(after: due, through: payment.date) else { return nil }
            sum += Int128(payment.cents) * Int128(days)
        }
        let divisor: Int128 = 10_000 * 365
        let (quotient, rest) = sum.quotientAndRemainder(dividingBy: divisor)
        return Int64(exactly: rest.magnitude * 2 >= divisor.magnitude ? quotient + 1 : quotient)
    }

    /// Half-years in which the interest for an invoice has no rate that could be asked for.
    func halfYearsWithoutRate(_ invoice: LedgerInvoice) -> [HalfYear] {
        guard let from = invoice.due?.adding(days: 1), from <= asOf else { return [] }
        var (half, last, found) = (HalfYear(of: from), HalfYear(of: asOf), [HalfYear]())
        while half <= last {
            if Self.rate(in: half, agreedRate, rates) == nil { found.append(half) }
            half = half.next
        }
        return found
    }

    /// The sum of the rates of the days after one and through another.
    private func rateDays(after due: CalendarDate, through last: CalendarDate) -> Int64? {
        guard last > due else { return 0 }
        let (from, to) = (asOf.days(since: due), asOf.days(since: last))
        if from < rateDays.count { return rateDays[from] - rateDays[to] }
        guard
            let interest = try? LateInterest(
                on: Money(minorUnits: 0, currency: .euro),
                due: due,
                paid: last,
                agreedRate: agreedRate,
                rates: rates
            )
        else { return nil }
        return interest.parts.reduce(0) { $0 + Int64($1.days) * Int64($1.rate) }
    }
}
