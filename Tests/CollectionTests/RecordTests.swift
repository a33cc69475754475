// SPDX-License-Identifier: Apache-2.0

// What people do about customers, and each limit on it.

import Collection
import CreditFacts
import Documents
import Quantities
import ServiceErrors
import Testing
import VigieLimits

@Suite struct RecordTests {
    private let today = day("2026-06-30")

    private func refusal(
        _ action: CollectionAction,
        by person: String = "ann",
        note: String = "",
        after done: [CollectionAction] = []
    ) throws -> String? {
        var record = CollectionRecord()
        for action in done { try record.apply(action, by: "ann", on: today) }
        let before = record
        do {
            try record.apply(action, by: person, on: today, note: note)
            return nil
        } catch {
            #expect(record == before, "what is refused changes nothing")
            return error.metadata["limit"] ?? error.reason
        }
    }

    @Test func actionsAreRecorded() throws {
        var record = CollectionRecord()
        try record.apply(.dispute(invoice: "F1"), by: "ann", on: today, note: "wrong price")
        try record.apply(.promise(invoice: "F2", date: today, cents: 5), by: "ann", on: today)
        try record.apply(.promise(invoice: nil, date: today, cents: nil), by: "ann", on: today)
        try record.apply(.setLevel(invoice: "F2", 2), by: "ann", on: today)
        try record.apply(.hold(invoice: nil, until: nil), by: "bob", on: today)
        try record.apply(.sent(level: 1, scenario: "usual"), by: "run", on: today)
        #expect(record.invoices["F1"]?.disputes == [InvoiceDispute(opened: today)])
        #expect(record.invoices["F2"]?.promises.map(\.cents) == [5])
        #expect(record.invoices["F2"]?.override?.level == 2 && record.promises.count == 1)
        #expect(record.override?.person == "bob", "a run leaves it alone")
        #expect(record.lastLetter == SentLetter(level: 1, scenario: "usual", day: today))
        #expect(record.notes == [CollectionNote("wrong price", by: "ann", on: today)])
        try record.apply(.settle(invoice: "F1"), by: "ann", on: today)
        try record.apply(.release(invoice: "F2"), by: "ann", on: today)
        try record.apply(.release(invoice: nil), by: "ann", on: today)
        #expect(record.invoices["F1"]?.disputes.first?.closed == today)
        #expect(record.invoices["F2"]?.override == nil && record.override == nil)
        try record.apply(.release(invoice: "F9"), by: "ann", on: today)
        #expect(record.invoices["F9"] == nil, "nothing is kept of what has nothing")
    }

    @Test func whatIsOverIsForgottenAndWhatHoldsIsNot() throws {
        var record = CollectionRecord()
        let (first, later) = (day("2026-07-01"), day("2026-07-31"))
        try record.apply(.dispute(invoice: "F1"), by: "ann", on: today, note: "old")
        try record.apply(.settle(invoice: "F1"), by: "ann", on: today)
        try record.apply(.dispute(invoice: "F2"), by: "ann", on: today)
        try record.apply(.promise(invoice: "F3", date: today, cents: 5), by: "ann", on: today)
        try record.apply(.promise(invoice: nil, date: today, cents: nil), by: "ann", on: today)
        try record.apply(.promise(invoice: nil, date: later, cents: nil), by: "ann", on: today)
        try record.apply(.setLevel(invoice: "F4", 2), by: "ann", on: today)
        try record.apply(.hold(invoice: "F5", until: today), by: "ann", on: today)
        try record.apply(.hold(invoice: "F6", until: first), by: "ann", on: today)
        try record.apply(.hold(invoice: nil, until: nil), by: "bob", on: today)
        try record.apply(.sent(level: 1, scenario: "usual"), by: "run", on: today)
        try record.apply(.setTerms(CollectionTerms(segment: "a")), by: "ann", on: today)
        try record.apply(.note, by: "ann", on: first, note: "new")
        let whole = record
        #expect(record.forget(before: today) == 0 && record == whole)
        #expect(record.forget(before: first) == 5)
        #expect(record.notes.map(\.text) == ["new"] && record.promises.map(\.date) == [later])
        #expect(record.invoices.keys.sorted() == ["F2", "F4", "F6"])
        #expect(record.override != nil && record.lastLetter != nil && record.terms != nil)
        #expect(record.forget(before: first) == 0)
        // Kept and read, it is the same.
        #expect(
            CollectionRecord.read(json: Array(record.json.utf8), ProblemList(file: "")) == record
        )
    }

    @Test func whatCannotBeDoneIsRefused() throws {
        let past = day("2026-06-29")
        let refused: [(CollectionAction, String)] = [
            (.hold(invoice: nil, until: past), "COLLECTION_DAY_PAST"),
            (.promise(invoice: "F", date: past, cents: nil), "COLLECTION_DAY_PAST"),
            (.promise(invoice: "F", date: today, cents: 0), "COLLECTION_PROMISE_OF_NOTHING"),
            (.settle(invoice: "F"), "COLLECTION_NO_DISPUTE"),
            (.dispute(invoice: ""), "COLLECTION_FIELD_EMPTY"), (.note, "COLLECTION_NOTE_EMPTY"),
            (.setLevel(invoice: nil, 0), "levels"),
        ]
        for (action, reason) in refused { #expect(try refusal(action) == reason, "\(action)") }
        #expect(try refusal(.note, by: "", note: "n") == "COLLECTION_FIELD_EMPTY")
        let disputed = CollectionAction.dispute(invoice: "F")
        #expect(try refusal(disputed, after: [disputed]) == "COLLECTION_DISPUTE_OPEN")
        var record = CollectionRecord()
        try record.apply(.sent(level: 1, scenario: "usual"), by: "run", on: today)
        let error = #expect(throws: ServiceError.self) {
            try record.apply(.sent(level: 2, scenario: "usual"), by: "run", on: past)
        }
        #expect(error?.reason == "COLLECTION_LETTER_BEFORE_LAST")
    }

    @Test func everyLimitIsNamed() throws {
        let text = { (count: Int) in String(repeating: "x", count: count + 1) }
        let far = try #require(today.adding(days: CollectionLimits.putOffDays + 1))
        #expect(try refusal(.hold(invoice: nil, until: far)) == "putOffDays")
        #expect(try refusal(.promise(invoice: nil, date: far, cents: 1)) == "putOffDays")
        #expect(try refusal(.note, note: text(CollectionLimits.noteBytes)) == "noteBytes")
        let person = text(CollectionLimits.nameBytes)
        #expect(try refusal(.note, by: person, note: "n") == "nameBytes")
        let reference = text(CollectionLimits.referenceBytes)
        #expect(try refusal(.dispute(invoice: reference)) == "referenceBytes")
        #expect(try refusal(.setLevel(invoice: nil, CollectionLimits.levels + 1)) == "levels")
        let promise = CollectionAction.promise(invoice: nil, date: today, cents: 1)
        let full = [CollectionAction](repeating: promise, count: CollectionLimits.customerRecords)
        #expect(try refusal(promise, after: full) == "customerRecords")
        let disputes = (0..<CollectionLimits.customerRecords).map {
            CollectionAction.dispute(invoice: "F\($0)")
        }
        #expect(try refusal(.dispute(invoice: "G"), after: disputes) == "customerRecords")
    }
}

@Suite struct KeptRecordTests {
    private func full() throws -> CollectionRecord {
        let today = day("2026-06-30")
        var record = CollectionRecord()
        let actions: [CollectionAction] = [
            .sent(level: 2, scenario: "usual"), .hold(invoice: nil, until: day("2026-07-01")),
            .promise(invoice: nil, date: day("2026-07-02"), cents: nil),
            .promise(invoice: "F\"1", date: day("2026-07-03"), cents: 7),
            .setLevel(invoice: "F\"1", 3), .dispute(invoice: "F2"), .settle(invoice: "F2"),
            .dispute(invoice: "F2"), .hold(invoice: "F3", until: nil),
            .setTerms(
                CollectionTerms(
                    segment: "a \"b\"",
                    coverCents: 5,
                    coverUntil: day("2026-07-09"),
                    language: .english
                )
            ),
        ]
        for action in actions { try record.apply(action, by: "ann", on: today, note: "é\n") }
        return record
    }

    @Test func termsHoldUntilOthersDo() throws {
        let today = day("2026-06-30")
        var record = CollectionRecord()
        let terms = CollectionTerms(coverCents: 7, coverUntil: day("2026-07-09"))
        try record.apply(.setTerms(terms), by: "ann", on: today)
        #expect(record.terms?.cover(on: day("2026-07-09")) == 7)
        #expect(record.terms?.cover(on: day("2026-07-10")) == 0)
        try record.apply(.setTerms(CollectionTerms(segment: "x")), by: "ann", on: today)
        #expect(record.terms == CollectionTerms(segment: "x"))
        for wrong in [
            CollectionTerms(coverCents: -1),
            CollectionTerms(segment: String(repeating: "x", count: CollectionLimits.nameBytes + 1)),
        ] {
            #expect(throws: ServiceError.self) {
                try record.apply(.setTerms(wrong), by: "ann", on: today)
            }
        }
        try record.apply(.setTerms(CollectionTerms()), by: "ann", on: today)
        #expect(record == CollectionRecord())
    }

    @Test func isReadAsItWas() throws {
        for record in [CollectionRecord(), try full()] {
            let problems = ProblemList(file: "record")
            let read = CollectionRecord.read(json: Array(record.json.utf8), problems)
            #expect(read == record, "\(problems.problems)")
            #expect(read?.json == record.json)
        }
    }

    @Test func damagedOnesAreRefusedOrRead() throws {
        let bytes = Array(try full().json.utf8)
        var read = 0
        for place in bytes.indices {
            for byte in [bytes[place] ^ 1, 0x22, 0x30, 0x39, 0x7D, 0xFF] {
                var changed = bytes
                changed[place] = byte
                let problems = ProblemList(file: "record")
                guard let found = CollectionRecord.read(json: changed, problems) else { continue }
                read += 1
                let again = CollectionRecord.read(json: Array(found.json.utf8), problems)
                #expect(again == found)
            }
        }
        #expect(read > 50, "many bytes of a text can be others")
    }
}
