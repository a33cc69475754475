// SPDX-License-Identifier: Apache-2.0

// Rules of portfolios as the store has them. An edit is a new version under the same number, so
// that where companies stand is carried over; what the rule was before stays readable.

package import Alerts
package import Databases
internal import Documents
internal import PortfolioStore
internal import ServiceErrors
internal import VigieLimits

/// A rule of a portfolio.
package struct StoredRule: Sendable, Equatable {
    /// Its number, the same for all its versions.
    package let number: Int
    /// The portfolio.
    package let portfolio: Int
    /// The rule.
    package let rule: AlertRule
    /// Where the portfolio stands with it, if it is a rule of portfolios.
    package let cell: AlertCell
    /// When it was written, in microseconds since 1970 in UTC.
    package let changedAtMicroseconds: Int
    /// By whom.
    package let changedBy: String
}

/// What others must not do with rules until the transaction is over.
package enum RuleLock: Sendable {
    /// Nothing is kept from them.
    case none
    /// They change none, and do nothing with alerts: whoever moves states needs that.
    case share
    /// They move no states either.
    case alone
}

extension DatabaseConnection {
    /// The rules of a portfolio, by their names.
    package func alertRules(
        of portfolio: Int,
        _ lock: RuleLock = .none
    ) throws(DatabaseError) -> [StoredRule] {
        let end =
            switch (dialect, lock) {
            case (.sqlite, _), (_, .none): ""
            case (_, .share): " for share"
            case (_, .alone): " for update"
            }
        return try all(
            """
            select number, document, word, changed_at, changed_by from alert_rule
            where portfolio = $1 order by name\(end)
            """,
            [.integer(portfolio)]
        ) { row throws(DatabaseError) in
            StoredRule(
                number: try row.integer(0),
                portfolio: portfolio,
                rule: try Self.alertRule(try row.text(1)),
                cell: try AlertCell.kept(try row.integer(2)),
                changedAtMicroseconds: try row.integer(3),
                changedBy: try row.text(4)
            )
        }
    }

    /// Portfolios that have rules, and companies among some slots.
    package func watchedPortfolios(among slots: Range<Int>) throws(DatabaseError) -> [Int] {
        try all(
            """
            select distinct r.portfolio from alert_rule r where exists (
                select 1 from portfolio_company m where m.portfolio = r.portfolio
                    and m.slot >= $1 and m.slot < $2)
            order by r.portfolio
            """,
            [.integer(slots.lowerBound), .integer(slots.upperBound)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// Keeps a rule, or its next version.
    ///
    /// - Parameters:
    ///   - rule: The rule, with its version.
    ///   - number: That of the versions before; nil for a new rule.
    /// - Returns: Its number.
    package func keep(
        _ rule: AlertRule,
        of portfolio: Int,
        number: Int?,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        let values: [DatabaseValue] = [
            .text(rule.json), .integer(nowMicroseconds), .text(identity),
        ]
        let found: Int
        if let number {
            found = number
            _ = try execute(
                """
                update alert_rule set document = $1, changed_at = $2, changed_by = $3, version = $4
                where number = $5
                """,
                values + [.integer(rule.version), .integer(number)]
            )
        } else {
            found = try takeNumbers(1, of: .alertRule)
            _ = try execute(
                """
                insert into alert_rule (document, changed_at, changed_by, version, number,
                    portfolio, name, word)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                values + [
                    .integer(rule.version), .integer(found), .integer(portfolio),
                    .text(rule.name), .integer(AlertCell.initial.kept),
                ]
            )
        }
        _ = try execute(
            """
            insert into alert_rule_version (document, changed_at, changed_by, version, rule)
            values ($1, $2, $3, $4, $5)
            """,
            values + [.integer(rule.version), .integer(found)]
        )
        return found
    }

    /// Ends a rule: where companies stand with it goes, and its open alerts are over.
    package func removeRule(
        _ rule: StoredRule,
        onDay day: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            "delete from alert_cell where portfolio = $1 and rule = $2",
            [.integer(rule.portfolio), .integer(rule.number)]
        )
        _ = try execute(
            """
            update alert set cleared_day = $3, cleared_at = $4, ending = $5
            where portfolio = $1 and rule = $2 and cleared_day is null
            """,
            [
                .integer(rule.portfolio), .integer(rule.number), .integer(day),
                .integer(nowMicroseconds), .text(KeptAlert.Ending.ruleRemoved.rawValue),
            ]
        )
        _ = try execute("delete from alert_rule where number = $1", [.integer(rule.number)])
    }

    private static func alertRule(_ document: String) throws(DatabaseError) -> AlertRule {
        let rule: AlertRule?
        do throws(ServiceError) {
            rule = try AlertRule.read(json: Array(document.utf8), ProblemList(file: ""))
        } catch { rule = nil }
        guard let rule else { throw DatabaseError(.damaged, "a rule in the store is none") }
        return rule
    }
}

extension AlertCell {
    /// The cell as databases keep it.
    package var kept: Int { Int(bitPattern: UInt(word)) }

    /// Reads what a database kept.
    package static func kept(_ number: Int) throws(DatabaseError) -> AlertCell {
        guard let cell = AlertCell(word: UInt64(UInt(bitPattern: number))) else {
            throw DatabaseError(.damaged, "where a company stands with a rule cannot be read")
        }
        return cell
    }
}
