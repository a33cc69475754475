// SPDX-License-Identifier: Apache-2.0

// A ledger of a law that is known: customers with habits of their own, skewed delays, payments on
// the next day of a payment run.

import CreditFacts
import Foundation
import Quantities
import TestRandomness

struct KnownLaw {
    /// The day that forecasts are made on.
    static let asOf = CalendarDate(dayNumber: 20_600) ?? .first

    let invoices: [LedgerInvoice]
    let segments: [Int32]
    /// By invoice: the day on which it was paid in the end.
    let paid: [CalendarDate]

    /// Makes a ledger, which knows of payments after the day too.
    init(seed: Int, customers: Int = 200, invoicesEach: Int = 40) {
        var random = SeededGenerator(seed: seed)
        var invoices: [LedgerInvoice] = []
        var paid: [CalendarDate] = []
        let means = [3.0, 12, 30]
        segments = (0..<customers).map { Int32($0 % means.count) }
        for customer in 0..<customers {
            let habit = means[customer % 3] + 8 * Self.normal(&random)
            let spread = 3 + 6 * Double.random(in: 0..<1, using: &random)
            // Those of few invoices are most.
            let count = customer % 4 == 0 ? invoicesEach * 2 : random.upTo(invoicesEach / 3)
            for number in 0..<count {
                let issued = Self.day(Self.asOf, -random.upTo(700))
                let due = Self.day(issued, 30)
                // A skewed law: half normal, half exponential.
                let skew = -0.7 * log(Double.random(in: 1e-9..<1, using: &random)) - 0.7
                let delay = habit + spread * (Self.normal(&random) + skew)
                var day = Self.day(due, Int(delay.rounded()))
                if day <= issued { day = Self.day(issued, 1) }
                // Most run payments on Tuesdays and Fridays.
                if !random.once(in: 4) {
                    while ![1, 4].contains((Int(day.dayNumber) + 3) % 7) { day = Self.day(day, 1) }
                }
                var invoice = LedgerInvoice(
                    party: Int32(customer),
                    reference: "F\(customer)-\(number)",
                    issued: issued,
                    due: due,
                    cents: Int64(random.upTo(500_000)),
                    source: PaperReference(paper: 0, line: 1)
                )
                invoice.payments.append(InvoicePayment(date: day, cents: invoice.cents))
                invoice.open = 0
                invoices.append(invoice)
                paid.append(day)
            }
        }
        (self.invoices, self.paid) = (invoices, paid)
    }

    /// The ledger as it was on the day.
    var known: [LedgerInvoice] {
        invoices.filter { $0.issued.map { $0 <= Self.asOf } ?? true }.map { invoice in
            var invoice = invoice
            for payment in invoice.payments where payment.date > Self.asOf {
                invoice.open += payment.cents
            }
            invoice.payments = InvoicePayments(invoice.payments.filter { $0.date <= Self.asOf })
            return invoice
        }
    }

    private static func day(_ date: CalendarDate, _ days: Int) -> CalendarDate {
        date.adding(days: days) ?? date
    }

    private static func normal(_ random: inout SeededGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }
}
