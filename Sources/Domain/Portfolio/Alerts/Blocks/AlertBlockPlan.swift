// SPDX-License-Identifier: Apache-2.0

// Rules bound to columns: done once for a run, so that a block only computes.

package import ServiceErrors
internal import VigieLimits

/// A rule that is bound to columns.
struct CompiledAlertRule {
    /// What is computed, with the places of columns; -1 for none.
    enum Step {
        case value(Int)
        case difference(Int, Int)
        case distance(Int, Int)
        case ratio(Int, Int)
        case growth(Int, Int)
        case use(Int, Int, Int)
        case events(UInt64)
    }

    let step: Step
    let edges: AlertEdges
    /// The greatest severity at which an open alert just stays: of what happens each time anew that
    /// is below the edge.
    let staysThrough: Double
    let confirmRuns: UInt64
    let keepForDays: Int32
    let noDataRuns: UInt64
    let isOccurrence: Bool
    /// The column of what is rebased on, by the new model; -1 for none.
    let rebased: Int
}

/// Rules bound to columns.
package struct AlertBlockPlan: Sendable {
    /// The rules, in the order in which states are given.
    package let rules: [AlertRule]
    /// The columns, in the order in which they are given.
    package let inputs: [AlertInput]
    /// The events of courts and registers that bits stand for, from the lowest.
    package let legalEvents: [String]

    let compiled: [CompiledAlertRule]

    /// Binds rules.
    ///
    /// - Parameters:
    ///   - rules: The rules.
    ///   - inputs: The columns that will be given.
    ///   - legalEvents: The events that bits will stand for.
    /// - Throws: That a rule needs a column or event that there is not.
    package init(
        _ rules: [AlertRule],
        inputs: [AlertInput],
        legalEvents: [String] = []
    ) throws(ServiceError) {
        guard rules.count <= AlertLimits.rules else {
            throw .overLimit(
                "rules",
                "rules",
                "There are \(rules.count) rules; evaluate some of them apart.",
                value: rules.count,
                maximum: AlertLimits.rules
            )
        }
        guard legalEvents.count <= AlertLimits.legalEvents else {
            throw .overLimit(
                "events",
                "legalEvents",
                "There are \(legalEvents.count) kinds of events, and a word has a bit for each.",
                value: legalEvents.count,
                maximum: AlertLimits.legalEvents
            )
        }
        (self.rules, self.inputs, self.legalEvents) = (rules, inputs, legalEvents)
        let binding = AlertBinding(inputs: inputs, legalEvents: legalEvents)
        var compiled: [CompiledAlertRule] = []
        for rule in rules { compiled.append(try binding.compiled(rule)) }
        self.compiled = compiled
    }

    /// The columns that rules need.
    package static func inputs(of rules: [AlertRule]) -> [AlertInput] {
        var found: [AlertInput] = []
        for input in rules.flatMap(\.formula.inputs) where !found.contains(input) {
            found.append(input)
        }
        return found
    }
}

/// Where columns and events stand.
private struct AlertBinding {
    let inputs: [AlertInput]
    let legalEvents: [String]

    func compiled(_ rule: AlertRule) throws(ServiceError) -> CompiledAlertRule {
        let step = try step(rule)
        let before = rule.ofModel.map { AlertInput($0, daysBefore: 1) }
        return CompiledAlertRule(
            step: step,
            edges: rule.edges,
            staysThrough: rule.kind.isOccurrence ? rule.edges.raise.nextDown : .infinity,
            confirmRuns: UInt64(rule.confirmRuns),
            keepForDays: Int32(rule.keepForDays),
            noDataRuns: UInt64(rule.noDataRuns),
            isOccurrence: rule.kind.isOccurrence,
            rebased: before.flatMap { inputs.firstIndex(of: $0) } ?? -1
        )
    }

    private func step(_ rule: AlertRule) throws(ServiceError) -> CompiledAlertRule.Step {
        switch rule.formula {
        case .value(let one): return .value(try place(one, rule))
        case .difference(let one, let other):
            return .difference(try place(one, rule), try place(other, rule))
        case .distance(let one, let other):
            return .distance(try place(one, rule), try place(other, rule))
        case .ratio(let one, let other):
            return .ratio(try place(one, rule), try place(other, rule))
        case .growth(let one, let other):
            return .growth(try place(one, rule), try place(other, rule))
        case .use:
            let places = (
                try place(AlertInput(.exposure), rule), try place(AlertInput(.limit), rule)
            )
            let cover = inputs.firstIndex(of: AlertInput(.cover)) ?? -1
            return .use(places.0, places.1, cover)
        case .events: return .events(try bits(rule))
        }
    }

    private func place(_ input: AlertInput, _ rule: AlertRule) throws(ServiceError) -> Int {
        if let place = inputs.firstIndex(of: input) { return place }
        throw missing("\(input)", rule)
    }

    private func bits(_ rule: AlertRule) throws(ServiceError) -> UInt64 {
        var bits: UInt64 = 0
        for event in rule.events {
            guard let place = legalEvents.firstIndex(of: event) else { throw missing(event, rule) }
            bits |= 1 << UInt64(place)
        }
        return bits
    }

    private func missing(_ what: String, _ rule: AlertRule) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "ALERT_INPUT_MISSING",
            "Rule \"\(rule.name.shownInMessages)\" needs \(what.shownInMessages), which this run "
                + "does not have; leave the rule out of it, or bring that.",
            metadata: ["rule": rule.name, "input": what]
        )
    }
}
