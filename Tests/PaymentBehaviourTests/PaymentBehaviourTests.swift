// SPDX-License-Identifier: Apache-2.0

// Payment behaviour: published rows of the index, the ledger of a made-up company to the printed
// digits, and what must hold for any ledger.

import CreditFacts
import PaymentBehaviour
import Quantities
import Testing

@Suite struct PaymentIndexTests {
    /// All rows that are published of such a scale.
    @Test(arguments: [
        (100.0, -30.0), (90, -20), (89, -18), (88, -16), (87, -14), (86, -12), (85, -10), (84, -8),
        (80, 0), (79, 2), (70, 15), (60, 22), (59, 23), (58, 24), (57, 25), (56, 26), (55, 26),
        (54, 27), (53, 28), (52, 29), (51, 29), (50, 30), (49, 33), (48, 36), (47, 39), (46, 42),
        (45, 45), (44, 48), (40, 60), (30, 90), (20, 120),
    ])
    func publishedRows(index: Double, days: Double) {
        let found = PaymentIndex.daysBeyondTerms(index: index)
        #expect(abs(found - days) <= 1)
        if index >= 80 || index <= 50 { #expect(found == days) }
        #expect(abs(PaymentIndex.index(daysBeyondTerms: days) - index) <= 2)
    }

    @Test func neverBetterForPayingLater() {
        var last = 101.0
        for day in -400...400 {
            let index = PaymentIndex.index(daysBeyondTerms: Double(day))
            #expect(index <= last && (0...100).contains(index))
            last = index
        }
        #expect(PaymentIndex.index(daysBeyondTerms: .nan).isNaN)
        #expect(PaymentIndex.index(daysBeyondTerms: .infinity) == 0)
        #expect(PaymentIndex.index(daysBeyondTerms: -.infinity) == 100)
    }
}

@Suite struct PartyTotalsTests {
    private let window = PaymentWindow(twelveMonthsTo: CalendarDate("2025-12-31") ?? .first)

    private func invoice(
        _ cents: Int64,
        due: String?,
        open: Int64,
        paid: [(String, Int64)] = []
    ) -> LedgerInvoice {
        var invoice = LedgerInvoice(
            party: 0,
            reference: "F",
            issued: due.flatMap { CalendarDate($0) }?.adding(days: -30),
            due: due.flatMap { CalendarDate($0) },
            dueSource: .column,
            cents: cents,
            source: PaperReference(paper: 0, line: 1)
        )
        invoice.open = open
        invoice.payments = paid.map {
            InvoicePayment(date: CalendarDate($0.0) ?? .first, cents: $0.1)
        }
        return invoice
    }

    @Test func whatIsOpenByAge() {
        var totals = PartyTotals()
        for (due, cents) in [
            ("2026-01-20", 1), ("2025-12-31", 10), ("2025-12-30", 100), ("2025-12-01", 1_000),
            ("2025-11-30", 10_000), ("2025-11-01", 100_000), ("2025-10-02", 1_000_000),
            ("2025-10-01", 10_000_000),
        ] {
            totals.add(invoice(Int64(cents), due: due, open: Int64(cents)), window)
        }
        totals.add(invoice(5, due: nil, open: 5), window)
        #expect(totals.openByAge == [11, 1_100, 110_000, 1_000_000, 10_000_000, 5])
        #expect(totals.open == 11_111_116 && totals.pastDue == 11_111_100)
    }

    /// Weighted by amount, over parts of one invoice too.
    @Test func daysBeyondTerms() {
        var totals = PartyTotals()
        totals.add(
            invoice(
                400,
                due: "2025-06-30",
                open: 100,
                paid: [("2025-06-20", 100), ("2025-08-29", 200)]
            ),
            window
        )
        #expect(totals.daysBeyondTermsPaid == 11_000.0 / 300)
        #expect(totals.daysBeyondTerms == 29_400.0 / 400)
        #expect(totals.shareLateOver30 == 2.0 / 3)
        #expect(totals.shareLateOver90 == 0)
        #expect(totals.payments == 2)
    }

    /// Nothing that happened later is known, and nothing older than the window counts.
    @Test func theWindowHolds() {
        var totals = PartyTotals()
        totals.add(invoice(100, due: "2025-12-15", open: 0, paid: [("2026-01-02", 100)]), window)
        totals.add(invoice(100, due: "2024-06-15", open: 0, paid: [("2024-12-31", 100)]), window)
        totals.add(invoice(100, due: "2026-03-15", open: 100), window)
        #expect(totals.payments == 0 && totals.daysBeyondTermsPaid == nil)
        #expect(totals.openInvoices == 1 && totals.pastDue == 100)
    }

    @Test func sumsDoNotDependOnTheOrderNorOnParts() {
        var random = SystemRandomNumberGenerator()
        let invoices = (0..<500).map { _ in
            let cents = Int64.random(in: 1...1_000_000_000_000, using: &random)
            let paid = Int64.random(in: 0...cents, using: &random)
            let day = Int.random(in: 1...28, using: &random)
            let date = "2025-0\(Int.random(in: 1...9, using: &random))-\(day < 10 ? "0" : "")\(day)"
            return invoice(cents, due: date, open: cents - paid, paid: [("2025-10-10", paid)])
        }
        var all = PartyTotals()
        for invoice in invoices { all.add(invoice, window) }
        var (first, second) = (PartyTotals(), PartyTotals())
        for (place, invoice) in invoices.shuffled().enumerated() {
            if place % 3 == 0 { first.add(invoice, window) } else { second.add(invoice, window) }
        }
        first.add(second)
        #expect(first == all)
    }
}

@Suite struct ReceivablesTests {
    /// The year of the made-up company.
    @Test func theWorkedYear() throws {
        let receivables = Receivables(
            opening: 10_899_972,
            closing: 12_607_926,
            notDue: 10_738_620,
            salesByMonth: [(365, 77_972_172)]
        )
        #expect(rounded(receivables.daysSalesOutstanding) == 59.0197)
        #expect(rounded(receivables.bestPossibleDaysSalesOutstanding) == 50.2692)
        #expect(rounded(receivables.averageDaysDelinquent) == 8.7505)
        #expect(rounded(receivables.collectionEffectiveness) == 97.6075)
    }

    private func rounded(_ figure: Double?) -> Double? {
        figure.map { ($0 * 10_000).rounded() / 10_000 }
    }

    @Test func countedBack() {
        let months = [(days: 30, cents: Int64(1_000)), (days: 31, cents: 500)]
        let of = { (closing: Int64) in
            Receivables(opening: 0, closing: closing, notDue: 0, salesByMonth: months).countBackDays
        }
        #expect(of(0) == 0)
        #expect(of(250) == 15.5)
        #expect(of(500) == 31)
        #expect(of(1_000) == 46)
        #expect(of(1_500) == 61)
        #expect(of(1_501) == nil)
    }

    @Test func nothingIsNoFigure() {
        let none = Receivables(opening: 0, closing: 5, notDue: 0, salesByMonth: [])
        #expect(none.daysSalesOutstanding == nil && none.collectionEffectiveness == nil)
        #expect(none.countBackDays == nil && none.averageDaysDelinquent == nil)
    }
}
