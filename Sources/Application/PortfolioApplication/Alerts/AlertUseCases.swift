// SPDX-License-Identifier: Apache-2.0

// Rules by which portfolios are watched: kept, listed, ended. Who sees a portfolio sees them, who
// changes it changes them.

package import AlertStore
package import Alerts
internal import Databases
internal import PortfolioStore
package import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// What one can do with the rules and alerts of portfolios.
package struct AlertUseCases: Sendable {
    let store: ServerStore
    let portfolios: PortfolioUseCases

    /// Takes the store.
    package init(_ store: ServerStore) {
        (self.store, portfolios) = (store, PortfolioUseCases(store))
    }

    /// The rules of a portfolio, by name.
    package func rules(
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [StoredRule] {
        try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                .success(try connection.alertRules(of: portfolio.id))
            }
        }
    }

    /// Keeps a rule, or the next version of one.
    package func put(
        _ draft: AlertRuleDraft,
        into name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> StoredRule {
        var draft = draft
        draft.version = 1
        let rule = try AlertRule(draft)
        return try store.write { connection throws(DatabaseError) in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                let known = try connection.alertRules(of: portfolio.id, .alone)
                if let refusal = refusal(of: rule, beside: known) { return .failure(refusal) }
                let before = known.first { $0.rule.name == rule.name }
                let next: AlertRule
                do throws(ServiceError) {
                    next = try before?.rule.edited(draft) ?? rule
                } catch { return .failure(error) }
                try keep([next], before, portfolio.id, viewer, connection)
                let kept = try connection.alertRules(of: portfolio.id)
                guard let found = kept.first(where: { $0.rule.name == rule.name }) else {
                    return .failure(.unknownRule(rule.name))
                }
                return .success(found)
            }
        }
    }

    /// Keeps the standard rules that a portfolio does not have yet.
    package func putStandard(
        into name: String,
        inFrench: Bool,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [StoredRule] {
        try store.write { connection throws(DatabaseError) in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                let known = try connection.alertRules(of: portfolio.id, .alone)
                // In whichever language: the same kind is watched already.
                let names = Set(known.map(\.rule.name))
                let both = zip(
                    AlertRule.standard(inFrench: inFrench),
                    AlertRule.standard(inFrench: !inFrench)
                )
                let new = both.filter { !names.contains($0.name) && !names.contains($1.name) }
                    .map(\.0)
                if let last = new.last,
                    let refusal = refusal(of: last, beside: known, more: new.count - 1)
                {
                    return .failure(refusal)
                }
                try keep(new, nil, portfolio.id, viewer, connection)
                let wanted = Set(new.map(\.name))
                return .success(
                    try connection.alertRules(of: portfolio.id)
                        .filter { wanted.contains($0.rule.name) }
                )
            }
        }
    }

    /// Ends a rule.
    package func deleteRule(
        _ rule: String,
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                let known = try connection.alertRules(of: portfolio.id, .alone)
                guard let found = known.first(where: { $0.rule.name == rule }) else {
                    return .failure(.unknownRule(rule))
                }
                try connection.removeRule(
                    found,
                    onDay: Int(today.dayNumber),
                    nowMicroseconds: store.clock()
                )
                try portfolios.record(
                    connection,
                    "portfolio.rules",
                    portfolio.id,
                    store.clock()
                )
                return .success(())
            }
        }
    }

    /// The day, in UTC.
    var today: CalendarDate { CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000)) }

    private func keep(
        _ rules: [AlertRule],
        _ before: StoredRule?,
        _ portfolio: Int,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard !rules.isEmpty else { return }
        let now = store.clock()
        for rule in rules {
            _ = try connection.keep(
                rule,
                of: portfolio,
                number: before?.number,
                by: viewer.identity ?? "",
                nowMicroseconds: now
            )
        }
        try portfolios.record(connection, "portfolio.rules", portfolio, now)
    }

    /// Why a rule cannot be kept beside others, all of which are evaluated together.
    private func refusal(
        of rule: AlertRule,
        beside known: [StoredRule],
        more: Int = 0
    ) -> ServiceError? {
        if rule.kind == .coverExpiring || rule.chosen["quantity"].map(Self.isUnknown) ?? false {
            return .quantityUnknown(rule)
        }
        let others = known.map(\.rule).filter { $0.name != rule.name }
        let count = others.count + 1 + more
        guard count <= AlertLimits.portfolioRules else {
            return .overLimit(
                "rule",
                "portfolioRules",
                "The portfolio has too many rules.",
                value: count,
                maximum: AlertLimits.portfolioRules,
                code: .resourceExhausted
            )
        }
        let events = Set(others.flatMap(\.events) + rule.events)
        guard events.count <= AlertLimits.legalEvents else {
            return .overLimit(
                "rule.events",
                "legalEvents",
                "The rules of the portfolio name too many kinds of events together.",
                value: events.count,
                maximum: AlertLimits.legalEvents
            )
        }
        return nil
    }

    private static func isUnknown(_ quantity: String) -> Bool {
        quantity == AlertQuantity.cover.rawValue || quantity == AlertQuantity.coverDays.rawValue
    }
}
