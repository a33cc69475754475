// SPDX-License-Identifier: Apache-2.0

// Why there is an alert, or why there is none: for any rule and any company.

internal import Documents
package import Quantities

/// Why a rule tells what it tells of a company.
package struct AlertExplanation: Sendable {
    /// What it comes to.
    package enum Verdict: String, Sendable, CaseIterable {
        /// The value does not pass the edge.
        case underEdge = "under_edge"
        /// It does, and not often enough.
        case unconfirmed
        /// The alert was raised by this run.
        case toldNow = "told_now"
        /// It was raised by a run before, and is told once.
        case toldBefore = "told_before"
        /// The value has passed back, and not far enough.
        case betweenEdges = "between_edges"
        /// It has, and not for long enough.
        case recovering
        /// Somebody put it off.
        case snoozed
        /// Somebody holds it for done.
        case resolved
        /// A value is missing.
        case noValue = "no_value"
    }

    /// The rule.
    package let rule: AlertRule
    /// The day of the run.
    package let day: CalendarDate
    /// What the rule looks at; nil where a value is missing.
    package let inputs: [(input: AlertInput, value: Double?)]
    /// What is compared with the edges; nil if anything is missing.
    package let value: Double?
    /// Where the company stands after the run.
    package let state: AlertState
    /// The runs before, as far as they are known.
    package let path: [AlertTrial.Step]
    /// The change of the score in its parts; nil if it was not computed.
    package let move: ScoreMove?
    /// What it comes to.
    package let verdict: Verdict

    /// Explains a run.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - reading: What the run found.
    ///   - state: Where the company stands after it.
    ///   - path: The runs before.
    ///   - move: The change of the score in its parts.
    package init(
        _ rule: AlertRule,
        _ reading: AlertReading,
        _ state: AlertState,
        path: [AlertTrial.Step] = [],
        move: ScoreMove? = nil
    ) {
        (self.rule, day, self.state) = (rule, reading.day, state)
        (self.path, self.move) = (path, move)
        value = rule.value(reading)
        inputs = rule.formula.inputs.map { input in
            let value = reading[input]
            return (input, value.isNaN ? nil : value)
        }
        verdict = Self.verdict(rule, value, state, reading.day)
    }

    private static func verdict(
        _ rule: AlertRule,
        _ value: Double?,
        _ state: AlertState,
        _ day: CalendarDate
    ) -> Verdict {
        guard let value else { return .noValue }
        if state.phase.isOpen, state.handling?.resolved != nil { return .resolved }
        if state.phase.isOpen, state.handling?.snooze != nil { return .snoozed }
        switch state.phase {
        case .ok: return .underEdge
        case .pending: return .unconfirmed
        case .recovering: return .recovering
        case .raised:
            if state.since == day { return .toldNow }
            return rule.edges.isOver(rule.edges.severity(value)) ? .toldBefore : .betweenEdges
        }
    }
}

extension AlertExplanation {
    /// The explanation in sentences: what was looked at, what it is compared with, what follows.
    package func lines(inFrench: Bool) -> [String] {
        var lines = [rule.kind.title(inFrench: inFrench)]
        lines += inputs.map { inputLine($0.input, $0.value, inFrench) }
        let shown = ["day": day.description, "value": number(value, inFrench)]
        let code = value == nil ? "measure_missing" : "measure_value"
        lines.append(AlertWords.text(code, shown, inFrench: inFrench))
        lines.append(
            AlertWords.text(
                "edges_\(rule.comparison.rawValue)",
                ["raise": number(rule.raise, inFrench), "clear": number(rule.clear, inFrench)],
                inFrench: inFrench
            )
        )
        lines += moveLines(inFrench)
        lines.append(verdictLine(inFrench))
        lines += peopleLines(inFrench)
        return lines + path.map { pathLine($0, inFrench) }
    }

    private func number(_ value: Double?, _ inFrench: Bool) -> String {
        value.map { AlertNumber.text($0, inFrench: inFrench) }
            ?? AlertWords.text("missing", inFrench: inFrench)
    }

    private func inputLine(_ input: AlertInput, _ value: Double?, _ inFrench: Bool) -> String {
        AlertWords.text(
            input.daysBefore == 0 ? "input_now" : "input_before",
            [
                "quantity": input.quantity.title(inFrench: inFrench),
                "days": "\(input.daysBefore)", "value": number(value, inFrench),
            ],
            inFrench: inFrench
        )
    }

    private func moveLines(_ inFrench: Bool) -> [String] {
        guard let move else { return [] }
        let values = [
            "total": number(move.total, inFrench), "model": number(move.modelPart, inFrench),
            "company": number(move.companyPart, inFrench), "data": number(move.dataPart, inFrench),
        ]
        let codes = move.dataPart == 0 ? ["model_part"] : ["model_part", "data_part"]
        return codes.map { AlertWords.text($0, values, inFrench: inFrench) }
    }

    private func verdictLine(_ inFrench: Bool) -> String {
        let handling = state.handling
        let note = handling?.resolved ?? handling?.snooze?.note
        let worse = handling?.snooze?.worseBy
        let isResolved = verdict == .resolved
        let values = [
            "runs": "\(verdict == .noValue ? state.missingRuns : state.runs)",
            "wanted": "\(rule.confirmRuns)", "days": "\(rule.keepForDays)",
            "since": (isResolved ? note?.day : state.since)?.description ?? "–",
            "person": note.map { shortened($0.person) } ?? "–",
            "until": handling?.snooze?.until.description ?? "–",
            "worse": number(worse, inFrench),
        ]
        let code = verdict == .snoozed && worse != nil ? "snoozed_worse" : verdict.rawValue
        return AlertWords.text(code, values, inFrench: inFrench)
    }

    private func peopleLines(_ inFrench: Bool) -> [String] {
        var lines: [String] = []
        if let note = state.handling?.acknowledged {
            let values = ["person": shortened(note.person), "since": note.day.description]
            lines.append(AlertWords.text("acknowledged", values, inFrench: inFrench))
        }
        if let assignee = state.handling?.assignee {
            let values = ["person": shortened(assignee)]
            lines.append(AlertWords.text("assigned", values, inFrench: inFrench))
        }
        return lines
    }

    private func pathLine(_ step: AlertTrial.Step, _ inFrench: Bool) -> String {
        let phase = AlertWords.text("phase_\(step.phase.name)", inFrench: inFrench)
        return AlertWords.text(
            "path",
            ["day": step.day.description, "phase": phase, "value": number(step.value, inFrench)],
            inFrench: inFrench
        )
    }
}
