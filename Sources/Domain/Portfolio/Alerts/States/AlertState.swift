// SPDX-License-Identifier: Apache-2.0

// Where a company stands with a rule.

package import Quantities

/// How far an alert is.
package enum AlertPhase: UInt8, Sendable, CaseIterable {
    /// Nothing is the matter.
    case ok = 0
    /// The edge is passed, and has to be passed again in the next runs.
    case pending = 1
    /// There is an alert.
    case raised = 2
    /// There is an alert, whose value has passed back; it is cleared if that stays so.
    case recovering = 3

    /// Whether there is an alert.
    package var isOpen: Bool { self == .raised || self == .recovering }

    /// Its name.
    package var name: String {
        switch self {
        case .ok: "ok"
        case .pending: "pending"
        case .raised: "raised"
        case .recovering: "recovering"
        }
    }
}

/// Where a company stands with a rule: what every company has with every rule, and what people did
/// with the few alerts that they looked at.
package struct AlertState: Sendable, Equatable {
    /// How far the alert is.
    package internal(set) var phase = AlertPhase.ok
    /// Runs in a row that have passed the edge; of `pending`.
    package internal(set) var runs = 0
    /// Runs in a row without a value.
    package internal(set) var missingRuns = 0
    /// Whether that was told.
    package internal(set) var isWithoutData = false
    /// How often the alert was raised; of more than can be kept the greatest number that can.
    package internal(set) var openings = 0
    /// Since when it is in its phase; nil if it always was.
    package internal(set) var since: CalendarDate?
    /// What people did with the alert; nil if nobody did anything.
    package internal(set) var handling: AlertHandling?

    /// Nothing is the matter yet.
    package init() {}

    /// Whether somebody wants to hear nothing of the alert for now, so that more than the value has
    /// to be looked at.
    package var isQuiet: Bool { handling.map { $0.snooze != nil || $0.resolved != nil } ?? false }
}

extension AlertState {
    /// The greatest number of runs and openings that is kept.
    static let countMost = 255

    mutating func enter(_ phase: AlertPhase, _ day: CalendarDate) {
        guard phase != self.phase else { return }
        (self.phase, since, runs) = (phase, day, 0)
    }

    mutating func open(_ day: CalendarDate) {
        enter(.raised, day)
        openings = min(openings + 1, Self.countMost)
    }
}
