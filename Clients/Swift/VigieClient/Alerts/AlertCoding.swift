// SPDX-License-Identifier: Apache-2.0

// Alerts as messages, and back.

internal import VigieProtos

extension Alert.Note {
    init(_ message: Vigie_V1_AlertNote) {
        self.init(person: message.person, day: message.day, text: message.text)
    }
}

extension Alert {
    init(_ message: Vigie_V1_Alert) {
        self.init(
            number: Int(clamping: message.number),
            company: message.hasCompany ? CompanyIdentifier(message.company) : nil,
            companyName: message.companyName,
            rule: message.rule,
            ruleVersion: Int(message.ruleVersion),
            kind: message.kind,
            raisedDay: message.raisedDay,
            raisedAtMicroseconds: message.raisedAtMicroseconds,
            toldDay: message.toldDay,
            openings: Int(message.openings),
            oldValue: message.hasOldValue ? message.oldValue : nil,
            newValue: message.hasNewValue ? message.newValue : nil,
            cause: message.cause,
            legalEvents: message.legalEvents,
            acknowledged: message.hasAcknowledged ? Note(message.acknowledged) : nil,
            assignee: message.assignee,
            snoozed: message.hasSnoozed ? Note(message.snoozed) : nil,
            snoozedUntil: message.snoozedUntil,
            snoozedUnlessWorseBy: message.hasSnoozedUnlessWorseBy
                ? message.snoozedUnlessWorseBy : nil,
            resolved: message.hasResolved ? Note(message.resolved) : nil,
            clearedDay: message.clearedDay,
            ending: message.ending
        )
    }
}

extension AlertEvent {
    init(_ message: Vigie_V1_AlertEvent) {
        self.init(
            alert: message.alert > 0 ? Int(clamping: message.alert) : nil,
            key: message.key,
            rule: message.rule,
            kind: message.kind,
            change: message.change,
            day: message.day,
            oldValue: message.hasOldValue ? message.oldValue : nil,
            newValue: message.hasNewValue ? message.newValue : nil,
            cause: message.cause,
            openings: Int(message.openings),
            note: message.hasNote ? Alert.Note(message.note) : nil,
            assignee: message.assignee,
            legalEvents: message.legalEvents,
            text: message.text
        )
    }
}

extension AlertUpdate {
    init(_ message: Vigie_V1_WatchAlertsResponse) {
        self.init(
            cursor: message.cursor,
            events: message.events.map { AlertEvent($0) },
            company: message.hasCompany ? CompanyIdentifier(message.company) : nil,
            companyName: message.companyName,
            createdAtMicroseconds: message.createdAtMicroseconds,
            modelChange: message.modelChange
        )
    }
}

extension RuleTrial {
    init(_ message: Vigie_V1_TryRuleResponse) {
        self.init(
            runCount: Int(clamping: message.runCount),
            companyCount: Int(clamping: message.companyCount),
            leftOutCount: Int(clamping: message.leftOutCount),
            toldCompanyCount: Int(clamping: message.toldCompanyCount),
            toldCount: Int(clamping: message.toldCount),
            unguardedCount: Int(clamping: message.unguardedCount),
            days: message.days.map {
                ToldDay(day: $0.day, toldCount: Int(clamping: $0.toldCount))
            },
            told: message.told.compactMap { told in
                CompanyIdentifier(told.company).map {
                    Told(company: $0, companyName: told.companyName, event: .init(told.event))
                }
            }
        )
    }
}

extension AlertExplanation {
    init(_ message: Vigie_V1_ExplainAlertResponse) {
        self.init(
            verdict: message.verdict,
            day: message.day,
            value: message.hasValue ? message.value : nil,
            phase: message.phase,
            rule: AlertRule(message.rule),
            alert: message.hasAlert ? Alert(message.alert) : nil,
            lines: message.lines
        )
    }
}

extension Vigie_V1_AlertListState {
    init(_ state: Alert.State) {
        self =
            switch state {
            case .open: .open
            case .active: .active
            case .quiet: .quiet
            case .ended: .ended
            case .all: .all
            }
    }
}

extension Vigie_V1_ActOnAlertsRequest {
    mutating func set(_ wanted: AlertAction) {
        switch wanted {
        case .acknowledge: acknowledge = true
        case .assign(let person): assign.assignee = person
        case .snooze(let until, let worse):
            snooze.untilDay = until.description
            if let worse { snooze.unlessWorseBy = worse }
        case .resolve: resolve = true
        case .reopen: reopen = true
        }
    }
}
