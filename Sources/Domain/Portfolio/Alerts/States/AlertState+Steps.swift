// SPDX-License-Identifier: Apache-2.0

// How a state moves from one run to the next: the readable machine, which blocks of columns are
// tested against. It tells a transition once, and of one run one thing at most.

package import Quantities

extension AlertState {
    /// Takes what a run found.
    ///
    /// - Returns: What happened; nil if nothing that has to be told.
    package mutating func step(_ rule: AlertRule, _ reading: AlertReading) -> AlertEvent? {
        guard let value = rule.value(reading) else { return missed(rule, reading) }
        let wasWithoutData = isWithoutData
        (missingRuns, isWithoutData) = (0, false)
        let severity = rule.edges.severity(value)
        if let change = moved(rule, severity, reading.day) {
            // Whoever holds it for done needs not hear that it is.
            let isHeard = change != .cleared || handling?.resolved == nil
            handling = change == .cleared ? nil : handling?.toldAgain
            return isHeard ? AlertEvent(rule, change, reading, self) : nil
        }
        if let woken = woken(rule, severity, reading) { return woken }
        return wasWithoutData ? AlertEvent(rule, .dataBack, reading, self) : nil
    }

    private mutating func missed(_ rule: AlertRule, _ reading: AlertReading) -> AlertEvent? {
        missingRuns = min(missingRuns + 1, Self.countMost)
        guard !isWithoutData, rule.noDataRuns > 0, missingRuns >= rule.noDataRuns else {
            return nil
        }
        isWithoutData = true
        return AlertEvent(rule, .noData, reading, self)
    }

    /// Moves to the next phase.
    private mutating func moved(
        _ rule: AlertRule,
        _ severity: Double,
        _ day: CalendarDate
    ) -> AlertEvent.Change? {
        switch phase {
        case .ok, .pending:
            guard rule.edges.isOver(severity) else {
                enter(.ok, day)
                return nil
            }
            guard runs + 1 < rule.confirmRuns else {
                open(day)
                return .raised
            }
            let count = runs + 1
            enter(.pending, day)
            runs = count
            return nil
        case .raised, .recovering:
            if rule.kind.isOccurrence, rule.edges.isOver(severity) {
                open(day)
                since = day
                return .reopened
            }
            guard rule.edges.isClear(severity) else {
                enter(.raised, day)
                return nil
            }
            enter(.recovering, day)
            guard day.days(since: since ?? day) >= rule.keepForDays else { return nil }
            enter(.ok, day)
            return .cleared
        }
    }

    /// Whether an alert that was put off is to be told: it is worse by as much as was said, or its
    /// days are over.
    private mutating func woken(
        _ rule: AlertRule,
        _ severity: Double,
        _ reading: AlertReading
    ) -> AlertEvent? {
        guard phase == .raised, let snooze = handling?.snooze else { return nil }
        let worse = severity - snooze.severity
        let isWorse = snooze.worseBy.map { worse >= $0 } ?? false
        guard isWorse || reading.day > snooze.until else { return nil }
        handling?.snooze = nil
        return AlertEvent(rule, .woken, reading, self, worseBy: isWorse ? worse : nil)
    }
}

extension AlertState {
    /// What another model did to an alert of itself. It is no event of the company: all of them
    /// together are one of the portfolio.
    package enum Rebase: UInt8, Sendable {
        /// It is raised.
        case opened
        /// It is not raised any more.
        case closed
    }

    /// Takes what another model makes of the day before, so that the next step sees the company's
    /// own part only. Nothing waits for confirmation: the same facts were there before.
    ///
    /// - Parameters:
    ///   - rule: A rule.
    ///   - value: Its quantity the day before, by the new model; nil if it is missing.
    ///   - old: The same by the model before.
    ///   - day: The day as of which the new model scores.
    /// - Returns: What became of the alert; nil if nothing did.
    package mutating func rebase(
        _ rule: AlertRule,
        to value: Double?,
        from old: Double?,
        on day: CalendarDate
    ) -> Rebase? {
        guard rule.ofModel != nil, let value, !value.isNaN else { return nil }
        let severity = rule.edges.severity(value)
        if let old, let base = handling?.snooze?.severity {
            let moved = severity - rule.edges.severity(old)
            handling?.snooze?.severity = moved.isNaN ? base : base + moved
        }
        let wasOpen = phase.isOpen
        if rule.edges.isOver(severity) {
            wasOpen ? enter(.raised, day) : open(day)
            return wasOpen ? nil : .opened
        }
        if rule.edges.isClear(severity) {
            enter(.ok, day)
            if wasOpen { handling = nil }
            return wasOpen ? .closed : nil
        }
        if phase == .pending { enter(.ok, day) }
        return nil
    }
}
