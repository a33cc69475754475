// SPDX-License-Identifier: Apache-2.0

// Filings with the American authority, by generic lines, as they were known on a day.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct ForeignTests {
    private func facts(_ text: String) throws -> ForeignFilings {
        try ForeignFilings(json: Array(text.utf8), paper: 0, findingsPerCodeMax: 20)
    }

    private static let expected = """
        total_assets 1100000 current_assets 430000 current_liabilities 300000 equity_parent 410000 \
        equity_total 430000 total_liabilities 670000 retained_earnings 120000 receivables 140000 \
        inventory 95000 cash 40000 payables 110000 long_term_debt 280000 revenue 880000 ebit 12000 \
        interest 26000 pretax -15000 net_income -18000 cfo 9000
        """

    @Test(arguments: [
        ("2025-03-31", "", 0),
        ("2025-12-31", "equity_parent 395000 equity_total 415000 total_liabilities 685000", 1),
    ])
    func theSample(day: String, changed: String, off: Int) throws {
        let facts = try ForeignFilings(
            json: Paper.bytes("companyfacts_CIK0009999999.json", folder: "xbrl"),
            paper: 0,
            findingsPerCodeMax: 20
        )
        #expect(facts.filer == "0009999999" && facts.name == "FICTIONAL HOLDINGS INC")
        var findings = Findings(keptPerCodeMax: 20)
        let statements = try facts.statements(
            asOf: #require(CalendarDate(day)),
            findings: &findings
        )
        #expect(statements.map(\.closing.description) == ["2023-12-31", "2024-12-31"])
        let last = try #require(statements.last)
        #expect(last.currency.code == "USD" && last.taxonomy == "us-gaap")
        var expected: [String: Int64] = [:]
        for text in [Self.expected, changed] {
            let words = text.split(separator: " ").map(String.init)
            for place in stride(from: 0, to: words.count - 1, by: 2) {
                expected[words[place]] = Int64(words[place + 1])
            }
        }
        for (line, value) in expected {
            #expect(last.amounts[line]?.cents == value * 100, "\(line)")
        }
        // Total less equity: no total of liabilities was filed, and equity was restated later.
        #expect(last.amounts["total_liabilities"]?.mark == "total less equity with minorities")
        #expect(findings.counts[.identityOff, default: 0] == off)
        if off > 0 {
            let told = findings.kept.first { $0.code == .identityOff }
            #expect(told?.values.last == "15000.00")
        }
    }

    private func cash(asOf day: String, _ rows: [[String: String]]) throws -> Int64? {
        let records = rows.map { row in
            "{\"end\":\"\(row["end"] ?? "")\",\"val\":\(row["value"] ?? ""),\"form\":"
                + "\"\(row["form"] ?? "")\",\"filed\":\"\(row["filed"] ?? "")\"}"
        }
        let name = rows.first?["tag"] ?? ""
        let facts = try facts(
            "{\"cik\":1,\"facts\":{\"us-gaap\":{\"\(name)\":{\"units\":{\"USD\":["
                + records.joined(separator: ",") + "]}}}}}"
        )
        var findings = Findings(keptPerCodeMax: 9)
        let statements = try facts.statements(
            asOf: #require(CalendarDate(day)),
            findings: &findings
        )
        return statements.last?.amounts["cash"].map { $0.cents / 100 }
    }

    @Test func whatWasFiledLaterIsNotKnownYet() throws {
        let rows = try Paper.rows("case_22.csv", folder: "xbrl")
        for rows in [rows, rows.reversed()] {
            #expect(try cash(asOf: "2023-02-28", rows) == nil)
            #expect(try cash(asOf: "2023-03-01", rows) == 500_100)
            #expect(try cash(asOf: "2023-06-30", rows) == 500_100)
            #expect(try cash(asOf: "2023-10-07", rows) == 310_200)
            #expect(try cash(asOf: "2023-12-31", rows) == 310_200)
        }
    }

    private func year(_ name: String, _ value: String, unit: String = "EUR") -> String {
        """
        "\(name)":{"units":{"\(unit)":[{"start":"2024-01-01","end":"2024-12-31","val":\(value),
        "form":"20-F","filed":"2025-03-01"},{"start":"2024-10-01","end":"2024-12-31","val":1,
        "form":"20-F","filed":"2025-03-02"}]}}
        """
    }

    private func day(_ name: String, _ value: String) -> String {
        """
        "\(name)":{"units":{"EUR":[{"end":"2024-12-31","val":\(value),"form":"20-F",
        "filed":"2025-03-01"}],"shares":[{"end":"2024-12-31","val":7}]}}
        """
    }

    @Test func internationalNames() throws {
        let parts = [
            day("Assets", "1000.5"), day("Liabilities", "600"), day("Equity", "390.5"),
            day("InventoriesGross", "3"), year("Revenue", "2000"),
            year("OperatingProfitLoss", "-5"),
            year("FinanceCosts", "1", unit: "USD"),
        ]
        let facts = try facts(
            "{\"cik\":123,\"facts\":{\"dei\":{},\"ifrs-full\":{\(parts.joined(separator: ","))}}}"
        )
        var findings = Findings(keptPerCodeMax: 9)
        let statement = try #require(facts.statements(asOf: .last, findings: &findings).last)
        let amounts = statement.amounts.mapValues { $0.cents }
        #expect(
            amounts == [
                "total_assets": 100_050, "total_liabilities": 60_000, "equity_total": 39_050,
                "equity_parent": 39_050, "revenue": 200_000, "ebit": -500,
            ]
        )
        #expect(statement.currency.code == "EUR")
        #expect(findings.kept.first { $0.code == .identityOff }?.values == ["2024-12-31", "10.00"])
    }

    @Test func badFactsAreSetAside() throws {
        let facts = try facts(
            """
            {"cik":1,"facts":{"us-gaap":{"Assets":{"units":{"USD":[
            {"end":"2024-13-31","val":1,"filed":"2025-01-01","form":"10-K"},
            {"end":"2024-12-31","val":"x","filed":"2025-01-01","form":"10-K"},
            {"end":"2024-12-31","val":1e300,"filed":"2025-01-01","form":"10-K"},
            {"end":"2024-12-31","start":"?","val":1,"filed":"2025-01-01","form":"10-K"},
            {"end":"2024-12-31","val":5,"filed":"2025-01-01","form":"10-K"}, 3]}}}}}
            """
        )
        #expect(facts.counts.read == 6 && facts.counts.setAside == 5)
    }

    @Test(arguments: [
        "", "{}", "{\"facts\":{}}", "{\"facts\":{\"us-gaap\":{}}}",
        "{\"facts\":{\"us-gaap\":{\"Assets\":{\"units\":{\"USD\":[]}}}}}",
        "{\"facts\":{\"us-gaap\":{\"Assets\":{\"units\":{\"pure\":[{}]}}}}}",
    ])
    func whatHasNoFactsIsAnError(text: String) {
        #expect(throws: DocumentError.self) { try facts(text) }
    }
}
