// SPDX-License-Identifier: Apache-2.0

// An alert as people see it: since when, why, what was done with it, how it ended.

package import Alerts
package import Databases
internal import Documents
package import Quantities
internal import VigieLimits

/// An alert as it is kept.
package struct KeptAlert: Sendable, Equatable {
    /// How an alert ended.
    package enum Ending: String, Sendable, CaseIterable {
        /// The value passed back.
        case cleared
        /// The value passed back while somebody held the alert for done.
        case resolved
        /// Another model sees no reason for it in the same facts.
        case modelChanged = "model_changed"
        /// The rule was taken away.
        case ruleRemoved = "rule_removed"
    }

    /// Its number; a later one has a higher one.
    package let number: Int
    /// The company, by its slot; nil for an alert of the portfolio.
    package let slot: Int?
    /// The number of the rule.
    package let rule: Int
    /// The name of the rule.
    package let ruleName: String
    /// Its version when the alert was told last.
    package let ruleVersion: Int
    /// The kind of the rule.
    package let kind: AlertKind
    /// The key by which it is there once.
    package let key: String
    /// The day as of which it was raised.
    package let raisedOn: CalendarDate
    /// When, in microseconds since 1970 in UTC.
    package let raisedAtMicroseconds: Int
    /// The day as of which it was told last.
    package let toldOn: CalendarDate
    /// How often it was raised so far.
    package let openings: Int
    /// The quantity before and when it was told last; nil where it is not known.
    package let oldValue: Double?
    package let newValue: Double?
    /// What moved it.
    package let cause: AlertCause
    /// Which events of courts and registers made it.
    package let legalEvents: [String]
    /// What people did with it; of one that has ended what they had done last.
    package let handling: AlertHandling?
    /// The day as of which it ended; nil while it is open.
    package let clearedOn: CalendarDate?
    /// How it ended.
    package let ending: Ending?
}

/// How far alerts are that somebody asks for.
package enum AlertListState: Sendable, CaseIterable {
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

    fileprivate var condition: String {
        switch self {
        case .open: "and a.cleared_day is null"
        case .active: "and a.cleared_day is null and a.is_quiet = 0"
        case .quiet: "and a.cleared_day is null and a.is_quiet = 1"
        case .ended: "and a.cleared_day is not null"
        case .all: ""
        }
    }
}

extension DatabaseConnection {
    private static var alertColumns: String {
        """
        a.number, a.slot, a.rule, a.rule_name, a.rule_version, a.kind, a.dedupe_key, a.raised_day,
        a.raised_at, a.told_day, a.openings, a.old_value, a.new_value, a.cause, a.legal_events,
        a.handling, a.cleared_day, a.ending
        """
    }

    /// Alerts of a portfolio, the newest first.
    ///
    /// - Parameters:
    ///   - slot: Only of a company.
    ///   - number: Only those with a lower number.
    ///   - limit: How many at most.
    package func alerts(
        of portfolio: Int,
        _ state: AlertListState,
        slot: Int? = nil,
        below number: Int = .max,
        limit: Int
    ) throws(DatabaseError) -> [KeptAlert] {
        let company = slot == nil ? "" : "and a.slot = $4"
        return try all(
            """
            select \(Self.alertColumns) from alert a
            where a.portfolio = $1 and a.number < $2 \(state.condition) \(company)
            order by a.number desc limit $3
            """,
            [.integer(portfolio), .integer(number), .integer(limit)]
                + (slot.map { [.integer($0)] } ?? [])
        ) { row throws(DatabaseError) in try Self.keptAlert(row) }
    }

    /// An alert of a portfolio by its number; nil when there is none.
    package func alert(_ number: Int, of portfolio: Int) throws(DatabaseError) -> KeptAlert? {
        try first(
            "select \(Self.alertColumns) from alert a where a.number = $1 and a.portfolio = $2",
            [.integer(number), .integer(portfolio)]
        ) { row throws(DatabaseError) in try Self.keptAlert(row) }
    }

    /// The last alert of a company, or of a portfolio with no slot, that a rule raised; nil when
    /// there is none.
    package func lastAlert(
        of portfolio: Int,
        slot: Int?,
        rule: Int
    ) throws(DatabaseError) -> KeptAlert? {
        let company = slot == nil ? "a.slot is null" : "a.slot = $3"
        return try first(
            """
            select \(Self.alertColumns) from alert a
            where a.portfolio = $1 and a.rule = $2 and \(company) order by a.number desc limit 1
            """,
            [.integer(portfolio), .integer(rule)] + (slot.map { [.integer($0)] } ?? [])
        ) { row throws(DatabaseError) in try Self.keptAlert(row) }
    }

    /// Keeps what people did with an alert, and when and with which values it was told last.
    package func change(
        _ alert: Int,
        handling: AlertHandling?,
        told event: AlertEvent? = nil
    ) throws(DatabaseError) {
        let handled: [DatabaseValue] = [
            .integer(alert), handling.map { .text($0.json) } ?? .null,
            .integer(handling?.isQuiet == true ? 1 : 0),
        ]
        guard let event else {
            _ = try execute(
                "update alert set handling = $2, is_quiet = $3 where number = $1",
                handled
            )
            return
        }
        _ = try execute(
            """
            update alert set handling = $2, is_quiet = $3, told_day = $4, openings = $5,
                old_value = $6, new_value = $7, cause = $8, legal_events = $9, rule_version = $10
            where number = $1
            """,
            handled + [
                .integer(Int(event.day.dayNumber)), .integer(event.openings),
                event.oldValue.finite, event.newValue.finite, .text(event.cause.rawValue),
                .text(event.legalEvents.joined(separator: "\n")), .integer(event.version),
            ]
        )
    }

    /// Ends an alert.
    package func end(
        _ alert: Int,
        _ ending: KeptAlert.Ending,
        on day: CalendarDate,
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            update alert set cleared_day = $2, cleared_at = $3, ending = $4, is_quiet = 0
            where number = $1
            """,
            [
                .integer(alert), .integer(Int(day.dayNumber)), .integer(nowMicroseconds),
                .text(ending.rawValue),
            ]
        )
    }

    private static func keptAlert(_ row: DatabaseRow) throws(DatabaseError) -> KeptAlert {
        guard let kind = AlertKind(rawValue: try row.text(5)),
            let raised = CalendarDate(dayNumber: try row.integer(7)),
            let told = CalendarDate(dayNumber: try row.integer(9)),
            let cause = AlertCause(rawValue: try row.text(13))
        else { throw DatabaseError(.damaged, "an alert has no known kind, day or cause") }
        let handling = try row.textIfAny(15)
        let events = try row.text(14)
        return KeptAlert(
            number: try row.integer(0),
            slot: try row.integerIfAny(1),
            rule: try row.integer(2),
            ruleName: try row.text(3),
            ruleVersion: try row.integer(4),
            kind: kind,
            key: try row.text(6),
            raisedOn: raised,
            raisedAtMicroseconds: try row.integer(8),
            toldOn: told,
            openings: try row.integer(10),
            oldValue: try row.realIfAny(11),
            newValue: try row.realIfAny(12),
            cause: cause,
            legalEvents: events.split(separator: "\n").map { String($0) },
            handling: try handling.map { (text) throws(DatabaseError) in
                try AlertHandling.kept(text)
            },
            clearedOn: try row.integerIfAny(16).flatMap { CalendarDate(dayNumber: $0) },
            ending: try row.textIfAny(17).flatMap { KeptAlert.Ending(rawValue: $0) }
        )
    }
}

extension AlertHandling {
    /// Whether somebody wants to hear nothing for now.
    package var isQuiet: Bool { snooze != nil || resolved != nil }

    /// Reads what a database kept.
    package static func kept(_ text: String) throws(DatabaseError) -> AlertHandling {
        guard let handling = read(json: Array(text.utf8), ProblemList(file: "")) else {
            throw DatabaseError(.damaged, "what was done with an alert cannot be read")
        }
        return handling
    }
}

extension Double? {
    /// The number as databases keep it; none where it is more than any.
    var finite: DatabaseValue { flatMap { $0.isFinite ? .real($0) : nil } ?? .null }
}
