// SPDX-License-Identifier: Apache-2.0

// Mail as others read it: nothing that comes from elsewhere begins a header or ends a line.

import MailMessages
import ServiceErrors
import Testing
import VigieLimits

@Suite struct MailMessageTests {
    private func message(subject: String, text: String) throws -> String {
        let bytes = MailMessage(
            from: try MailAddress("vigie@example.com"),
            to: try MailAddress("o'neil+a@example.org"),
            identifier: "msg_1\r\nBcc: x",
            atSeconds: 1_796_027_465,
            subject: subject,
            text: text,
            language: "fr"
        ).bytes
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func headersAreTheseAndNoMore() throws {
        let text = try message(subject: "Éa\r\nBcc: evil@example.com", text: "a\r\n.\r\nQUIT\nb")
        let head = try #require(text.split(separator: "\r\n\r\n").first)
        let lines = head.split(separator: "\r\n")
        #expect(
            lines == [
                "Date: 30 Nov 2026 08:31:05 +0000", "From: Vigie <vigie@example.com>",
                "To: <o'neil+a@example.org>", "Message-ID: <msg_1Bccx@example.com>",
                "Subject: =?utf-8?B?w4lhDQpCY2M6IGV2aWxAZXhhbXBsZS5jb20=?=", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
                "Content-Language: fr", "Auto-Submitted: auto-generated",
            ]
        )
        #expect(!text.split(separator: "\r\n").contains("."))
        #expect(text.replacing("\r\n", with: "").utf8.allSatisfy { $0 != 10 && $0 != 13 })
    }

    /// A word never ends within a character, and no line is too long.
    @Test func longTextsAreFolded() throws {
        let long = String(repeating: "é€𝄞", count: 100)
        let text = try message(subject: long, text: long)
        for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 76 + 9) }
        let words = text.split(separator: "\r\n").filter { $0.contains("=?utf-8?B?") }
        #expect(words.count > 10)
    }

    @Test(arguments: [
        "a@b", "credit@example.com", "a.b+c@x-y.example", "o'neil@example.com",
    ])
    func addressesAreTaken(_ text: String) throws {
        #expect(try MailAddress(text).text == text)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b", "a@b@c", "a b@c", "a@b c", "a@b\r\nRCPT TO:<x@y>", "<a@b>",
        "\"a\"@b", "a@b>", "a,b@c", "a;b@c", "a..b@c", ".a@b", "a.@b", "a@-b", "a@b-", "a@b..c",
        "a@[127.0.0.1]", "é@b.fr", "a@é.fr", "a@b\0", "a%00@b\n",
    ])
    func othersAreNot(_ text: String) {
        #expect(throws: ServiceError.self) { try MailAddress(text) }
    }

    @Test func anAddressHasItsLimit() throws {
        let labels = Array(repeating: String(repeating: "b", count: 61), count: 4)
        let most = "abcde@" + labels.joined(separator: ".")
        #expect(most.utf8.count == DeliveryLimits.mailAddressBytes - 1)
        _ = try MailAddress("a" + most)  // mailAddressBytes
        #expect(throws: ServiceError.self) { try MailAddress("aa" + most) }
    }

    @Test func digestsAreInBothLanguages() {
        let events = [
            DigestEvent(
                kind: "portfolio.created",
                seconds: 1_796_027_465,
                portfolio: "clients\nBcc: x",
                company: nil
            ),
            DigestEvent(
                kind: "score.changed",
                seconds: 1_796_027_525,
                portfolio: nil,
                company: ("552100554", "Peugeot\u{202E}")
            ),
        ]
        let french = EventDigest(events, moreCount: 3, portfolio: "clients", language: "fr")
        #expect(french.subject == "Vigie: 5 événements, clients")
        #expect(
            french.text == """
                2026-11-30 08:31 · portefeuille créé · clients Bcc: x
                2026-11-30 08:32 · score.changed · 552100554 Peugeot\u{20}
                … et 3 de plus

                Heures en UTC.

                """
        )
        let english = EventDigest([events[0]], moreCount: 0, portfolio: nil, language: "en")
        #expect(english.subject == "Vigie: 1 event, all portfolios")
        #expect(english.text.hasPrefix("2026-11-30 08:31 · portfolio made · clients"))
    }

    @Test func whatHappenedIsToldInSentences() {
        let told = ["Baisse du score : alerte le 2026-11-30 (612 → 540).", "x\n\u{202E}y"]
        func digest(_ details: [String]) -> [Substring] {
            let event = DigestEvent(
                kind: "alert.raised",
                seconds: 1_796_027_465,
                portfolio: "clients",
                company: ("552100554", "Peugeot"),
                details: details
            )
            let digest = EventDigest([event], moreCount: 0, portfolio: "clients", language: "fr")
            return digest.text.split(separator: "\n")
        }
        #expect(
            digest(told) == [
                "2026-11-30 08:31 · alerte levée · clients · 552100554 Peugeot",
                "    Baisse du score : alerte le 2026-11-30 (612 → 540).", "    x  y",
                "Heures en UTC.",
            ]
        )
        let many = digest([String](repeating: told[0], count: 9))
        #expect(many.count == 2 + DeliveryLimits.mailDetailsMax + 1)  // mailDetailsMax
        #expect(many[DeliveryLimits.mailDetailsMax + 1] == "    …")
    }

    /// Kinds that the server tells of, each in words.
    @Test(arguments: [
        "portfolio.created", "portfolio.changed", "portfolio.deleted", "portfolio.shared",
        "portfolio.companies", "portfolio.rules", "portfolio.model_changed", "company.facts",
        "alert.raised", "alert.cleared", "alert.handled", "delivery.paused", "delivery.disabled",
        "delivery.resumed", "delivery.test",
    ])
    func kindsHaveWords(_ kind: String) {
        for language in EventDigest.languages {
            let event = DigestEvent(kind: kind, seconds: 0, portfolio: nil, company: nil)
            let digest = EventDigest([event], moreCount: 0, portfolio: nil, language: language)
            #expect(!digest.text.contains(kind))
        }
    }
}
