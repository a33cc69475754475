// SPDX-License-Identifier: Apache-2.0

// Letters in words: each language in its own manner, and nothing that others wrote does anything.

import Collection
import CreditFacts
import Documents
import Foundation
import Quantities
import Testing

@Suite struct LetterTests {
    private func review(
        _ invoices: [LedgerInvoice],
        _ scenarios: DunningScenarios? = nil,
        name: String = "Durand & Fils",
        language: LetterLanguage = .french
    ) throws -> CollectionReview {
        let problems = ProblemList(file: "standard")
        let standard = DunningScenarios.read(json: DunningScenarios.standardDocument, problems)
        let book = book(invoices) { ($0.name, $0.language) = (name, language) }
        return try CollectionReview(
            book,
            scenarios ?? #require(standard),
            on: day("2026-06-01")
        )
    }

    private func written(_ review: CollectionReview) throws -> WrittenLetter {
        let letter = try #require(review.letter(of: 0))
        return try #require(
            WrittenLetter(letter, to: review.book.customers[0], from: "Vigie SARL")
        )
    }

    private let invoices = [
        invoice(
            "F2026-17",
            123_456_70,
            due: "2026-04-20",
            issued: "2026-03-01",
            paid: [("2026-05-02", 100_000_00)]
        ), invoice("F2026-18", 50_000, due: "2026-05-20", issued: "2026-04-20"),
        invoice("AV3", -15_000, due: nil, issued: "2026-05-01"),
    ]

    @Test func frenchIsWrittenAsFrench() throws {
        let letter = try written(review(invoices))
        #expect(letter.subject.hasPrefix("Deuxième relance : 24\u{202F}"))
        let lines = letter.text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.first { $0.hasPrefix("F2026-17") })
        #expect(first.contains("1er mars 2026") && first.contains("20 avril 2026"))
        // Its own open amount, and not the invoice's, nor the letter's.
        #expect(first.contains("123\u{202F}456,70\u{A0}€  23\u{202F}456,70\u{A0}€"))
        #expect(letter.text.contains("Avoir AV3"))
        #expect(letter.text.contains("-150,00\u{A0}€"))
        #expect(letter.text.contains("2 facture(s) restent impayées, la plus ancienne depuis 42"))
        #expect(letter.text.contains("Principal échu") && letter.text.contains("80,00\u{A0}€"))
        #expect(letter.text.contains("au plus tard le 9 juin 2026"))
        // All columns of a table stand below each other.
        let table = lines.drop { !$0.hasPrefix("Facture") }.prefix { !$0.isEmpty }
        #expect(table.count == 4 && Set(table.map(\.count)).count <= 2)
    }

    @Test func englishIsWrittenAsEnglish() throws {
        let letter = try written(review(invoices, language: .english))
        #expect(letter.text.contains("1 March 2026") && letter.text.contains("€123,456.70"))
        #expect(letter.text.contains("Credit note AV3") && letter.text.contains("-€150.00"))
        #expect(letter.html.contains("<html lang=\"en\">"))
        let local = LocalText(.english)
        #expect(local.amount(.min, "USD") == "-USD\u{A0}92,233,720,368,547,758.08")
        #expect(LocalText(.french).amount(99, "USD") == "0,99\u{A0}USD")
        #expect(local.amount(100_005, "EUR") == "€1,000.05")
        #expect(LocalText(.french).date(day("2026-08-31")) == "31 août 2026")
    }

    @Test func whatOthersWroteDoesNothing() throws {
        let name = "<script>alert('x')</script>\r\nBcc: all@example.org {total} \u{202E}evil"
        var evil = invoices
        evil[0].reference = "F<b>\n1\"&"
        let letter = try written(review(evil, scenarios([6]), name: name))
        #expect(!letter.subject.contains { $0.isNewline })
        #expect(letter.subject.contains("{total}"), "a name is not looked through for places")
        #expect(!letter.html.contains("<script") && !letter.html.contains("F<b>"))
        #expect(letter.html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
        #expect(letter.html.contains("F&lt;b&gt; 1&quot;&amp;"))
        #expect(!letter.text.unicodeScalars.contains("\u{202E}"))
        #expect(letter.text.contains("F<b> 1\"&"), "plain text is plain")
    }

    @Test func whatIsNotDueIsListedWhereTheScenarioSaysSo() throws {
        let more = [invoice("F9", 7_000, due: "2026-07-20")]
        let without = try review(invoices + more, scenarios([6]))
        #expect(try !written(without).text.contains("F9"))
        #expect(without.explanation(ofInvoice: 3).last?.code == "letter_not")
        let with = try review(invoices + more, scenarios([6], #", "lists_not_due": true"#))
        let text = try written(with).text
        #expect(text.contains("F9") && text.contains("à échoir"))
        #expect(with.explanation(ofInvoice: 3).last?.code == "letter_listed")
        let totals = try [with, without].map { try #require($0.letter(of: 0)).totals }
        #expect(totals[0] == totals[1], "it is not asked for")
    }

    @Test func unknownInterestIsToldAndNotLeftOut() throws {
        let asking = try scenarios([6], levels: #", "interest": true"#)
        let book = book([invoice("F1", 10_000, due: "2031-01-01")])
        let review = CollectionReview(book, asking, on: day("2031-02-01"))
        let text = try written(review).text
        #expect(text.contains("à calculer"))
        #expect(text.contains("Les pénalités de certaines factures restent à calculer"))
        #expect(text.contains("faute de taux connu (1er semestre 2031)"))
        #expect(review.plan().unknownRates == ["2031-1"])
        // With the rate as data the letter asks for 31 days of 12.5 % on 100 euros.
        let rate = #"{"half_year": "2031-1", "refinancing_hundredths": 250}"#
        let known = CollectionReview(book, try giving(rate), on: day("2031-02-01"))
        #expect(try written(known).text.contains("1,06"))
        #expect(known.plan().unknownRates == [] && known.letter(of: 0)?.unknownRates == [])
    }

    /// Scenarios that ask for interest, and give rates of it.
    private func giving(_ rates: String) throws -> DunningScenarios {
        let problems = ProblemList(file: "")
        let json = try #require(
            try JSONSerialization.jsonObject(
                with: Data(DunningScenarios.standardDocument)
            ) as? [String: Any]
        )
        var document = json
        document["interest_rates"] = try JSONSerialization.jsonObject(with: Data("[\(rates)]".utf8))
        let bytes = try JSONSerialization.data(withJSONObject: document)
        return try #require(DunningScenarios.read(json: Array(bytes), problems))
    }

    @Test func nothingIsWrittenForACall() throws {
        let late = [invoice("F1", 50_000, due: "2026-01-01")]
        let review = try review(late)
        let letter = try #require(review.letter(of: 0))
        #expect(letter.settings.channel == .handover)
        #expect(WrittenLetter(letter, to: review.book.customers[0], from: "V") == nil)
    }
}
