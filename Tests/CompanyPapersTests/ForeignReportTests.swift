// SPDX-License-Identifier: Apache-2.0

// Reports with marked numbers, and the quarterly lists of filings, read as papers.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct ForeignReportTests {
    private func stack(_ papers: [[UInt8]]) -> PaperStack {
        var stack = PaperStack()
        for bytes in papers {
            let empty = ByteSource(name: "paper", totalBytes: nil) { _ throws(InputError) in 0 }
            stack.read(empty.following(bytes))
        }
        stack.finish()
        return stack
    }

    private func amounts(_ filings: ForeignFilings) -> [String: Int64] {
        var amounts: [String: Int64] = [:]
        for fact in filings.facts.values.joined() + filings.undated {
            amounts[fact.name] = fact.cents
        }
        return amounts
    }

    /// A report with one number, of which the words between the tags are given.
    private func report(
        _ attributes: String,
        _ text: String,
        context: String = "<xbrli:instant>2024-12-31</xbrli:instant>",
        part: String = ""
    ) -> [UInt8] {
        Array(
            """
            <html xmlns="http://www.w3.org/1999/xhtml"
            xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
            xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:d="http://xbrl.org/2006/xbrldi">
            <body><p>Assets <ix:nonFraction name="us-gaap:Assets" contextRef="c" unitRef="u" \
            \(attributes)>\(text)</ix:nonFraction></p><ix:header><ix:resources>
            <xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="x">0000000042\
            </xbrli:identifier></xbrli:entity><xbrli:period>\(context)</xbrli:period>\(part)\
            </xbrli:context><xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure>\
            </xbrli:unit></ix:resources></ix:header></body></html>
            """.utf8
        )
    }

    @Test func theSample() throws {
        let stack = stack([try Paper.bytes("ixbrl_fragment.html", folder: "xbrl")])
        #expect(stack.papers[0].failure == nil && stack.papers[0].kind?.name == "foreign_filings")
        let filings = try #require(stack.foreignFilings.first)
        #expect(
            amounts(filings) == [
                "Assets": 250_075_000, "ProfitLoss": -50_000_000, "Inventories": 0,
            ]
        )
        #expect(filings.taxonomy == "ifrs-full" && filings.currency?.code == "EUR")
        #expect(filings.filer == "999900FICTIONALLEI00")
        var findings = Findings(keptPerCodeMax: 9)
        let statement = try #require(filings.statements(asOf: .last, findings: &findings).last)
        #expect(statement.closing.description == "2024-12-31")
        #expect(statement.amounts["net_income"]?.cents == -50_000_000)
        let before = try #require(CalendarDate("2024-12-30"))
        #expect(filings.statements(asOf: before, findings: &findings).isEmpty)
    }

    @Test func aSignNegatesOnceAndAnUnknownFormatIsSetAside() throws {
        let stack = stack([try Paper.bytes("case_23.html", folder: "xbrl")])
        let filings = try #require(stack.foreignFilings.first)
        #expect(
            amounts(filings) == [
                "NetIncomeLoss": -50_000, "Assets": 123_450_000, "InventoryNet": 0,
            ]
        )
        let paper = stack.papers[0]
        #expect(paper.counts.read == 4 && paper.counts.setAside == 1)
        #expect(paper.findings.counts[.unknownFormat] == 1)
        // Neither times nor currencies are told.
        #expect(paper.findings.counts[.contextMissing] == 3 && filings.facts.isEmpty)
    }

    @Test(arguments: [
        ("", "1234.5", 123_450), ("", "(1234)", 123_400), ("", " 7 ", 700),
        ("format='ixt:num-dot-decimal'", "1,234.5", 123_450),
        ("format='ixt4:numcommadecimal' scale='3'", "1.234,5", 123_450_000),
        ("format='ixt:numspacecomma'", "1 234 567,8", 123_456_780),
        ("format='ixt:numspacedot'", "1\u{A0}234.5", 123_450),
        ("format='num-dot-decimal'", "1\u{2019}234.50", 123_450),
        ("format='ixt:zerodash'", "\u{2014}", 0), ("format='ixt:fixed-zero'", "none", 0),
        ("format='ixt:num-dot-decimal' scale='-2'", "12", 12),
        ("format='ixt:num-dot-decimal' sign='-'", "5", -500),
        ("format='ixt:num-dot-decimal' scale='6'", "<b>1,</b><i>234</i>", 123_400_000_000),
        ("format='ixt:num-comma-decimal'", "1.234", 123_400),
    ])
    func shownNumbers(_ attributes: String, _ text: String, _ cents: Int64) throws {
        let stack = stack([report(attributes, text)])
        let filings = try #require(stack.foreignFilings.first, "\(stack.papers[0].failure as Any)")
        #expect(filings.facts["Assets"]?.map(\.cents) == [cents])
        #expect(filings.filer == "0000000042")
    }

    @Test(arguments: [
        ("", "1,234", FindingCode.badAmount), ("", "", .badAmount), ("", "1.2.3", .badAmount),
        ("format='ixt:num-dot-decimal'", "1.234,5", .badAmount),
        ("format='ixt:num-dot-decimal' scale='99'", "1", .badAmount),
        ("format='ixt:num-dot-decimal' scale='x'", "1", .badAmount),
        ("format='ixt:num-dot-decimal' scale='18'", "1", .badAmount),
        ("format='ixt-sec:numwordsen'", "two", .unknownFormat),
        ("", String(repeating: "1", count: 3_000), .tooLong), ("", "-5", .badAmount),
    ])
    func whatIsNoNumberIsSetAside(
        _ attributes: String,
        _ text: String,
        _ code: FindingCode
    ) throws {
        let two = report("", "8")
        let bad = report(attributes, text)
        let stack = stack([bad])
        #expect(stack.papers[0].failure != nil && stack.foreignFilings.isEmpty)
        // Beside a good one the rest goes on.
        let mixed = String(decoding: two, as: UTF8.self).replacing(
            "</body>",
            with: "<ix:nonFraction name='us-gaap:Liabilities' contextRef='c' unitRef='u' "
                + "\(attributes)>\(text)</ix:nonFraction></body>"
        )
        let read = self.stack([Array(mixed.utf8)])
        #expect(read.papers[0].counts.setAside == 1)
        #expect(read.papers[0].findings.counts[code] == 1)
        #expect(read.foreignFilings.first?.facts["Assets"]?.map(\.cents) == [800])
    }

    @Test func partsOfACompanyAreLeftOut() {
        let part = "<xbrli:scenario><d:explicitMember>x</d:explicitMember></xbrli:scenario>"
        let stack = stack([report("", "5", part: part)])
        #expect(stack.foreignFilings.isEmpty && stack.papers[0].failure != nil)
    }

    // MARK: Lists of filings

    private func dataSet(_ names: [String]) throws -> PaperStack {
        stack(try names.map { try Paper.bytes($0, folder: "xbrl") })
    }

    @Test(arguments: [["num.txt", "sub.txt"], ["sub.txt", "num.txt"]])
    func listsOfFilingsSayWhatTheFactsSay(names: [String]) throws {
        let stack = try dataSet(names)
        #expect(stack.papers.allSatisfy { $0.failure == nil })
        let numbers = try #require(stack.papers.first { $0.kind?.name == "filing_numbers" })
        #expect(numbers.counts.read == 20 && numbers.counts.leftOut == 1)
        let filings = try #require(stack.foreignFilings.first)
        #expect(filings.filer == "0009999999" && filings.name == "FICTIONAL HOLDINGS INC")
        let facts = try ForeignFilings(
            json: Paper.bytes("companyfacts_CIK0009999999.json", folder: "xbrl"),
            paper: 0,
            findingsPerCodeMax: 20
        )
        var findings = Findings(keptPerCodeMax: 9)
        let day = try #require(CalendarDate("2025-03-31"))
        let own = try #require(filings.statements(asOf: day, findings: &findings).last)
        let same = try #require(facts.statements(asOf: day, findings: &findings).last)
        #expect(own.closing == same.closing)
        #expect(own.amounts.mapValues(\.cents) == same.amounts.mapValues(\.cents))
        let before = try #require(CalendarDate("2025-02-20"))
        #expect(filings.statements(asOf: before, findings: &findings).isEmpty)
    }

    @Test func numbersWithoutTheirFilingStayUnderItsNumber() throws {
        let filings = try #require(try dataSet(["num.txt"]).foreignFilings.first)
        #expect(filings.filer == "0009999999-25-000011" && filings.name.isEmpty)
        #expect(filings.facts["Assets"]?.first?.filed == nil)
        let stack = try dataSet(["num.txt"])
        #expect(stack.papers[0].findings.counts[.filingNotListed] == 1)
        let told = stack.papers[0].findings.kept.first { $0.code == .filingNotListed }
        #expect(told?.text(inFrench: false).contains("0009999999-25-000011") == true)
    }

    @Test func factsInOtherCurrenciesAreToldAndLeftOut() throws {
        let text = """
            adsh\ttag\tversion\tddate\tqtrs\tuom\tvalue
            a\tAssets\tus-gaap/2024\t20241231\t0\tUSD\t5
            a\tLiabilities\tus-gaap/2024\t20241231\t0\tUSD\t2
            a\tAssets\tus-gaap/2024\t20241231\t0\tCAD\t7
            """
        let json = """
            {"cik": 9, "entityName": "X", "facts": {"us-gaap": {
              "Assets": {"units": {
                "USD": [{"end": "2024-12-31", "val": 5, "form": "10-K", "filed": "2025-02-01"}],
                "CAD": [{"end": "2024-12-31", "val": 7, "form": "10-K", "filed": "2025-02-01"}]}},
              "Liabilities": {"units": {
                "USD": [{"end": "2024-12-31", "val": 2, "form": "10-K", "filed": "2025-02-01"}],
                "shares": [{"end": "2024-12-31", "val": 1}]}}}}}
            """
        for paper in [text, json] {
            let stack = stack([Array(paper.utf8)])
            #expect(stack.papers[0].failure == nil)
            let told = stack.papers[0].findings.kept.filter { $0.code == .otherCurrency }
            #expect(told.map(\.values) == [["CAD (1)"]])
            #expect(stack.foreignFilings.first?.facts["Assets"]?.map(\.cents) == [500])
        }
        let counts = stack([Array(json.utf8)]).papers[0].counts
        #expect(counts.read == 3 && counts.leftOut == 1 && counts.kept == 2)
    }

    @Test func badNumbersAreSetAside() {
        let text = """
            adsh\ttag\tversion\tddate\tqtrs\tuom\tvalue
            a\tAssets\tus-gaap/2024\t20241331\t0\tUSD\t1
            a\tAssets\tus-gaap/2024\t20241231\t-4\tUSD\t1
            a\tAssets\tus-gaap/2024\t20241231\t0\tUSD\t1e300
            a\tAssets\tus-gaap/2024\t20241231\t0\tUSD\t
            a\tAssets\tus-gaap/2024\t20241231\t0\tUSD
            a\tAssets\tus-gaap/2024\t20241231\t0\tshares\t1
            a\tOwn\ta\t20241231\t0\tUSD\t1
            a\tAssets\tus-gaap/2024\t20241231\t0\tUSD\t5
            """
        let stack = stack([Array(text.utf8)])
        let counts = stack.papers[0].counts
        #expect(counts.read == 8 && counts.setAside == 5 && counts.leftOut == 2)
        #expect(stack.foreignFilings.first?.facts["Assets"]?.map(\.cents) == [500])
    }

    @Test(arguments: ["ixbrl_fragment.html", "case_23.html", "num.txt", "sub.txt"])
    func aDamagedPaperNeitherTrapsNorIsSilent(name: String) throws {
        let bytes = try Paper.bytes(name, folder: "xbrl")
        for damaged in Paper.damaged(bytes, with: [0x3C]) {
            let stack = stack([damaged])
            let paper = stack.papers[0]
            #expect(paper.failure != nil || paper.counts.kept > 0)
        }
    }
}
