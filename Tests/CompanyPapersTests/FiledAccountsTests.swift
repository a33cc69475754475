// SPDX-License-Identifier: Apache-2.0

// Accounts that were filed, in JSON and in XML.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct FiledAccountsTests {
    private func list(_ file: String) throws -> FiledAccountsList {
        try FiledAccountsList(
            json: Paper.buffer(Paper.bytes(file, folder: "inpi")),
            paper: 0,
            findingsPerCodeMax: 9
        )
    }

    private func euros(_ statement: FinancialStatement?, _ line: String) -> Int64? {
        statement?[line].map { $0 / 100 }
    }

    @Test func theSample() throws {
        let list = try list("bilan_saisi_2025.json")
        #expect(list.counts.kept == 1 && list.findings.kept.isEmpty)
        let filing = try #require(list.filings.first)
        #expect(
            filing.siren.description == "999100019" && filing.filed?.description == "2026-05-20"
        )
        let statement = filing.statement
        #expect(statement?.closing.description == "2025-12-31" && statement?.months == 12)
        #expect(statement?.rules == .plan2025)
        let expected: [(String, Int64)] = [
            ("FJ", 585_268), ("FK", 62_000), ("FL", 647_268), ("HN", 36_259), ("EE", 547_897),
            ("BJ", 401_000), ("BK", 204_000), ("CJ", 356_175), ("CK", 5_278), ("CO", 757_175),
            ("1A", 209_278), ("FM", -3_750), ("YY", 132_354), ("AO", 0), ("FC", 130_604),
        ]
        for (line, amount) in expected where line != "AO" {
            #expect(euros(statement, line) == amount, "\(line)")
        }
        #expect(euros(filing.previous, "FL") == 720_115 && euros(filing.previous, "HN") == 89_371)
        #expect(filing.previous?.closing.description == "2024-12-31")
        // What is left of tangible assets cannot be told of the year before.
        #expect(filing.previous?["AP"] == nil)
    }

    @Test func xmlIsTheSameAndInAnyParts() throws {
        let json = try list("bilan_saisi_2025.json")
        let bytes = try Paper.bytes("bilan_saisi_2025.xml", folder: "inpi")
        for size in [1, 7, 100, bytes.count] {
            let reader = try FiledAccountsXML(paper: 0, findingsPerCodeMax: 9)
            var place = 0
            while place < bytes.count {
                let part = bytes[place..<min(place + size, bytes.count)]
                place += part.count
                try Array(part).withUnsafeBytes {
                    try reader.read($0, isLast: place == bytes.count)
                }
            }
            let (one, other) = (json.filings.first, reader.list.filings.first)
            #expect(one?.statement?.amounts == other?.statement?.amounts)
            #expect(one?.previous?.amounts == other?.previous?.amounts)
            #expect(one?.filed == other?.filed && one?.closing == other?.closing)
            #expect(other?.processing == "0" && reader.list.findings.kept.isEmpty)
        }
    }

    /// Whole euros, not cents; sales with exports; a loss; eighteen months.
    @Test func columnsAreNotMixedUp() throws {
        let statement = try list("case_15.json").filings.first?.statement
        #expect(euros(statement, "FL") == 750_000 && euros(statement, "HN") == -12_345)
        #expect(euros(statement, "CO").map { $0 - (euros(statement, "1A") ?? 0) } == 690_000)
        #expect(euros(statement, "BJ").map { $0 - (euros(statement, "BK") ?? 0) } == 300_000)
        #expect(statement?.months == 18)
    }

    private func filing(_ changes: String, pages: String = page) throws -> FiledAccountsList {
        let text = """
            [{"siren":"999100019","dateCloture":"2025-03-31","dateDepot":"2025-07-01",
            "typeBilan":"C","bilanSaisi":{"bilan":{"identite":{"codeTypeBilan":"C"},
            "detail":{"pages":[\(pages)]}}}}\(changes)]
            """
        return try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
    }

    private static let page =
        "{\"numero\":\"03\",\"liasses\":[{\"code\":\"FJ\",\"m1\":\"1000\",\"m3\":\"1000\"}]}"

    private func again(_ type: String, filed: String, sales: Int, more: String = "") -> String {
        """
        ,{"siren":"999100019","dateCloture":"2025-03-31","dateDepot":"\(filed)",
        "typeBilan":"\(type)"\(more),
        "bilanSaisi":{"bilan":{"detail":{"pages":[{"numero":3,"liasses":[
        {"code":"FJ","montant1":"\(sales)","montant3":"\(sales)"}]}]}}}}
        """
    }

    @Test func thereIsAFilingOfEachDay() throws {
        let list = try filing(
            again("C", filed: "2025-09-01", sales: 1_010)
                + again("K", filed: "2025-09-02", sales: 9_000)
        )
        #expect(list.filings.map(\.type) == ["C", "C", "K"])
        #expect(list.filings.map { euros($0.statement, "FL") } == [1_000, 1_010, 9_000])
        #expect(list.findings.counts[.filedTwice] == 1)
        let older = try filing(again("C", filed: "2025-05-01", sales: 7))
        #expect(older.filings.map { euros($0.statement, "FL") } == [1_000, 7])
        // Of one day the one that stands last.
        let same = try filing(again("C", filed: "2025-07-01", sales: 8))
        #expect(same.filings.map { euros($0.statement, "FL") } == [8])
        #expect(same.findings.counts[.filedTwice] == 1)
        let gone = try filing(again("C", filed: "2025-09-01", sales: 1, more: ",\"deleted\":true"))
        #expect(gone.filings.isEmpty)
    }

    @Test func whatWasNotTypedInIsStillAFact() throws {
        let more = ",\"bilanSaisi\":{\"bilan\":{\"identite\":{\"codeSaisie\":\"15\"}}}"
        let text = """
            [{"siren":"999100019","dateCloture":"2025-12-31","dateDepot":"2026-02-01",
            "typeBilan":"C"\(more)}]
            """
        let list = try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
        let filing = try #require(list.filings.first)
        #expect(filing.statement == nil && filing.isOfLiquidation && filing.filed != nil)
        #expect(list.findings.counts[.filingProcessed] == 1)
        let bank = try self.filing(again("B", filed: "2025-09-01", sales: 5))
        #expect(bank.filings.last?.statement == nil && bank.findings.counts[.formNotRead] == 1)
    }

    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "0", "x"])
    func lengthsOfYearsThatCannotBeAreTwelveMonths(months: String) throws {
        let text = """
            [{"siren":"999100019","dateCloture":"2025-12-31","typeBilan":"C","bilanSaisi":{"bilan":{
            "identite":{"dureeExerciceN":"\(months)"},"detail":{"pages":[{"numero":4,"liasses":[
            {"code":"HN","m1":"99999999999999999"},{"code":"HL","m1":"-000000000000005"}]}]}}}}]
            """
        let list = try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
        #expect(list.filings.first?.statement?.months == 12)
        #expect(list.findings.counts[.badAmount] == 1)
    }

    /// The simplified form: gross and written off for assets, net in m3; 169 alone in m2.
    @Test func theSimplifiedForm() throws {
        let list = try list("simplified_2025.json")
        let statement = try #require(list.filings.first?.statement)
        #expect(statement.form == .simplified && list.findings.kept.isEmpty)
        let expected: [(String, Int64)] = [
            ("028", 90_000), ("030", 35_000), ("044", 95_000), ("048", 35_000), ("068", 22_000),
            ("070", 1_500), ("110", 142_000), ("112", 36_500), ("142", 41_500), ("136", -3_250),
            ("172", 9_000), ("169", 4_000), ("180", 105_500), ("210", 0), ("214", 61_000),
            ("218", 120_500), ("232", 181_500), ("310", -3_250),
        ]
        for (line, amount) in expected where line != "210" {
            #expect(euros(statement, line) == amount, "\(line)")
        }
        #expect(euros(list.filings.first?.previous, "218") == 131_000)
        #expect(euros(list.filings.first?.previous, "142") == 44_750)
        // Assets of the year before are net there.
        #expect(euros(list.filings.first?.previous, "028") == 60_000)
    }

    @Test(arguments: ["AC", "AS", "A", "ASS", "CS", "B", "X", ""])
    func otherTypesAreNotScored(type: String) throws {
        let list = try filing(again(type, filed: "2025-09-01", sales: 5))
        #expect(list.filings.count == 2 && list.filings[1].statement == nil)
        #expect(list.findings.counts == [.formNotRead: 1])
    }

    /// Record and form that name different types are of neither.
    @Test func typesThatContradictEachOther() throws {
        let more = ",\"bilanSaisi\":{\"bilan\":{\"identite\":{\"codeTypeBilan\":\"C\"}}}"
        let text = """
            [{"siren":"999100019","dateCloture":"2025-12-31","typeBilan":"K"\(more)}]
            """
        let list = try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
        #expect(list.filings.first?.type == "K/C" && list.filings.first?.statement == nil)
    }

    @Test func confidentialityIsTold() throws {
        for (words, isTold) in [
            ("Public", false), ("PUBLIC", false), ("Publication simplifiée", true),
            ("Partiellement confidentiel", true), ("RAPCAC", true),
        ] {
            let more = ",\"confidentiality\":\"\(words)\""
            let list = try filing(again("K", filed: "2025-09-01", sales: 5, more: more))
            #expect(list.findings.counts[.filingConfidential] == (isTold ? 1 : nil), "\(words)")
            #expect(list.filings.last?.confidentiality == words)
        }
    }

    @Test func whatIsWithdrawnIsGoneWhereverItStands() throws {
        let gone = again("C", filed: "2025-07-01", sales: 1, more: ",\"deleted\":true")
        let back = again("C", filed: "2025-06-15", sales: 2)
        let later = again("C", filed: "2025-08-15", sales: 3)
        let list = try filing(gone + back + later)
        #expect(list.filings.map { euros($0.statement, "FL") } == [3])
        #expect(list.findings.counts == [.filingWithdrawn: 2] && list.counts.leftOut == 2)
    }

    /// Codes of the printed form in the office's columns, or in place of them.
    @Test func dialectsAreNeverMixed() throws {
        let line = { (code: String, cells: String) in "{\"code\":\"\(code)\",\(cells)}" }
        let printed = [line("FJ", "\"m1\":\"5\""), line("FL", "\"m1\":\"7\"")]
        let page = { (lines: [String]) in
            "{\"numero\":3,\"liasses\":[\(lines.joined(separator: ","))]}"
        }
        #expect(euros(try filing("", pages: page(printed)).filings[0].statement, "FL") == 7)
        let mixed = try filing(
            "",
            pages: page(printed + [line("FM", "\"m3\":\"1\"")])
        )
        #expect(mixed.filings[0].statement == nil)
        #expect(mixed.findings.counts == [.mixedDialects: 1])
    }

    /// A stock: one filing a line, of which a broken one takes no other along.
    @Test func aStockIsReadFilingByFiling() throws {
        let count = 2_000
        var lines: [String] = []
        for number in 0..<count {
            let filed = "20\(10 + number % 10)-0\(1 + number % 9)-01"
            let text = again(number % 2 == 0 ? "C" : "K", filed: filed, sales: number)
            lines.append(String(text.dropFirst()).replacing("\n", with: ""))
        }
        lines[7] = String(lines[7].dropLast(4))
        let text = "[" + lines.joined(separator: ",\n") + "]"
        let list = try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
        #expect(list.counts.read == count && list.counts.setAside == 1)
        // Two kinds, and days that repeat after 90 of them.
        #expect(list.filings.count == 90 && list.findings.counts[.brokenRecord] == 1)
        let none = try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9,
            wants: { _ in false }
        )
        #expect(none.filings.isEmpty && none.counts.leftOut == count - 1)
    }

    private func stack(_ texts: [String]) -> PaperStack {
        var stack = PaperStack()
        for text in texts {
            let empty = ByteSource(name: "paper", totalBytes: nil) { _ throws(InputError) in 0 }
            stack.read(empty.following(Array(text.utf8)))
        }
        stack.finish()
        return stack
    }

    @Test(arguments: [
        "\"siren\":\"999100018\",\"dateCloture\":\"2024-12-31\"",
        "\"siren\":\"999100019\",\"dateCloture\":\"2024-13-31\"", "\"siren\":1,",
    ])
    func whyTheOnlyFilingCannotBeUsedIsTold(members: String) {
        let paper = stack(["[{\(members),\"bilanSaisi\":{\"bilan\":{}}}]"]).papers[0]
        #expect(paper.kind?.name == "filed_accounts" && paper.failure != nil)
        #expect(paper.counts.read == 1 && paper.counts.setAside == 1)
        #expect(paper.findings.kept.count == 1)
    }

    /// What counts on a day is what was filed by then, whether in one file or in two.
    @Test func aFilingThatWasRestatedLaterCountsUntilThen() throws {
        let first = "[\(again("C", filed: "2025-07-01", sales: 1000).dropFirst())]"
        let second = "[\(again("C", filed: "2025-10-01", sales: 2000).dropFirst())]"
        let both =
            "[\(again("C", filed: "2025-10-01", sales: 2000).dropFirst())"
            + "\(again("C", filed: "2025-07-01", sales: 1000))]"
        for texts in [[first, second], [second, first], [both]] {
            let stack = stack(texts)
            #expect(stack.papers.allSatisfy { $0.failure == nil })
            let days = stack.statements.compactMap { statement in
                statement.published.map { ($0, statement["FJ"]) }
            }
            let known = days.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1 ?? 0)" }
            #expect(known == ["2025-07-01 100000", "2025-10-01 200000"])
        }
    }

    @Test(arguments: ["", "[]", "{\"attachments\":{\"bilansSaisis\":[]}}"])
    func whatHasNoFilingIsAnError(text: String) {
        #expect(throws: InputError.self) {
            try FiledAccountsList(
                json: Paper.buffer(Array(text.utf8)),
                paper: 0,
                findingsPerCodeMax: 9
            )
        }
    }

    @Test func badCellsAreNoted() throws {
        let list = try filing(
            "",
            pages: "{\"numero\":4,\"liasses\":[{\"code\":\"HN\",\"m1\":\"12,5\"},"
                + "{\"code\":\"HK\",\"m1\":\"99999999999999999999\"},"
                + "{\"code\":\"HL\",\"m1\":\"5\"}]}"
        )
        #expect(list.findings.counts[.badAmount] == 2)
        #expect(euros(list.filings.first?.statement, "HL") == 5)
    }
}
