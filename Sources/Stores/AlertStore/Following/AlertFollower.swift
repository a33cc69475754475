// SPDX-License-Identifier: Apache-2.0

// Who hears of what runs find: the rules of each portfolio on its companies of a block, in the
// transaction that keeps the block; the rules of portfolios themselves, and what another model did
// to them, when the run ends.
//
// Cost, measured with store-bench in SQLite, of a block of 65,536 members of a portfolio with eight
// rules of which one company in fifty moves: 0.10 to 0.17 s of processor time, 1.5 to 2.6 us a
// company, with some thousand events; 0.28 s when another model scores. Keeping the scores takes
// 0.085 s.

internal import Alerts
package import Databases
package import PortfolioStore

/// Watches portfolios by their rules.
package struct AlertFollower: RunFollower {
    private let clock: @Sendable () -> Int

    /// Takes what tells the microseconds since 1970 in UTC.
    package init(clock: @escaping @Sendable () -> Int) { self.clock = clock }

    /// Evaluates the rules of all portfolios that have companies in a block.
    package func follow(
        _ block: ScoredBlock,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard !block.companies.isEmpty else { return }
        // Whichever the run is for: a company may be in several, and is scored for all of them.
        let portfolios = try connection.watchedPortfolios(among: block.slots)
        guard !portfolios.isEmpty else { return }
        let now = clock()
        let past = BlockPast(block, connection)
        var events: [StoreEvent] = []
        for portfolio in portfolios {
            // Whoever comes second finds the block looked at, or waits until it is.
            let isFirst = try connection.execute(
                """
                insert into alert_block (run, portfolio, block) values ($1, $2, $3)
                on conflict (run, portfolio, block) do nothing
                """,
                [.integer(block.run), .integer(portfolio), .integer(block.slots.lowerBound)]
            )
            guard isFirst == 1 else { continue }
            let rules = try connection.alertRules(of: portfolio, .share)
                .filter { !$0.rule.kind.isOfPortfolio }
            let following = try BlockFollowing(rules, portfolio, past, connection, now)
            events += try following.run()
        }
        try connection.keepShifts(of: block)
        try connection.keepFigures(of: block)
        try connection.append(events)
    }

    /// Evaluates the rules of portfolios on themselves. What another model did in the blocks of a
    /// run that failed is told with what the next one finds, which does the rest: once, and whole.
    package func end(
        _ run: ScoringRun,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard run.state != .failed else {
            _ = try connection.execute(
                "delete from alert_block where run = $1 and model_change is null",
                [.integer(run.number)]
            )
            return
        }
        let portfolios = try connection.all(
            "select distinct portfolio from alert_block where run = $1 order by portfolio",
            [.integer(run.number)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        guard !portfolios.isEmpty else { return }
        let now = clock()
        var events: [StoreEvent] = []
        for portfolio in portfolios {
            let change = try connection.modelChange(of: run.number, portfolio)
            let rules = try connection.alertRules(of: portfolio, .share)
                .filter(\.rule.kind.isOfPortfolio)
            let following = PortfolioFollowing(rules, portfolio, run, change, connection, now)
            events += try following.run()
        }
        if run.portfolio == nil, try connection.ranksAreWanted() { try connection.rankScores() }
        for portfolio in portfolios {
            _ = try connection.execute(
                """
                delete from alert_block where portfolio = $1
                    and (run = $2 or run in (select number from run where state = 'failed'))
                """,
                [.integer(portfolio), .integer(run.number)]
            )
        }
        try connection.append(events)
    }
}

extension DatabaseConnection {
    /// Whether a rule looks at where companies stand among all others.
    fileprivate func ranksAreWanted() throws(DatabaseError) -> Bool {
        let found = try first(
            """
            select 1 from alert_rule
            where document like '%PERCENTILE_DROP%' or document like '%"percentile"%' limit 1
            """
        ) { _ in true }
        return found ?? false
    }

    /// Keeps how another model moved the companies of a block.
    fileprivate func keepShifts(of block: ScoredBlock) throws(DatabaseError) {
        let moved = block.companies.filter { company in
            guard let byThisModel = company.beforeByThisModel, let before = company.before else {
                return false
            }
            return byThisModel.score != before.score || byThisModel.riskClass != before.riskClass
                || byThisModel.probability != before.probability
        }
        guard !moved.isEmpty else { return }
        let columns = [
            "slot", "old_score", "new_score", "old_class", "new_class", "old_probability",
            "new_probability",
        ]
        let double = dialect == .sqlite ? "real" : "double precision"
        try execute("drop table if exists seen_shift")
        try execute(
            """
            create temporary table seen_shift (slot bigint, old_score bigint, new_score bigint,
                old_class bigint, new_class bigint, old_probability \(double),
                new_probability \(double))
            """
        )
        _ = try load(into: "seen_shift", columns: columns) { writer throws(DatabaseError) in
            for company in moved {
                let (old, new) = (company.before, company.beforeByThisModel)
                try writer.write(company.now.slot)
                try writer.write(old?.score)
                try writer.write(new?.score)
                try writer.write(old?.riskClass)
                try writer.write(new?.riskClass)
                try writer.write(old?.probability)
                try writer.write(new?.probability)
                try writer.endRow()
            }
        }
        _ = try execute(
            """
            insert into model_shift (run, \(columns.joined(separator: ", ")))
            select $1, \(columns.map { "s.\($0)" }.joined(separator: ", "))
            from seen_shift s join company c on c.slot = s.slot where true
            on conflict (run, slot) do nothing
            """,
            [.integer(block.run)]
        )
        try execute("drop table seen_shift")
    }

    /// What another model made of a portfolio in the blocks of a run that were looked at, and of
    /// those before it that failed.
    fileprivate func modelChange(
        of run: Int,
        _ portfolio: Int
    ) throws(DatabaseError) -> ModelChange {
        let parts = try all(
            """
            select model_change from alert_block
            where portfolio = $2 and model_change is not null
                and (run = $1 or run in (select number from run where state = 'failed'))
            order by run, block
            """,
            [.integer(run), .integer(portfolio)]
        ) { row throws(DatabaseError) in try row.text(0) }
        var change = ModelChange()
        for part in parts {
            guard let part = ModelChange(part: part) else {
                throw DatabaseError(.damaged, "what another model did cannot be read")
            }
            change.add(part)
        }
        return change
    }
}
