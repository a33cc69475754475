// SPDX-License-Identifier: Apache-2.0

// From the sample papers to ledgers and payment behaviour.

import CompanyPapers
import CreditFacts
import InvoiceMatching
import PaymentBehaviour
import Quantities
import Testing

@Suite struct InvoiceLifeCycleTests {
    private func papers() throws -> InvoicePapersOfCompany {
        InvoicePapersOfCompany(
            company: try SIREN("999100019"),
            currency: try #require(Currency("EUR")),
            asOf: try #require(CalendarDate("2025-12-31"))
        )
    }

    /// Payable 5,000, 600 taken off, disputed, 4,400 paid 17 days late; and one that was prepaid.
    @Test func invoicesAndMessages() throws {
        var papers = try papers()
        for file in [
            "cdar_212_encaissee_partielle.xml", "credit_note_381.ubl.xml", "invoice_380.ubl.xml",
            "cdar_207_en_litige.xml", "factur-x.xml",
        ] {
            let list = try XMLPaper.invoices(Paper.bytes(file, folder: "einvoice"))
            papers.invoices += list.invoices
            papers.statuses += list.statuses
        }
        let ledger = InvoiceLedger(papers, findingsPerCodeMax: 9)
        let invoices = ledger.customers.invoices
        #expect(invoices.map(\.reference) == ["F2025-0200", "F2025-0201"])
        #expect(invoices.map(\.open) == [0, 0] && ledger.customers.unallocated.isEmpty)
        #expect(ledger.customers.parties.map(\.name) == ["MENUISERIE DU COUCHANT"])
        #expect(ledger.findings.counts.isEmpty)
        var totals = PartyTotals()
        let window = PaymentWindow(twelveMonthsTo: papers.asOf)
        for invoice in invoices { totals.add(invoice, window) }
        #expect(totals.daysBeyondTerms == 17 && totals.paid == 440_000 && totals.open == 0)
        // On a day of the dispute: owed, and out of the days beyond terms.
        papers.asOf = try #require(CalendarDate("2025-12-13"))
        let then = InvoiceLedger(papers, findingsPerCodeMax: 9).customers.invoices[0]
        totals = PartyTotals()
        totals.add(then, PaymentWindow(twelveMonthsTo: papers.asOf))
        #expect(totals.open == 440_000 && totals.disputed == 440_000)
        #expect(totals.daysBeyondTerms == nil)
    }

    @Test(arguments: ["camt.053.001.02.xml", "camt.053.001.08.xml"])
    func invoicesAndAStatement(file: String) throws {
        var papers = try papers()
        let amounts: [Int64] = [
            120_000, 100_000, 90_000, 55_050, 150_000, 30_000, 99_900,
        ]
        for (place, cents) in amounts.enumerated() {
            var invoice = TradeInvoice(
                kind: .invoice,
                type: "380",
                number: "F2025-010\(place + 1)",
                issued: try #require(CalendarDate("2025-11-01")),
                currency: papers.currency,
                total: cents,
                payable: cents,
                source: PaperReference(paper: 1, line: Int32(place))
            )
            invoice.seller.siren = papers.company
            papers.invoices.append(invoice)
        }
        papers.statements = try XMLPaper.statements(Paper.bytes(file, folder: "bank")).statements
        let ledger = InvoiceLedger(papers, findingsPerCodeMax: 9)
        // The first was returned, the last is not booked yet; charges are no part of a debt.
        #expect(ledger.customers.invoices.map(\.open) == [120_000, 0, 0, 0, 0, 0, 99_900])
        #expect(
            ledger.customers.invoices[0].payments.map { $0.returned?.description } == ["2025-12-05"]
        )
        #expect(ledger.unmatched.map(\.cents) == [-60_000])
        #expect(ledger.customers.unallocated.isEmpty)
    }
}
