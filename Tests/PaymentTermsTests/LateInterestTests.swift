// SPDX-License-Identifier: Apache-2.0

// Interest for late payment, against worked values and a count of day by day.

import PaymentTerms
import Quantities
import Testing

@Suite struct LateInterestTests {
    private let euro = Currency("EUR")

    private func money(_ cents: Int64) throws -> Money {
        Money(minorUnits: cents, currency: try #require(euro))
    }

    /// 10,000 euros, 14.25 %, 30 days.
    @Test func theWorkedExample() throws {
        let interest = try LateInterest(
            on: money(1_000_000),
            due: date("2024-09-01"),
            paid: date("2024-10-01")
        )
        #expect(try interest.interest == money(11_712))
        #expect(interest.days == 30 && interest.parts.map(\.rate) == [1_425])
        #expect(LateInterest.fixedCompensationCents == 4_000)
    }

    @Test func halfYearsHaveTheirOwnRates() throws {
        let interest = try LateInterest(
            on: money(1_000_000),
            due: date("2024-12-15"),
            paid: date("2025-01-15")
        )
        #expect(interest.parts.map(\.days) == [16, 15])
        #expect(interest.parts.map(\.rate) == [1_425, 1_315])
        // 10,000 * (14.25 % * 16 + 13.15 % * 15) / 365 = 62.4657... + 54.0410...
        #expect(try interest.interest == money(11_651))
    }

    @Test func paidInTimeCostsNothing() throws {
        for paid in ["2025-01-01", "2024-12-31"] {
            let interest = try LateInterest(
                on: money(5_000),
                due: date("2025-01-01"),
                paid: date(paid)
            )
            #expect(try interest.parts.isEmpty && interest.interest == money(0))
        }
    }

    @Test func noRateIsInvented() throws {
        let future = HalfYear(year: 2031, half: 1)
        #expect(throws: LateInterest.Failure.noRate(future)) {
            try LateInterest(on: money(1), due: date("2031-02-01"), paid: date("2031-03-01"))
        }
        // An agreed one needs none, and is held against three times the legal rate where known.
        let agreed = try LateInterest(
            on: money(36_500),
            due: date("2031-02-01"),
            paid: date("2031-02-11"),
            agreedRate: 1_000
        )
        #expect(try agreed.interest == money(100))
        #expect(throws: LateInterest.Failure.belowMinimum(agreed: 1_475, minimum: 1_476)) {
            try LateInterest(
                on: money(1),
                due: date("2024-08-01"),
                paid: date("2024-08-31"),
                agreedRate: 1_475
            )
        }
    }

    @Test func hugeAmountsAreAnError() throws {
        #expect(throws: LateInterest.Failure.overflow) {
            try LateInterest(
                on: money(.max),
                due: date("0001-01-01"),
                paid: .last,
                agreedRate: .max
            )
        }
    }

    /// Day by day with the rate of each day, rounded at the end.
    @Test func theSameAsDayByDay() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let cents = Int64.random(in: 0...100_000_000, using: &random)
            let start = Int.random(in: 0...900, using: &random)
            let late = Int.random(in: 0...500, using: &random)
            let due = try #require(date("2022-01-01").adding(days: start))
            let paid = try #require(due.adding(days: late))
            var rateDays: Int64 = 0
            for day in 1..<(late + 1) {
                let halfYear = HalfYear(of: try #require(due.adding(days: day)))
                let rates = try #require(InterestRates.published.byHalfYear[halfYear])
                rateDays += Int64(rates.refinancing + 1_000)
            }
            let expected = (cents * rateDays * 2 + 3_650_000) / (2 * 3_650_000)
            let found = try LateInterest(on: money(cents), due: due, paid: paid)
            #expect(found.interest.minorUnits == expected && found.days == late)
        }
    }
}
