// SPDX-License-Identifier: Apache-2.0

// Journals of entries in XML: the same books as in the flat form.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct JournalXMLTests {
    /// In ISO 8859-15, with the matching of each entry given once.
    @Test(arguments: [1 << 16, 4_099, 7])
    func theSameYearInXMLIsTheSame(partBytes: Int) throws {
        let flat = try Book(file: "999100019FEC20251231.txt")
        let xml = try Book(xml: Paper.bytes("999100019FEC20251231.xml"), partBytes: partBytes)
        #expect(xml.counts.kept == 1_059 && xml.counts.setAside == 0)
        #expect(xml.summary.entries == flat.summary.entries)
        #expect(xml.summary.accounts == flat.summary.accounts)
        // Pieces that were carried over are one in XML: it has neither numbers nor dates of them.
        let booked = { (book: Book, side: LedgerSide) in
            book.facts(side).filter { $0.contains("reference: \"F2025") }
        }
        #expect(booked(xml, .customers) == booked(flat, .customers))
        #expect(booked(xml, .suppliers) == booked(flat, .suppliers))
        for side in LedgerSide.allCases {
            let open = { (book: Book) in book.invoices[side, default: []].map(\.open).sorted() }
            #expect(open(xml) == open(flat))
        }
        #expect(xml.summary.salesByMonth == flat.summary.salesByMonth)
        #expect(xml.summary.customerCredits.map(\.cents) == [264_000])
        #expect(xml.closing?.description == "2025-12-31")
        #expect(xml.findings.kept == [])
        #expect(Set(xml.labels).isSubset(of: flat.labels))
    }

    private static func text(_ entries: String, closing: String = "20251231") -> String {
        "<?xml version='1.0'?><comptabilite><exercice><DateCloture>\(closing)</DateCloture>"
            + "<journal><JournalCode>VT</JournalCode><JournalLib>Ventes</JournalLib>\(entries)"
            + "</journal></exercice></comptabilite>"
    }

    private static func entry(_ fields: String, _ lines: String) -> String {
        "<ecriture><EcritureNum>1</EcritureNum><EcritureDate>20250110</EcritureDate>"
            + "<EcritureLib>Lot A &amp; B</EcritureLib><PieceRef>F1</PieceRef>"
            + "<PieceDate>2025-01-09</PieceDate>\(fields)<ValidDate>20250110</ValidDate>\(lines)"
            + "</ecriture>"
    }

    private func book(_ text: String) throws -> Book { try Book(xml: Array(text.utf8)) }

    private static let lines =
        "<ligne><CompteNum>411000</CompteNum><CompAuxNum>C1</CompAuxNum><Montant>120,00</Montant>"
        + "<Sens>+1</Sens></ligne>"
        + "<ligne><CompteNum>707000</CompteNum><Montant>1.2E2</Montant><Sens>c</Sens></ligne>"

    @Test func amountsInEveryShape() throws {
        let book = try book(Self.text(Self.entry("", Self.lines)))
        #expect(book.summary.debit == 12_000 && book.summary.credit == 12_000)
        #expect(book.labels == ["Lot A & B", "Lot A & B"])
        #expect(book.invoices[.customers]?.map(\.issued?.description) == ["2025-01-09"])
    }

    /// What stands in a line goes before what the entry says; an unknown element, and what is in
    /// it, counts for nothing.
    @Test func theInnermostCounts() throws {
        let line =
            "<ligne><CompteNum>411000</CompteNum><CompteAuxNum>C1</CompteAuxNum>"
            + "<PieceRef>F7</PieceRef><Debit>5</Debit><Note>x<Debit>7</Debit></Note></ligne>"
            + "<ligne><CompteNum>707000</CompteNum><Credit>5</Credit></ligne>"
        let book = try book(Self.text(Self.entry("", line)))
        #expect(book.summary.credit == 500)
        #expect(book.invoices[.customers]?.first?.reference == "F7")
    }

    @Test func matchingBehindTheLinesIsTold() throws {
        let text = Self.entry("", Self.lines + "<EcritureLet>A</EcritureLet>")
        let book = try book(Self.text(text))
        #expect(book.findings.counts[.fieldBehindLines] == 1)
        #expect(book.findings.counts[.letteringPartial] == nil)
    }

    @Test func badLinesAreSetAsideWithTheirLine() throws {
        let lines =
            "\n<ligne><CompteNum>4A</CompteNum><Debit>1</Debit></ligne>"
            + "\n<ligne><CompteNum>411000</CompteNum><Debit>NaN</Debit></ligne>" + Self.lines
        let book = try book(Self.text(Self.entry("", lines), closing: "soon"))
        #expect(book.counts.kept == 2 && book.counts.setAside == 2)
        #expect(book.findings.counts[.badDate] == 1 && book.closing == nil)
        let found = book.findings.kept.filter { $0.code != .badDate }
        #expect(found.map(\.source.line) == [2, 3])
        #expect(found.map(\.values) == [["4A"], ["NaN"]])
    }

    @Test(arguments: [
        "<comptabilite/>", "<a><b>1</b></a>", "<comptabilite>", "",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><comptabilite/>",
        Self.text(Self.entry("", "<ligne><CompteNum>x</CompteNum></ligne>")),
    ])
    func nothingReadIsAnError(text: String) {
        let error = #expect(throws: (any Error).self) { try book(text) }
        #expect(error is DocumentError)
    }

    @Test func noDamageTrapsOrIsSilent() throws {
        let sound = Self.text(Self.entry("<EcritureLet>A</EcritureLet>", Self.lines))
        let expected = try book(sound)
        for bytes in Paper.damaged(Array(sound.utf8), with: [0x3C, 0x26, 0x00, 0xFF, 0x39]) {
            guard let book = try? Book(xml: bytes) else { continue }
            // A line that is gone shows in the counts or in a balance that no longer fits.
            let isTold =
                book.counts.setAside > 0 || !book.findings.counts.isEmpty
                || book.summary.debit == book.summary.credit
            #expect(isTold && book.summary.lines <= expected.summary.lines)
        }
    }
}
