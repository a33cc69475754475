// SPDX-License-Identifier: Apache-2.0

// Files of terms, published ratios, tables of lines.

import CompanyPapers
import CreditFacts
import Documents
import PaymentTerms
import Quantities
import Testing

@Suite struct TermsTests {
    private func terms(_ text: String) throws -> TermsOfCustomers {
        try TermsOfCustomers(Paper.buffer(Array(text.utf8)), paper: 0, findingsPerCodeMax: 9)
    }

    @Test func theSample() throws {
        let bytes = try Paper.bytes("terms.csv")
        let terms = try TermsOfCustomers(Paper.buffer(bytes), paper: 0, findingsPerCodeMax: 9)
        #expect(terms.terms.count == 9 && terms.findings.kept.isEmpty)
        #expect(terms.terms["C003"] == .daysThenEndOfMonth(45) && terms.terms["C009"] == .days(60))
    }

    @Test func badTermsAreSetAside() throws {
        let found = try terms(
            "Client;Règle;Jours\nA;NET;30\nA;net;45\nB;NET;-1\nC;SOON;3\n;NET;3\nD;NET\n"
                + "E;EOM_BEFORE;0\n"
        )
        #expect(found.terms == ["A": .days(45), "E": .endOfMonthThenDays(0)])
        #expect(found.counts.setAside == 4)
        #expect(
            found.findings.counts == [
                .repeatedTerm: 1, .badTerm: 2, .missingValue: 1, .tooFewCells: 1,
            ]
        )
    }

    @Test(arguments: ["", "a,b,c\n", "customer,rule,days\n", "customer,rule,days\nA,NET,x\n"])
    func whatHasNoTermsIsAnError(text: String) {
        #expect(throws: InputError.self) { try terms(text) }
    }

    private func ratios(_ bytes: [UInt8]) throws -> PublishedRatiosList {
        try PublishedRatiosList(Paper.buffer(bytes), paper: 0, findingsPerCodeMax: 9)
    }

    @Test func publishedRatios() throws {
        let list = try ratios(Paper.bytes("ratios_inpi_bce.csv", folder: "inpi"))
        #expect(list.names.count == 19 && list.names.first == "chiffre_d_affaires")
        let last = try #require(list.ratios.last)
        #expect(last.siren.description == "999100019" && last.closing.fiscalYear == 2_025)
        #expect(last.type == "C" && last.confidentiality == "Public" && last.filed == nil)
        let place = try #require(list.names.firstIndex(of: "taux_d_endettement"))
        #expect(last.values[place] == 44.183 && last.values.last == 2.957)
        #expect(list.findings.kept.isEmpty)
    }

    @Test func theLatestDepositOfATypeCounts() throws {
        let list = try ratios(Paper.bytes("case_16.csv", folder: "inpi"))
        #expect(list.ratios.map(\.type) == ["C", "K"])
        #expect(list.ratios.map { $0.values[0] } == [1_010, 9_000])
        #expect(list.ratios.map(\.closing.fiscalYear) == [2_024, 2_024])
        #expect(list.findings.counts == [.filedTwice: 1])
    }

    @Test func namesInAnyCaseAndGaps() throws {
        let text =
            "SIREN;Date_Cloture_Exercice;EBE;Chiffre_d_affaires;Type_bilan\n"
            + "999100019;2024-06-30;;1,5;c\n999100018;2024-06-30;1;2;C\n999100019;x;1;2;C\n"
            + "999100019;2023-06-30;NA;q;C\n"
        let list = try ratios(Array(text.utf8))
        #expect(list.names == ["ebe", "chiffre_d_affaires"] && list.counts.setAside == 2)
        #expect(list.ratios.first?.values[0].isNaN == true && list.ratios.first?.values[1] == 1.5)
        #expect(list.ratios.first?.type == "C" && list.findings.counts[.badAmount] == 1)
        #expect(throws: InputError.self) { try ratios(Array("siren;a\n1;2\n".utf8)) }
    }

    /// A file of this name was once an archive, and read as no rows for weeks.
    @Test func anArchiveUnderTheNameOfATableIsTold() throws {
        let source = ByteSource(name: "ratios.csv", totalBytes: nil) { _ throws(InputError) in 0 }
        let archive: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]
        let failure = #expect(throws: InputError.self) {
            try TextInput(source.following(archive))
        }
        #expect(failure?.message.contains("gzip") == true)
        #expect(throws: InputError.self) { try ratios(archive) }
    }

    private func lines(
        _ text: String,
        closing: String? = "2025-12-31"
    ) throws -> FormLines {
        try FormLines(
            Paper.buffer(Array(text.utf8)),
            heading: FormLines.Heading(closing: closing.flatMap { CalendarDate($0) }),
            paper: 0,
            findingsPerCodeMax: 9
        )
    }

    @Test func linesOfTheForm() throws {
        let found = try lines(
            "code;montant;montant n-1\nFJ;585268;600000\nFK;62 000;0\nFL;647268;720115\nHN;-5,5;\n"
                + "AO;3;\nXXXX;1;\nFM;x;\n"
        )
        #expect(found.statements.map(\.closing.description) == ["2025-12-31", "2024-12-31"])
        #expect(found.statements.map { $0["FL"] } == [64_726_800, 72_011_500])
        #expect(found.statements[0]["HN"] == -550 && found.statements[0].rules == .plan2025)
        #expect(found.statements[0].form == .complete && found.counts.setAside == 2)
    }

    @Test func aTableOfTheOffice() throws {
        let found = try lines(
            "siren,closing,code,m1,m2,m3,m4\n999100019,31/03/2025,FJ,585268,62000,647268,720115\n"
                + "999100019,31/03/2025,BJ,500,200,300,\n999100019,31/03/2025,HN,-5,7,,\n"
        )
        let statement = try #require(found.statements.first)
        #expect(statement["FL"] == 64_726_800 && statement["BK"] == 20_000)
        #expect(statement["HN"] == -500 && statement.closing.fiscalYear == 2_024)
        #expect(found.statements.last?["HN"] == 700)
    }

    @Test func dialectsAreNeverMixed() throws {
        let failure = #expect(throws: InputError.self) {
            try lines("code,m1,m2,m3\nFJ,585268,62000,647268\nFL,647268,,\n")
        }
        #expect(failure?.message.contains("FL") == true)
        let alone = try lines("code;amount\nFJ;10\nHN;1\n")
        #expect(alone.findings.counts == [.mixedDialects: 1] && alone.statements[0]["FL"] == nil)
        #expect(throws: InputError.self) { try lines("code;amount\nFL;10\n", closing: nil) }
        #expect(throws: InputError.self) { try lines("code;amount\n") }
    }

    @Test func theSimplifiedForm() throws {
        let found = try lines("code,amount\n210,1000\n030,50\n028,200\n136,7.5\n")
        #expect(found.statements.first?.form == .simplified)
        #expect(found.statements.first?["030"] == 5_000 && found.statements.first?["136"] == 750)
    }
}
