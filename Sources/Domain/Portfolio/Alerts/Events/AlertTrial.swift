// SPDX-License-Identifier: Apache-2.0

// A rule on the past, before it is saved: what it would have told, and when.

package import Quantities
package import ServiceErrors
internal import VigieLimits

/// What a rule would have told of a company.
package struct AlertTrial: Sendable {
    /// A run of the past.
    package struct Step: Sendable, Equatable {
        /// Its day.
        package let day: CalendarDate
        /// What was compared with the edges; nil if anything was missing.
        package let value: Double?
        /// The phase after it.
        package let phase: AlertPhase
        /// What would have been told; nil if nothing.
        package let change: AlertEvent.Change?
    }

    /// Run after run.
    package let steps: [Step]
    /// What would have been told.
    package let events: [AlertEvent]
    /// How often something would have been told with one edge for both ways, and at once.
    package let unguardedCount: Int
    /// Where the company would stand.
    package let state: AlertState

    /// Runs a rule over the past.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - readings: What runs found, in their order.
    ///   - state: Where the company stood before.
    /// - Throws: That there are too many, or that they are not in order.
    package init(
        _ rule: AlertRule,
        over readings: some Sequence<AlertReading>,
        from state: AlertState = AlertState()
    ) throws(ServiceError) {
        let unguarded = rule.unguarded
        var (state, plain) = (state, state)
        var (steps, events): ([Step], [AlertEvent]) = ([], [])
        var count = 0
        for reading in readings {
            try Self.check(reading, after: steps)
            let event = state.step(rule, reading)
            if plain.step(unguarded, reading) != nil { count += 1 }
            if let event { events.append(event) }
            steps.append(
                Step(
                    day: reading.day,
                    value: rule.value(reading),
                    phase: state.phase,
                    change: event?.change
                )
            )
        }
        (self.steps, self.events, unguardedCount, self.state) = (steps, events, count, state)
    }

    private static func check(
        _ reading: AlertReading,
        after steps: [Step]
    ) throws(ServiceError) {
        guard steps.count < AlertLimits.trialDays else {
            throw .overLimit(
                "days",
                "trialDays",
                "There are more runs of the past than a rule is tried on; name fewer days.",
                value: steps.count + 1,
                maximum: AlertLimits.trialDays
            )
        }
        if let last = steps.last, reading.day < last.day {
            throw .invalid(
                "days",
                "DAYS_NOT_IN_ORDER",
                "\(reading.day) comes after \(last.day); sort the days."
            )
        }
    }
}
