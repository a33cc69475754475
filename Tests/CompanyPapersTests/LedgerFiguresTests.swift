// SPDX-License-Identifier: Apache-2.0

// From a journal to payment behaviour: the ledger of a made-up company to the printed digits.

import CompanyPapers
import CreditFacts
import PaymentBehaviour
import Quantities
import Testing

@Suite struct LedgerFiguresTests {
    @Test func theLedgerOfAYear() throws {
        let book = try Book(file: "999100019FEC20251231.txt")
        let window = PaymentWindow(twelveMonthsTo: try #require(CalendarDate("2025-12-31")))
        var all = PartyTotals()
        var parties: [Int32: PartyTotals] = [:]
        for invoice in book.invoices[.customers, default: []] {
            all.add(invoice, window)
            parties[invoice.party, default: PartyTotals()].add(invoice, window)
        }
        #expect(all.openInvoices == 10 && CentsText.text(all.open) == "126079.26")
        #expect(
            all.openByAge.map(CentsText.text) == [
                "107386.20", "0.00", "8426.46", "0.00", "10266.60", "0.00",
            ]
        )
        #expect(CentsText.text(all.pastDue) == "18693.06")
        #expect(CentsText.text(all.doubtful) == "10266.60")
        #expect(all.payments == 66)
        #expect(rounded(all.daysBeyondTermsPaid, 4) == 14.1268)
        #expect(rounded(all.daysBeyondTerms, 4) == 15.9335)
        #expect(rounded(all.shareLateOver30, 5) == 0.21419 && all.shareLateOver90 == 0)
        let expected: [String: (Int, Double, Double, Double)] = [
            "C001": (11, -1.0771, -1.0771, 0), "C002": (8, 5.4455, 5.4455, 0),
            "C003": (7, 12.4885, 12.4885, 0), "C004": (6, 24.3748, 24.3748, 0),
            "C005": (10, 0.6209, 0.6209, 0), "C006": (12, 24.4295, 24.4295, 0.522168),
            "C007": (5, 42.7052, 43.531, 1), "C008": (4, -3.8505, -3.8505, 0),
            "C009": (3, 51.1568, 66.7196, 1),
        ]
        for (party, totals) in parties {
            let name = book.summary.customers[Int(party)]
            let row = try #require(expected[name])
            #expect(totals.payments == row.0, "\(name)")
            #expect(rounded(totals.daysBeyondTermsPaid, 4) == row.1, "\(name)")
            #expect(rounded(totals.daysBeyondTerms, 4) == row.2, "\(name)")
            #expect(rounded(totals.shareLateOver30, 6) == row.3, "\(name)")
        }
        #expect(parties.count == expected.count)
    }

    @Test func receivablesOfAYear() throws {
        let book = try Book(file: "999100019FEC20251231.txt")
        let sales = (1...12).map { month in
            let days = CalendarDate.dayCount(ofMonth: month, year: 2025)
            return (days: days, cents: book.summary.salesByMonth[2025 * 12 + month - 1] ?? 0)
        }
        let receivables = Receivables(
            opening: 10_899_972,
            closing: 12_607_926,
            notDue: 10_738_620,
            salesByMonth: sales
        )
        #expect(rounded(receivables.countBackDays, 4) == 61.3278)
        #expect(rounded(receivables.daysSalesOutstanding, 4) == 59.0197)
    }

    private func rounded(_ figure: Double?, _ digits: Int) -> Double? {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        return figure.map { ($0 * scale).rounded() / scale }
    }
}
