// SPDX-License-Identifier: Apache-2.0

// Exports of ledgers from packages, by the profiles that come with the product.

import CompanyPapers
import CreditFacts
import Documents
import PaymentBehaviour
import Quantities
import Testing

@Suite struct LedgerExportTests {
    private func read(_ file: String, folder: String = "erp") throws -> LedgerExport {
        try LedgerText.read(Paper.bytes(file, folder: folder))
    }

    private func invoice(_ export: LedgerExport, _ reference: String) throws -> LedgerInvoice {
        try #require(export.invoices.first { $0.reference == reference })
    }

    @Test func odoo() throws {
        let export = try read("odoo_account_move_line.csv")
        #expect(export.profile == "odoo" && export.counts.read == 5 && export.counts.leftOut == 1)
        #expect(export.findings.counts == [.notPosted: 1])
        let open = export.invoices.filter { $0.open > 0 }
        #expect(open.map(\.reference) == ["INV/2025/00302"] && open.map(\.open) == [145_050])
        #expect(open.first?.due?.description == "2025-12-10" && open.first?.dueSource == .column)
        #expect(open.first?.payments.map { "\($0.date) \($0.cents)" } == ["2025-12-20 200000"])
        let paid = try invoice(export, "INV/2025/00301")
        #expect(paid.payments.map { "\($0.date) \($0.cents)" } == ["2025-12-18 1200000"])
        #expect(export.credits.isEmpty)
        #expect(export.parties.map(\.key) == ["BÉTON & CIE"])
    }

    @Test func sap() throws {
        let export = try read("sap_fbl5n.txt")
        #expect(export.profile == "sap_fbl5n" && export.counts.kept == 5)
        let open = export.invoices.filter { $0.open > 0 }
        #expect(open.map(\.reference) == ["F2025-0302", "F2025-0303"])
        #expect(open.map(\.open) == [345_050, 123_456_789])
        #expect(open.map { $0.due?.description } == ["2025-12-10", "2026-01-31"])
        #expect(export.credits.map(\.cents) == [45_050])
        #expect(export.credits.first?.isPayment == false)
        let total = open.reduce(0) { $0 + $1.open } - 45_050
        #expect(CentsText.text(total) == "1237567.89")
        let cleared = try invoice(export, "F2025-0301")
        let payment = try #require(cleared.payments.first)
        #expect(cleared.open == 0 && cleared.payments.count == 1 && payment.cents == 1_200_000)
        #expect(cleared.due.map { payment.date.days(since: $0) } == 15)
        #expect(Set(export.invoices.map { $0.currency?.code }) == ["EUR"])
        #expect(export.findings.kept.isEmpty)
    }

    @Test func quickBooks() throws {
        let export = try read("quickbooks_ar_aging_detail.csv")
        #expect(export.profile == "quickbooks_aging" && export.counts.kept == 3)
        #expect(export.counts.setAside == 0 && export.findings.counts[.linesSkipped] == 5)
        let open = export.invoices.reduce(0) { $0 + $1.open }
        #expect(open - export.credits.reduce(0) { $0 + $1.cents } == 190_000)
        #expect(export.invoices.map { $0.due?.description } == ["2025-08-14", "2025-12-20"])
        #expect(export.credits.first?.isPayment == false)
        // Half of it was paid, and the report does not say when.
        #expect(export.findings.counts[.settledWithoutDate] == 1)
        var totals = PartyTotals()
        let asOf = try #require(CalendarDate("2025-12-31"))
        for invoice in export.invoices { totals.add(invoice, PaymentWindow(twelveMonthsTo: asOf)) }
        #expect(totals.openByAge == [0, 100_000, 0, 0, 120_000, 0] && totals.payments == 0)
    }

    @Test func openCreditNotes() throws {
        let export = try read("case_20.csv")
        #expect(export.profile == "generic" && export.counts.leftOut == 1)
        let invoice = try #require(export.invoices.first)
        #expect(export.invoices.count == 1 && invoice.open == 60_000)
        #expect(invoice.payments.map { "\($0.date) \($0.cents)" } == ["2025-11-15 40000"])
        #expect(export.credits.map(\.cents) == [15_000])
        var totals = PartyTotals()
        let asOf = try #require(CalendarDate("2025-12-31"))
        totals.add(invoice, PaymentWindow(twelveMonthsTo: asOf))
        #expect(totals.pastDue == 60_000 && totals.openByAge[3] == 60_000)
        #expect(totals.pastDue - export.credits.reduce(0) { $0 + $1.cents } == 45_000)
        #expect(invoice.due.map { asOf.days(since: $0) } == 61)
    }

    @Test func aListOfInvoices() throws {
        let export = try read("invoices_expected.csv", folder: "fec")
        let rows = try Paper.rows("invoices_expected.csv")
        #expect(export.profile == "generic" && export.counts.kept == rows.count)
        #expect(export.findings.kept.isEmpty, "\(export.findings.kept)")
        for (invoice, row) in zip(export.invoices, rows) {
            #expect(invoice.reference == row["number"])
            #expect(export.parties[Int(invoice.party)].key == row["customer"])
            #expect(invoice.issued?.description == row["date"], "\(row)")
            #expect(invoice.due?.description == row["due"], "\(row)")
            #expect(invoice.isDoubtful == (row["doubtful"] == "1"), "\(row)")
            #expect(invoice.payments.last?.date.description ?? "" == row["last_payment"], "\(row)")
            let amounts = [
                invoice.cents, invoice.payments.reduce(0) { $0 + $1.cents }, invoice.credited,
                invoice.open,
            ]
            let expected = ["amount", "paid", "credited", "open"].map { row[$0] ?? "" }
            for (amount, text) in zip(amounts, expected) {
                #expect(CentsText.text(amount) == (text == "0" ? "0.00" : text), "\(row)")
            }
        }
    }

    @Test func invoicesAreGivenAwayOneByOne() throws {
        final class Sink { var count = 0 }
        let sink = Sink()
        let export = try LedgerExport.read(
            Paper.buffer(Paper.bytes("invoices_expected.csv")),
            paper: 0,
            findingsPerCodeMax: 5,
            invoice: { _ in sink.count += 1 }
        )
        #expect(export.invoices.isEmpty && sink.count == export.counts.kept)
    }
}

/// Exports written in tests.
enum LedgerText {
    static func read(
        _ bytes: [UInt8],
        profiles: [LedgerProfile] = LedgerProfile.standard
    ) throws -> LedgerExport {
        try LedgerExport.read(
            Paper.buffer(bytes),
            profiles: profiles,
            paper: 4,
            findingsPerCodeMax: 50
        )
    }

    static func read(
        _ text: String,
        profiles: [LedgerProfile] = LedgerProfile.standard
    ) throws -> LedgerExport {
        try read(Array(text.utf8), profiles: profiles)
    }

    /// What an export says, in short.
    static func told(_ export: LedgerExport) -> [String] {
        export.invoices.map { invoice in
            let paid = invoice.payments.map { " \($0.date) \($0.cents)" }.joined()
            return "\(invoice.reference) \(invoice.issued?.description ?? "-") "
                + "\(invoice.due?.description ?? "-") \(invoice.cents) open \(invoice.open)\(paid)"
        }
            + export.credits.map {
                "credit \($0.date) \($0.cents)\($0.isPayment ? " payment" : "")"
            }
    }
}
