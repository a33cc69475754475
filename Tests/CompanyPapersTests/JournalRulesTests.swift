// SPDX-License-Identifier: Apache-2.0

// What journals of entries say beside sums: who pays when in books of payments, what is carried
// over, and what cannot be read.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct JournalRulesTests {
    private static let header =
        "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib"
        + "|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate"
        + "|Montantdevise|Idevise"

    private func book(_ lines: [String], _ more: String = "") throws -> Book {
        try Book(text: ([Self.header + more] + lines).joined(separator: "\n"))
    }

    /// Books of professions have neither customers nor invoices: the receipt says who, of when.
    @Test func receiptsOfProfessions() throws {
        let book = try book(
            [
                "BQ|B|1|20250310|512000|B|||N7|20250110|h|1200|0|||20250310|||20250308|CB||DUPONT",
                "BQ|B|1|20250310|706000|H|||N7|20250110|h|0|1000|||20250310|||20250308|CB||DUPONT",
                "BQ|B|1|20250310|445710|T|||N7|20250110|h|0|200|||20250310|||20250308|CB||DUPONT",
                "BQ|B|2|20250311|606000|A|||A1|20250301|a|50|0|||20250311|||20250311|CB||EDF",
                "BQ|B|2|20250311|512000|B|||A1|20250301|a|0|50|||20250311|||20250311|CB||EDF",
            ],
            "|DateRglt|ModeRglt|NatOp|IdClient"
        )
        #expect(book.counts.kept == 5 && book.findings.counts.isEmpty)
        let invoice = try #require(book.invoices[.customers]?.first)
        #expect(book.invoices[.customers]?.count == 1)
        #expect(book.summary.customers[Int(invoice.party)] == "DUPONT")
        #expect(invoice.issued?.description == "2025-01-10" && invoice.cents == 120_000)
        #expect(invoice.payments.map(\.date.description) == ["2025-03-08"] && invoice.open == 0)
    }

    /// Books of farmers with lines of customers and the day of payment in them.
    @Test func aDayOfPaymentPaysWhereNoLineDoes() throws {
        let invoice = [
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|f|120|0|||20250110|||20250215|VIR|",
            "VT|V|1|20250110|707000|V|||F1|20250110|f|0|120|||20250110|||20250215|VIR|",
        ]
        let alone = try book(invoice, "|DateRglt|ModeRglt|NatOp")
        let paid = try #require(alone.invoices[.customers]?.first)
        #expect(paid.payments.map(\.date.description) == ["2025-02-15"] && paid.open == 0)
        let both = try book(
            invoice + [
                "BQ|B|2|20250220|411000|C|C1|A|R1|20250220|r|0|20|||20250220|||20250220|VIR|",
                "BQ|B|2|20250220|512000|B|||R1|20250220|r|20|0|||20250220|||20250220|VIR|",
            ],
            "|DateRglt|ModeRglt|NatOp"
        )
        #expect(both.invoices[.customers]?.first?.open == 10_000)
    }

    /// The journal is told by its code or by its name; one sum for all has no age.
    @Test(arguments: [
        ("AN", "x"), ("RAN", "x"), ("OUV", "x"), ("99", "À-nouveaux"), ("X1", "A NOUVEAU"),
        ("JO", "Journal d'ouverture"), ("OD", "Report à nouveau"),
    ])
    func whatIsCarriedOver(code: String, name: String) throws {
        let book = try book([
            "\(code)|\(name)|1|20250101|411000|C|C1|A|-|20250101|an|100|0|||20250101||",
            "\(code)|\(name)|1|20250101|411000|C|C2|B|F9|20241115|an|50|0|||20250101||",
            "\(code)|\(name)|1|20250101|512000|B|||-|20250101|an|0|150|||20250101||",
        ])
        let ages = book.invoices[.customers, default: []].map { $0.issued?.description }
        #expect(ages.count == 2 && ages.contains(nil) && ages.contains("2024-11-15"))
        #expect(book.invoices[.customers]?.first { $0.issued == nil }?.due == nil)
    }

    /// Packages write small letters for what is matched in part: that never settles anything else.
    @Test func smallLettersAreCodesOfTheirOwn() throws {
        let book = try book([
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|f|100|0|a||20250110||",
            "VT|V|1|20250110|707000|V|||F1|20250110|f|0|100|||20250110||",
            "VT|V|2|20250111|411000|C|C1|A|F2|20250111|f|30|0|A|20250201|20250111||",
            "VT|V|2|20250111|707000|V|||F2|20250111|f|0|30|||20250111||",
            "BQ|B|3|20250201|411000|C|C1|A|R1|20250201|r|0|40|a||20250201||",
            "BQ|B|3|20250201|411000|C|C1|A|R2|20250201|r|0|30|A|20250201|20250201||",
            "BQ|B|3|20250201|512000|B|||R1|20250201|r|70|0|||20250201||",
        ])
        let open = Dictionary(
            uniqueKeysWithValues: book.invoices[.customers, default: []].map {
                ($0.reference, $0.open)
            }
        )
        #expect(open == ["F1": 6_000, "F2": 0])
        #expect(book.findings.kept.map(\.values) == [["a", "60.00"]])
    }

    /// The line stays; what is doubtful of it is told and left out.
    @Test func datesThatCannotBeMeant() throws {
        let book = try book([
            "VT|V|1|20250110|411000|C|C1|A|F1|50250110|f|100|0||x|20250110||",
            "VT|V|1|20250110|707000|V|||F1|20250110|f|0|100|||2025011||",
            "VT|V|2|30250110|707000|V|||F1|20250110|f|0|100|||20250110||",
            "VT|V|2||707000|V|||F1|20250110|f|0|100|||20250110||",
        ])
        #expect(book.counts.kept == 2 && book.counts.setAside == 2)
        #expect(book.findings.counts[.absurdDate] == 2 && book.findings.counts[.badDate] == 3)
        #expect(book.invoices[.customers]?.first?.issued?.description == "2025-01-10")
    }

    @Test func namesOfAccountsMayHoldAnythingBehindThreeDigits() throws {
        let book = try book([
            "VT|V|1|20250110|411-DU PONT|C|||F1|20250110|f|100|0|||20250110||",
            "VT|V|1|20250110|707.10/a|V|||F1|20250110|f|0|100|||20250110||",
        ])
        #expect(book.counts.kept == 2 && book.summary.customers == ["-DU PONT"])
    }

    @Test(arguments: [
        "", "|", "\n", Self.header, Self.header + "\n\n",
        Self.header + "\nVT|V|1|20250110|41|C|C1|A|F1|20250110|f|1|0|||20250110||",
        Self.header + "\na|b|c",
    ])
    func nothingReadIsAnError(text: String) {
        #expect(throws: InputError.self) { try Book(text: text) }
    }

    @Test func whatIsNoTextIsNamed() throws {
        let gzip: [UInt8] = [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0x80]
        let error = #expect(throws: InputError.self) { try Book(bytes: gzip) }
        #expect(error?.message.contains("gzip") == true && error?.hint?.isEmpty == false)
    }

    @Test func noDamageTrapsOrIsSilent() throws {
        let lines = [
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|Lot A|120,00|0,00|A|20250210|20250110||",
            "VT|V|1|20250110|707000|V|||F1|20250110|Lot A|0,00|120,00|||20250110||",
        ]
        let sound = ([Self.header] + lines).joined(separator: "\n") + "\n"
        let bytes = [UInt8](arrayLiteral: 0x7C, 0x0A, 0x22, 0x00, 0xFF, 0x39)
        for damaged in Paper.damaged(Array(sound.utf8), with: bytes) {
            guard let book = try? Book(bytes: damaged) else { continue }
            let isTold =
                book.counts.setAside > 0 || !book.findings.counts.isEmpty
                || book.summary.debit == book.summary.credit
            #expect(isTold, "\(String(decoding: damaged, as: UTF8.self))")
        }
    }

    @Test(
        arguments: [
            ("999100019FEC20251231.txt", "999100019", "2025-12-31", ""),
            ("/a/b/999100019fec20240331_01.TXT", "999100019", "2024-03-31", "01"),
            ("C:\\x\\999100019FEC20251231_1T.xml", "999100019", "2025-12-31", "1T"),
            ("99910001900012FEC20251231.txt", "999100019", "2025-12-31", ""),
            ("999100018FEC20251231.txt.gz", nil, "2025-12-31", ""),
        ] as [(String, String?, String, String)]
    )
    func names(path: String, siren: String?, closing: String, part: String) throws {
        let name = try #require(JournalFileName(path))
        #expect(name.siren?.description == siren && name.part == part)
        #expect(name.closing.description == closing)
    }

    @Test(arguments: [
        "", "FEC.txt", "999100019FEC20251331.txt", "999100019FEC2025.txt", "book.txt",
        "99910001FEC20251231.txt", "999100019FEC20251231x.txt",
    ])
    func otherNames(path: String) { #expect(JournalFileName(path) == nil) }
}
