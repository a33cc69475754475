// SPDX-License-Identifier: Apache-2.0

// A rule on the past of a portfolio, before it is kept.

package import AlertStore
package import Alerts
internal import Databases
internal import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

extension AlertUseCases {
    /// Days of the past where nobody says how many.
    private static let usualDays = 90

    /// Tries a rule.
    ///
    /// - Parameters:
    ///   - from: The first day; nil for some before the last.
    ///   - through: The last day; nil for today.
    ///   - isWanted: Whether somebody still waits.
    /// - Returns: What it would have told, and who the companies are that it tells of.
    package func tryRule(
        _ draft: AlertRuleDraft,
        on name: String,
        from: CalendarDate?,
        through: CalendarDate?,
        by viewer: PortfolioViewer,
        isWanted: @escaping () -> Bool
    ) throws(ServiceError) -> (trial: RuleTrial, companies: [Int: NamedCompany]) {
        let rule = try AlertRule(draft)
        guard !rule.kind.isOfPortfolio else { throw .ruleOfPortfolio(rule) }
        let last = through ?? today
        let first = from ?? last.adding(days: -Self.usualDays) ?? .first
        guard first <= last else {
            throw .invalid("from_day", "DAYS_NOT_IN_ORDER", "\(first) is behind \(last).")
        }
        return try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                let outcome = try RuleTrial.run(
                    rule,
                    on: portfolio.id,
                    from: first,
                    through: last,
                    connection,
                    isWanted: isWanted
                )
                guard let outcome else { return .failure(.trialOfNobody) }
                switch outcome {
                case .failure(let error): return .failure(error)
                case .success(let trial):
                    var companies: [Int: NamedCompany] = [:]
                    for slot in Set(trial.told.map(\.slot)) {
                        companies[slot] = try connection.namedCompany(slot, of: portfolio.id)
                    }
                    return .success((trial, companies))
                }
            }
        }
    }
}
