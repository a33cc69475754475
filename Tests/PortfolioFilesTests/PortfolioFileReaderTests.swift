// SPDX-License-Identifier: Apache-2.0

// Files of companies: headings, texts, encodings, and what becomes of broken lines.

import Documents
import PortfolioFiles
import Portfolios
import Quantities
import Testing
import VigieLimits

@Suite struct PortfolioFileReaderTests {
    private let atelier = PortfolioLine(
        .siren(siren("552100554")),
        name: "Atelier \"Été\"",
        reference: "C-1",
        limit: Money(minorUnits: 1_000_050, currency: .euro),
        exposure: Money(minorUnits: -1_200, currency: .euro)
    )

    @Test(arguments: [
        "siren;name;reference;limit;exposure", "SIREN;Raison sociale;Compte client;Plafond;Encours",
        "N° Siren;Dénomination;CODE CLIENT;Encours autorisé;Solde",
        "numero_siren;denominationUniteLegale;customer_account;credit limit;outstanding",
    ])
    func columnsAreKnownByTheirHeadings(_ headings: String) {
        let read = read("\(headings)\n552100554;\"Atelier \"\"Été\"\"\";C-1;10000.5;-12\n")
        #expect(read.error == nil)
        #expect(read.companies == [atelier])
        #expect(read.lines.map(\.number) == [2])
        #expect(read.summary.notes.isEmpty)
    }

    @Test func columnsStandInAnyOrder() {
        let read = read(
            "Exposure,Ref,Siren,Limit,Nom\n-12,C-1,552100554,10000.50,\"Atelier \"\"Été\"\"\""
        )
        #expect(read.companies == [atelier])
    }

    @Test func unknownColumnsAreTold() {
        let read = read("siren;ville;plafon\n552100554;Paris;3\n")
        #expect(read.companies == [PortfolioLine(.siren(siren("552100554")))])
        #expect(
            read.summary.notes == [
                "columns that are unknown were left out: 'ville', 'plafon'; is 'plafon' the limit?"
            ]
        )
    }

    @Test func aFileWithoutIdentifiersIsRefused() {
        let read = read("nom;ville\nA;Paris\n")
        #expect(read.message?.contains("its columns are 'nom', 'ville'") == true)
        #expect(read.message?.contains("says which company") == true)
    }

    @Test func twoColumnsOfOneMeaningAreRefused() {
        let read = read("siren;limit;plafond\n552100554;1;2\n")
        #expect(read.message?.contains("'limit', 'plafond' would all be the limit") == true)
    }

    @Test func aColumnThatIsCalledOtherwiseCanBeMapped() throws {
        let mapping = try #require(ColumnMapping("Nr=siren"))
        let read = read("Nr;x\n552100554;1\n") { $0.mappings = [mapping] }
        #expect(read.companies.map(\.identity) == [.siren(siren("552100554"))])
    }

    @Test func theDirectorysNamesAreRead() {
        let read = read(
            "siren,nomUniteLegale,nomUsageUniteLegale,denominationUniteLegale\n"
                + "552100554,BORN,USED,\n356000000,,,LA POSTE\n732829320,BORN,,\n383474814,,,[ND]\n"
        )
        #expect(read.companies.map(\.name) == ["USED", "LA POSTE", "BORN", ""])
    }

    // MARK: Lines

    @Test func blankLinesAreSkippedAndOthersTold() {
        let read = read(
            "siren;name\n\n552100554;A\n;\n356000000\n732829320;B;C\n   \n383474814;\"D\n"
        )
        #expect(read.problems == ["5 BROKEN_LINE ", "6 BROKEN_LINE ", "8 BROKEN_LINE "])
        #expect(
            read.summary.problems.map(\.value) == ["356000000", "732829320;B;C", "383474814;\"D"]
        )
        #expect(read.summary.notes == ["1 row of delimiters only left out, line 4"])
        #expect(read.error == .lines(read.summary))
    }

    @Test func withoutItsBrokenLinesTheRestOfAFileCounts() {
        let text = "siren;limit\n552100554;1\n552100555;2\n356000000;x\n732829320;3\n"
        let read = read(text) { $0.brokenLines = .skip }
        #expect(read.error == nil)
        #expect(read.lines.map(\.number) == [2, 5])
        #expect(read.summary.lines == 4)
        #expect(read.summary.accepted == 2)
        #expect(read.summary.refused == 2)
        #expect(read.summary.refusedLines == [3, 4])
    }

    @Test func aFileWithABrokenLineIsRefusedWhole() {
        let read = read("siren;limit\n552100554;1\n552100555;2\n356000000;x\n732829320;3\n")
        #expect(read.error == .lines(read.summary))
        #expect(read.problems == ["3 NOT_A_SIREN siren", "4 NOT_AN_AMOUNT limit"])
        // Behind the first broken line none is given.
        #expect(read.lines.map(\.number) == [2])
    }

    @Test func aFileOfBrokenLinesAloneIsRefusedInBothModes() {
        let read = read("siren\n552100555\n") { $0.brokenLines = .skip }
        #expect(read.error == .lines(read.summary))
    }

    @Test func noCompanyLeavesAPortfolioForItsBrokenLine() {
        let read = read("siren\n552100554\n") {
            $0.brokenLines = .skip
            $0.mode = .synchronise
        }
        #expect(read.message?.contains("would leave the portfolio") == true)
    }

    @Test(arguments: ["siren", "siren;name\n", "siren;name\n;\n\n"])
    func aFileOfNoCompanyIsRefused(_ text: String) {
        #expect(read(text).message == "companies.csv names no company")
    }

    @Test func companiesThatComeTwiceAreToldWithBothLines() {
        let read = read(
            "siren;lei;company_id;limit\n552100554;;;1\n\n;;K1;x\n552 100 554;;;2\n;;K1;\n"
                + ";529900T8BM49AURSDO55;;\n55210055400013;;;\n;529900T8BM49AURSDO55;;\n;;k1;\n"
        )
        let repeated = read.summary.problems.filter { $0.code == .repeated }
        #expect(repeated.map(\.line) == [5, 6, 8, 9])
        #expect(repeated.map(\.firstLine) == [2, 4, 2, 7])
        #expect(
            repeated.first?.description
                == "line 5, siren: '552 100 554' names a company a second time, which line 2 names "
                + "first; leave one line of the company"
        )
    }

    @Test func problemsAreToldUpToALimitAndCounted() {
        let lines = (0..<1_500).map { "\($0 + 200_000_000_000);x" }
        let read = read("siren;limit\n" + lines.joined(separator: "\n"))
        #expect(read.summary.problems.count == DocumentLimits.problems)
        #expect(read.summary.problemCount == 3_000)
        #expect(read.summary.refused == 1_500)
        #expect(read.summary.refusedLines == Array(2..<2 + StoreLimits.refusedLinesTold))
    }

    @Test func aFileHasSoManyLines() {
        #expect(PortfolioFileOptions().linesMax == StoreLimits.companyLinesMax)
        let text = "siren\n552100554\n356000000\n732829320\n"
        #expect(read(text) { $0.linesMax = 3 }.error == nil)
        let more = read(text) { $0.linesMax = 2 }
        #expect(more.message == "companies.csv has more than 2 lines")
    }

    @Test func aFileHasSoManyCompaniesWithoutSIREN() {
        let limit = StoreLimits.companiesWithoutSIRENMax
        #expect(PortfolioFileOptions().companiesWithoutSIRENMax == limit)
        let text = "siren;id\n552100554;\n;A\n;B\n"
        #expect(read(text) { $0.companiesWithoutSIRENMax = 2 }.error == nil)
        let more = read(text) { $0.companiesWithoutSIRENMax = 1 }
        #expect(more.message == "companies.csv has more than 1 companies without a SIREN")
    }

    // MARK: Texts

    @Test func textsAreKeptWithoutWhatNobodySees() {
        let read = read(
            "company_id;name;ref\n K 1 ;\"A\r\nB\tC \";\u{A0}R\u{A0}\n"
                + "=1+1;=cmd|' /C calc'!A0;\"\"\n"
        )
        #expect(read.companies.map(\.identity) == [.own("K 1"), .own("=1+1")])
        #expect(read.companies.map(\.name) == ["A B C", "=cmd|' /C calc'!A0"])
        #expect(read.companies.map(\.reference) == ["R", ""])
    }

    @Test func textsThatNoDatabaseKeepsAreRefused() {
        let long = String(repeating: "x", count: StoreLimits.companyNameBytes)
        let longReference = String(repeating: "é", count: StoreLimits.companyReferenceBytes / 2)
        let read = read(
            "id;name;ref\nA;\(long);\(longReference)\nB;\(long)x;\nC;;\(longReference)e\n"
                + "D;a\0b;\nE;;\u{85}\nF\u{1B}[31m;;\n"
        )
        #expect(
            read.problems == [
                "3 NOT_A_TEXT name", "4 NOT_A_TEXT ref", "5 NOT_A_TEXT name",
                "6 NOT_A_TEXT ref", "7 NOT_AN_IDENTIFIER id",
            ]
        )
        #expect(
            read.summary.problems.map(\.value).suffix(3) == ["a\\u{0}b", "\\u{85}", "F\\u{1b}[31m"]
        )
    }

    @Test func aRecordLongerThanOneMayBeEndsTheReading() {
        let cell = String(repeating: "x", count: 3 * InputLimits.recordBytesMaximum)
        let read = read("siren;name\n552100554;A\n356000000;\(cell)\n")
        #expect(read.message?.contains("line 3: the record is longer than") == true)
    }

    // MARK: Encodings

    @Test(arguments: [false, true])
    func textsInUTF16AreRead(isBig: Bool) {
        let text = "\u{FEFF}siren;name\r\n552100554;Été\r\n"
        let bytes = text.utf16.flatMap { unit in
            let pair = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
            return isBig ? pair.reversed() : pair
        }
        for partBytes in 1...4 {
            #expect(read(bytes, partBytes: partBytes).companies.map(\.name) == ["Été"])
        }
    }

    @Test func otherEncodingsAreNamedOrTold() {
        let bytes = Array("siren;name\n552100554;".utf8) + [0xC9, 0x74, 0xE9, 0x0A]
        #expect(read(bytes).message?.contains("the file looks like latin-1") == true)
        let named = read(bytes) { $0.dialect.encoding = .windows1252 }
        #expect(named.companies.map(\.name) == ["Été"])
    }

    @Test func whatIsNoTableIsRefused() {
        #expect(read("{\"siren\": 1}\n").message == "companies.csv is JSON, not a table")
        #expect(read("PK\u{3}\u{4}").message?.contains("not a table") == true)
        #expect(read("").message == "companies.csv is empty")
    }

    @Test func excelsLineOfTheSeparatorIsObeyed() {
        let read = read("sep=|\nsiren|name\n552100554|A;B\n")
        #expect(read.companies.map(\.name) == ["A;B"])
        #expect(read.lines.map(\.number) == [3])
    }

    @Test func titlesAboveTheHeadingsAreTold() {
        let read = read("My customers\n\nsiren;name\n552100554;A\n")
        #expect(read.message?.contains("line 3 looks like the header") == true)
    }
}

/// A SIREN that is right.
func siren(_ text: String) -> SIREN {
    guard let siren = try? SIREN(text) else { preconditionFailure("\(text) is no SIREN") }
    return siren
}
