// SPDX-License-Identifier: Apache-2.0

// The companies of a portfolio as figures of risk look at them: what each owes, where it stands and
// where it stood. Cost, estimated: 1 to 2 us a company in SQLite, 2 to 4 us in PostgreSQL; those
// that moved since the day are in memory, some 100 bytes each.

package import Databases
package import PortfolioRisk
package import Quantities

extension DatabaseConnection {
    /// The companies of a portfolio, in the order of their slots.
    ///
    /// - Parameters:
    ///   - portfolio: Its number.
    ///   - day: With which day they are compared: as the runs up to it left them.
    package func forEachRiskLine(
        of portfolio: Int,
        comparedWith day: CalendarDate,
        _ body: (RiskLine) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        let before = try standings(of: portfolio, on: day)
        try query(
            """
            select m.slot, m.exposure_units, m.exposure_currency, m.limit_units, m.limit_currency,
                s.outcome, s.score, s.risk_class, s.probability
            from portfolio_company m left join company_score s on s.slot = m.slot
            where m.portfolio = $1 order by m.slot
            """,
            [.integer(portfolio)]
        ) { row throws(DatabaseError) in
            let slot = try row.integer(0)
            let now = try Standing(row, outcome: 5)
            var line = RiskLine(
                slot,
                exposure: try row.moneyIfAny(1),
                limit: try row.moneyIfAny(3),
                state: now.state,
                score: now.score,
                probability: try row.realIfAny(8)
            )
            if let then = before[slot] {
                (line.stateBefore, line.scoreBefore) = (then.state, then.score)
            }
            try body(line)
            return true
        }
    }

    /// Where companies stood on a day whose scores became others later.
    private func standings(
        of portfolio: Int,
        on day: CalendarDate
    ) throws(DatabaseError) -> [Int: Standing] {
        var found: [Int: Standing] = [:]
        try query(
            """
            select l.slot, c.outcome, c.score, c.risk_class
            from (select distinct c.slot from score_change c join run r on r.number = c.run
                    join portfolio_company m on m.slot = c.slot and m.portfolio = $1
                where r.as_of_day > $2) l
                left join (select c.slot, max(c.run) as run from score_change c
                        join run r on r.number = c.run
                        join portfolio_company m on m.slot = c.slot and m.portfolio = $1
                    where r.as_of_day <= $2 group by c.slot) b on b.slot = l.slot
                left join score_change c on c.slot = b.slot and c.run = b.run
            """,
            [.integer(portfolio), .integer(Int(day.dayNumber))]
        ) { row throws(DatabaseError) in
            found[try row.integer(0)] = try Standing(row, outcome: 1)
            return true
        }
        return found
    }
}

/// Where a company stands by a score, or without one.
private struct Standing {
    let state: RiskState
    let score: Int?

    /// - Parameter outcome: The column of the outcome, behind which come score and class; it is
    ///   null for a company that nobody has looked at.
    init(_ row: DatabaseRow, outcome: Int) throws(DatabaseError) {
        guard let number = try row.integerIfAny(outcome) else {
            (state, score) = (.notLookedAt, nil)
            return
        }
        score = try row.integerIfAny(outcome + 1)
        switch ScoredOutcome(rawValue: number) {
        case .scored:
            // Without a class nobody can say where it stands.
            state = try row.integerIfAny(outcome + 2).map { .riskClass($0) } ?? .notScorable
        case .notScorable: state = .notScorable
        case .closed: state = .closed
        case .inProceedings: state = .inProceedings
        case .review: state = .review
        case nil: throw DatabaseError(.damaged, "a score in the store has no known outcome")
        }
    }
}
