// SPDX-License-Identifier: Apache-2.0

// What is told of an alert: once for each transition, with the value before and after it.

package import Quantities

/// What happened with an alert.
package struct AlertEvent: Sendable, Equatable {
    /// Kinds of events.
    package enum Change: String, Sendable, CaseIterable {
        /// There is an alert.
        case raised
        /// There is none any more.
        case cleared
        /// The alert is told again: it happened once more, or somebody wants so.
        case reopened
        /// What was put off is told: it is worse, or its days are over.
        case woken
        /// There has been no value for so many runs.
        case noData = "no_data"
        /// There is a value again.
        case dataBack = "data_back"
        /// Somebody has seen it.
        case acknowledged
        /// Somebody is to look after it.
        case assigned
        /// Somebody put it off.
        case snoozed
        /// Somebody holds it for done.
        case resolved

        /// Whether it is for whoever watches, so that it is sent.
        package var isNews: Bool {
            switch self {
            case .raised, .reopened, .woken, .noData: true
            default: false
            }
        }
    }

    /// The rule.
    package let rule: String
    /// Which version of it.
    package let version: Int
    /// Its kind.
    package let kind: AlertKind
    /// What happened.
    package let change: Change
    /// The day as of which it did; when it was written down is another thing.
    package let day: CalendarDate
    /// The quantity before; nil if it is not known, or there is none.
    package let oldValue: Double?
    /// The quantity now; nil if it is missing.
    package let newValue: Double?
    /// What moved it.
    package let cause: AlertCause
    /// How often the alert was raised so far.
    package let openings: Int
    /// By how much worse it is than when it was put off; of `woken`.
    package let worseBy: Double?
    /// Who did something, and what he wrote; nil if nobody did.
    package let note: AlertHandling.Note?
    /// To whom it is assigned; nil if to nobody.
    package let assignee: String?
    /// Which events of courts and registers made it.
    package let legalEvents: [String]
}

extension AlertEvent {
    /// What happened in a run.
    init(
        _ rule: AlertRule,
        _ change: Change,
        _ reading: AlertReading,
        _ state: AlertState,
        worseBy: Double? = nil,
        by note: AlertHandling.Note? = nil
    ) {
        self.init(
            rule,
            change,
            reading,
            openings: state.openings,
            worseBy: worseBy,
            by: note,
            assignee: state.handling?.assignee
        )
    }

    init(
        _ rule: AlertRule,
        _ change: Change,
        _ reading: AlertReading,
        openings: Int,
        worseBy: Double? = nil,
        by note: AlertHandling.Note? = nil,
        assignee: String? = nil
    ) {
        (self.rule, version, kind) = (rule.name, rule.version, rule.kind)
        (self.change, day, cause) = (change, reading.day, reading.cause)
        (oldValue, newValue) = rule.formula.told(reading, rule.events)
        (self.openings, self.worseBy, self.note) = (openings, worseBy, note)
        self.assignee = assignee
        legalEvents = (reading.legalEvents ?? []).filter { rule.events.contains($0) }
    }
}

extension AlertFormula {
    /// What is told of a reading: of a change the quantity before and after, of others what it was
    /// the day before, where that is known.
    func told(_ reading: AlertReading, _ events: [String]) -> (old: Double?, new: Double?) {
        func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
        switch self {
        case .value(let input):
            let before = AlertInput(input.quantity, daysBefore: 1)
            return (known(reading[before]), known(reading[input]))
        case .difference, .distance, .ratio, .growth:
            let inputs = inputs.sorted { $0.daysBefore > $1.daysBefore }
            return (known(reading[inputs[0]]), known(reading[inputs[1]]))
        case .use, .events: return (nil, known(value(reading, events)))
        }
    }
}
