// SPDX-License-Identifier: Apache-2.0

// Alerts and rules for people.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import VigieClient

/// Alerts as text and as JSON.
enum AlertText {
    static func table(_ alerts: [Alert], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("alert", .right), ("since", .left), ("company", .left), ("name", .left),
                ("rule", .left), ("before", .right), ("now", .right), ("state", .left),
                ("for", .left),
            ],
            rows: alerts.map { alert in
                [
                    "\(alert.number)", alert.raisedDay, company(alert.company),
                    alert.companyName, alert.rule,
                    alert.oldValue.map(rounded) ?? "", alert.newValue.map(rounded) ?? "",
                    state(alert), alert.assignee,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func table(_ rules: [AlertRule], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("name", .left), ("kind", .left), ("raise", .right), ("clear", .right),
                ("more", .left), ("version", .right),
            ],
            rows: rules.map { rule in
                [
                    rule.name, rule.kind, number(rule.raise), number(rule.clear), more(rule),
                    "\(rule.version)",
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    /// The lines of an update: one for each thing that happened.
    static func lines(_ update: AlertUpdate) -> String {
        let name = update.companyName.isEmpty ? "" : " (\(update.companyName))"
        let subject = update.company == nil ? "portfolio" : company(update.company) + name
        var lines = update.events.map { "\(subject): \($0.text)" }
        if !update.modelChange.isEmpty { lines.append("\(subject): \(update.modelChange)") }
        return lines.map { escaped($0) + "\n" }.joined()
    }

    static func text(_ trial: RuleTrial) -> String {
        let left = trial.leftOutCount > 0 ? ", \(grouped(trial.leftOutCount)) left out" : ""
        var lines = [
            "\(grouped(trial.runCount)) days, \(grouped(trial.companyCount)) companies\(left)",
            "\(grouped(trial.toldCount)) would have been told, of "
                + "\(grouped(trial.toldCompanyCount)) companies; with one edge and at once "
                + grouped(trial.unguardedCount),
        ]
        lines += trial.days.map { "\($0.day)  \(grouped($0.toldCount))" }
        lines += trial.told.map { told in
            let name = told.companyName.isEmpty ? "" : " (\(told.companyName))"
            return "\(told.company)\(name): \(told.event.text)"
        }
        return lines.map { escaped($0) + "\n" }.joined()
    }

    static func company(_ company: CompanyIdentifier?) -> String {
        company.map { "\($0)" } ?? "portfolio"
    }

    private static func number(_ value: Double?) -> String {
        guard let value else { return "" }
        return Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private static func state(_ alert: Alert) -> String {
        if !alert.clearedDay.isEmpty { return "\(alert.ending) \(alert.clearedDay)" }
        if alert.resolved != nil { return "resolved" }
        if !alert.snoozedUntil.isEmpty { return "until \(alert.snoozedUntil)" }
        return alert.acknowledged == nil ? "open" : "seen"
    }

    /// What a rule has beside its edges, where it is not as is usual.
    private static func more(_ rule: AlertRule) -> String {
        var parts = [rule.quantity, rule.direction, rule.signal].compactMap(\.self) + rule.events
        if let days = rule.windowDays, days > 1 { parts.append("over \(days) days") }
        if let runs = rule.confirmRuns, runs > 1 { parts.append("\(runs) runs") }
        if let days = rule.keepForDays, days > 0 { parts.append("kept \(days) days") }
        return parts.joined(separator: ", ")
    }
}
