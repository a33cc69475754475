// SPDX-License-Identifier: Apache-2.0

// Events as documents, to be kept and sent.

package import Documents
internal import Quantities
internal import VigieLimits

extension AlertEvent {
    private static let format = "vigie-alert-event/1"
    private static let keys = [
        "format", "rule", "version", "kind", "change", "day", "old_value", "new_value", "cause",
        "openings", "worse_by", "person", "note", "assignee", "legal_events",
    ]

    /// The event as a document. Numbers that are none, or more than any, are left out.
    package var json: String { document.text }

    /// The same before it is written, to be a part of another one.
    package var document: JSONValue {
        var members: [String: JSONValue] = [
            "format": .string(Self.format), "rule": .string(rule), "version": .digits("\(version)"),
            "kind": .string(kind.rawValue), "change": .string(change.rawValue),
            "day": .string(day.description), "cause": .string(cause.rawValue),
            "openings": .digits("\(openings)"),
        ]
        for (name, value) in [
            ("old_value", oldValue), ("new_value", newValue), ("worse_by", worseBy),
        ] {
            if let value, value.isFinite { members[name] = .number(value) }
        }
        if let note { members["person"] = .string(note.person) }
        if let note, !note.text.isEmpty { members["note"] = .string(note.text) }
        if let assignee { members["assignee"] = .string(assignee) }
        if !legalEvents.isEmpty {
            members["legal_events"] = .array(legalEvents.map { .string($0) })
        }
        return JSONValue.object(members)
    }

    /// Reads what was kept.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with it.
    /// - Returns: nil if anything is.
    package static func read(json: [UInt8], _ problems: ProblemList) -> AlertEvent? {
        guard let object = AlertDocument.object(json, keys, format, problems) else { return nil }
        return read(object)
    }

    /// Reads a part of what was kept.
    package static func read(_ document: DocumentReader) -> AlertEvent? {
        read(AlertDocument.object(document, keys, format))
    }

    private static func read(_ object: ObjectReader) -> AlertEvent? {
        let problems = object.problems
        let day = object.required("day")?.alertDay() ?? .first
        let counts = 0...Int(Int32.max)
        let note = object.optional("person").map { person in
            AlertHandling.Note(
                person: person.string(),
                day: day,
                text: object.optional("note")?.string() ?? ""
            )
        }
        let event = AlertEvent(
            rule: object.required("rule")?.string() ?? "",
            version: object.required("version")?.integer(counts) ?? 0,
            kind: object.required("kind")?.choice(AlertKind.self) ?? .noData,
            change: object.required("change")?.choice(Change.self) ?? .raised,
            day: day,
            oldValue: object.optional("old_value")?.number(),
            newValue: object.optional("new_value")?.number(),
            cause: object.required("cause")?.choice(AlertCause.self) ?? .company,
            openings: object.required("openings")?.integer(counts) ?? 0,
            worseBy: object.optional("worse_by")?.number(),
            note: note,
            assignee: object.optional("assignee")?.string(),
            legalEvents: object.optional("legal_events")?.array(limit: AlertLimits.legalEvents)
                .map { $0.string() } ?? []
        )
        return problems.problems.isEmpty ? event : nil
    }
}
