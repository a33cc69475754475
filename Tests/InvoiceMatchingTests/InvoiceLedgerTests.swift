// SPDX-License-Identifier: Apache-2.0

// Invoices, credit notes and messages become ledgers.

import CompanyPapers
import CreditFacts
import Foundation
import InvoiceMatching
import PaymentBehaviour
import Quantities
import Testing

@Suite struct InvoiceLedgerTests {
    /// The life of one invoice: 5,000 payable, 600 taken off, disputed, 4,400 paid 17 days late.
    @Test func aLifeCycle() throws {
        var company = try Company()
        company.invoice("F2025-0200", "2025-11-03", 500_000, prepaid: 100_000) {
            $0.due = [CalendarDate("2025-12-03") ?? .first]
        }
        company.invoice(
            "A2025-0009",
            "2025-11-20",
            60_000,
            kind: .credit,
            of: ("F2025-0200", "2025-11-03")
        )
        company.status(.disputed, "F2025-0200", "2025-11-25")
        company.status(.paid, "F2025-0200", "2025-12-22", cents: 440_000, on: "2025-12-20")
        let ledger = company.ledger
        let invoice = try #require(ledger.customers.invoices.first)
        #expect(invoice.open == 0 && invoice.credited == 60_000 && invoice.cents == 500_000)
        #expect(ledger.lines == ["F2025-0200 0 440000@2025-12-20"])
        #expect(invoice.disputes.map(\.opened.description) == ["2025-11-25"])
        #expect(ledger.findings.counts.isEmpty && ledger.customers.unallocated.isEmpty)
        var totals = PartyTotals()
        totals.add(invoice, PaymentWindow(twelveMonthsTo: company.papers.asOf))
        #expect(totals.daysBeyondTerms == 17 && totals.disputed == 0)
    }

    @Test func paidBeforeItWasMade() throws {
        var company = try Company()
        company.invoice("F2025-0201", "2025-11-05", 0, prepaid: 150_000)
        company.movement(150_000, "2025-11-02", "Commande F2025-0201")
        let ledger = company.ledger
        #expect(ledger.lines == ["F2025-0201 0"] && ledger.customers.left == [])
        #expect(ledger.unmatched.isEmpty)
    }

    @Test func creditNotes() throws {
        var company = try Company()
        company.invoice("F2025-1", "2025-10-01", 1_000)
        // Of no invoice, of one with another date, of one that is not there, of too much.
        company.invoice("A2025-1", "2025-10-02", 150, kind: .credit)
        company.invoice("A2025-2", "2025-10-02", 50, kind: .credit, of: ("F2025-1", "2025-10-09"))
        company.invoice("A2025-3", "2025-10-02", 20, kind: .credit, of: ("F2025-9", nil))
        company.invoice("A2025-4", "2025-10-02", 1_300, kind: .credit, of: ("F2025-1", nil))
        let ledger = company.ledger
        #expect(ledger.lines == ["F2025-1 0"])
        #expect(ledger.customers.left == [150, 50, 20, 300])
        #expect(ledger.customers.unallocated.allSatisfy { !$0.isPayment })
        #expect(ledger.findings.counts[.precedingNotFound] == 2)
    }

    @Test func correctionsStandInThePlaceOfWhatTheyCorrect() throws {
        var company = try Company()
        company.invoice("F2025-1", "2025-10-01", 1_000)
        company.invoice(
            "F2025-2",
            "2025-10-05",
            900,
            kind: .corrected,
            of: ("F2025-1", "2025-10-01")
        )
        company.movement(900, "2025-11-02", "F2025-1")
        let ledger = company.ledger
        #expect(ledger.lines == ["F2025-2 0 900@2025-11-02"] && ledger.voidCount == 1)
    }

    @Test func messagesThatEndAnInvoice() throws {
        for effect in [InvoiceStatusEffect.void] {
            var company = try Company()
            company.invoice("F2025-1", "2025-10-01", 1_000)
            company.status(effect, "F2025-1", "2025-10-02")
            #expect(company.ledger.lines == [] && company.ledger.voidCount == 1)
            // Money for it is the customer's.
            company.movement(1_000, "2025-10-03", "F2025-1")
            #expect(company.ledger.customers.left == [1_000])
            // Filed again.
            company.status(.filed, "F2025-1", "2025-10-03")
            #expect(company.ledger.lines == ["F2025-1 0 1000@2025-10-03"])
            // What comes later than the day is not known.
            company.papers.asOf = try #require(CalendarDate("2025-10-02"))
            #expect(company.ledger.lines == [])
            company.papers.asOf = try #require(CalendarDate("2025-10-01"))
            #expect(company.ledger.lines == ["F2025-1 1000"])
        }
    }

    @Test func disputesHaveTheirDays() throws {
        var company = try Company()
        company.invoice("F2025-1", "2025-10-01", 1_000)
        company.status(.settled, "F2025-1", "2025-10-05")
        company.status(.disputed, "F2025-1", "2025-10-07")
        company.status(.disputed, "F2025-1", "2025-10-08")
        company.status(.settled, "F2025-1", "2025-10-20")
        company.status(.disputed, "F2025-1", "2025-11-20")
        let disputes = try #require(company.ledger.customers.invoices.first?.disputes)
        #expect(disputes.map(\.opened.description) == ["2025-10-07", "2025-11-20"])
        #expect(disputes.map { $0.closed?.description } == ["2025-10-20", nil])
    }

    @Test func aPromiseIsNoPayment() throws {
        var company = try Company()
        company.invoice("F2025-1", "2025-10-01", 1_000)
        company.status(.promised, "F2025-1", "2025-11-01", cents: 1_000, on: "2025-11-05")
        let alone = try #require(company.ledger.customers.invoices.first)
        #expect(alone.open == 1_000 && alone.promises.map(\.isVerifiable) == [false])
        #expect(company.ledger.findings.counts == [.paymentsUnknown: 1])
        company.movement(5, "2025-12-01", "x")
        let invoice = try #require(company.ledger.customers.invoices.first)
        #expect(invoice.promises.map(\.isVerifiable) == [true] && invoice.payments.isEmpty)
    }

    @Test func bothSidesAndOthers() throws {
        var company = try Company()
        company.invoice("F1000", "2025-10-01", 1_000)
        company.invoice("F1000", "2025-10-01", 700, isPurchase: true)
        company.invoice("F2000", "2025-10-01", 5) { $0.seller.siren = nil }
        company.invoice("F3000", "2025-10-01", 5) { $0.currency = Currency("USD") ?? $0.currency }
        company.invoice("F1000", "2025-10-01", 1_000)
        company.movement(-700, "2025-11-03", "facture F1000")
        let ledger = company.ledger
        #expect(ledger.lines == ["F1000 1000"])
        #expect(ledger.suppliers.lines == ["F1000 0 700@2025-11-03"])
        #expect(
            ledger.findings.counts == [.invoiceOfOthers: 1, .otherCurrency: 1, .invoiceTwice: 1]
        )
    }

    @Test func dueDatesSayWhereTheyComeFrom() throws {
        var company = try Company()
        company.invoice("F1000", "2025-10-01", 1_000) { $0.due = [] }
        #expect(company.ledger.customers.invoices.first?.dueSource == .legal)
        #expect(company.ledger.customers.invoices.first?.due?.description == "2025-10-31")
        company.papers.terms[try SIREN("999100027")] = ("NET", 45)
        let invoice = company.ledger.customers.invoices.first
        #expect(invoice?.dueSource == .terms && invoice?.due?.description == "2025-11-15")
    }
}
