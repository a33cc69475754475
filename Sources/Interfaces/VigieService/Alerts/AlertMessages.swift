// SPDX-License-Identifier: Apache-2.0

// Rules and alerts as messages, and back.

internal import AlertStore
internal import Alerts
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_AlertRule {
    /// A rule as it is kept, with all that holds because nothing was said.
    init(_ stored: StoredRule, inFrench: Bool = false) {
        let rule = stored.rule
        let draft = rule.draft
        self = .with {
            $0.name = rule.name
            $0.kind = rule.kind.rawValue
            ($0.raise, $0.clear) = (rule.raise, rule.clear)
            $0.confirmRuns = Int32(clamping: rule.confirmRuns)
            $0.keepForDays = Int32(clamping: rule.keepForDays)
            $0.noDataRuns = Int32(clamping: rule.noDataRuns)
            if let days = draft.windowDays { $0.windowDays = Int32(clamping: days) }
            if let quantity = draft.quantity { $0.quantity = quantity }
            if let direction = draft.direction { $0.direction = direction }
            if let signal = draft.signal { $0.signal = signal }
            $0.events = rule.events
            $0.version = Int32(clamping: rule.version)
            $0.changedAtMicroseconds = Int64(stored.changedAtMicroseconds)
            $0.changedBy = stored.changedBy
            $0.title = rule.kind.title(inFrench: inFrench)
        }
    }

    /// The rule as it was written.
    var draft: AlertRuleDraft {
        var draft = AlertRuleDraft(name: name, kind: kind)
        if hasRaise { draft.raise = raise }
        if hasClear { draft.clear = clear }
        if hasConfirmRuns { draft.confirmRuns = Int(confirmRuns) }
        if hasKeepForDays { draft.keepForDays = Int(keepForDays) }
        if hasNoDataRuns { draft.noDataRuns = Int(noDataRuns) }
        if hasWindowDays { draft.windowDays = Int(windowDays) }
        if hasQuantity { draft.quantity = quantity }
        if hasDirection { draft.direction = direction }
        if hasSignal { draft.signal = signal }
        if !events.isEmpty { draft.events = events }
        return draft
    }
}

extension Vigie_V1_AlertNote {
    /// What somebody did.
    init(_ note: AlertHandling.Note) {
        self = .with {
            $0.person = note.person
            $0.day = note.day.description
            $0.text = note.text
        }
    }
}

extension Vigie_V1_Alert {
    /// An alert as somebody sees it.
    init(_ seen: SeenAlert) {
        let alert = seen.alert
        self = .with {
            $0.number = Int64(alert.number)
            if let company = seen.company {
                $0.company = .init(company.identity)
                $0.companyName = company.name
            }
            $0.rule = alert.ruleName
            $0.ruleVersion = Int32(clamping: alert.ruleVersion)
            $0.kind = alert.kind.rawValue
            $0.raisedDay = alert.raisedOn.description
            $0.raisedAtMicroseconds = Int64(alert.raisedAtMicroseconds)
            $0.toldDay = alert.toldOn.description
            $0.openings = Int32(clamping: alert.openings)
            if let value = alert.oldValue { $0.oldValue = value }
            if let value = alert.newValue { $0.newValue = value }
            $0.cause = alert.cause.rawValue
            $0.legalEvents = alert.legalEvents
            $0.clearedDay = alert.clearedOn?.description ?? ""
            $0.ending = alert.ending?.rawValue ?? ""
            if let handling = alert.handling { $0.tell(handling) }
        }
    }

    private mutating func tell(_ handling: AlertHandling) {
        if let note = handling.acknowledged { acknowledged = .init(note) }
        assignee = handling.assignee ?? ""
        if let note = handling.resolved { resolved = .init(note) }
        guard let snooze = handling.snooze else { return }
        snoozed = .init(snooze.note)
        snoozedUntil = snooze.until.description
        if let worse = snooze.worseBy { snoozedUnlessWorseBy = worse }
    }
}

extension Vigie_V1_AlertEvent {
    /// What happened with an alert.
    init(_ event: AlertEvent, alert: Int?, key: String, inFrench: Bool) {
        self = .with {
            $0.alert = Int64(alert ?? 0)
            $0.key = key
            $0.rule = event.rule
            $0.ruleVersion = Int32(clamping: event.version)
            $0.kind = event.kind.rawValue
            $0.change = event.change.rawValue
            $0.day = event.day.description
            if let value = event.oldValue, value.isFinite { $0.oldValue = value }
            if let value = event.newValue, value.isFinite { $0.newValue = value }
            $0.cause = event.cause.rawValue
            $0.openings = Int32(clamping: event.openings)
            if let value = event.worseBy { $0.worseBy = value }
            if let note = event.note { $0.note = .init(note) }
            $0.assignee = event.assignee ?? ""
            $0.legalEvents = event.legalEvents
            $0.text = event.text(inFrench: inFrench)
        }
    }
}

extension Vigie_V1_WatchAlertsResponse {
    /// Where the stream is.
    init(_ cursor: AlertCursor) { self = .with { $0.cursor = cursor.text } }

    /// What happened; nil for an event that tells nothing of alerts.
    init?(_ watched: WatchedEvent, inFrench: Bool) {
        guard let body = watched.body else { return nil }
        self = .with {
            $0.cursor = watched.cursor.text
            $0.events = body.notices.map {
                Vigie_V1_AlertEvent($0.event, alert: $0.alert, key: $0.key, inFrench: inFrench)
            }
            if let company = watched.company {
                $0.company = .init(company.identity)
                $0.companyName = company.name
            }
            $0.createdAtMicroseconds = Int64(watched.event.createdAtMicroseconds)
            $0.modelChange = body.modelChange ?? ""
        }
    }
}

extension Vigie_V1_TryRuleResponse {
    /// What a rule would have told.
    init(_ trial: RuleTrial, _ companies: [Int: NamedCompany], inFrench: Bool) {
        self = .with {
            $0.runCount = Int64(trial.days.count)
            $0.companyCount = Int64(trial.companyCount)
            $0.leftOutCount = Int64(trial.leftOutCount)
            $0.toldCompanyCount = Int64(trial.toldCompanyCount)
            $0.toldCount = Int64(trial.toldCount)
            $0.unguardedCount = Int64(trial.unguardedCount)
            $0.days = trial.toldByDay.sorted { $0.key < $1.key }.map { day, count in
                .with {
                    $0.day = day.description
                    $0.toldCount = Int64(count)
                }
            }
            $0.told = trial.told.compactMap { slot, event in
                companies[slot].map { company in
                    .with {
                        $0.company = .init(company.identity)
                        $0.companyName = company.name
                        $0.event = .init(event, alert: nil, key: "", inFrench: inFrench)
                    }
                }
            }
        }
    }
}

extension Vigie_V1_ExplainAlertResponse {
    /// Why there is an alert, or none.
    init(
        _ told: AlertExplanation,
        _ rule: StoredRule,
        _ alert: SeenAlert?,
        inFrench: Bool
    ) {
        self = .with {
            $0.verdict = told.verdict.rawValue
            $0.day = told.day.description
            if let value = told.value, value.isFinite { $0.value = value }
            $0.inputs = told.inputs.map { input, value in
                .with {
                    $0.name = input.description
                    if let value { $0.value = value }
                }
            }
            $0.phase = told.state.phase.name
            if let move = told.move {
                $0.move.total = move.total
                $0.move.modelPart = move.modelPart
                $0.move.companyPart = move.companyPart
            }
            $0.path = told.path.map { step in
                .with {
                    $0.day = step.day.description
                    if let value = step.value, value.isFinite { $0.value = value }
                    $0.phase = step.phase.name
                }
            }
            $0.rule = .init(rule, inFrench: inFrench)
            if let alert { $0.alert = .init(alert) }
            $0.lines = told.lines(inFrench: inFrench)
        }
    }
}

extension Vigie_V1_ActOnAlertsRequest {
    /// What is done.
    func alertAction() throws(ServiceError) -> AlertAction {
        switch action {
        case .acknowledge(true)?: return .acknowledge
        case .assign(let assign)?: return .assign(to: assign.assignee)
        case .snooze(let snooze)?:
            return .snooze(
                until: try CalendarDate(message: snooze.untilDay, "snooze.until_day"),
                worseBy: snooze.hasUnlessWorseBy ? snooze.unlessWorseBy : nil
            )
        case .resolve(true)?: return .resolve
        case .reopen(true)?: return .reopen
        case .acknowledge(false)?, .resolve(false)?, .reopen(false)?, nil:
            throw .invalid(
                "action",
                "NO_ACTION",
                "Say what is done: acknowledge, assign, snooze, resolve or reopen."
            )
        }
    }
}

extension Vigie_V1_AlertListState {
    /// How far the alerts are.
    func value() throws(ServiceError) -> AlertListState {
        switch self {
        case .unspecified, .open: return .open
        case .active: return .active
        case .quiet: return .quiet
        case .ended: return .ended
        case .all: return .all
        case .UNRECOGNIZED(let number): throw .noSuchValue("state", number)
        }
    }
}

extension CalendarDate {
    /// A day of a message.
    init(message text: String, _ field: String) throws(ServiceError) {
        guard let day = CalendarDate(text) else {
            throw .invalid(
                field,
                "INVALID_DATE",
                "\(field) \"\(text.shownInMessages)\" is no day; write it as 2026-01-31."
            )
        }
        self = day
    }
}

/// The language of texts.
enum AlertLanguage {
    /// Whether it is French.
    static func isFrench(_ name: String) throws(ServiceError) -> Bool {
        switch name {
        case "", "en": return false
        case "fr": return true
        default:
            throw .invalid(
                "language",
                "UNKNOWN_LANGUAGE",
                "language \"\(name.shownInMessages)\" is not known; there are en and fr."
            )
        }
    }
}
