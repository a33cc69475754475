// SPDX-License-Identifier: Apache-2.0

// Alerts of portfolios, and what happens with them, as plain values.

internal import VigieProtos

/// An alert.
public struct Alert: Sendable, Hashable {
    /// How far alerts are that somebody asks for.
    public enum State: Sendable, Hashable, CaseIterable {
        /// There is an alert, whatever somebody did with it.
        case open
        /// Open, and neither put off nor held for done.
        case active
        /// Open, and put off or held for done.
        case quiet
        /// There was one.
        case ended
        /// All of them.
        case all
    }

    /// What somebody did, and when.
    public struct Note: Sendable, Hashable {
        /// Who did it.
        public let person: String
        /// On which day, in UTC.
        public let day: String
        /// What he wrote; may be empty.
        public let text: String
    }

    /// Its number, which no other alert has.
    public let number: Int
    /// The company; `nil` for an alert of the portfolio itself.
    public let company: CompanyIdentifier?
    /// The name of the company; may be empty.
    public let companyName: String
    /// The name of the rule.
    public let rule: String
    /// The version of the rule that told it last.
    public let ruleVersion: Int
    /// The kind of the rule, such as `SCORE_DROP`.
    public let kind: String
    /// The day as of which it was raised, as `YYYY-MM-DD`.
    public let raisedDay: String
    /// When that was found, in microseconds since 1970 in UTC.
    public let raisedAtMicroseconds: Int64
    /// The day as of which it was told last.
    public let toldDay: String
    /// How often it was raised so far.
    public let openings: Int
    /// The quantity before; `nil` where it is not known.
    public let oldValue: Double?
    /// The quantity when it was told last; `nil` where it is not known.
    public let newValue: Double?
    /// What moved it: `company` or `data_arrived`.
    public let cause: String
    /// Which events of courts and registers made it.
    public let legalEvents: [String]
    /// Who has seen it.
    public let acknowledged: Note?
    /// Who is to look after it; empty for nobody.
    public let assignee: String
    /// Who put it off.
    public let snoozed: Note?
    /// The last day on which nothing is told of it; empty if it is not put off.
    public let snoozedUntil: String
    /// By how much worse it has to be to be told before; `nil` for never.
    public let snoozedUnlessWorseBy: Double?
    /// Who holds it for done, though the value says otherwise.
    public let resolved: Note?
    /// The day as of which it ended; empty while it is open.
    public let clearedDay: String
    /// How it ended: `cleared`, `resolved`, `model_changed`, `rule_removed`; empty while it is
    /// open.
    public let ending: String
}

/// What somebody does with alerts.
public enum AlertAction: Sendable, Hashable {
    /// He has seen them.
    case acknowledge
    /// Somebody is to look after them.
    case assign(to: String)
    /// Nothing is to be told through a day, unless the value is worse by so much.
    case snooze(until: Day, unlessWorseBy: Double? = nil)
    /// They are done, whatever the value says.
    case resolve
    /// They are not done, and were not seen.
    case reopen
}

/// What became of what somebody did with alerts.
public struct HandledAlerts: Sendable, Hashable {
    /// What could not be done.
    public struct Refusal: Sendable, Hashable {
        /// The number of the alert.
        public let alert: Int
        /// Why not, such as `ALERT_NOT_OPEN`.
        public let reason: String
        /// The same as a sentence.
        public let message: String
    }

    /// The alerts with which it was done, as they are now.
    public let done: [Alert]
    /// Those with which it could not be done.
    public let refused: [Refusal]
}

/// Something that happened with an alert.
public struct AlertEvent: Sendable, Hashable {
    /// The number of the alert; `nil` where there is none, as of a value that is missing.
    public let alert: Int?
    /// By which it is told once: the same event has the same key for ever.
    public let key: String
    /// The name of the rule.
    public let rule: String
    /// The kind of the rule.
    public let kind: String
    /// What happened: `raised`, `cleared`, `reopened`, `woken`, `no_data`, `data_back`,
    /// `acknowledged`, `assigned`, `snoozed`, `resolved`.
    public let change: String
    /// The day as of which it did, as `YYYY-MM-DD`.
    public let day: String
    /// The quantity before; `nil` where it is not known.
    public let oldValue: Double?
    /// The quantity now; `nil` where it is missing.
    public let newValue: Double?
    /// What moved it: `company`, `data_arrived` or `model_changed`.
    public let cause: String
    /// How often the alert was raised so far.
    public let openings: Int
    /// Who did something; `nil` if nobody did.
    public let note: Alert.Note?
    /// To whom it is assigned; empty for nobody.
    public let assignee: String
    /// Which events of courts and registers made it.
    public let legalEvents: [String]
    /// The same as a sentence.
    public let text: String
}

/// What happened to a company, or to a portfolio, as of a day; or where the stream is.
public struct AlertUpdate: Sendable, Hashable {
    /// Where the stream is behind it: who goes on from it misses nothing.
    public let cursor: String
    /// What happened; empty where only the cursor moved.
    public let events: [AlertEvent]
    /// The company; `nil` for the portfolio itself.
    public let company: CompanyIdentifier?
    /// Its name; may be empty.
    public let companyName: String
    /// When it came into the store, in microseconds since 1970 in UTC.
    public let createdAtMicroseconds: Int64
    /// What another model made of the portfolio, as JSON; empty for none.
    public let modelChange: String

    /// Whether only the cursor moved.
    public var isHeartbeat: Bool { events.isEmpty && modelChange.isEmpty }
}

/// What a rule would have told in the past.
public struct RuleTrial: Sendable, Hashable {
    /// What would have been told of a company.
    public struct Told: Sendable, Hashable {
        /// The company.
        public let company: CompanyIdentifier
        /// Its name; may be empty.
        public let companyName: String
        /// What would have been told.
        public let event: AlertEvent
    }

    /// How often something would have been told on a day.
    public struct ToldDay: Sendable, Hashable {
        /// The day, as `YYYY-MM-DD`.
        public let day: String
        /// How often.
        public let toldCount: Int
    }

    /// The days of the past on which companies were scored.
    public let runCount: Int
    /// Companies that it was tried on.
    public let companyCount: Int
    /// Companies beyond the limit of those.
    public let leftOutCount: Int
    /// Companies of which something would have been told.
    public let toldCompanyCount: Int
    /// How often something would have been told.
    public let toldCount: Int
    /// How often, with one edge for both ways and at once.
    public let unguardedCount: Int
    /// Days on which something would have been told.
    public let days: [ToldDay]
    /// What would have been told, company by company: the first thousand.
    public let told: [Told]
}

/// Why there is an alert, or none.
public struct AlertExplanation: Sendable, Hashable {
    /// What it comes to: `under_edge`, `unconfirmed`, `told_now`, `told_before`, `between_edges`,
    /// `recovering`, `snoozed`, `resolved`, `no_value`.
    public let verdict: String
    /// The day of the last run, as `YYYY-MM-DD`.
    public let day: String
    /// What is compared with the edges; `nil` where anything is missing.
    public let value: Double?
    /// How far the alert is: `ok`, `pending`, `raised`, `recovering`.
    public let phase: String
    /// The rule.
    public let rule: AlertRule
    /// The last alert that the rule raised.
    public let alert: Alert?
    /// All of it in sentences.
    public let lines: [String]
}
