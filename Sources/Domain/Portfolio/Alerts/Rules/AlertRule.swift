// SPDX-License-Identifier: Apache-2.0

// A rule as somebody wrote it, and as it holds once it was found right.

package import ServiceErrors
internal import VigieLimits

/// A rule as it was written: anything can stand in it.
package struct AlertRuleDraft: Sendable {
    /// Its name.
    package var name = ""
    /// Which version of it: 1, 2 and so on.
    package var version = 1
    /// Its kind.
    package var kind = ""
    /// From which value on an alert is raised.
    package var raise: Double?
    /// At which value it is cleared.
    package var clear: Double?
    /// Runs in a row that have to pass the edge.
    package var confirmRuns: Int?
    /// Days for which it stays after the value has passed back.
    package var keepForDays: Int?
    /// Runs without a value after which that is told; 0 for never.
    package var noDataRuns: Int?
    /// Days over which a change is looked for.
    package var windowDays: Int?
    /// What is looked at.
    package var quantity: String?
    /// On which side.
    package var direction: String?
    /// Which signal of payments.
    package var signal: String?
    /// Which events of courts and registers.
    package var events: [String]?

    /// A rule in which nothing is said but name and kind.
    package init(name: String, kind: String) { (self.name, self.kind) = (name, kind) }
}

/// A rule that can be evaluated.
package struct AlertRule: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Which version of it.
    package let version: Int
    /// Its kind.
    package let kind: AlertKind
    /// What it computes.
    package let formula: AlertFormula
    /// On which side of the edge an alert is raised.
    package let comparison: AlertComparison
    /// From which value on an alert is raised.
    package let raise: Double
    /// At which value it is cleared.
    package let clear: Double
    /// Runs in a row that have to pass the edge.
    package let confirmRuns: Int
    /// Days for which it stays after the value has passed back.
    package let keepForDays: Int
    /// Runs without a value after which that is told; 0 for never.
    package let noDataRuns: Int
    /// Days over which a change is looked for; 0 where none is.
    package let windowDays: Int
    /// What else was chosen, by field.
    package let chosen: [String: String]
    /// Which events of courts and registers.
    package let events: [String]

    let edges: AlertEdges

    /// Takes a rule that was written.
    ///
    /// - Throws: What is wrong, with the rule, the field and what to do.
    package init(_ draft: AlertRuleDraft) throws(ServiceError) {
        let checks = AlertRuleChecks(draft)
        kind = try checks.kind()
        (name, version) = (draft.name, try checks.version())
        windowDays = try checks.windowDays(kind)
        chosen = try checks.chosen(kind)
        events = try checks.events(kind)
        let form = kind.form(windowDays: windowDays, chosen)
        (formula, comparison) = (form.formula, form.comparison)
        (raise, clear) = try checks.edges(form)
        edges = AlertEdges(comparison, raise: raise, clear: clear)
        confirmRuns = try checks.confirmRuns(kind)
        keepForDays = try checks.keepForDays(kind)
        noDataRuns = try checks.noDataRuns()
    }

    /// What is compared with the edges; nil if anything is missing.
    package func value(_ reading: AlertReading) -> Double? {
        let value = formula.value(reading, events)
        return value.isNaN ? nil : value
    }

    /// The quantity that another model changes of itself; nil if there is none, or if the rule
    /// looks at changes, of which the model's part is taken out before.
    package var ofModel: AlertQuantity? {
        guard case .value(let input) = formula, input.quantity.isOfModel else { return nil }
        return input.quantity
    }
}

extension AlertRule {
    /// The rule as it was written, with all that held because nothing was said.
    package var draft: AlertRuleDraft {
        var draft = AlertRuleDraft(name: name, kind: kind.rawValue)
        draft.version = version
        (draft.raise, draft.clear) = (raise, clear)
        (draft.confirmRuns, draft.keepForDays) = (confirmRuns, keepForDays)
        draft.noDataRuns = noDataRuns
        let fields = kind.ownFields
        draft.windowDays = fields.contains("window_days") ? windowDays : nil
        draft.quantity = chosen["quantity"]
        draft.direction = chosen["direction"]
        draft.signal = chosen["signal"]
        draft.events = fields.contains("events") ? events : nil
        return draft
    }

    /// The next version of the rule. Where each company stands is carried over: an edit alone
    /// raises nothing and clears nothing.
    ///
    /// - Throws: What is wrong; another name or kind is another rule.
    package func edited(_ draft: AlertRuleDraft) throws(ServiceError) -> AlertRule {
        var draft = draft
        guard draft.name == name, draft.kind == kind.rawValue else {
            throw AlertRuleChecks(self.draft).refused(
                "kind",
                "has another name or kind than the rule that it is to replace; make a new rule"
            )
        }
        draft.version = version + 1
        return try AlertRule(draft)
    }

    /// The rule as it would be without all that keeps it from telling the same thing again: one
    /// edge for both ways, no confirmation, nothing kept.
    package var unguarded: AlertRule {
        var draft = draft
        draft.clear = nil
        (draft.confirmRuns, draft.keepForDays, draft.noDataRuns) = (1, 0, 0)
        // A rule that was right stays right without them.
        return (try? AlertRule(draft)) ?? self
    }
}
