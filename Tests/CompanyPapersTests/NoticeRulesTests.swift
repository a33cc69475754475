// SPDX-License-Identifier: Apache-2.0

// What a notice does where it does not say all: never nothing in silence.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct NoticeRulesTests {
    private func read(_ json: String) throws -> NoticeEvents {
        try NoticeRecords.events(json: Array(json.utf8), paper: 0, findingsPerCodeMax: 9)
    }

    private func record(_ more: String, family: String = "collective") -> String {
        "{\"id\": \"A2025001\", \"dateparution\": \"2025-01-15\", \"registre\": [\"999100019\"], "
            + "\"familleavis\": \"\(family)\"\(more)}"
    }

    private static let opened =
        ", \"jugement\": {\"nature\": \"Jugement d'ouverture de liquidation judiciaire\"}"
    private static let previous =
        ", \"parutionavisprecedent\": {\"nomPublication\": \"BODACC A\", "
        + "\"numeroParution\": \"20240200\", \"numeroAnnonce\": \"0012\"}"

    @Test(arguments: [
        ("annonce", LegalEventKind.liquidationOpened, nil),
        ("Rectificatif", .liquidationOpened, FindingCode.noticeNamesNoOther),
        ("annulation", .unclear, .noticeNamesNoOther), ("additif", .unclear, .noticeKindUnknown),
    ])
    func kindsOfNotices(word: String, kind: LegalEventKind, code: FindingCode?) throws {
        let found = try read("[\(record(Self.opened + ", \"typeavis\": \"\(word)\""))]")
        #expect(found.events.map(\.kind) == [kind])
        #expect(found.findings.counts == (code.map { [$0: 1] } ?? [:]))
    }

    @Test func whatIsTakenBackIsNamed() throws {
        for (word, count) in [("annulation", 0), ("AVIS RECTIFICATIF", 1)] {
            let more = Self.opened + Self.previous + ", \"typeavis\": \"\(word)\""
            let found = try read("[\(record(more))]")
            #expect(found.corrections.map(\.corrected) == ["A2024020012"])
            #expect(found.events.count == count && found.findings.counts.isEmpty)
        }
    }

    @Test(arguments: [
        ("collective", "unclear"), ("radiation", "struck_off"), ("dpc", "accounts_deposited"),
        ("vente", "business_sold"), ("modification", ""), ("creation", ""), ("conciliation", "?"),
        ("", "?"),
    ])
    func familiesWithoutTheirParts(family: String, kind: String) throws {
        let found = try read("[\(record("", family: family))]")
        #expect(found.events.map(\.kind.rawValue) == (kind.count > 1 ? [kind] : []))
        #expect(found.findings.counts[.noticeFamilyUnknown] == (kind == "?" ? 1 : nil))
    }

    /// Parts that came empty are no strike-off and no judgment.
    @Test func emptyPartsAreNone() throws {
        let more = ", \"radiationaurcs\": {}, \"jugement\": \"{}\", \"depot\": {}"
        let found = try read("[\(record(more, family: "modification"))]")
        #expect(found.events.isEmpty && found.findings.counts == [.noticeNotUsed: 1])
    }

    @Test func aMarkBehindTheNatureIsNothing() throws {
        let more =
            ", \"jugement\": {\"nature\": \"Jugement d'ouverture de liquidation judiciaire. \"}"
        #expect(try read("[\(record(more))]").events.map(\.kind) == [.liquidationOpened])
    }

    @Test(arguments: [
        "{}", "{\"id\": \"A1\", \"dateparution\": \"2025-01-01\"}",
        "{\"id\": \"A1\", \"dateparution\": \"soon\", \"registre\": [\"999100019\"]}",
        "{\"id\": \"A1\", \"dateparution\": \"5025-01-01\", \"registre\": [\"999100019\"]}",
        "{\"id\": \"A1\", \"dateparution\": \"2025-01-01\", \"registre\": [\"999100018\"]}", "1",
        "{\"jugement\": \"{\\\"nature\\\":\", \"dateparution\": \"2025-01-01\"}",
    ])
    func badRecordsAreSetAside(text: String) throws {
        let found = try read("[\(text), \(record(Self.opened))]")
        #expect(found.counts.read == 2 && found.counts.setAside == 1)
        #expect(!found.findings.kept.isEmpty && found.events.count == 1)
        // Nothing else in the file: that is an error.
        #expect(throws: DocumentError.self) { try read("[\(text)]") }
    }

    @Test func aBadLineIsSetAside() throws {
        let lines = [record(Self.opened), record(""), "{\"id\": }", record("")]
        let found = try read(lines.joined(separator: "\n"))
        #expect(found.counts.read == 4 && found.counts.setAside == 1)
        #expect(found.findings.kept.first?.source.line == 3)
    }

    /// The portal says itself that it has nothing; a list of nothing says nothing.
    @Test func anAnswerWithoutNotices() throws {
        for text in ["{\"total_count\": 0, \"results\": []}", "{\"nhits\": 0, \"records\": []}"] {
            let found = try read(text)
            #expect(found.events.isEmpty && found.findings.counts == [.noNotices: 1])
        }
        for text in ["[]", "{\"results\": []}", "{\"total_count\": 3, \"results\": []}"] {
            #expect(throws: DocumentError.self) { try read(text) }
        }
    }

    @Test(arguments: ["", "a;b\n1;2\n", "id;dateparution\n", "id;dateparution\nA1;2025-01-01\n"])
    func nothingReadOutOfATableIsAnError(text: String) {
        #expect(throws: InputError.self) {
            try NoticeRecords.events(
                table: Paper.buffer(Array(text.utf8)),
                paper: 0,
                findingsPerCodeMax: 9
            )
        }
    }
}
