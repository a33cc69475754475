// SPDX-License-Identifier: Apache-2.0

// Forecasts on a ledger of a known law, against what came.

import CreditFacts
import PaymentForecast
import Quantities
import Testing

@Suite struct KnownLawTests {
    /// A customer's mean of what was settled, as anybody would reckon it.
    private func ownMeans(_ law: KnownLaw) -> (means: [Double?], all: Double) {
        var sums = [(Double, Double)](repeating: (0, 0), count: law.segments.count)
        for (invoice, day) in zip(law.invoices, law.paid) where day <= KnownLaw.asOf {
            guard let due = invoice.due else { continue }
            sums[Int(invoice.party)].0 += Double(day.days(since: due))
            sums[Int(invoice.party)].1 += 1
        }
        let all = sums.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        return (sums.map { $0.1 > 0 ? $0.0 / $0.1 : nil }, all.0 / all.1)
    }

    /// Errors in days, and where the band was.
    private struct Errors {
        var (ours, naive, count) = (0.0, 0.0, 0.0)
        var (inside, above, below) = (0.0, 0.0, 0.0)

        mutating func add(_ forecast: InvoiceForecast, paid: CalendarDate, guess: Double) {
            guard let expected = forecast.expected, let latest = forecast.latest,
                let earliest = forecast.earliest
            else { return }
            ours += abs(Double(paid.days(since: expected)))
            naive += abs(Double(paid.dayNumber) - guess)
            count += 1
            if paid > latest {
                above += 1
            } else if paid < earliest {
                below += 1
            } else {
                inside += 1
            }
        }
    }

    @Test func isBetterThanTheCustomersOwnMean() {
        var (all, few) = (Errors(), Errors())
        for seed in 0..<8 {
            let law = KnownLaw(seed: seed)
            let model = DelayModel(law.invoices, segments: law.segments, on: KnownLaw.asOf)
            let (means, ofAll) = ownMeans(law)
            for forecast in model.forecasts(law.invoices) {
                let place = Int(forecast.place)
                let invoice = law.invoices[place]
                guard let due = invoice.due else { continue }
                let mean = means[Int(invoice.party)] ?? ofAll
                // Nobody would say that it came yesterday.
                let guess = max(
                    Double(due.dayNumber) + mean,
                    Double(KnownLaw.asOf.dayNumber) + 1
                )
                all.add(forecast, paid: law.paid[place], guess: guess)
                if model.habit(of: Int(invoice.party)).ownInvoices < 6 {
                    few.add(forecast, paid: law.paid[place], guess: guess)
                }
            }
        }
        #expect(all.count > 2_000 && few.count > 150)
        #expect(all.ours < 0.97 * all.naive, "\(all)")
        #expect(few.ours < 0.95 * few.naive, "\(few)")
        #expect((0.75...0.85).contains(all.inside / all.count), "\(all)")
        #expect((0.75...0.87).contains(few.inside / few.count), "\(few)")
        #expect(all.above > 0.05 * all.count && all.below > 0.05 * all.count)
    }

    /// What is said to happen with a probability happens as often.
    @Test func probabilitiesAreKept() {
        var (told, came, bins) = ([Double](repeating: 0, count: 5), [0.0, 0, 0, 0, 0], 0.0)
        for seed in 20..<25 {
            let law = KnownLaw(seed: seed)
            let model = DelayModel(law.invoices, segments: law.segments, on: KnownLaw.asOf)
            for forecast in model.forecasts(law.invoices) {
                let place = Int(forecast.place)
                guard let due = law.invoices[place].due else { continue }
                for (number, late) in InvoiceForecast.lateDays.enumerated() {
                    told[number] += forecast.lateOver[number]
                    came[number] += law.paid[place].days(since: due) > Int(late) ? 1 : 0
                }
                bins += 1
            }
        }
        for late in 0..<4 {
            #expect(abs(told[late] - came[late]) < 0.03 * bins, "\(told) \(came) of \(bins)")
        }
    }

    @Test func weeksOfCashAreKept() {
        var (inside, weeks, told, came) = (0.0, 0.0, 0.0, 0.0)
        for seed in 40..<55 {
            let law = KnownLaw(seed: seed, customers: 60)
            let model = DelayModel(law.invoices, segments: law.segments, on: KnownLaw.asOf)
            for week in model.cash(law.invoices, weeks: 4).weeks {
                let paid = zip(law.invoices, law.paid).filter { invoice, day in
                    day >= week.from && day <= week.through
                        && invoice.issued.map { $0 <= KnownLaw.asOf } ?? true
                }
                let sum = paid.reduce(0) { $0 + Double($1.0.cents) }
                inside += sum >= week.low && sum <= week.high ? 1 : 0
                (told, came, weeks) = (told + week.expected, came + sum, weeks + 1)
            }
        }
        #expect(abs(told - came) < 0.1 * came, "\(told) against \(came)")
        // Invoices of this law come one by one: a band for customers who pay all at once is wider.
        #expect(inside / weeks > 0.75, "\(inside / weeks)")
    }
}
