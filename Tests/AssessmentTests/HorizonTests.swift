// SPDX-License-Identifier: Apache-2.0

// Several horizons, and the places of ratios among those of others.

import Assessment
import CreditFacts
import Documents
import Foundation
import Quantities
import Scoring
import StatementAnalysis
import Testing

@Suite struct HorizonTests {
    private func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .first }

    /// A bundle of the product for another horizon, with another base rate.
    private func model(months: Int) throws -> ScoringModel {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Engine/CDefaultModels/bundles")
            .appendingPathComponent("us-listed-scorecard").standardizedFileURL
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        }
        let manifest = String(decoding: try #require(files["manifest.json"]), as: UTF8.self)
        let changed = manifest.replacingOccurrences(
            of: #""horizon_months": 12"#,
            with: #""horizon_months": \#(months)"#
        )
        #expect(months == 12 || changed != manifest)
        files["manifest.json"] = Array(changed.utf8)
        return try ScoringModel(bundle: BundleFiles(files: files))
    }

    private func facts() throws -> CompanyFacts {
        var facts = CompanyFacts(siren: nil)
        let lines =
            "CO 1900 1A 300 CJ 1000 BX 500 CF 300 DL 800 DA 300 DG 400 DX 350 EC 800 EE 1600 "
            + "FL 3000 FW 600 FY 700 GG 170 GW 150 HN 100 DI 100"
        var amounts: [StatementLine: Int64] = [:]
        let words = lines.split(separator: " ")
        for place in stride(from: 0, to: words.count, by: 2) {
            let line = try #require(StatementLine(words[place]))
            amounts[line] = try #require(Int64(words[place + 1])) * 100_000
        }
        facts.statements = [
            FinancialStatement(
                siren: nil,
                closing: day("2024-12-31"),
                months: 12,
                form: .complete,
                rules: .plan2024,
                amounts: amounts,
                source: PaperReference(paper: 0, line: 0)
            )
        ]
        return facts
    }

    @Test func oneProbabilityForEachHorizonThatWasFitted() throws {
        let first = try model(months: 12)
        let options = Assessor.Options(asOf: day("2025-06-30"))
        let companies = [try facts(), CompanyFacts(siren: nil)]
        var assessments = try Assessor(model: first).assess(companies, options)
        #expect(assessments[0].horizons.isEmpty)
        let others = try HorizonAssessor([try model(months: 24), try model(months: 6)])
        try others.add(to: &assessments, of: companies, options)
        #expect(assessments[0].horizons.map(\.months) == [6, 12, 24])
        #expect(assessments[0].horizons[1].figures == assessments[0].adjusted)
        // The same model for all: the same probability, which is no contradiction.
        #expect(!assessments[0].findings.contains { $0.code == .horizonsNotMonotone })
        // Nothing is known of the other: no horizon.
        #expect(assessments[1].horizons.isEmpty)
    }

    @Test func aLongerHorizonWithALowerProbabilityIsTold() throws {
        let models = try ScoringModel.bundledModels()
        let options = Assessor.Options(asOf: day("2025-06-30"))
        let companies = [try facts()]
        // Two models of the product; whichever is lower is given the longer horizon.
        let trees = try #require(models.first)
        var byTrees = try Assessor(model: trees).assess(companies, options)
        let byCard = try Assessor(model: try model(months: 12)).assess(companies, options)
        let isCardLower =
            try #require(byCard[0].adjusted).probability
            < (try #require(byTrees[0].adjusted).probability)
        let card = try model(months: isCardLower ? 24 : 6)
        try HorizonAssessor([card]).add(to: &byTrees, of: companies, options)
        let finding = try #require(
            byTrees[0].findings.first { $0.code == .horizonsNotMonotone }
        )
        #expect(finding.severity == .warning && finding.values.count == 4)
        #expect(byTrees[0].horizons.map(\.months) == (isCardLower ? [12, 24] : [6, 12]))
    }

    // MARK: Quartiles

    private func quartiles(_ text: String) throws -> Quartiles {
        var findings = Findings(keptPerCodeMax: 9)
        let source = ByteSource(name: "q.csv", totalBytes: nil) { _ throws(InputError) in 0 }
        return try Quartiles(
            InputBuffer(source.following(Array(text.utf8))),
            paper: 0,
            findings: &findings
        )
    }

    @Test func theNarrowestGroupThatTheTableHas() throws {
        let table = try quartiles(
            """
            ratio,segment,q1,median,q3,year
            marge_ebe,,1,2,3,2020
            marge_ebe,43,10,20,80,2022
            marge_ebe,43,10,20,30,2023
            marge_ebe,43,1,2,3,2099
            marge_ebe,43.32a:SMALL,5,50,90,2021
            taux_d_endettement,41,1,2,3,
            """
        )
        #expect(table.count == 6)
        let options = Assessor.Options(asOf: day("2025-06-30"))
        let assessor = try Assessor(model: try model(months: 12))
        let assessment = try #require(try assessor.assess([try facts()], options).first)
        var entry = RegisterEntry(
            siren: try SIREN("999100019"),
            source: PaperReference(paper: 0, line: 1)
        )
        // 3,000 - 600 - 700 over 3,000: 56.7 %.
        let all = assessment.places(in: table, nil)
        #expect(all.map(\.ratio) == ["marge_ebe"])
        #expect(all.first?.quarter == 4 && all.first?.segment == "" && all.first?.year == 2020)
        entry.activity = "43.32A"
        let trade = try #require(assessment.places(in: table, entry).first)
        #expect(trade.segment == "43" && trade.year == 2023 && trade.quarter == 4)
        entry.headcount = HeadcountBand(code: "12")
        let narrow = try #require(assessment.places(in: table, entry).first)
        #expect(narrow.segment == "4332A:small" && narrow.quarter == 3 && narrow.year == 2021)
        entry.activity = "62.01Z"
        #expect(assessment.places(in: table, entry).first?.segment == "")
    }

    @Test func quartilesOfPublishedRatios() throws {
        let names = ["marge_ebe", "no_such_ratio"]
        let firms = try (0..<25).map { number in
            PublishedRatios(
                siren: try SIREN("999100019"),
                closing: try #require(day("2023-01-31").adding(days: number)),
                type: "C",
                filed: nil,
                confidentiality: "Public",
                values: [Double(number), .nan],
                source: PaperReference(paper: 0, line: 1)
            )
        }
        let table = Quartiles([(names, firms)])
        #expect(table.count == 1)
        let row = try #require(table.row("marge_ebe", segment: "C"))
        #expect([row.first, row.median, row.third] == [6, 12, 18])
        #expect(Quartiles([(names, Array(firms.prefix(19)))]).count == 0)
    }
}
