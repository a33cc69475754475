// SPDX-License-Identifier: Apache-2.0

// What a rule looks at for one company, or for a portfolio, as of the last run: to be explained,
// and to do something with an alert.

package import Alerts
package import Databases
internal import PortfolioStore
package import Quantities
internal import VigieLimits

/// Where a company, or a portfolio, stands with a rule.
package struct AlertLook: Sendable {
    /// What the last run found.
    package let reading: AlertReading
    /// Where it stands since.
    package let state: AlertState
    /// The last alert that the rule raised; nil for none.
    package let alert: KeptAlert?
    /// The change of the score in its parts; nil where there is none, or the rule looks at others.
    package let move: ScoreMove?

    /// The alert, if it is open.
    package var open: KeptAlert? { alert.flatMap { $0.clearedOn == nil ? $0 : nil } }
}

extension DatabaseConnection {
    /// Looks at a company of a portfolio, or with no slot at the portfolio.
    ///
    /// - Returns: nil where no run has ended yet, or the portfolio does not have the company.
    package func look(
        at slot: Int?,
        of portfolio: Int,
        by rule: StoredRule
    ) throws(DatabaseError) -> AlertLook? {
        let alert = try lastAlert(of: portfolio, slot: slot, rule: rule.number)
        let handling = alert.flatMap { $0.clearedOn == nil ? $0.handling : nil }
        guard let last = try lastRun(of: portfolio, slot) else { return nil }
        guard let slot else {
            return AlertLook(
                reading: try portfolioReading(portfolio, rule.rule, last.day),
                state: AlertState(rule.cell, handling: handling),
                alert: alert,
                move: nil
            )
        }
        let company = try scoredCompany(slot, last.run)
        let block = ScoredBlock(
            run: last.run,
            day: last.day,
            slots: slot..<slot + 1,
            companies: [company]
        )
        let columns = try BlockColumns([rule.rule], of: portfolio, BlockPast(block, self), self)
        guard !columns.companies.isEmpty else { return nil }
        let word = try first(
            "select word from alert_cell where portfolio = $1 and slot = $2 and rule = $3",
            [.integer(portfolio), .integer(slot), .integer(rule.number)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        let cell = try word.map { (word) throws(DatabaseError) in try AlertCell.kept(word) }
        return AlertLook(
            reading: columns.block.reading(0, columns.plan),
            state: AlertState(cell ?? .initial, handling: handling),
            alert: alert,
            move: move(company, rule.rule)
        )
    }

    /// The runs before the last, as a rule would have seen a company in them.
    package func path(
        of slot: Int,
        _ portfolio: Int,
        by rule: AlertRule,
        before day: CalendarDate
    ) throws(DatabaseError) -> [AlertTrial.Step] {
        let members = try blockMembers(of: portfolio, among: slot..<slot + 1)
        guard let company = try past(of: members, portfolio).first else { return [] }
        let days = try all(
            """
            select distinct as_of_day from run
            where state = 'done' and (portfolio is null or portfolio = $1) and as_of_day < $2
            order by as_of_day desc limit $3
            """,
            [
                .integer(portfolio), .integer(Int(day.dayNumber)),
                .integer(AlertLimits.explainedRuns),
            ]
        ) { row throws(DatabaseError) in CalendarDate(dayNumber: try row.integer(0)) }
        let ranks = try scoreRanks()
        return company.tried(rule, on: days.compactMap(\.self).reversed(), ranks).steps
    }

    /// The last run that looked at a portfolio, or at a company for whichever portfolio it was.
    private func lastRun(
        of portfolio: Int,
        _ slot: Int?
    ) throws(DatabaseError) -> (run: Int, day: CalendarDate)? {
        try first(
            """
            select number, as_of_day from run
            where state = 'done' and (portfolio is null or portfolio = $1 or portfolio in (
                select portfolio from portfolio_company where slot = $2))
            order by number desc limit 1
            """,
            [.integer(portfolio), .integer(slot ?? 0)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(1)) else {
                throw DatabaseError(.damaged, "a run has no day")
            }
            return (try row.integer(0), day)
        }
    }

    /// A company as the last run found it, and as it was before.
    private func scoredCompany(_ slot: Int, _ run: Int) throws(DatabaseError) -> ScoredCompany {
        let changes = try all(
            """
            select outcome, score, risk_class, probability, run from score_change
            where slot = $1 and run <= $2 order by run desc limit 2
            """,
            [.integer(slot), .integer(run)]
        ) { row throws(DatabaseError) in
            let score = CompanyScore(
                slot,
                outcome: try row.integer(0),
                score: try row.integerIfAny(1),
                riskClass: try row.integerIfAny(2),
                probability: try row.realIfAny(3)
            )
            return (score: score, run: try row.integer(4))
        }
        let now = changes.first?.score ?? CompanyScore(slot, outcome: 2)
        let isNew = changes.first?.run == run
        let before = isNew ? changes.dropFirst().first?.score : changes.first?.score
        var company = ScoredCompany(before: before, now: now)
        company.beforeByThisModel = try shifted(slot, run, before)
        if let day = try first(
            "select as_of_day from run where number = $1",
            [.integer(run)],
            { row throws(DatabaseError) in try row.integer(0) }
        ), let known = try figures(of: slot..<slot + 1, asOf: day)[slot] {
            company.figures = known.figures
            if Int(known.day.dayNumber) == day { company.legalEvents = known.legalEvents }
        }
        return company
    }

    private func shifted(
        _ slot: Int,
        _ run: Int,
        _ before: CompanyScore?
    ) throws(DatabaseError) -> CompanyScore? {
        guard let before else { return nil }
        return try first(
            """
            select new_score, new_class, new_probability from model_shift
            where run = $1 and slot = $2
            """,
            [.integer(run), .integer(slot)]
        ) { row throws(DatabaseError) in
            CompanyScore(
                slot,
                outcome: before.outcome,
                score: try row.integerIfAny(0),
                riskClass: try row.integerIfAny(1),
                probability: try row.realIfAny(2)
            )
        }
    }

    private func move(_ company: ScoredCompany, _ rule: AlertRule) -> ScoreMove? {
        guard rule.formula.inputs.contains(where: { $0.quantity == .score }),
            let now = company.now.score, let before = company.before?.score,
            let byThisModel = (company.beforeByThisModel ?? company.before)?.score
        else { return nil }
        return ScoreMove(
            yesterdayByOldModel: Double(before),
            yesterdayByNewModel: Double(byThisModel),
            today: Double(now)
        )
    }

    private func portfolioReading(
        _ portfolio: Int,
        _ rule: AlertRule,
        _ day: CalendarDate
    ) throws(DatabaseError) -> AlertReading {
        var values: [AlertInput: Double] = [:]
        for input in rule.formula.inputs {
            let then = Int(day.dayNumber) - input.daysBefore
            values[input] = try figures(of: portfolio, asOf: then)?.value(input.quantity)
        }
        return AlertReading(day: day, values)
    }
}
