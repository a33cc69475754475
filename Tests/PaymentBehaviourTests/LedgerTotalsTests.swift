// SPDX-License-Identifier: Apache-2.0

// Sums of many parties, where each invoice waits for the next one: the same as one by one.

import CreditFacts
import PaymentBehaviour
import Quantities
import Testing

@Suite struct LedgerTotalsTests {
    @Test func sumsOfManyPartiesAreThoseOfEach() throws {
        var random = SystemRandomNumberGenerator()
        let asOf = try #require(CalendarDate(year: 2025, month: 12, day: 31))
        let window = PaymentWindow(twelveMonthsTo: asOf)
        let totals = LedgerTotals(window)
        #expect(totals.finish().isEmpty)
        var expected: [PartyTotals] = []
        for line in 0..<500 {
            let party = Int.random(in: 0..<40, using: &random)
            let issued = asOf.adding(days: -Int.random(in: 0..<500, using: &random))
            var invoice = LedgerInvoice(
                party: Int32(party),
                reference: "F\(line)",
                issued: issued,
                due: issued?.adding(days: 30),
                cents: Int64.random(in: 1..<1_000_000, using: &random),
                source: PaperReference(paper: 0, line: Int32(line))
            )
            if let paid = issued?.adding(days: Int.random(in: 0..<200, using: &random)),
                Bool.random(using: &random)
            {
                invoice.payments = [InvoicePayment(date: paid, cents: invoice.cents)]
                invoice.open = 0
            }
            totals.add(invoice)
            while expected.count <= party { expected.append(PartyTotals()) }
            expected[party].add(invoice, window)
            if line % 100 == 0 { #expect(totals.finish() == expected) }
        }
        #expect(totals.finish() == expected)
        #expect(totals.finish() == expected)
    }
}
