// SPDX-License-Identifier: Apache-2.0

// Interest out of a table of days, held against the walk through half-years.

import Collection
import CreditFacts
import PaymentTerms
import Quantities
import TestRandomness
import Testing
import VigieLimits

@Suite struct InterestTableTests {
    @Test(arguments: 0..<60)
    func isThatOfTheWalk(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let asOf = try #require(day("2017-06-01").adding(days: random.upTo(3_400)))
        let agreed: Int32? = random.once(in: 3) ? Int32(random.upTo(2_000)) : nil
        let table = InterestTable(through: asOf, agreedRate: agreed)
        for _ in 0..<50 {
            let due = try #require(asOf.adding(days: 20 - random.upTo(900)))
            var one = invoice("F", Int64(random.upTo(10_000_000)), due: due.description)
            let naive = try? LateInterest(
                on: Money(minorUnits: one.open, currency: .euro),
                due: due,
                paid: asOf,
                agreedRate: agreed
            )
            #expect(table.interest(on: one) == naive?.interest.minorUnits, "\(due) \(asOf)")
            guard let paid = due.adding(days: random.upTo(100)), paid < asOf else { continue }
            // A part that came late costs what it was late for; the rest runs on.
            let part = one.open / 3
            one.payments.append(InvoicePayment(date: paid, cents: part))
            one.open -= part
            let days = [(part, paid), (one.open, asOf)].map { cents, until -> Double? in
                let walk = try? LateInterest(
                    on: Money(minorUnits: 0, currency: .euro),
                    due: due,
                    paid: until,
                    agreedRate: agreed
                )
                return walk?.parts.reduce(0) { $0 + Double(cents) * Double($1.days * $1.rate) }
            }
            guard let first = days[0], let second = days[1] else {
                #expect(table.interest(on: one) == nil)
                continue
            }
            let cents = ((first + second) / 3_650_000).rounded(.toNearestOrAwayFromZero)
            #expect(table.interest(on: one) == Int64(cents))
        }
    }

    @Test func noRateIsMadeUp() throws {
        let table = InterestTable(through: day("2031-03-01"))
        #expect(table.interest(on: invoice("F", 100, due: "2031-02-01")) == nil)
        #expect(table.interest(on: invoice("F", 100, due: "2031-03-01")) == 0)
        #expect(table.interest(on: invoice("F", 100, due: nil)) == nil)
        let rates = InterestRates([HalfYear(year: 2031, half: 1): .init(refinancing: 265, legal: 1)]
        )
        let known = InterestTable(through: day("2031-03-01"), rates: rates)
        // 12.65 % of 1,000 euros for 28 days.
        #expect(known.interest(on: invoice("F", 100_000, due: "2031-02-01")) == 970)
        #expect(known.interest(on: invoice("F", 100_000, due: "2030-12-15")) == nil)
    }

    /// Beyond the table the half-years are walked.
    @Test func ancientInvoicesCostWhatTheWalkSays() throws {
        let asOf = day("2025-12-31")
        let table = InterestTable(through: asOf, agreedRate: 2_000)
        for days in [-1, 0, 1, 400] {
            let due = try #require(asOf.adding(days: -CollectionLimits.interestDays - days))
            let one = invoice("F", 1_234_567, due: due.description)
            let walk = try LateInterest(
                on: Money(minorUnits: one.open, currency: .euro),
                due: due,
                paid: asOf,
                agreedRate: 2_000
            )
            #expect(table.interest(on: one) == walk.interest.minorUnits)
        }
    }

    @Test func lettersAskForItWhereTheLevelDoes() throws {
        let asking = try scenarios(
            [6],
            #", "agreed_rate_hundredths": 1500"#,
            levels: #", "interest": true, "indemnity": true, "fee_cents": 750"#
        )
        let invoices = [
            invoice("F1", 73_000, due: "2026-05-01", issued: "2026-04-01"),
            invoice("F2", 36_500, due: "2026-05-31", paid: [("2026-06-10", 10_000)]),
        ]
        let review = CollectionReview(book(invoices), asking, on: day("2026-06-30"))
        let letter = try #require(review.letter(of: 0))
        #expect(letter.lines.map(\.reference) == ["F1", "F2"])
        // 60 days of 15 % on 730 euros; 30 days on 265 and 10 days on 100 euros.
        #expect(letter.lines.map(\.interest) == [1_800, 368])
        #expect(letter.lines.map(\.indemnity) == [4_000, 4_000])
        #expect(letter.lines.map(\.open) == [73_000, 26_500])
        #expect(letter.totals[0].total == 73_000 + 26_500 + 2_168 + 8_000 + 750)
        #expect(letter.deadline == day("2026-07-08") && !letter.hasUnknownInterest)
        let legal = try scenarios([6], levels: #", "interest": true"#)
        let later = CollectionReview(book(invoices), legal, on: day("2031-01-31"))
        let unknown = try #require(later.letter(of: 0))
        #expect(unknown.hasUnknownInterest && unknown.totals[0].interest == 0)
    }
}
