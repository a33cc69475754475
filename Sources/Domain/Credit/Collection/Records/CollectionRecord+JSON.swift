// SPDX-License-Identifier: Apache-2.0

// What is recorded of a customer, as a document to be kept.

internal import CreditFacts
package import Documents
internal import Quantities
internal import VigieLimits

extension CollectionRecord {
    private static let format = "vigie-collection-record/1"

    /// The whole of it as a document: the same record is the same document.
    package var json: String {
        var members: [String: JSONValue] = ["format": .string(Self.format)]
        if let last = lastLetter {
            members["last_letter"] = .object([
                "level": .digits("\(last.level)"), "scenario": .string(last.scenario),
                "day": .string(last.day.description),
            ])
        }
        if let override { members["override"] = override.json }
        if !promises.isEmpty { members["promises"] = .array(promises.map(\.json)) }
        if !invoices.isEmpty {
            members["invoices"] = .array(
                invoices.sorted { $0.key < $1.key }.map { $0.value.json(of: $0.key) }
            )
        }
        if !notes.isEmpty {
            members["notes"] = .array(
                notes.map { note in
                    .object([
                        "person": .string(note.person), "day": .string(note.day.description),
                        "text": .string(note.text),
                    ])
                }
            )
        }
        if let terms { members["terms"] = terms.json }
        return JSONValue.object(members).text
    }

    /// Reads what was kept.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with it.
    /// - Returns: nil if anything is.
    package static func read(json: [UInt8], _ problems: ProblemList) -> CollectionRecord? {
        let value: DocumentValue
        do {
            value = try DocumentValue(json: json, depthLimit: CollectionLimits.jsonDepth)
        } catch {
            problems.addUnreadable(error.place, "is not valid JSON: \(error.message).")
            return nil
        }
        let object = DocumentReader(value, problems).object(
            keys: ["format", "last_letter", "override", "promises", "invoices", "notes", "terms"]
        )
        if let found = object.required("format"), found.string() != format {
            problems.addUnreadable(found.path, "must be \"\(format)\".")
        }
        let count = CollectionLimits.customerRecords
        var record = CollectionRecord()
        record.lastLetter = object.optional("last_letter")?.sentLetter()
        record.override = object.optional("override")?.collectionOverride()
        record.promises =
            object.optional("promises")?.array(limit: count).map { $0.paymentPromise() } ?? []
        for reader in object.optional("invoices")?.array(limit: count) ?? [] {
            let (reference, invoice) = reader.invoiceRecord()
            if record.invoices.updateValue(invoice, forKey: reference) != nil {
                problems.add(reader.path, "is of an invoice that another one is of.")
            }
        }
        for reader in object.optional("notes")?.array(limit: count) ?? [] {
            let note = reader.object(keys: ["person", "day", "text"])
            record.notes.append(
                CollectionNote(
                    note.required("text")?.string() ?? "",
                    by: note.required("person")?.string() ?? "",
                    on: note.required("day")?.collectionDay() ?? .first
                )
            )
        }
        record.terms = object.optional("terms")?.collectionTerms()
        return problems.problems.isEmpty ? record : nil
    }
}

extension CollectionTerms {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if !segment.isEmpty { members["segment"] = .string(segment) }
        if coverCents != 0 { members["cover_cents"] = .digits("\(coverCents)") }
        if let coverUntil { members["cover_until"] = .string(coverUntil.description) }
        if let language { members["language"] = .string(language.rawValue) }
        return .object(members)
    }
}

extension CollectionOverride {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "person": .string(person), "day": .string(day.description),
        ]
        switch kind {
        case .hold(let until):
            members["hold"] = .bool(true)
            if let until { members["until"] = .string(until.description) }
        case .level(let level): members["level"] = .digits("\(level)")
        }
        return .object(members)
    }
}

extension InvoiceRecord {
    fileprivate func json(of reference: String) -> JSONValue {
        var members: [String: JSONValue] = ["reference": .string(reference)]
        if let override { members["override"] = override.json }
        if !promises.isEmpty { members["promises"] = .array(promises.map(\.json)) }
        if !disputes.isEmpty {
            members["disputes"] = .array(
                disputes.map { dispute in
                    var members: [String: JSONValue] = [
                        "opened": .string(dispute.opened.description)
                    ]
                    if let closed = dispute.closed { members["closed"] = .string("\(closed)") }
                    return .object(members)
                }
            )
        }
        return .object(members)
    }
}

extension PaymentPromise {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "made": .string(made.description), "date": .string(date.description),
        ]
        if let cents { members["cents"] = .digits("\(cents)") }
        if !isVerifiable { members["verifiable"] = .bool(false) }
        return .object(members)
    }
}

extension DocumentReader {
    fileprivate func collectionTerms() -> CollectionTerms {
        let object = object(keys: ["segment", "cover_cents", "cover_until", "language"])
        return CollectionTerms(
            segment: object.optional("segment")?.string() ?? "",
            coverCents: Int64(object.optional("cover_cents")?.integer(0...Int.max) ?? 0),
            coverUntil: object.optional("cover_until")?.collectionDay(),
            language: object.optional("language")?.choice(LetterLanguage.self)
        )
    }

    fileprivate func sentLetter() -> SentLetter {
        let object = object(keys: ["level", "scenario", "day"])
        return SentLetter(
            level: object.required("level")?.integer(1...CollectionLimits.levels) ?? 1,
            scenario: object.required("scenario")?.string() ?? "",
            day: object.required("day")?.collectionDay() ?? .first
        )
    }

    fileprivate func collectionOverride() -> CollectionOverride {
        let object = object(keys: ["person", "day", "hold", "until", "level"])
        let level = object.optional("level")?.integer(1...CollectionLimits.levels)
        if (level == nil) != (object.optional("hold")?.bool() ?? false) {
            problems.add(path, "must have either \"hold\" or \"level\".")
        }
        let until = object.optional("until")?.collectionDay()
        return CollectionOverride(
            level.map { .level($0) } ?? .hold(until: until),
            by: object.required("person")?.string() ?? "",
            on: object.required("day")?.collectionDay() ?? .first
        )
    }

    fileprivate func paymentPromise() -> PaymentPromise {
        let object = object(keys: ["made", "date", "cents", "verifiable"])
        return PaymentPromise(
            made: object.required("made")?.collectionDay() ?? .first,
            date: object.required("date")?.collectionDay() ?? .first,
            cents: object.optional("cents").map { Int64($0.integer(1...Int.max)) },
            isVerifiable: object.optional("verifiable")?.bool() ?? true
        )
    }

    fileprivate func invoiceRecord() -> (reference: String, record: InvoiceRecord) {
        let object = object(keys: ["reference", "override", "promises", "disputes"])
        let count = CollectionLimits.customerRecords
        var record = InvoiceRecord()
        record.override = object.optional("override")?.collectionOverride()
        record.promises =
            object.optional("promises")?.array(limit: count).map { $0.paymentPromise() } ?? []
        record.disputes =
            object.optional("disputes")?.array(limit: count).map { reader in
                let dispute = reader.object(keys: ["opened", "closed"])
                return InvoiceDispute(
                    opened: dispute.required("opened")?.collectionDay() ?? .first,
                    closed: dispute.optional("closed")?.collectionDay()
                )
            } ?? []
        return (object.required("reference")?.string() ?? "", record)
    }

    /// A day written as 2026-01-31.
    fileprivate func collectionDay() -> CalendarDate {
        if let day = CalendarDate(string()) { return day }
        problems.addUnreadable(path, "must be a day written as 2026-01-31.")
        return .first
    }
}
