// SPDX-License-Identifier: Apache-2.0

// Alerts of portfolios: listed, handled by people, explained.

package import AlertStore
package import Alerts
internal import Databases
internal import PortfolioStore
package import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// A company as alerts name it.
package struct NamedCompany: Sendable, Equatable {
    /// Who it is.
    package let identity: CompanyIdentity
    /// Its name; may be empty.
    package let name: String
}

/// An alert as somebody sees it.
package struct SeenAlert: Sendable, Equatable {
    /// The alert.
    package let alert: KeptAlert
    /// The company; nil for an alert of the portfolio itself.
    package let company: NamedCompany?
}

/// What became of what somebody did with alerts.
package struct HandledAlerts: Sendable {
    /// Those with which it was done, as they are now.
    package fileprivate(set) var done: [SeenAlert] = []
    /// Those with which it could not be done.
    package fileprivate(set) var refused: [(alert: Int, refusal: AlertRefusal)] = []
}

extension AlertUseCases {
    /// A page of alerts, the newest first.
    package func alerts(
        of name: String,
        _ state: AlertListState,
        company: CompanyIdentity?,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (alerts: [SeenAlert], nextToken: String) {
        let size = try page.size()
        let (id, found) = try store.read {
            connection throws(DatabaseError) -> Result<(Int, [SeenAlert]), ServiceError> in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                let last: Int
                switch page.lastNumber(in: portfolio.id) {
                case .failure(let error): return .failure(error)
                case .success(let number): last = number == 0 ? .max : number
                }
                var slot: Int?
                if let company {
                    slot = try connection.slot(of: company)
                    // Who is not there has no alerts.
                    guard slot != nil else { return .success((portfolio.id, [])) }
                }
                let alerts = try connection.alerts(
                    of: portfolio.id,
                    state,
                    slot: slot,
                    below: last,
                    limit: size + 1
                )
                return .success((portfolio.id, try connection.seen(alerts, of: portfolio.id)))
            }
        }
        let shown = Array(found.prefix(size))
        let next =
            found.count > size ? PageRequest.token(shown.last?.alert.number ?? 0, in: id) : ""
        return (shown, next)
    }

    /// Does something with alerts.
    ///
    /// - Throws: INVALID_ARGUMENT for no alerts, too many, or one that comes twice.
    package func act(
        _ action: AlertAction,
        on alerts: [Int],
        of name: String,
        note: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> HandledAlerts {
        try Self.check(alerts)
        return try store.write { connection throws(DatabaseError) in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                let rules = Dictionary(
                    try connection.alertRules(of: portfolio.id, .alone).map { ($0.number, $0) },
                    uniquingKeysWith: { first, _ in first }
                )
                var (handled, events) = (HandledAlerts(), [StoreEvent]())
                for number in alerts {
                    let act = AlertAct(action, viewer.identity ?? "anyone", note, today)
                    let outcome = try connection.act(act, on: number, of: portfolio.id, rules)
                    switch outcome {
                    case .failure(let refusal): handled.refused.append((number, refusal))
                    case .success(let (slot, notice)):
                        events += AlertStreamBody.events(
                            [notice],
                            portfolio: portfolio.id,
                            slot: slot,
                            day: notice.event.day,
                            nowMicroseconds: store.clock()
                        )
                        if let alert = try connection.alert(number, of: portfolio.id) {
                            handled.done += try connection.seen([alert], of: portfolio.id)
                        }
                    }
                }
                try connection.append(events)
                return .success(handled)
            }
        }
    }

    private static func check(_ alerts: [Int]) throws(ServiceError) {
        guard !alerts.isEmpty else {
            throw .invalid("alerts", "NO_ALERTS", "alerts is empty; name at least one.")
        }
        guard alerts.count <= AlertLimits.actedOn else {
            throw .overLimit(
                "alerts",
                "actedOn",
                "Too many alerts are named; send several calls.",
                value: alerts.count,
                maximum: AlertLimits.actedOn
            )
        }
        guard Set(alerts).count == alerts.count else {
            throw .invalid("alerts", "REPEATED_ALERT", "An alert comes twice; name each once.")
        }
    }

    /// Tells why there is an alert, or why there is none.
    ///
    /// - Parameter company: nil for a rule of the portfolio itself.
    package func explain(
        _ rule: String,
        _ company: CompanyIdentity?,
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (
        explanation: AlertExplanation, rule: StoredRule, alert: SeenAlert?
    ) {
        try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                let rules = try connection.alertRules(of: portfolio.id)
                guard let found = rules.first(where: { $0.rule.name == rule }) else {
                    return .failure(.unknownRule(rule))
                }
                guard found.rule.kind.isOfPortfolio == (company == nil) else {
                    return .failure(.otherSubject(found.rule))
                }
                var slot: Int?
                if let company {
                    slot = try connection.slot(of: company)
                    guard let known = slot,
                        try !connection.members(among: [known], of: portfolio.id).isEmpty
                    else { return .failure(.unknownCompany("\(company)")) }
                }
                guard let look = try connection.look(at: slot, of: portfolio.id, by: found) else {
                    return .failure(.noRun)
                }
                let path =
                    try slot.map { (slot) throws(DatabaseError) in
                        try connection.path(
                            of: slot,
                            portfolio.id,
                            by: found.rule,
                            before: look.reading.day
                        )
                    } ?? []
                let explanation = AlertExplanation(
                    found.rule,
                    look.reading,
                    look.state,
                    path: path,
                    move: look.move
                )
                let alert = try look.alert.flatMap { (alert) throws(DatabaseError) in
                    try connection.seen([alert], of: portfolio.id).first
                }
                return .success((explanation, found, alert))
            }
        }
    }
}

/// What somebody does with an alert.
private struct AlertAct {
    let action: AlertAction
    let person: String
    let note: String
    let today: CalendarDate

    init(_ action: AlertAction, _ person: String, _ note: String, _ today: CalendarDate) {
        (self.action, self.person, self.note, self.today) = (action, person, note, today)
    }
}

extension DatabaseConnection {
    /// Alerts of a portfolio with who their companies are.
    func seen(_ alerts: [KeptAlert], of portfolio: Int) throws(DatabaseError) -> [SeenAlert] {
        var seen: [SeenAlert] = []
        for alert in alerts {
            let company = try alert.slot.flatMap { (slot) throws(DatabaseError) in
                try namedCompany(slot, of: portfolio)
            }
            seen.append(SeenAlert(alert: alert, company: company))
        }
        return seen
    }

    /// Who a company is, as a portfolio calls it; nil for one that the store has forgotten.
    func namedCompany(_ slot: Int, of portfolio: Int) throws(DatabaseError) -> NamedCompany? {
        try first(
            """
            select c.kind, c.identity, coalesce(nullif(m.name, ''), c.name)
            from company c
                left join portfolio_company m on m.portfolio = $2 and m.slot = c.slot
            where c.slot = $1
            """,
            [.integer(slot), .integer(portfolio)]
        ) { row throws(DatabaseError) in
            let (kind, text) = (try row.text(0), try row.text(1))
            guard let identity = try? CompanyIdentity(kind: kind, text: text) else {
                throw DatabaseError(.damaged, "a company in the store has no identity")
            }
            return NamedCompany(identity: identity, name: try row.text(2))
        }
    }

    /// Does something with an alert.
    ///
    /// - Returns: What is to be told, and of which company.
    fileprivate func act(
        _ act: AlertAct,
        on number: Int,
        of portfolio: Int,
        _ rules: [Int: StoredRule]
    ) throws(DatabaseError) -> Result<(slot: Int?, notice: AlertNotice), AlertRefusal> {
        guard let alert = try self.alert(number, of: portfolio), alert.clearedOn == nil,
            let rule = rules[alert.rule],
            let look = try look(at: alert.slot, of: portfolio, by: rule)
        else { return .failure(.notOpen) }
        // What people do, they do today, whichever day was scored last.
        let reading = AlertReading(
            day: max(act.today, look.reading.day),
            look.reading.values,
            legalEvents: look.reading.legalEvents
        )
        var state = look.state
        let event: AlertEvent
        do throws(AlertRefusal) {
            event = try state.apply(act.action, by: act.person, note: act.note, rule.rule, reading)
        } catch { return .failure(error) }
        try change(number, handling: state.handling)
        let cell = AlertCell(state).settled(noDataRuns: rule.rule.noDataRuns)
        if let slot = alert.slot {
            _ = try execute(
                "update alert_cell set word = $4 where portfolio = $1 and slot = $2 and rule = $3",
                [
                    .integer(portfolio), .integer(slot), .integer(rule.number),
                    .integer(cell.kept),
                ]
            )
        } else {
            _ = try execute(
                "update alert_rule set word = $2 where number = $1",
                [.integer(rule.number), .integer(cell.kept)]
            )
        }
        let subject = try? AlertSubject(
            portfolio: "\(portfolio)",
            company: alert.slot.map { "\($0)" } ?? ""
        )
        let key = subject?.key(of: event) ?? ""
        return .success((alert.slot, AlertNotice(alert: number, key: key, event: event)))
    }
}
