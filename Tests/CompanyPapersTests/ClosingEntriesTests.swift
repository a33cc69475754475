// SPDX-License-Identifier: Apache-2.0

// Books exported after their year was closed: the statement is that before the closing entries.

import CompanyPapers
import CreditFacts
import Quantities
import Testing

@Suite struct ClosingEntriesTests {
    private static let year = "999100019FEC20251231.txt"

    private static func statement(_ book: Book) -> (FinancialStatement?, Findings) {
        var findings = Findings(keptPerCodeMax: 10)
        let statement = book.summary.statement(
            siren: nil,
            closing: CalendarDate("2025-12-31"),
            paper: 0,
            findings: &findings
        )
        return (statement, findings)
    }

    /// The sample with entries behind it: (journal, its name, number) and accounts with parties
    /// whose balances are taken to another account.
    private static func closed(
        _ entries: [(journal: String, label: String, of: String, to: String?)]
    ) throws -> [UInt8] {
        let open = try Book(file: year)
        var text = String(decoding: try Paper.bytes(year), as: UTF8.self)
        for (number, entry) in entries.enumerated() {
            var left: Int64 = 0
            let head = "\(entry.journal)|\(entry.label)|C\(number)|20251231|"
            let line = { (account: String, party: String, cents: Int64) in
                let amount = CentsText.text(abs(cents)).replacing(".", with: ",")
                let sides = cents > 0 ? "0,00|\(amount)" : "\(amount)|0,00"
                text +=
                    "\(head)\(account)|x|\(party)||CL|20251231|clôture|\(sides)"
                    + "|||20251231||\n"
            }
            for account in open.summary.accounts
            where entry.of.contains(account.number.prefix(1)) && account.totals.balance != 0 {
                line(account.number, account.party, account.totals.balance)
                left += account.totals.balance
            }
            if let to = entry.to { line(to, "", -left) }
        }
        return Array(text.utf8)
    }

    @Test func chargesAndIncomeInOneEntryOrTwo() throws {
        for entries in [
            [("CL", "Clôture", "67", "120000")],
            [("OD", "Opérations diverses", "6", "129000"), ("OD", "x", "7", "120000")],
            // In the journal of balances carried over, at its end.
            [("AN", "À-nouveaux", "67", "120000")],
            // And then all balances, to the one that the year is closed with.
            [("OD", "OD clôture", "67", "120000"), ("OD", "OD clôture", "12345", "891000")],
        ] as [[(journal: String, label: String, of: String, to: String?)]] {
            let book = try Book(bytes: try Self.closed(entries))
            let (statement, findings) = Self.statement(book)
            let (expected, _) = Self.statement(try Book(file: Self.year))
            #expect(statement?.amounts == expected?.amounts && expected != nil, "\(entries)")
            #expect(
                findings.kept.first { $0.code == .closingEntries }?.values == ["\(entries.count)"]
            )
            #expect(findings.kept.allSatisfy { $0.severity != .error })
            // And what is open is open.
            let open = try Book(file: Self.year)
            #expect(book.facts(.customers) == open.facts(.customers))
            #expect(book.summary.salesByMonth == open.summary.salesByMonth)
            #expect(book.summary.taxCharged == open.summary.taxCharged)
        }
    }

    /// All accounts taken to nothing at once, without an account that is only for that.
    @Test func allBalancesInOneEntry() throws {
        let bytes = try Self.closed([("CLO", "x", "1234567", nil)])
        let (statement, findings) = Self.statement(try Book(bytes: bytes))
        let (expected, _) = Self.statement(try Book(file: Self.year))
        #expect(statement?.amounts == expected?.amounts && expected != nil)
        #expect(findings.counts[.closingEntries] == 1)
    }

    /// By entries that look like others: no figure is better than a wrong one.
    @Test func entriesThatCannotBeTold() throws {
        let bytes = try Self.closed([("OD", "Opérations diverses", "67", "471000")])
        let (statement, findings) = Self.statement(try Book(bytes: bytes))
        #expect(statement == nil)
        #expect(findings.counts[.bookClosed] == 1)
    }

    /// What is dealt out of a result, and what is taken back within a year, close nothing; not even
    /// where a package has one number for all entries of a journal.
    @Test func othersAreNone() throws {
        let text = String(decoding: try Paper.bytes(Self.year), as: UTF8.self)
        let head = "CL|Clôture|9|20251231|"
        let line = { (account: String, sides: String) in
            "\(head)\(account)|x|||P|20251231|x|\(sides)|||20251231||\n"
        }
        let book = try Book(
            text: text + line("120000", "50,00|0,00") + line("106800", "0,00|50,00")
                + line("611000", "0,00|7,00") + line("486000", "7,00|0,00")
                + line("411000", "0,00|9,00") + line("401000", "9,00|0,00")
        )
        let (statement, findings) = Self.statement(book)
        #expect(findings.counts[.closingEntries] == nil)
        #expect(statement != nil)
    }
}
