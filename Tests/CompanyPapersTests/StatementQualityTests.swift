// SPDX-License-Identifier: Apache-2.0

// What follows from statements as papers give them: books of two years, what was filed of them, and
// what the filing says of the year before.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import StatementAnalysis
import Testing

@Suite struct StatementQualityTests {
    private func ofBook(_ year: String) throws -> FinancialStatement {
        let book = try Book(file: "999100019FEC\(year)1231.txt")
        var findings = Findings(keptPerCodeMax: 10)
        return try #require(
            book.summary.statement(
                siren: nil,
                closing: CalendarDate("\(year)-12-31"),
                paper: 0,
                findings: &findings
            )
        )
    }

    private func filed(_ file: String) throws -> [FiledAccounts] {
        try FiledAccountsList(
            json: Paper.buffer(try Paper.bytes(file, folder: "inpi")),
            paper: 1,
            findingsPerCodeMax: 9
        ).filings
    }

    private func codes(_ series: StatementHistory) -> [String] {
        series.findings.map { "\($0.code.rawValue) \($0.field)" }
    }

    /// The books have written more off their other assets than those were worth; nothing else is
    /// wrong with them.
    @Test func booksOfTwoYears() throws {
        let series = StatementHistory([try ofBook("2024"), try ofBook("2025")])
        #expect(
            codes(series) == [
                "written_off_exceeds AT", "cash_flow_corrected caf", "series_break rules",
            ]
        )
        let corrected = series.findings.first { $0.code == .cashFlowCorrected }
        #expect(corrected?.values == ["73036.34", "62036.34"])
    }

    /// expected.json: caf_published_formula, caf_without_disposals_and_grant.
    @Test(arguments: [("2024", 112_471.25, 112_471.25), ("2025", 73_036.34, 62_036.34)])
    func bothCashFlows(year: String, published: Double, corrected: Double) throws {
        let figures = StatementFormulas.complete.figures(of: StatementYears(try ofBook(year)))
        #expect(figures["caf"].map { abs($0 - published) < 0.005 } == true)
        #expect(figures["caf_corrigee"].map { abs($0 - corrected) < 0.005 } == true)
    }

    /// expected.json: identities.
    @Test(arguments: [
        ("2024", 250_221.25, 141_165.31, 109_055.94), ("2025", 266_479.84, 166_021.70, 100_458.14),
    ])
    func theFunctionalBalance(year: String, capital: Double, need: Double, cash: Double) throws {
        let figures = StatementFormulas.complete.figures(of: StatementYears(try ofBook(year)))
        for (name, value) in [("frng", capital), ("bfr", need), ("tresorerie_nette", cash)] {
            #expect(figures[name].map { abs($0 - value) < 0.005 } == true, "\(name)")
        }
        #expect(figures["tresorerie_nette_ecart"].map { abs($0) < 0.005 } == true)
    }

    /// Balances of the year, which follow from the published ones.
    @Test func theIntermediateBalances() throws {
        let figures = StatementFormulas.complete.figures(of: StatementYears(try ofBook("2025")))
        let expected = [
            // 130,603.50 - 107,249 + 5,100.60
            ("marge_commerciale", 28_455.10),
            // 305,495.90 + 211,168.70 - 3,750
            ("production_exercice", 512_914.60), ("valeur_ajoutee", 288_398.10),
            ("ebe", 80_225.09), ("ebit", 52_447.34), ("resultat_courant", 48_344.59),
            ("resultat_exceptionnel", 0), ("resultat_net", 36_258.59),
        ]
        for (name, value) in expected {
            #expect(figures[name].map { abs($0 - value) < 0.005 } == true, "\(name)")
        }
    }

    /// What was filed is in whole euros, and its column of the year before has net assets.
    @Test func theFilingOfTheSameBooks() throws {
        let filing = try #require(try filed("bilan_saisi_2025.json").first)
        let statement = try #require(filing.statement)
        let before = try #require(filing.previous)
        let alone = StatementHistory([statement], comparatives: [before])
        #expect(codes(alone) == ["written_off_exceeds AT"])
        #expect(alone.years()?.previous?.closing.description == "2024-12-31")
        let together = StatementHistory(
            [try ofBook("2024"), try ofBook("2025"), statement],
            comparatives: [before]
        )
        #expect(
            codes(together) == [
                "statement_twice ", "written_off_exceeds AT", "cash_flow_corrected caf",
                "series_break rules",
            ]
        )
    }

    /// Eighteen months: 750,000 are 500,000 a year.
    @Test func eighteenMonths() throws {
        let statement = try #require(try filed("case_15.json").first?.statement)
        let series = StatementHistory([statement])
        #expect(codes(series) == ["year_length months"])
        let years = try #require(series.years())
        let figures = StatementFormulas.complete.figures(of: years)
        #expect(figures["chiffre_d_affaires"] == 750_000)
        #expect(figures.annualised("chiffre_d_affaires") == 500_000)
        #expect(figures["resultat_net"] == -12_345)
    }
}
