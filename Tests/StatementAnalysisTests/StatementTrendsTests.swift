// SPDX-License-Identifier: Apache-2.0

// Years of other lengths, trends, quartiles.

import CreditFacts
import Documents
import Quantities
import StatementAnalysis
import Testing

@Suite struct StatementTrendsTests {
    /// Ratios are those of twelve months, amounts those that were filed.
    @Test func eighteenMonths() throws {
        let lines = "FL 750000 HN -12345 CO 900000 1A 210000 EE 690000 BX 100000 DL 1 CJ 200000"
        let long = try TestStatement.make(lines, months: 18)
        let figures = StatementFormulas.complete.figures(of: StatementYears(long))
        #expect(figures["chiffre_d_affaires"] == 750_000)
        #expect(figures.annualised("chiffre_d_affaires") == 500_000)
        #expect(figures["resultat_net"] == -12_345)
        // Amounts of the year have those of twelve months beside them.
        let annual = figures.results().filter { $0.annual != nil }
        #expect(annual.map(\.formula.name) == ["chiffre_d_affaires", "resultat_net"])
        #expect(annual.map(\.annual) == [500_000, -8_230])
        let days = try #require(figures["credit_clients_jours"])
        #expect(abs(days - 100_000 * 360 / (500_000 * 1.2)) < 1e-9)
        let marked = figures.results().filter(\.isAnnualised).map(\.formula.name)
        #expect(marked.contains("credit_clients_jours") && !marked.contains("chiffre_d_affaires"))
        #expect(!marked.contains("autonomie_financiere") && !marked.contains("marge_ebe"))
    }

    @Test func twelveMonthsAreNeverMarked() throws {
        let results = StatementFormulas.complete.results(of: try TestStatement.make(Worked.lines))
        #expect(results.allSatisfy { !$0.isAnnualised })
    }

    @Test func changesAndSlopes() throws {
        let years = try [
            ("2025-12-31", "FL 130 HN 5"), ("2024-12-31", "FL 120"), ("2023-12-31", "FL 80 HN 2"),
        ].map { try TestStatement.make($1, closing: $0) }
        let trends = StatementTrend.all(of: years)
        let sales = try #require(trends.first { $0.formula.name == "chiffre_d_affaires" })
        #expect(sales.points.map(\.value) == [130, 120, 80] && sales.change == 10)
        #expect(sales.slopePerYear.map { abs($0 - 25) < 0.05 } == true)
        let income = try #require(trends.first { $0.formula.name == "resultat_net" })
        #expect(income.points.count == 2 && income.change == nil)
        #expect(income.slopePerYear.map { abs($0 - 1.5) < 0.01 } == true)
        #expect(StatementTrend.all(of: []).isEmpty)
        let one = StatementTrend.all(of: Array(years.prefix(1)))
        #expect(one.allSatisfy { $0.slopePerYear == nil && $0.change == nil })
    }

    /// Two years on one day would divide by zero.
    @Test func aSlopeOverNoTimeIsNone() throws {
        let year = try TestStatement.make("FL 130")
        let sales = StatementTrend.all(of: [year, year], named: ["chiffre_d_affaires"]).first
        #expect(sales?.slopePerYear == nil && sales?.change == 0)
    }

    @Test func amountsOfLongYearsAreComparedAsOfTwelveMonths() throws {
        let years = [
            try TestStatement.make("FL 150", months: 18),
            try TestStatement.make("FL 90", closing: "2024-06-30", rules: .plan2024),
        ]
        let sales = StatementTrend.all(of: years, named: ["chiffre_d_affaires"]).first
        #expect(sales?.change == 10)
        #expect(StatementTrend.breaks(in: years).map(\.description) == ["2025-12-31"])
    }

    private static let table = """
        segment,ratio,Q1,median,Q3,note
        ,marge_ebe,1,2,3,all
        4399C,marge_ebe,"2,5",4,6.5,builders
        4399C,credit_clients_jours,70,60,90,wrong
        4399C,no_such_ratio,1,2,3,wrong
        4399C,ebe,x,2,3,wrong
        4399C,ebe,1
        """

    @Test func quartilesAreTakenAsGiven() throws {
        var findings = Findings(keptPerCodeMax: 10)
        let quartiles = try Quartiles(
            TestTable.buffer(Self.table),
            paper: 0,
            findings: &findings
        )
        #expect(quartiles.quarter("marge_ebe", segment: "4399C", 2.5) == 1)
        #expect(quartiles.quarter("marge_ebe", segment: "4399C", 2.6) == 2)
        #expect(quartiles.quarter("marge_ebe", segment: "4399C", 6.5) == 3)
        #expect(quartiles.quarter("marge_ebe", segment: "4399C", 7) == 4)
        #expect(quartiles.quarter("marge_ebe", segment: "6201Z", 7) == 4)
        #expect(quartiles.quarter("ebe", segment: "", 7) == nil)
        #expect(quartiles.quarter("marge_ebe", segment: "", .nan) == nil)
        #expect(findings.kept.map(\.field) == ["median", "ratio", "q1", ""])
        #expect(findings.kept.map(\.source.line) == [4, 5, 6, 7])
    }

    @Test(arguments: ["", "\n", "ratio,segment,q1,median\n", "ratio,segment,q1,median,q3\n"])
    func tablesThatGiveNothingAreErrors(text: String) {
        var findings = Findings(keptPerCodeMax: 10)
        #expect(throws: InputError.self) {
            _ = try Quartiles(TestTable.buffer(text), paper: 0, findings: &findings)
        }
    }

    /// Every byte flipped, removed, and the table cut at every length: no trap, and no row that is
    /// lost without a word.
    @Test func damagedTables() throws {
        let bytes = Array(Self.table.utf8)
        for place in bytes.indices {
            var flipped = bytes
            flipped[place] ^= 0x15
            var removed = bytes
            removed.remove(at: place)
            for damaged in [flipped, removed, Array(bytes.prefix(place))] {
                var findings = Findings(keptPerCodeMax: 100)
                let quartiles = try? Quartiles(
                    TestTable.buffer(damaged),
                    paper: 0,
                    findings: &findings
                )
                guard let quartiles else { continue }
                let told = findings.counts.values.reduce(0, +)
                let rows = damaged.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).count - 1
                // A mark that opens a cell takes the lines after it along.
                let isWhole = damaged.count { $0 == 0x22 } % 2 == 0
                #expect(isWhole ? told + quartiles.count == rows : told > 0, "\(place)")
            }
        }
    }
}
