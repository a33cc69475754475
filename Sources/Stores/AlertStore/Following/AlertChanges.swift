// SPDX-License-Identifier: Apache-2.0

// What becomes of the alerts of a portfolio: gathered, then written at once, and the events that
// tell of it. What is new has a key that is there once: what somebody else raised as of the same
// day is not told again.

internal import Alerts
internal import Databases
internal import PortfolioStore
internal import Quantities
internal import ServiceErrors

/// Changes of the alerts of a portfolio.
struct AlertChanges {
    private struct Raised {
        let rule: StoredRule
        let slot: Int?
        let event: AlertEvent
        let handling: AlertHandling?
        let key: String
        var number = 0
    }

    private struct Told {
        let slot: Int?
        let alert: Int?
        let key: String
        let event: AlertEvent
        /// Its place among those that are raised.
        let raised: Int?
    }

    private let portfolio: Int
    private let now: Int
    private var raised: [Raised] = []
    private var told: [Told] = []
    private var changed: [(alert: Int, handling: AlertHandling?, event: AlertEvent?)] = []
    private var ended: [(alert: Int, ending: KeptAlert.Ending, day: CalendarDate)] = []

    init(_ portfolio: Int, _ now: Int) { (self.portfolio, self.now) = (portfolio, now) }

    /// There is an alert.
    mutating func raise(
        _ rule: StoredRule,
        _ slot: Int?,
        _ event: AlertEvent,
        _ handling: AlertHandling?
    ) {
        let key = key(slot, event)
        told.append(Told(slot: slot, alert: nil, key: key, event: event, raised: raised.count))
        raised.append(
            Raised(rule: rule, slot: slot, event: event, handling: handling, key: key)
        )
    }

    /// Something is to be told.
    mutating func tell(_ slot: Int?, _ alert: Int?, _ event: AlertEvent) {
        let key = key(slot, event)
        told.append(Told(slot: slot, alert: alert, key: key, event: event, raised: nil))
    }

    /// What people did became another thing, or it is told again.
    mutating func change(_ alert: Int, _ handling: AlertHandling?, _ event: AlertEvent?) {
        changed.append((alert, handling, event))
    }

    /// An alert is over.
    mutating func end(_ alert: Int, _ ending: KeptAlert.Ending, on day: CalendarDate) {
        ended.append((alert, ending, day))
    }

    private func key(_ slot: Int?, _ event: AlertEvent) -> String {
        // Names made of numbers are always right.
        let subject = try? AlertSubject(
            portfolio: "\(portfolio)",
            company: slot.map { "\($0)" } ?? ""
        )
        return subject?.key(of: event) ?? ""
    }

    /// Writes all of it.
    ///
    /// - Parameter modelChange: What another model made of the portfolio, to be told with it.
    /// - Returns: What is to be told: of what somebody else raised as well, nothing.
    mutating func write(
        _ connection: any DatabaseConnection,
        modelChange: ModelChange? = nil,
        on day: CalendarDate? = nil
    ) throws(DatabaseError) -> [StoreEvent] {
        for (alert, handling, event) in changed {
            try connection.change(alert, handling: handling, told: event)
        }
        for (alert, ending, day) in ended {
            try connection.end(alert, ending, on: day, nowMicroseconds: now)
        }
        let kept = raised.isEmpty ? [] : try keepRaised(connection)
        return events(kept, modelChange, day)
    }

    /// Groups what is told by company and day, in the order in which it was found.
    private func events(
        _ kept: Set<Int>,
        _ modelChange: ModelChange?,
        _ day: CalendarDate?
    ) -> [StoreEvent] {
        var events: [StoreEvent] = []
        var notices: [AlertNotice] = []
        var rest = told.filter { $0.raised.map { kept.contains(raised[$0].number) } ?? true }[...]
        while let first = rest.popFirst() {
            notices.append(notice(first))
            if let next = rest.first, next.slot == first.slot, next.event.day == first.event.day {
                continue
            }
            events += AlertStreamBody.events(
                notices,
                portfolio: portfolio,
                slot: first.slot,
                day: first.event.day,
                modelChange: rest.isEmpty ? modelChange : nil,
                nowMicroseconds: now
            )
            notices = []
        }
        if events.isEmpty, let modelChange, let day {
            events = AlertStreamBody.events(
                [],
                portfolio: portfolio,
                slot: nil,
                day: day,
                modelChange: modelChange,
                nowMicroseconds: now
            )
        }
        return events
    }

    private func notice(_ told: Told) -> AlertNotice {
        let alert = told.raised.map { raised[$0].number } ?? told.alert
        return AlertNotice(alert: alert, key: told.key, event: told.event)
    }

    // MARK: - What is raised

    private static let columns = [
        "number", "slot", "rule", "rule_name", "rule_version", "kind", "dedupe_key", "raised_day",
        "openings", "old_value", "new_value", "cause", "legal_events", "handling", "is_quiet",
    ]

    /// Keeps alerts that are raised.
    ///
    /// - Returns: The numbers of those that nobody else raised.
    private mutating func keepRaised(
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Set<Int> {
        let first = try connection.takeNumbers(raised.count, of: .alert)
        for place in raised.indices { raised[place].number = first + place }
        try load(connection)
        let names = Self.columns.map { "r.\($0)" }.joined(separator: ", ")
        _ = try connection.execute(
            """
            insert into alert (\(Self.columns.joined(separator: ", ")), portfolio, raised_at,
                told_day)
            select \(names), $1, $2, r.raised_day
            from raised_alert r where r.slot is null or exists (
                select 1 from portfolio_company p where p.portfolio = $1 and p.slot = r.slot)
            on conflict (dedupe_key) do nothing
            """,
            [.integer(portfolio), .integer(now)]
        )
        // One that was over, and is there again on the same day, is not told again.
        _ = try connection.execute(
            """
            update alert set cleared_day = null, cleared_at = null, ending = null
            where cleared_day is not null and dedupe_key in (
                select r.dedupe_key from raised_alert r where not exists (
                    select 1 from alert a where a.number = r.number))
            """
        )
        let kept = try connection.all(
            "select r.number from raised_alert r join alert a on a.number = r.number"
        ) { row throws(DatabaseError) in try row.integer(0) }
        try connection.execute("drop table raised_alert")
        return Set(kept)
    }

    private func load(_ connection: any DatabaseConnection) throws(DatabaseError) {
        let text = connection.dialect == .sqlite ? "text" : "text collate \"C\""
        let double = connection.dialect == .sqlite ? "real" : "double precision"
        try connection.execute("drop table if exists raised_alert")
        try connection.execute(
            """
            create temporary table raised_alert (number bigint, slot bigint, rule bigint,
                rule_name \(text), rule_version bigint, kind \(text), dedupe_key \(text),
                raised_day bigint, openings bigint, old_value \(double), new_value \(double),
                cause \(text), legal_events \(text), handling \(text), is_quiet bigint)
            """
        )
        _ = try connection.load(into: "raised_alert", columns: Self.columns) {
            writer throws(DatabaseError) in
            for alert in raised {
                let event = alert.event
                try writer.write(alert.number)
                try writer.write(alert.slot)
                try writer.write(alert.rule.number)
                try writer.write(event.rule)
                try writer.write(event.version)
                try writer.write(event.kind.rawValue)
                try writer.write(alert.key)
                try writer.write(Int(event.day.dayNumber))
                try writer.write(event.openings)
                try writer.write(event.oldValue.finite)
                try writer.write(event.newValue.finite)
                try writer.write(event.cause.rawValue)
                try writer.write(event.legalEvents.joined(separator: "\n"))
                try writer.write(alert.handling?.json)
                try writer.write(alert.handling?.isQuiet == true ? 1 : 0)
                try writer.endRow()
            }
        }
    }
}
