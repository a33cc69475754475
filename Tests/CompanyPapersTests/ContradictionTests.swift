// SPDX-License-Identifier: Apache-2.0

// Papers that contradict themselves, of which nothing follows, or in which nothing stands: told,
// never guessed.

import CompanyPapers
import CreditFacts
import Documents
import LegalHistory
import PaymentTerms
import Quantities
import Testing

@Suite struct ContradictionTests {
    private func source(_ bytes: [UInt8], _ name: String) -> ByteSource {
        ByteSource(name: name, totalBytes: nil) { _ throws(InputError) in 0 }.following(bytes)
    }

    private func stack(_ papers: [(name: String, bytes: [UInt8])]) -> PaperStack {
        var stack = PaperStack()
        for paper in papers { stack.read(source(paper.bytes, paper.name)) }
        stack.finish()
        return stack
    }

    private func codes(_ stack: PaperStack) -> Set<FindingCode> {
        Set(stack.papers.flatMap { $0.findings.kept.map(\.code) })
    }

    // MARK: Filings

    private func filing(
        outer: String = #""siren":"999100019","dateCloture":"2025-12-31""#,
        identity: String
    ) throws -> FiledAccountsList {
        let text = """
            [{\(outer),"typeBilan":"C","bilanSaisi":{"bilan":{"identite":{\(identity)},"detail":{
            "pages":[{"numero":4,"liasses":[{"code":"HN","m1":"5","m2":"4"}]}]}}}}]
            """
        return try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
    }

    @Test(arguments: ["0", "00", "99", "-3", "37", "douze"])
    func monthsThatCannotBeAreTold(months: String) throws {
        let list = try filing(identity: #""dureeExerciceN":"\#(months)""#)
        #expect(list.filings.first?.statement?.months == 12)
        let finding = try #require(list.findings.kept.first { $0.code == .badMonths })
        #expect(finding.values == [months, "12"] && finding.field == "dureeExerciceN")
    }

    /// What lies between two closings is how long the year was.
    @Test func monthsBetweenTwoClosings() throws {
        let both = #""dureeExerciceN":"99","dateClotureExerciceNMoins1":"2024-06-30""#
        let list = try filing(identity: both)
        #expect(list.filings.first?.statement?.months == 18)
        #expect(list.findings.kept.first { $0.code == .badMonths }?.values == ["99", "18"])
        let sound = try filing(identity: #""dureeExerciceN":"18""#)
        #expect(sound.filings.first?.statement?.months == 18)
        #expect(sound.findings.counts[.badMonths] == nil)
        #expect(try filing(identity: "").findings.counts[.badMonths] == nil)
        let before = #""dateClotureExerciceNMoins1":"2024-12-31","dureeExerciceNMoins1":"0""#
        #expect(try filing(identity: before).findings.counts[.badMonths] == 1)
    }

    @Test(arguments: [
        (#""siren":"999100027""#, "siren"),
        (#""dateClotureExercice":"2024-12-31""#, "dateClotureExercice"),
        (#""dateClotureExercice":"31/03/2025""#, "dateClotureExercice"),
    ])
    func twoCompaniesOrYearsInOneFiling(identity: String, field: String) throws {
        var text = "["
        text += #"{"siren":"999100019","dateCloture":"2025-12-31","typeBilan":"C","bilanSaisi":"#
        text += #"{"bilan":{"identite":{\#(identity)},"detail":{"pages":[]}}}},"#
        text += #"{"siren":"999100035","dateCloture":"2025-12-31","typeBilan":"C"}]"#
        let list = try FiledAccountsList(
            json: Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 9
        )
        #expect(list.filings.map(\.siren.description) == ["999100035"])
        #expect(list.counts.setAside == 1)
        let finding = try #require(list.findings.kept.first { $0.code == .filingContradicts })
        #expect(finding.field == field && finding.values.count == 2)
    }

    /// The same in another form is no contradiction.
    @Test func oneCompanyWrittenTwice() throws {
        let same = #""siren":"999 100 019","dateClotureExercice":"20251231""#
        let list = try filing(identity: same)
        #expect(list.filings.count == 1 && list.findings.counts[.filingContradicts] == nil)
    }

    // MARK: Books

    @Test func aBookThatClosesOnAnotherDayThanItsName() throws {
        let bytes = try Paper.bytes("999100019FEC20251231.xml")
        let named = stack([("999100019FEC20251231.xml", bytes)])
        #expect(!codes(named).contains(.bookClosingDiffers))
        let other = stack([("999100019FEC20250630.xml", bytes)])
        #expect(codes(other).contains(.bookClosingDiffers))
        #expect(other.statements.map(\.closing.description) == ["2025-12-31"])
    }

    // MARK: Ledgers

    @Test func theSameLineTwice() throws {
        let export = try LedgerText.read(
            """
            customer,invoice,issued,due,amount
            A,F1,2025-01-01,2025-01-31,100
            A,F2,2025-01-01,2025-01-31,100
            B,F1,2025-01-01,2025-01-31,100
            A,F1,2025-01-01,2025-02-28,100
            A,F1,2025-01-01,2025-01-31,100

            """
        )
        #expect(export.counts.kept == 5)
        let found = export.findings.kept.filter { $0.code == .ledgerLineTwice }
        #expect(found.map(\.values) == [["F1", "2"]] && found.map(\.source.line) == [6])
    }

    /// Payments without a number may well be two.
    @Test func linesWithoutANumberAreNoDoubles() throws {
        let row = "A,,2025-01-01,2025-01-31,100\n"
        let export = try LedgerText.read("customer,invoice,issued,due,amount\n" + row + row)
        #expect(export.findings.counts[.ledgerLineTwice] == nil)
    }

    @Test(arguments: [
        ("1.234", FindingCode.ambiguousAmount, "amount"), ("1,234", .ambiguousAmount, "amount"),
    ])
    func oneAmountThatCanBeTwo(amount: String, code: FindingCode, field: String) throws {
        let export = try LedgerText.read(
            """
            customer;invoice;due;amount
            A;F1;2025-01-31;100
            A;F2;2025-01-31;\(amount)
            A;F3;2025-01-31;250

            """
        )
        #expect(export.invoices.map(\.reference) == ["F1", "F3"])
        #expect(export.counts.setAside == 1)
        let finding = try #require(export.findings.kept.first { $0.code == code })
        #expect(finding.values == [amount] && finding.source.line == 3)
        #expect(finding.field == field)
    }

    @Test func oneDateThatCanBeTwo() throws {
        let export = try LedgerText.read(
            """
            customer,invoice,due,amount
            A,F1,2025-01-31,100.50
            A,F2,04/05/2025,10.00
            A,F3,2025-02-28,250.00

            """
        )
        #expect(export.invoices.map(\.reference) == ["F1", "F3"])
        #expect(export.findings.counts[.ambiguousDate] == 1)
    }

    /// Where most of a column can be read in two ways the file is refused, as before.
    @Test func aColumnThatCannotBeSettled() throws {
        #expect(throws: InputError.self) {
            try LedgerText.read(
                "customer;invoice;due;amount\nA;F1;2025-01-31;1.234\nA;F2;2025-01-31;5.678\n"
            )
        }
        #expect(throws: InputError.self) {
            try LedgerText.read(
                "customer,invoice,due,amount\nA,F1,04/05/2025,1.50\nA,F2,06/07/2025,2.50\n"
            )
        }
        // Others tell.
        let told = try LedgerText.read(
            "customer;invoice;due;amount\nA;F1;2025-01-31;1.234\nA;F2;2025-01-31;5,50\n"
        )
        #expect(told.invoices.map(\.cents) == [123_400, 550])
    }

    // MARK: Terms

    @Test func termsOfOneCompanyAreNotThoseOfAnother() throws {
        let book = try Paper.bytes("999100019FEC20251231.txt")
        let other = try Paper.bytes("999100019FEC20241231.txt")
        let terms = "customer,rule,days\nC001,NET,10\n"
        let owned = "owner,customer,rule,days\n999100027,C001,NET,10\n"
        let sources = { (papers: [(String, [UInt8])]) -> [DueDateSource: Int] in
            var counts: [DueDateSource: Int] = [:]
            for book in self.stack(papers).books where book.siren?.description == "999100019" {
                for invoice in book.customerInvoices {
                    if let source = invoice.dueSource { counts[source, default: 0] += 1 }
                }
            }
            return counts
        }
        let name = "999100019FEC20251231.txt"
        #expect(sources([("t.csv", Array(terms.utf8)), (name, book)])[.terms] ?? 0 > 0)
        #expect(sources([("t.csv", Array(owned.utf8)), (name, book)])[.terms] == nil)
        let named = ("999100027_terms.csv", Array(terms.utf8))
        #expect(sources([named, (name, book)])[.terms] == nil)
        let own = ("999100019-terms.csv", Array(terms.utf8))
        #expect(sources([own, (name, book)])[.terms] ?? 0 > 0)
        let two = stack([
            ("t.csv", Array(terms.utf8)), (name, book), ("999100027FEC20241231.txt", other),
        ])
        #expect(codes(two).contains(.termsOwnerUnknown))
        let one = stack([("t.csv", Array(terms.utf8)), (name, book)])
        #expect(!codes(one).contains(.termsOwnerUnknown))
        let clear = stack([own, (name, book), ("999100027FEC20241231.txt", other)])
        #expect(!codes(clear).contains(.termsOwnerUnknown))
    }

    // MARK: Notices

    /// The sample of the DILA names issues under which nothing was given: the judgment tells.
    @Test func whatIsTakenBackByJudgment() throws {
        let xml = stack([
            ("PCL.xml", try Paper.bytes("PCL_BXA20250133.xml", folder: "bodacc"))
        ])
        let found = xml.papers[0].findings.kept.filter { $0.code == .annulmentByJudgment }
        #expect(found.map { $0.values.last } == ["A20250133640", "A20250133900", "A2025013355"])
        let states = xml.companies().map { facts in
            let history = LegalHistory(facts.events, corrections: facts.corrections)
            return "\(facts.siren?.description ?? "") \(history.status(on: .last).state.rawValue)"
        }
        #expect(states.contains("999100043 none") && states.contains("999100068 none"))
    }

    @Test func anAnnulmentOfNothingThatIsThere() throws {
        let record = { (number: Int, kind: String, more: String) in
            """
            {"publicationavis":"A","parution":"20250133","numeroannonce":\(number),
            "dateparution":"2025-07-11","typeavis":"\(kind)","familleavis":"collective",
            "registre":["999100027"],\(more)}
            """
        }
        let opening = #""nature":"Jugement d'ouverture de liquidation judiciaire""#
        let earlier =
            #""parutionavisprecedent":{"nomPublication":"BODACC A","numeroParution":"#
            + #""20250001","numeroAnnonce":77}"#
        let annulment = record(9, "annulation", earlier)
        let first = record(8, "annonce", #""jugement":{\#(opening),"date":"2025-07-01"}"#)
        let alone = stack([("b.json", Array("[\(first),\(annulment)]".utf8))])
        let finding = try #require(
            alone.papers[0].findings.kept.first { $0.code == .annulmentWithoutNotice }
        )
        #expect(finding.values == ["A202501339", "A2025000177"] && finding.severity == .warning)
        let facts = try #require(alone.companies().first)
        #expect(
            LegalHistory(facts.events, corrections: facts.corrections).status(on: .last).state
                == .liquidation
        )
        // The judgment tells, if it is the same one, and only then.
        for (date, state) in [("2025-07-01", ProceedingState.none), ("2025-06-30", .liquidation)] {
            let judged = record(
                9,
                "annulation",
                earlier + #","jugement":{\#(opening),"date":"\#(date)"}"#
            )
            let both = stack([("b.json", Array("[\(first),\(judged)]".utf8))])
            let facts = try #require(both.companies().first)
            let history = LegalHistory(facts.events, corrections: facts.corrections)
            #expect(history.status(on: .last).state == state, "\(date)")
        }
    }

    @Test func noticesOfWhichNothingFollowsAreTold() throws {
        let text = """
            [{"publicationavis":"A","parution":"20250133","numeroannonce":5,
            "registre":["999100027"],"dateparution":"2025-07-11","typeavis":"annonce",
            "familleavis":"creation"}]
            """
        let stack = stack([("b.json", Array(text.utf8))])
        let finding = try #require(stack.papers[0].findings.kept.first)
        #expect(finding.code == .noticeNotUsed && finding.values == ["A202501335", "creation"])
        #expect(finding.severity == .info)
    }

    // MARK: Nothing

    @Test(
        arguments: [
            ("blanks", Array("  \n\t \r\n".utf8)),
            ("zero bytes", [UInt8](repeating: 0, count: 5_000)),
            ("a mark of its encoding", [0xEF, 0xBB, 0xBF]), ("blanks", [0xEF, 0xBB, 0xBF, 0x0A]),
            ("zero bytes", [UInt8](repeating: 0, count: 3_000_000)),
        ] as [(String, [UInt8])]
    )
    func papersInWhichNothingStands(what: String, bytes: [UInt8]) throws {
        let paper = try #require(stack([("x", bytes)]).papers.first)
        let message = try #require(paper.failure?.message)
        #expect(message.hasPrefix("it is empty") && paper.kind == nil, "\(message)")
        #expect(message.contains(what) || bytes.count == 3, "\(message)")
    }

    @Test func blanksInFrontOfAPaper() throws {
        let wide: [UInt8] = [0xFF, 0xFE, 0x20, 0, 0x0A, 0]
        let paper = try #require(stack([("x", wide)]).papers.first)
        #expect(paper.failure?.message.hasPrefix("it is empty") == true)
        let hidden = [UInt8](repeating: 0, count: 2_000_000) + Array("customer,due\n".utf8)
        let late = try #require(stack([("x", hidden)]).papers.first)
        #expect(late.failure?.message.contains("beginning") == true)
    }
}
