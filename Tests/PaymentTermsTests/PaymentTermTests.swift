// SPDX-License-Identifier: Apache-2.0

// Due dates and the latest ones that the law allows.

import PaymentTerms
import Quantities
import Testing

@Suite struct PaymentTermTests {
    /// Both readings of "45 days end of month", and the terms around them.
    @Test(arguments: [
        ("NET", 30, "2025-01-31", "2025-03-02"), ("NET", 0, "2025-01-31", "2025-01-31"),
        ("EOM_AFTER", 45, "2025-01-10", "2025-02-28"),
        ("EOM_BEFORE", 45, "2025-01-10", "2025-03-17"),
        ("EOM_AFTER", 45, "2025-01-20", "2025-03-31"),
        ("EOM_BEFORE", 45, "2024-01-20", "2024-03-16"),
        ("TEN_DAYS", 30, "2025-02-10", "2025-03-12"), ("TEN_DAYS", 30, "2025-02-11", "2025-03-22"),
        ("TEN_DAYS", 30, "2025-02-21", "2025-03-30"), ("eom_before", 0, "2024-02-01", "2024-02-29"),
    ])
    func dueDates(rule: String, days: Int, from: String, due: String) throws {
        let term = try #require(PaymentTerm(rule: rule, days: days))
        #expect(term.due(from: date(from)) == date(due))
        #expect(PaymentTerm(rule: term.rule, days: term.dayCount) == term)
    }

    @Test func whatIsNoTermIsNone() {
        #expect(PaymentTerm(rule: "SOON", days: 3) == nil)
        #expect(PaymentTerm(rule: "NET", days: -1) == nil)
        #expect(PaymentTerm(rule: "NET", days: 100_000) == nil)
        #expect(PaymentTerm.days(.max).due(from: date("2025-01-01")) == nil)
        #expect(PaymentTerm.endOfMonthThenDays(60).due(from: .last) == nil)
    }

    @Test func latestDaysByLaw() {
        let invoice = date("2025-01-10")
        #expect(LegalTerms.latest(invoice: invoice) == date("2025-03-11"))
        #expect(
            LegalTerms.latest(invoice: invoice, endOfMonth: .daysThenEndOfMonth(45))
                == date("2025-02-28")
        )
        #expect(
            LegalTerms.latest(invoice: invoice, endOfMonth: .endOfMonthThenDays(45))
                == date("2025-03-17")
        )
        #expect(LegalTerms.latest(invoice: invoice, isPeriodic: true) == date("2025-02-24"))
        #expect(LegalTerms.latest(invoice: invoice, sector: .transport) == date("2025-02-09"))
        let received = date("2025-01-03")
        #expect(
            LegalTerms.latest(invoice: invoice, received: received, sector: .perishableFood)
                == date("2025-02-02")
        )
        #expect(
            LegalTerms.latest(
                invoice: invoice,
                received: received,
                sector: .perishableFood,
                isPeriodic: true
            ) == date("2025-02-09")
        )
        #expect(
            LegalTerms.latest(invoice: invoice, received: received, sector: .cattle)
                == date("2025-01-23")
        )
        #expect(
            LegalTerms.latest(invoice: invoice, received: received, sector: .spirits)
                == date("2025-03-02")
        )
    }

    /// An invoice a day later is never due earlier.
    @Test func dueDatesNeverGoBack() throws {
        let terms: [PaymentTerm] = [
            .days(30), .daysThenEndOfMonth(45), .endOfMonthThenDays(45), .endOfTenDaysThenDays(30),
        ]
        for term in terms {
            var last = CalendarDate.first
            for day in 0..<1_500 {
                let invoice = try #require(date("2023-01-01").adding(days: day))
                let due = try #require(term.due(from: invoice))
                #expect(due >= last && due >= invoice)
                last = due
            }
        }
    }
}

/// A date that is written out in a test.
func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }
