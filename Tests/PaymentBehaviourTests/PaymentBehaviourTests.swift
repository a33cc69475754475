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
        invoice.payments = InvoicePayments(
            paid.map { InvoicePayment(date: CalendarDate($0.0) ?? .first, cents: $0.1) }
        )
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

@Suite struct PartySignalsTests {
    private let asOf = CalendarDate("2025-12-31") ?? .first

    private func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    private func invoice(
        _ cents: Int64,
        due: String,
        paid: [String] = [],
        party: Int32 = 0
    ) -> LedgerInvoice {
        var invoice = LedgerInvoice(
            party: party,
            reference: "F",
            issued: date(due).adding(days: -30),
            due: date(due),
            dueSource: .column,
            cents: cents,
            source: PaperReference(paper: 0, line: 1)
        )
        let part = paid.isEmpty ? 0 : cents / Int64(paid.count)
        invoice.payments = InvoicePayments(
            paid.map { InvoicePayment(date: date($0), cents: part) }
        )
        invoice.open = cents - part * Int64(paid.count)
        return invoice
    }

    private func totals(_ invoices: [LedgerInvoice], on day: String = "2025-12-31") -> PartyTotals {
        let window = PaymentWindow(twelveMonthsTo: date(day))
        var totals = PartyTotals()
        for invoice in invoices { totals.add(invoice, window) }
        return totals
    }

    /// What is disputed is owed, and says nothing of how late a customer pays.
    @Test func disputesAreOutOfDaysAndInExposure() {
        var disputed = invoice(500, due: "2025-10-01")
        disputed.disputes = [InvoiceDispute(opened: date("2025-10-15"))]
        let open = invoice(500, due: "2025-12-21")
        let now = totals([disputed, open])
        #expect(now.open == 1_000 && now.disputed == 500 && now.pastDue == 1_000)
        #expect(now.daysBeyondTerms == 10)
        // Before it began, and after it ended.
        #expect(totals([disputed], on: "2025-10-11").daysBeyondTerms == 10)
        disputed.disputes = [InvoiceDispute(opened: date("2025-10-15"), closed: date("2025-12-31"))]
        #expect(totals([disputed]).disputed == 0 && totals([disputed]).daysBeyondTerms == 91)
    }

    @Test(arguments: [
        ([String](), 1), (["2025-11-10"], 0), (["2025-11-11"], 1), (["2025-11-01"], 0),
        (["2025-10-20"], 0), (["2025-11-09", "2025-11-20"], 1),
    ])
    func promises(paid: [String], broken: Int) {
        var invoice = invoice(600, due: "2025-10-31", paid: paid)
        let promise = PaymentPromise(
            made: date("2025-11-01"),
            date: date("2025-11-10"),
            cents: 600,
            isVerifiable: true
        )
        invoice.promises = [promise]
        #expect(totals([invoice]).brokenPromises == broken)
        // On its day it is not broken yet, and nobody knows it who sees no payments.
        #expect(totals([invoice], on: "2025-11-10").brokenPromises == 0)
        invoice.promises[0].isVerifiable = false
        #expect(totals([invoice]).brokenPromises == 0)
        // Put off in time: the new one counts; too late: both do.
        invoice.promises = [promise, promise]
        invoice.promises[1].date = date("2026-01-15")
        invoice.promises[1].made = date("2025-11-09")
        #expect(totals([invoice]).brokenPromises == 0)
        invoice.promises[1].made = date("2025-11-12")
        #expect(totals([invoice]).brokenPromises == broken)
    }

    @Test func aReturnedPaymentIsNone() {
        var invoice = invoice(500, due: "2025-10-01", paid: ["2025-10-06"])
        invoice.payments[0].returned = date("2025-11-10")
        invoice.open = 500
        let now = totals([invoice])
        #expect(now.payments == 0 && now.returnedPayments == 1 && now.open == 500)
        let before = totals([invoice], on: "2025-11-09")
        #expect(before.payments == 1 && before.returnedPayments == 0 && before.open == 0)
        #expect(before.daysBeyondTermsPaid == 5)
        #expect(totals([invoice], on: "2025-10-05").open == 500)
    }

    @Test func theTrendIsOfMonthsAgainstThoseBefore() throws {
        let before = (1...9).map { invoice(100, due: "2025-0\($0)-10", paid: ["2025-0\($0)-15"]) }
        let recent = (10...12).map { invoice(100, due: "2025-\($0)-05", paid: ["2025-\($0)-25"]) }
        #expect(totals(before + recent).daysTrend() == 15)
        #expect(totals(recent).daysTrend() == nil && totals(before).daysTrend() == nil)
        // The first day of the last three months.
        let first = invoice(100, due: "2025-10-01", paid: ["2025-10-01"])
        #expect(totals(before + [first]).daysTrend() == -5)
    }

    @Test func fewPaymentsAreNoExperience() {
        let paid = invoice(100, due: "2025-06-10", paid: ["2025-06-10"])
        #expect(totals([paid, paid]).index() == nil)
        #expect(totals([paid, paid, paid]).index() == 80)
        var thresholds = PaymentThresholds.standard
        thresholds.experiencePaymentsMin = 4
        #expect(totals([paid, paid, paid]).index(thresholds) == nil)
    }

    /// Money goes to what is due first, is marked, and never to another customer.
    @Test func moneyThatSaysNothing() {
        var invoices = [
            invoice(100, due: "2025-10-10"), invoice(100, due: "2025-09-10"),
            invoice(900, due: "2025-08-10", party: 1), invoice(100, due: "2025-12-31"),
        ]
        let credit = { (party: Int32, day: String, cents: Int64, isPayment: Bool) in
            UnallocatedCredit(
                party: party,
                date: self.date(day),
                cents: cents,
                isPayment: isPayment,
                source: PaperReference(paper: 0, line: 9)
            )
        }
        let left = PresumedPayments.apply(
            [
                credit(0, "2025-11-01", 150, true), credit(0, "2025-11-01", 70, false),
                credit(0, "2025-11-20", 100, true), credit(2, "2025-11-01", 5, true),
            ],
            to: &invoices
        )
        #expect(invoices.map(\.open) == [0, 0, 900, 100])
        #expect(invoices.flatMap(\.payments).map(\.cents) == [50, 50, 100])
        #expect(invoices.flatMap(\.payments).allSatisfy { $0.isPresumed })
        #expect(left.map(\.cents) == [70, 50, 5])
        var totals = totals(invoices)
        for credit in left { totals.add(credit, PaymentWindow(twelveMonthsTo: asOf)) }
        #expect(totals.presumed == 200 && totals.credits == 125 && totals.open == 1_000)
    }

    /// Any amounts of any caller: sums stop at their edge, and say so.
    @Test func sumsBeyondAllNumbers() {
        var huge = invoice(.max, due: "2025-10-10")
        huge.isDoubtful = true
        huge.disputes = [InvoiceDispute(opened: date("2025-10-11"))]
        huge.payments = [
            InvoicePayment(date: date("2025-11-10"), cents: .max),
            InvoicePayment(date: date("2026-02-10"), cents: .max),
            InvoicePayment(date: date("2025-12-10"), cents: .min),
        ]
        huge.payments[0].returned = date("2026-01-01")
        huge.payments[2].returned = date("2026-01-01")
        var totals = totals([huge, huge])
        totals.add(totals)
        #expect(totals.isTooLarge)
        #expect(totals.open >= 0 && totals.pastDue >= 0)
        let plain = self.totals([invoice(.max, due: "2025-10-10"), invoice(1, due: "2025-10-10")])
        #expect(plain.isTooLarge && plain.open == .max && plain.pastDue == .max)
        #expect(!self.totals([invoice(.max, due: "2025-10-10")]).isTooLarge)
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
