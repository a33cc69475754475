// SPDX-License-Identifier: Apache-2.0

// What people did with an alert, and the document that it is kept as.

package import Documents
package import Quantities
internal import VigieLimits

/// What people did with an alert.
package struct AlertHandling: Sendable, Equatable {
    /// Who did something, when, and what he wrote.
    package struct Note: Sendable, Equatable {
        /// His identity.
        package let person: String
        /// The day.
        package let day: CalendarDate
        /// What he wrote; may be empty.
        package let text: String
    }

    /// An alert that is put off.
    package struct Snooze: Sendable, Equatable {
        /// Who put it off.
        package let note: Note
        /// The last day on which nothing is told.
        package let until: CalendarDate
        /// By how much worse the value has to be to be told before; nil for never.
        package let worseBy: Double?
        /// What counts as the value at that time, turned so that high is bad; no number if there
        /// was none.
        package internal(set) var severity: Double

        /// Whether both are the same, a missing number among them.
        package static func == (left: Snooze, right: Snooze) -> Bool {
            left.note == right.note && left.until == right.until && left.worseBy == right.worseBy
                && (left.severity == right.severity
                    || left.severity.isNaN && right.severity.isNaN)
        }
    }

    /// Somebody has seen it.
    package internal(set) var acknowledged: Note?
    /// Somebody is to look after it.
    package internal(set) var assignee: String?
    /// Somebody put it off.
    package internal(set) var snooze: Snooze?
    /// Somebody holds it for done, though the value says otherwise.
    package internal(set) var resolved: Note?

    /// Nothing was done.
    init() {}

    /// What is left when the alert is told again: whoever looks after it still does.
    var toldAgain: AlertHandling? {
        guard assignee != nil else { return nil }
        var left = AlertHandling()
        left.assignee = assignee
        return left
    }
}

extension AlertHandling {
    private static let format = "vigie-alert-handling/1"
    private static let keys = [
        "format", "acknowledged", "assignee", "snoozed", "until", "worse_by", "severity",
        "resolved",
    ]

    /// The whole of it as a document, to be kept.
    package var json: String {
        var members: [String: JSONValue] = ["format": .string(Self.format)]
        if let acknowledged { members["acknowledged"] = acknowledged.json }
        if let assignee { members["assignee"] = .string(assignee) }
        if let snooze {
            members["snoozed"] = snooze.note.json
            members["until"] = .string(snooze.until.description)
            if let worseBy = snooze.worseBy { members["worse_by"] = .number(worseBy) }
            if snooze.severity.isFinite { members["severity"] = .number(snooze.severity) }
        }
        if let resolved { members["resolved"] = resolved.json }
        return JSONValue.object(members).text
    }

    /// Reads what was kept.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with it.
    /// - Returns: nil if anything is.
    package static func read(json: [UInt8], _ problems: ProblemList) -> AlertHandling? {
        guard let object = AlertDocument.object(json, keys, format, problems) else { return nil }
        var handling = AlertHandling()
        handling.acknowledged = object.optional("acknowledged")?.alertNote()
        handling.assignee = object.optional("assignee")?.string()
        handling.resolved = object.optional("resolved")?.alertNote()
        if let note = object.optional("snoozed")?.alertNote() {
            handling.snooze = Snooze(
                note: note,
                until: object.required("until")?.alertDay() ?? note.day,
                worseBy: object.optional("worse_by")?.number(),
                severity: object.optional("severity")?.number() ?? .nan
            )
        }
        return problems.problems.isEmpty ? handling : nil
    }
}

extension AlertHandling.Note {
    fileprivate var json: JSONValue {
        .object([
            "person": .string(person), "day": .string(day.description), "text": .string(text),
        ])
    }
}

extension DocumentReader {
    fileprivate func alertNote() -> AlertHandling.Note {
        let object = object(keys: ["person", "day", "text"])
        return AlertHandling.Note(
            person: object.required("person")?.string() ?? "",
            day: object.required("day")?.alertDay() ?? .first,
            text: object.required("text")?.string() ?? ""
        )
    }

    /// A day written as 2026-01-31.
    func alertDay() -> CalendarDate {
        if let day = CalendarDate(string()) { return day }
        problems.addUnreadable(path, "must be a day written as 2026-01-31.")
        return .first
    }
}
