// SPDX-License-Identifier: Apache-2.0

// Identifiers of companies, and what spreadsheets make of them.

import PortfolioFiles
import Portfolios
import Testing
import VigieLimits

@Suite struct IdentifierCellTests {
    @Test(arguments: [
        "552100554", "552 100 554", "552\u{A0}100\u{A0}554", "552\u{202F}100\u{202F}554",
        " 552100554\t", "55 21 00 55 4", "55210055400013", "552 100 554 00013", "5521005540 0013",
    ])
    func isRead(_ cell: String) {
        let read = read("siren;x\n\"\(cell)\";\n")
        #expect(read.companies.map(\.identity.description) == ["siren:552100554"])
        let isSIRET = cell.filter(\.isNumber).count == 14
        let note = "1 line has a SIRET; its company was taken"
        #expect(read.summary.notes.contains(note) == isSIRET)
    }

    @Test func firstZerosStay() {
        let read = read("siren\n005880596\n")
        #expect(read.companies.map(\.identity.description) == ["siren:005880596"])
    }

    @Test(arguments: [
        ("5880596", "has 7 digits, where a SIREN has 9: a spreadsheet takes zeros away"),
        ("05880596", "has 8 digits, where a SIREN has 9"),
        ("0588059600013", "has 13 digits, where a SIRET has 14"),
        ("5.52E+08", "its digits are lost"), ("5,521E+08", "its digits are lost"),
        ("5.52e8", "its digits are lost"), ("552100554.0", "has decimals"),
        ("552100554,00", "has decimals"), ("55210055400013.0", "has decimals"),
    ])
    func whatSpreadsheetsSpoiltIsTold(_ cell: String, _ words: String) {
        let read = read("siren;x\n\(cell.contains(",") ? "\"\(cell)\"" : cell);\n")
        #expect(read.problems == ["2 SPOILT_SIREN siren"])
        #expect(read.summary.problems.first?.message.contains(words) == true)
        #expect(read.summary.problems.first?.value == cell)
        #expect(read.companies.isEmpty)
    }

    @Test(arguments: [
        "552100555", "5521005540001", "1234", "552-100-554", "552.100.554", "FR552100554",
        "552100554E", "E+08", "5.52E+", "552100554.5", "٥٥٢١٠٠٥٥٤", "=552100554", "55210055400014",
        "'552100554", "NULL",
    ])
    func whatIsNoneIsRefused(_ cell: String) {
        let read = read("siren;x\n\(cell);\n")
        #expect(read.companies.isEmpty)
        #expect(read.summary.problems.count == 1)
        #expect(read.summary.problems.first?.column == "siren")
    }

    @Test func oneIdentifierCountsAndHasToBeRight() {
        let read = read(
            "company_id;lei;siret;siren\nK;529900T8BM49AURSDO55;73282932000074;552100554\n"
                + "K;529900T8BM49AURSDO55;73282932000074;\nK;529900T8BM49AURSDO55;;\nK;;;\n;;;1\n"
                + "K2;529900T8BM49AURSDO56;;\n;; ;\n"
        )
        #expect(
            read.problems == [
                "6 NOT_A_SIREN siren", "7 NOT_AN_LEI lei",
            ]
        )
        #expect(
            read.companies.map(\.identity.description) == [
                "siren:552100554", "siren:732829320", "lei:529900T8BM49AURSDO55", "own:K",
            ]
        )
    }

    @Test func aLineOfNoCompanyIsTold() {
        let read = read("siren;lei;name\n;;A\n552100554;;B\n")
        #expect(read.problems == ["2 NO_IDENTIFIER "])
        #expect(read.summary.problems.first?.advice == "fill in one of 'siren', 'lei'")
        #expect(read.summary.problems.first?.value == ";;A")
    }

    @Test func ownIdentifiersAreToldApartByTheirBytes() {
        let long = String(repeating: "k", count: StoreLimits.ownIdentityBytes)
        let read = read("id\ne\u{301}\né\nK\nk\n\(long)\n\(long)k\n")
        #expect(read.problems == ["7 NOT_AN_IDENTIFIER id"])
        #expect(read.lines.count == 5)
    }
}
