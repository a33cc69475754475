// SPDX-License-Identifier: Apache-2.0

// Statements out of books, line by line.

import CompanyPapers
import CreditFacts
import Quantities
import Testing

@Suite struct StatementOfBookTests {
    @Test(arguments: ["2024", "2025"])
    func linesOfAYear(year: String) throws {
        let book = try Book(file: "999100019FEC\(year)1231.txt")
        var findings = Findings(keptPerCodeMax: 10)
        let statement = try #require(
            book.summary.statement(
                siren: nil,
                closing: CalendarDate("\(year)-12-31"),
                paper: 0,
                findings: &findings
            )
        )
        let expected = try Paper.rows("lines_\(year).csv")
        for row in expected {
            let amount = statement[row["line"] ?? ""].map(CentsText.text)
            #expect(amount == row["amount"], "\(row)")
        }
        // What was counted beside: sums of the form that the list leaves out, and accounts that are
        // kept apart.
        let beside: Set = ["FC", "FF", "FI", "GP", "747", "757", "657", "767", "667"]
        let known = Set(expected.compactMap { $0["line"] })
        let others = statement.amounts.keys.map(\.description).filter { !known.contains($0) }
        #expect(Set(others).isSubset(of: beside), "\(others)")
        #expect(statement.months == 12)
        #expect(statement.rules == (year == "2024" ? .plan2024 : .plan2025))
        #expect(findings.counts[.unmatchedAccount] == nil, "\(findings.kept)")
    }

    @Test func theBalanceSheetBalances() throws {
        for year in ["2024", "2025"] {
            let book = try Book(file: "999100019FEC\(year)1231.txt")
            var findings = Findings(keptPerCodeMax: 10)
            let statement = try #require(
                book.summary.statement(siren: nil, closing: nil, paper: 0, findings: &findings)
            )
            let assets = (statement["CO"] ?? 0) - (statement["1A"] ?? 0)
            #expect(assets == statement["EE"])
            #expect(statement["HN"] == statement["DI"])
        }
    }

    @Test func aYearOpensAsTheOneBeforeClosed() throws {
        let earlier = try Book(file: "999100019FEC20241231.txt")
        let later = try Book(file: "999100019FEC20251231.txt")
        #expect(later.summary.openingFindings(after: earlier.summary, paper: 1).isEmpty)
    }

    /// The opening of an account is not what it was closed with, and nobody noticed.
    @Test func anOpeningThatDiffersIsToldWithBothAmounts() throws {
        let header =
            "JournalCode|EcritureNum|EcritureDate|CompteNum|PieceRef|PieceDate|EcritureLib|Debit|"
            + "Credit\n"
        let earlier = try Book(
            text: header + "OD|1|20241231|512000|P|20241231|x|25000,00|0,00\n"
                + "OD|1|20241231|706000|P|20241231|x|0,00|25000,00\n"
        )
        let later = try Book(
            text: header + "AN|1|20250101|512000|AN|20250101|x|31200,10|0,00\n"
                + "AN|1|20250101|120000|AN|20250101|x|0,00|31200,10\n"
        )
        let findings = later.summary.openingFindings(after: earlier.summary, paper: 1)
        let told = findings.map { [$0.field] + $0.values }
        #expect(
            told == [
                ["120000", "-25000.00", "-31200.10"], ["512000", "25000.00", "31200.10"],
            ]
        )
        #expect(findings.allSatisfy { $0.code == .openingDiffers && $0.source.paper == 1 })
    }
}
