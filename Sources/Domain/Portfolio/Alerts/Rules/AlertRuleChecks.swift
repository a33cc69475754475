// SPDX-License-Identifier: Apache-2.0

// Whether a rule that somebody wrote can be one: each refusal names the rule, the field and what to
// do.

internal import Documents
internal import ServiceErrors
internal import VigieLimits

/// Looks at the fields of a rule.
struct AlertRuleChecks {
    private let draft: AlertRuleDraft

    init(_ draft: AlertRuleDraft) { self.draft = draft }

    /// A refusal of a field.
    func refused(_ field: String, _ words: String) -> ServiceError {
        let name = draft.name.isEmpty ? "A rule without a name" : "Rule \(quoted(draft.name))"
        return .invalid(
            field,
            "ALERT_RULE_INVALID",
            "\(name): \"\(field)\" \(words).",
            metadata: ["rule": draft.name, "field": field]
        )
    }

    func kind() throws(ServiceError) -> AlertKind {
        guard AlertName.isOne(draft.name) else {
            throw refused("name", AlertName.words)
        }
        guard let kind = AlertKind(rawValue: draft.kind) else {
            let all = AlertKind.allCases.map(\.rawValue)
            let hint = NearestName.hint(all, to: draft.kind)
            throw refused("kind", "is none of \(all.joined(separator: ", "))\(hint)")
        }
        try refuseForeign(kind)
        return kind
    }

    /// Fields that a kind does not have say that somebody meant another thing.
    private func refuseForeign(_ kind: AlertKind) throws(ServiceError) {
        let given: [(String, Bool)] = [
            ("window_days", draft.windowDays != nil), ("quantity", draft.quantity != nil),
            ("direction", draft.direction != nil), ("signal", draft.signal != nil),
            ("events", draft.events != nil),
        ]
        for (field, isGiven) in given where isGiven && !kind.ownFields.contains(field) {
            throw refused(field, "is nothing that \(kind.rawValue) has; leave it out")
        }
    }

    func version() throws(ServiceError) -> Int {
        guard draft.version >= 1, draft.version <= Int32.max else {
            throw refused("version", "is \(draft.version); count versions from 1")
        }
        return draft.version
    }

    private func number(
        _ value: Int?,
        _ field: String,
        _ limit: String,
        _ bounds: ClosedRange<Int>,
        otherwise usual: Int
    ) throws(ServiceError) -> Int {
        guard let value else { return usual }
        guard value <= bounds.upperBound else {
            throw .overLimit(
                field,
                limit,
                "Rule \(quoted(draft.name)): \"\(field)\" is \(value).",
                value: value,
                maximum: bounds.upperBound
            )
        }
        guard value >= bounds.lowerBound else {
            throw refused(field, "is \(value), and cannot be below \(bounds.lowerBound)")
        }
        return value
    }

    func windowDays(_ kind: AlertKind) throws(ServiceError) -> Int {
        guard kind.ownFields.contains("window_days") else { return 1 }
        return try number(
            draft.windowDays,
            "window_days",
            "windowDays",
            1...AlertLimits.windowDays,
            otherwise: 1
        )
    }

    func confirmRuns(_ kind: AlertKind) throws(ServiceError) -> Int {
        let runs = try number(
            draft.confirmRuns,
            "confirm_runs",
            "confirmRuns",
            1...AlertLimits.confirmRuns,
            otherwise: 1
        )
        guard runs == 1 || !kind.isOccurrence else {
            throw refused(
                "confirm_runs",
                "is \(runs), and \(kind.rawValue) tells what happens once; leave it out"
            )
        }
        return runs
    }

    func keepForDays(_ kind: AlertKind) throws(ServiceError) -> Int {
        // What happened once has no value that passes back: somebody is to have time to look.
        try number(
            draft.keepForDays,
            "keep_for_days",
            "keepForDays",
            0...AlertLimits.keepForDays,
            otherwise: kind.isOccurrence ? 30 : 0
        )
    }

    func noDataRuns() throws(ServiceError) -> Int {
        try number(
            draft.noDataRuns,
            "no_data_runs",
            "noDataRuns",
            0...AlertLimits.noDataRuns,
            otherwise: 0
        )
    }

    func chosen(_ kind: AlertKind) throws(ServiceError) -> [String: String] {
        var chosen: [String: String] = [:]
        let given = [
            ("quantity", draft.quantity), ("direction", draft.direction), ("signal", draft.signal),
        ]
        for (field, value) in given where kind.ownFields.contains(field) {
            let choices = kind.choices(field)
            guard let value = value ?? choices.first, choices.contains(value) else {
                throw refused(field, "is none of \(choices.joined(separator: ", "))")
            }
            chosen[field] = value
        }
        return chosen
    }

    func events(_ kind: AlertKind) throws(ServiceError) -> [String] {
        guard kind == .legalEvent else { return [] }
        let events = draft.events ?? []
        guard events.count <= AlertLimits.legalEvents else {
            throw .overLimit(
                "events",
                "legalEvents",
                "Rule \(quoted(draft.name)) names \(events.count) events.",
                value: events.count,
                maximum: AlertLimits.legalEvents
            )
        }
        guard !events.isEmpty, events.allSatisfy(AlertName.isOne),
            Set(events).count == events.count
        else { throw refused("events", "must name at least one event, and each of them once") }
        return events
    }

    /// Both edges: numbers within their bounds, and on the right sides of each other.
    func edges(_ form: AlertForm) throws(ServiceError) -> (raise: Double, clear: Double) {
        guard let raise = draft.raise ?? form.raise else {
            throw refused("raise", "is missing: name the value from which on to raise")
        }
        try checkBounds(raise, "raise", form.bounds, excludesLeast: form.isLeastExcluded)
        guard let clear = draft.clear else { return (raise, raise) }
        // Of kinds that count from 1 nothing at all is below that.
        let least = form.bounds.lowerBound == 1 ? 0 : form.bounds.lowerBound
        try checkBounds(clear, "clear", least...form.bounds.upperBound, excludesLeast: false)
        let isRight = form.comparison.isOfLowValues ? clear >= raise : clear <= raise
        guard isRight else {
            let side = form.comparison.isOfLowValues ? "above" : "below"
            throw refused(
                "clear",
                "is \(AlertNumber.text(clear)) and contradicts \"raise\", which is "
                    + "\(AlertNumber.text(raise)): an alert would be raised and cleared at once. "
                    + "Name a value \(side) it, or leave it out"
            )
        }
        return (raise, clear)
    }

    private func checkBounds(
        _ value: Double,
        _ field: String,
        _ bounds: ClosedRange<Double>,
        excludesLeast: Bool
    ) throws(ServiceError) {
        guard value.isFinite else { throw refused(field, "is no number; name one") }
        let (least, most) = (bounds.lowerBound, bounds.upperBound)
        guard value <= most else {
            throw refused(
                field,
                "is \(AlertNumber.text(value)), and cannot be above \(AlertNumber.text(most))"
            )
        }
        guard excludesLeast ? value > least : value >= least else {
            throw refused(
                field,
                "is \(AlertNumber.text(value)), and must be "
                    + "\(excludesLeast ? "above" : "at least") \(AlertNumber.text(least))"
            )
        }
    }
}

/// Names of portfolios, companies, rules and events.
enum AlertName {
    static let words =
        "must have 1 to \(AlertLimits.nameBytes) bytes, none of them a control character"

    /// Whether a text can be one. Control characters part names where several are put together.
    static func isOne(_ text: String) -> Bool {
        (1...AlertLimits.nameBytes).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
