// SPDX-License-Identifier: Apache-2.0

// How long receivables stand, in assessments: by the sales of a ledger, or of the accounts.

import Assessment
import CreditFacts
import Quantities
import Scoring
import Testing

@Suite struct ReceivablesTests {
    private static let shared = Result {
        try Assessor(model: try #require(try ScoringModel.bundledModels().first))
    }

    private func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    private func assess(_ facts: CompanyFacts) throws -> ReceivablesEvidence? {
        let options = Assessor.Options(asOf: day("2025-12-31"))
        return try #require(try Self.shared.get().assess([facts], options).first).receivableDays
    }

    private func invoice(
        _ issued: String,
        _ cents: Int64,
        due: String,
        paid: String? = nil
    ) -> LedgerInvoice {
        var invoice = LedgerInvoice(
            party: 0,
            reference: issued,
            issued: day(issued),
            due: day(due),
            dueSource: .column,
            cents: cents,
            source: PaperReference(paper: 0, line: 1)
        )
        if let paid {
            invoice.open = 0
            invoice.payments = [InvoicePayment(date: day(paid), cents: cents)]
        }
        return invoice
    }

    /// 1,200 sold a month, all but the last two paid after a month; worked by hand: 2,400 open, of
    /// which 1,200 not due, over 14,400 in 365 days.
    @Test func byTheInvoicesOfAYear() throws {
        var facts = CompanyFacts(siren: nil)
        for month in 1...12 {
            let number = month < 10 ? "0\(month)" : "\(month)"
            let next = month < 9 ? "0\(month + 1)" : "\(month + 1)"
            let paid = month < 11 ? "2025-\(next)-15" : nil
            let due = month == 12 ? "2026-01-31" : "2025-\(next)-28"
            facts.receivable.append(invoice("2025-\(number)-01", 1_200, due: due, paid: paid))
        }
        let found = try #require(try assess(facts))
        #expect(found.basis == .ledger)
        #expect(abs((found.daysSalesOutstanding ?? 0) - 2_400.0 * 365 / 14_400) < 1e-9)
        #expect(abs((found.bestPossibleDays ?? 0) - 1_200.0 * 365 / 14_400) < 1e-9)
        #expect(abs((found.averageDaysDelinquent ?? 0) - 1_200.0 * 365 / 14_400) < 1e-9)
        // December is used up, then November.
        #expect(found.countBackDays == 61)
        // 14,400 to collect less 1,200 not due; 12,000 collected.
        #expect(abs((found.collectionEffectiveness ?? 0) - 12_000.0 / 13_200 * 100) < 1e-9)
    }

    /// What a book has of sales goes before the dates of invoices; what was open before the year
    /// began is what had to be collected, too.
    @Test func byTheSalesOfABook() throws {
        var facts = CompanyFacts(siren: nil)
        facts.receivable = [
            invoice("2024-11-01", 500, due: "2024-12-01", paid: "2025-02-01"),
            invoice("2024-10-01", 300, due: "2024-11-01", paid: "2024-12-01"),
            invoice("2025-12-01", 1_000, due: "2026-01-31"),
        ]
        for month in 0..<12 { facts.salesByMonth[2_025 * 12 + month] = 1_000 }
        let found = try #require(try assess(facts))
        #expect(abs((found.daysSalesOutstanding ?? 0) - 1_000.0 * 365 / 12_000) < 1e-9)
        #expect(found.countBackDays == 31 && found.averageDaysDelinquent == 0)
        #expect(found.collectionEffectiveness == 100)
    }

    /// A list of open invoices alone says nothing of sales: the accounts do.
    @Test func byTheTurnoverOfTheAccounts() throws {
        var facts = CompanyFacts(siren: nil)
        facts.receivable = [
            invoice("2025-12-01", 60_000, due: "2026-01-31"),
            invoice("2025-10-01", 60_000, due: "2025-10-31"),
        ]
        #expect(try assess(facts) == nil)
        facts.statements = [
            FinancialStatement(
                siren: nil,
                closing: day("2024-12-31"),
                months: 12,
                form: .complete,
                rules: .plan2024,
                amounts: Dictionary(
                    uniqueKeysWithValues: ["FL", "CO", "EE"].compactMap {
                        StatementLine($0).map { ($0, 3_600_000) }
                    }
                ),
                source: PaperReference(paper: 0, line: 0)
            )
        ]
        let found = try #require(try assess(facts))
        #expect(found.basis == .statement)
        #expect(abs((found.daysSalesOutstanding ?? 0) - 10) < 1e-9)
        #expect(abs((found.bestPossibleDays ?? 0) - 5) < 1e-9)
        #expect(found.countBackDays == nil && found.collectionEffectiveness == nil)
        facts.statements[0].closing = day("2023-12-31")
        #expect(try assess(facts) == nil)
        #expect(try assess(CompanyFacts(siren: nil)) == nil)
    }
}
