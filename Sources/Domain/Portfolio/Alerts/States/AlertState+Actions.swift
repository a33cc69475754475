// SPDX-License-Identifier: Apache-2.0

// What people do with an alert.

package import Quantities
internal import VigieLimits

/// What somebody does with an alert.
package enum AlertAction: Sendable, Equatable {
    /// He has seen it.
    case acknowledge
    /// Somebody is to look after it.
    case assign(to: String)
    /// Nothing is to be told through a day, unless the value is worse by so much.
    case snooze(until: CalendarDate, worseBy: Double?)
    /// It is done, whatever the value says.
    case resolve
    /// It is not done, and was not seen.
    case reopen
}

/// Why something cannot be done with an alert.
package enum AlertRefusal: Error, Equatable, CustomStringConvertible {
    /// There is no alert.
    case notOpen
    /// It is as it is wanted already.
    case nothingChanges
    /// Nobody does it, or for nobody.
    case nobody
    /// What was written beside it is too long.
    case longNote(bytes: Int)
    /// It would be put off until a day that is over.
    case isPast
    /// It would be put off for too long.
    case tooLong(daysMaximum: Int)
    /// It has no value that could be worse, or is to be worse by nothing.
    case notWorse

    /// What it is, for programs.
    package var reason: String {
        switch self {
        case .notOpen: "ALERT_NOT_OPEN"
        case .nothingChanges: "ALERT_UNCHANGED"
        case .nobody: "PERSON_MISSING"
        case .longNote: "LIMIT_EXCEEDED"
        case .isPast, .tooLong, .notWorse: "SNOOZE_INVALID"
        }
    }

    /// What is wrong, and what to do, in a sentence.
    package var description: String {
        switch self {
        case .notOpen: "There is no alert; it was cleared, or never raised."
        case .nothingChanges: "It is so already; look at what was done last."
        case .nobody: "Say who does it, in 1 to \(AlertLimits.nameBytes) bytes."
        case .longNote(let bytes):
            "The note has \(bytes) bytes, and the limit noteBytes is \(AlertLimits.noteBytes); "
                + "write less."
        case .isPast: "That day is over; name today or a later one."
        case .tooLong(let days): "It can be put off for \(days) days; name an earlier one."
        case .notWorse:
            "Name by how much worse it has to be, above 0, where there is a value; or leave it out."
        }
    }
}

extension AlertState {
    /// Takes what somebody did.
    ///
    /// - Parameters:
    ///   - action: What he did.
    ///   - person: Who.
    ///   - note: What he wrote.
    ///   - rule: The rule.
    ///   - reading: What the last run found.
    /// - Returns: What happened, to be told as of the reading's day.
    /// - Throws: Why that cannot be done; all then stays as it was.
    package mutating func apply(
        _ action: AlertAction,
        by person: String,
        note: String = "",
        _ rule: AlertRule,
        _ reading: AlertReading
    ) throws(AlertRefusal) -> AlertEvent {
        guard AlertName.isOne(person) else { throw .nobody }
        guard note.utf8.count <= AlertLimits.noteBytes else {
            throw .longNote(bytes: note.utf8.count)
        }
        guard phase.isOpen else { throw .notOpen }
        let note = AlertHandling.Note(person: person, day: reading.day, text: note)
        let severity = rule.value(reading).map { rule.edges.severity($0) }
        let change = try handled(action, note, severity ?? .nan)
        return AlertEvent(rule, change, reading, self, by: note)
    }

    private mutating func handled(
        _ action: AlertAction,
        _ note: AlertHandling.Note,
        _ severity: Double
    ) throws(AlertRefusal) -> AlertEvent.Change {
        var handling = self.handling ?? AlertHandling()
        let change: AlertEvent.Change
        switch action {
        case .acknowledge:
            guard handling.acknowledged == nil else { throw .nothingChanges }
            (handling.acknowledged, change) = (note, .acknowledged)
        case .assign(let person):
            guard AlertName.isOne(person) else { throw .nobody }
            guard handling.assignee != person else { throw .nothingChanges }
            (handling.assignee, change) = (person, .assigned)
        case .snooze(let until, let worseBy):
            handling.snooze = try Self.snooze(until, worseBy, note, severity)
            change = .snoozed
        case .resolve:
            guard handling.resolved == nil else { throw .nothingChanges }
            (handling.resolved, handling.snooze, change) = (note, nil, .resolved)
        case .reopen:
            let isTouched =
                (handling.acknowledged ?? handling.resolved ?? handling.snooze?.note) != nil
            guard isTouched else { throw .nothingChanges }
            handling = handling.toldAgain ?? AlertHandling()
            change = .reopened
        }
        self.handling = handling == AlertHandling() ? nil : handling
        return change
    }

    private static func snooze(
        _ until: CalendarDate,
        _ worseBy: Double?,
        _ note: AlertHandling.Note,
        _ severity: Double
    ) throws(AlertRefusal) -> AlertHandling.Snooze {
        guard until >= note.day else { throw .isPast }
        guard until.days(since: note.day) <= AlertLimits.snoozeDays else {
            throw .tooLong(daysMaximum: AlertLimits.snoozeDays)
        }
        if let worseBy {
            guard worseBy > 0, worseBy.isFinite, severity.isFinite else { throw .notWorse }
        }
        return AlertHandling.Snooze(
            note: note,
            until: until,
            worseBy: worseBy,
            severity: severity
        )
    }
}
