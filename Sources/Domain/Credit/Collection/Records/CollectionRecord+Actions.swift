// SPDX-License-Identifier: Apache-2.0

// What people do about customers, and what follows for the record. Each refusal names the field and
// what to do.

internal import CreditFacts
internal import Documents
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// Something that is done about a customer, or about one of its invoices where one is named.
package enum CollectionAction: Sendable, Hashable {
    /// Nothing is to be sent, until a day or until that is taken back.
    case hold(invoice: String?, until: CalendarDate?)
    /// This level is to be used, whatever the days.
    case setLevel(invoice: String?, Int)
    /// What was decided by hand is taken back.
    case release(invoice: String?)
    /// The customer promised to pay; without an amount, all.
    case promise(invoice: String?, date: CalendarDate, cents: Int64?)
    /// The customer disputes an invoice.
    case dispute(invoice: String)
    /// A dispute is settled.
    case settle(invoice: String)
    /// How the customer is worked on from now on, all of it.
    case setTerms(CollectionTerms)
    /// Only the note is kept.
    case note
    /// A letter went out.
    case sent(level: Int, scenario: String)
}

extension CollectionRecord {
    /// Does something.
    ///
    /// - Parameters:
    ///   - person: Who does it; a run's name for letters.
    ///   - day: When.
    ///   - note: What is written beside it; empty for nothing.
    /// - Throws: Why it cannot be done; then nothing is.
    package mutating func apply(
        _ action: CollectionAction,
        by person: String,
        on day: CalendarDate,
        note: String = ""
    ) throws(ServiceError) {
        try Self.check(person, "person", 1...CollectionLimits.nameBytes, "nameBytes")
        try Self.check(note, "note", 0...CollectionLimits.noteBytes, "noteBytes")
        var record = self
        try record.take(action, by: person, on: day)
        if !note.isEmpty {
            try Self.checkRoom(record.notes.count, "notes")
            record.notes.append(CollectionNote(note, by: person, on: day))
        } else if action == .note {
            throw .invalid("note", "COLLECTION_NOTE_EMPTY", "A note is empty; write one.")
        }
        self = record
    }

    private mutating func take(
        _ action: CollectionAction,
        by person: String,
        on day: CalendarDate
    ) throws(ServiceError) {
        switch action {
        case .hold(let invoice, let until):
            if let until { try Self.checkDay(until, "until", after: day) }
            try decide(invoice, CollectionOverride(.hold(until: until), by: person, on: day))
        case .setLevel(let invoice, let level):
            try Self.checkLevel(level)
            try decide(invoice, CollectionOverride(.level(level), by: person, on: day))
        case .release(let invoice): try decide(invoice, nil)
        case .promise(let invoice, let date, let cents):
            try promise(invoice, date, cents, day)
        case .dispute(let invoice): try dispute(invoice, day)
        case .settle(let invoice): try settle(invoice, day)
        case .setTerms(let terms): try set(terms)
        case .note: break
        case .sent(let level, let scenario):
            try Self.checkLevel(level)
            try Self.check(scenario, "scenario", 1...CollectionLimits.nameBytes, "nameBytes")
            if let lastLetter, lastLetter.day > day {
                throw .invalid(
                    "day",
                    "COLLECTION_LETTER_BEFORE_LAST",
                    "A letter of \(day) would stand before that of \(lastLetter.day); send it on "
                        + "a later day."
                )
            }
            lastLetter = SentLetter(level: level, scenario: scenario, day: day)
        }
    }

    private mutating func set(_ terms: CollectionTerms) throws(ServiceError) {
        try Self.check(terms.segment, "segment", 0...CollectionLimits.nameBytes, "nameBytes")
        guard terms.coverCents >= 0 else {
            throw .invalid(
                "cover_cents",
                "COLLECTION_COVER_NEGATIVE",
                "A cover is of \(terms.coverCents) cents; name 0 or more."
            )
        }
        self.terms = terms == CollectionTerms() ? nil : terms
    }

    private mutating func decide(
        _ invoice: String?,
        _ decision: CollectionOverride?
    ) throws(ServiceError) {
        guard let invoice else {
            override = decision
            return
        }
        try change(invoice) { record throws(ServiceError) in record.override = decision }
    }

    private mutating func promise(
        _ invoice: String?,
        _ date: CalendarDate,
        _ cents: Int64?,
        _ day: CalendarDate
    ) throws(ServiceError) {
        try Self.checkDay(date, "date", after: day)
        guard cents.map({ $0 > 0 }) ?? true else {
            throw .invalid(
                "cents",
                "COLLECTION_PROMISE_OF_NOTHING",
                "A promise is of \(cents ?? 0) cents; name more than 0, or none for all."
            )
        }
        let promise = PaymentPromise(made: day, date: date, cents: cents, isVerifiable: true)
        guard let invoice else {
            try Self.checkRoom(promises.count, "promises")
            promises.append(promise)
            return
        }
        try change(invoice) { record throws(ServiceError) in
            try Self.checkRoom(record.promises.count, "promises")
            record.promises.append(promise)
        }
    }

    private mutating func dispute(
        _ invoice: String,
        _ day: CalendarDate
    ) throws(ServiceError) {
        try change(invoice) { record throws(ServiceError) in
            if record.disputes.last.map({ $0.closed == nil }) == true {
                throw .init(
                    .failedPrecondition,
                    "COLLECTION_DISPUTE_OPEN",
                    "The invoice \(quoted(invoice)) is disputed already; settle that first."
                )
            }
            try Self.checkRoom(record.disputes.count, "disputes")
            record.disputes.append(InvoiceDispute(opened: day))
        }
    }

    private mutating func settle(_ invoice: String, _ day: CalendarDate) throws(ServiceError) {
        try change(invoice) { record throws(ServiceError) in
            guard let last = record.disputes.indices.last, record.disputes[last].closed == nil
            else {
                throw .init(
                    .failedPrecondition,
                    "COLLECTION_NO_DISPUTE",
                    "No dispute of the invoice \(quoted(invoice)) is open here."
                )
            }
            record.disputes[last].closed = day
        }
    }

    private mutating func change(
        _ invoice: String,
        _ body: (inout InvoiceRecord) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        try Self.check(invoice, "invoice", 1...CollectionLimits.referenceBytes, "referenceBytes")
        if invoices[invoice] == nil { try Self.checkRoom(invoices.count, "invoices") }
        var record = invoices[invoice] ?? InvoiceRecord()
        try body(&record)
        invoices[invoice] = record.isEmpty ? nil : record
    }

    // MARK: Checks

    private static func check(
        _ text: String,
        _ field: String,
        _ bytes: ClosedRange<Int>,
        _ limit: String
    ) throws(ServiceError) {
        guard text.utf8.count <= bytes.upperBound else {
            throw .overLimit(
                field,
                limit,
                "\"\(field)\" has \(text.utf8.count) bytes.",
                value: text.utf8.count,
                maximum: bytes.upperBound
            )
        }
        guard text.utf8.count >= bytes.lowerBound else {
            throw .invalid(field, "COLLECTION_FIELD_EMPTY", "\"\(field)\" is empty; name one.")
        }
    }

    private static func checkRoom(_ count: Int, _ what: String) throws(ServiceError) {
        guard count < CollectionLimits.customerRecords else {
            throw .overLimit(
                what,
                "customerRecords",
                "The customer has \(count) \(what) already.",
                value: count + 1,
                maximum: CollectionLimits.customerRecords
            )
        }
    }

    private static func checkDay(
        _ date: CalendarDate,
        _ field: String,
        after day: CalendarDate
    ) throws(ServiceError) {
        let days = date.days(since: day)
        guard days >= 0 else {
            throw .invalid(
                field,
                "COLLECTION_DAY_PAST",
                "\"\(field)\" is \(date), which is over on \(day); name a later day."
            )
        }
        guard days <= CollectionLimits.putOffDays else {
            throw .overLimit(
                field,
                "putOffDays",
                "\"\(field)\" is \(days) days ahead.",
                value: days,
                maximum: CollectionLimits.putOffDays
            )
        }
    }

    private static func checkLevel(_ level: Int) throws(ServiceError) {
        guard (1...CollectionLimits.levels).contains(level) else {
            throw .overLimit(
                "level",
                "levels",
                "Level \(level) is none; levels are counted from 1.",
                value: level,
                maximum: CollectionLimits.levels
            )
        }
    }
}
