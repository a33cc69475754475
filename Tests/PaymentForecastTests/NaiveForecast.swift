// SPDX-License-Identifier: Apache-2.0

// Forecasts as one would write them down: the probabilities of all days to come, added up.

import CreditFacts
import PaymentForecast
import Quantities
import Testing

struct NaiveForecast {
    let lateOver: [Double]
    let expected: CalendarDate?
    let earliest: CalendarDate?
    let latest: CalendarDate?

    init?(_ model: DelayModel, _ invoice: LedgerInvoice) {
        let days = model.days(of: invoice, count: 700)
        guard let due = invoice.due, !days.isEmpty else { return nil }
        func date(_ place: Int) -> CalendarDate? { model.asOf.adding(days: place + 1) }
        lateOver = [0, 30, 60, 90].map { late in
            let paid = days.enumerated().filter { place, _ in
                date(place).map { $0.days(since: due) <= late } ?? false
            }
            return 1 - paid.reduce(0) { $0 + $1.element }
        }
        var (sum, middles, sums) = (0.0, [Double](), [Double]())
        for day in days {
            middles.append(sum + day / 2)
            sum += day
            sums.append(sum)
        }
        let reachable = { (part: Double) in sum >= part - 1e-9 }
        expected = sums.firstIndex { $0 >= 0.5 - 1e-9 }.flatMap(date)
        let first = reachable(0.1) ? middles.firstIndex { $0 >= 0.1 - 1e-9 }.flatMap(date) : nil
        let after = reachable(0.9) ? middles.firstIndex { $0 >= 0.9 - 1e-9 }.flatMap(date) : nil
        let before = after?.adding(days: -1)
        latest = before.flatMap { last in first.map { max($0, last) } }
        earliest = first
    }
}

@Suite struct NaiveForecastTests {
    @Test(arguments: 0..<4)
    func theFastOneIsTheSame(seed: Int) {
        let law = KnownLaw(seed: seed + 100, customers: 60)
        let model = DelayModel(law.invoices, segments: law.segments, on: KnownLaw.asOf)
        var compared = 0
        for forecast in model.forecasts(law.invoices) {
            let invoice = law.invoices[Int(forecast.place)]
            guard let naive = NaiveForecast(model, invoice) else {
                Issue.record("nothing is said of \(invoice.reference)")
                continue
            }
            for late in 0..<4 {
                #expect(abs(forecast.lateOver[late] - naive.lateOver[late]) < 1e-9)
            }
            #expect(forecast.expected == naive.expected, "\(invoice) \(forecast)")
            #expect(forecast.earliest == naive.earliest, "\(invoice) \(forecast)")
            #expect(forecast.latest == naive.latest, "\(invoice) \(forecast)")
            compared += 1
        }
        #expect(compared > 30)
    }

    @Test func cashIsTheSumOfTheDays() {
        let law = KnownLaw(seed: 7, customers: 60)
        let model = DelayModel(law.invoices, segments: law.segments, on: KnownLaw.asOf)
        let cash = model.cash(law.invoices, weeks: 13)
        #expect(cash.weeks.count == 13 && cash.notForecast == 0)
        var (expected, open) = ([Double](repeating: 0, count: 13), 0.0)
        for invoice in law.invoices {
            let amount = Double(invoice.open(on: KnownLaw.asOf))
            let days = model.days(of: invoice, count: 100)
            open += amount
            for (week, forecast) in cash.weeks.enumerated() {
                for (place, part) in days.enumerated() {
                    guard let day = KnownLaw.asOf.adding(days: place + 1) else { continue }
                    if day >= forecast.from && day <= forecast.through {
                        expected[week] += amount * part
                    }
                }
            }
        }
        for (week, forecast) in cash.weeks.enumerated() {
            #expect(abs(forecast.expected - expected[week]) < 1e-6 * open)
            #expect(forecast.low <= forecast.expected && forecast.expected <= forecast.high)
            #expect((Int(forecast.through.dayNumber) + 3) % 7 == 6, "weeks end on Sundays")
        }
        let sum = cash.weeks.reduce(cash.later) { $0 + $1.expected }
        #expect(abs(sum - open) < 1e-6 * open)
    }
}
