// SPDX-License-Identifier: Apache-2.0

// What whoever works on a block begins with: its companies, what was found of them before, and
// when.

package import Databases
package import Quantities
internal import VigieLimits

/// What can be said of a company, by the numbers that scores have of it.
package enum ScoredOutcome: Int, Sendable, CaseIterable {
    /// It was scored.
    case scored = 1
    /// Too little is known.
    case notScorable = 2
    /// It has ended.
    case closed = 3
    /// Collective proceedings are open.
    case inProceedings = 4
    /// Somebody has to read a judgment first.
    case review = 5
}

/// What a run before found of a company.
package struct EarlierScore: Sendable, Equatable {
    /// The last run that found something else than the one before it, or was over some companies of
    /// the block only.
    package let run: Int
    /// What was found.
    package let score: CompanyScore
}

/// A run before, as one that comes after it looks at it.
package struct EarlierRun: Sendable, Hashable {
    /// Its number.
    package let number: Int
    /// The day as of which it is.
    package let day: CalendarDate
    /// What came later it did not see, in microseconds since 1970 in UTC.
    package let requestedAtMicroseconds: Int
    /// The hash of its model.
    package let modelHash: String

    /// What it saw, as of its own day or a later one.
    package func view(_ kinds: Set<FactKind>, asOf day: CalendarDate? = nil) -> FactView {
        .asOf(self.day, notAfter: requestedAtMicroseconds, kinds, seenOn: day)
    }
}

extension ScoringRun {
    /// Whether it is over some companies of its blocks only.
    package var isPartial: Bool { portfolio != nil || kind == .arrival }

    /// What it sees.
    package func view(_ kinds: Set<FactKind>) -> FactView {
        .asOf(day, notAfter: requestedAtMicroseconds, kinds)
    }
}

extension FactView {
    /// What was known at the end of a day, or at a moment before; about days up to that one, or to
    /// another.
    fileprivate static func asOf(
        _ day: CalendarDate,
        notAfter microseconds: Int,
        _ kinds: Set<FactKind>,
        seenOn lastDay: CalendarDate? = nil
    ) -> FactView {
        var view = FactView.asOf(day, kinds)
        view.knownAtMicroseconds = min(view.knownAtMicroseconds, microseconds)
        view.day = lastDay ?? day
        view.countedOn = view.day
        return view
    }
}

extension DatabaseConnection {
    /// Companies that a run is over, in the order of their slots.
    ///
    /// - Parameter slots: At most `factSlotsMax`.
    package func companies(
        of run: ScoringRun,
        inSlots slots: Range<Int>
    ) throws(DatabaseError) -> [Int] {
        var values: [DatabaseValue] = [.integer(slots.lowerBound), .integer(slots.upperBound)]
        var condition = ""
        if run.kind == .arrival {
            condition = """
                and exists (select 1 from run_company c
                    where c.run = $3 and c.slot = portfolio_company.slot)
                """
            values.append(.integer(run.number))
        } else if let portfolio = run.portfolio {
            condition = "and portfolio = $3"
            values.append(.integer(portfolio))
        }
        return try all(
            """
            select distinct slot from portfolio_company
            where slot >= $1 and slot < $2 \(condition) order by slot limit $\(values.count + 1)
            """,
            values + [.integer(StoreLimits.factSlotsMax)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// What was found before of companies, in the order of their slots.
    package func earlierScores(
        inSlots slots: Range<Int>
    ) throws(DatabaseError) -> [EarlierScore] {
        try all(
            """
            select slot, outcome, score, risk_class, probability, run from company_score
            where slot >= $1 and slot < $2 order by slot
            """,
            [.integer(slots.lowerBound), .integer(slots.upperBound)]
        ) { row throws(DatabaseError) in
            let score = CompanyScore(
                try row.integer(0),
                outcome: try row.integer(1),
                score: try row.integerIfAny(2),
                riskClass: try row.integerIfAny(3),
                probability: try row.realIfAny(4)
            )
            return EarlierScore(run: try row.integer(5), score: score)
        }
    }

    /// The number of the last run over all companies that did a block, before a run; 0 for none.
    package func lastWholeRun(
        ofBlock block: Int,
        before run: Int
    ) throws(DatabaseError) -> Int {
        let number = try first(
            """
            select max(r.number) from run r join run_block b on b.run = r.number
            where b.block = $1 and r.number < $2 and b.is_done = 1 and r.portfolio is null
                and r.kind <> 'arrival'
            """,
            [.integer(block), .integer(run)]
        ) { row throws(DatabaseError) in try row.integerIfAny(0) }
        return (number ?? nil) ?? 0
    }

    /// A run as one after it looks at it.
    package func earlierRun(_ number: Int) throws(DatabaseError) -> EarlierRun? {
        try first(
            """
            select r.as_of_day, r.requested_at, m.hash from run r join model m on m.number = r.model
            where r.number = $1
            """,
            [.integer(number)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(0)) else {
                throw DatabaseError(.damaged, "a run has no day")
            }
            return EarlierRun(
                number: number,
                day: day,
                requestedAtMicroseconds: try row.integer(1),
                modelHash: try row.text(2)
            )
        }
    }

    /// Forgets which companies a run was over that has ended.
    package func forgetCompanies(of run: Int) throws(DatabaseError) {
        _ = try execute("delete from run_company where run = $1", [.integer(run)])
    }
}

extension DatabaseConnection {
    /// Whether any portfolio has a company.
    package func haveCompanies() throws(DatabaseError) -> Bool {
        try first("select 1 from portfolio_company limit 1") { _ in true } ?? false
    }

    /// Whether there is an open run whose blocks are all done.
    package func areRunsAtTheirEnd(
        in tables: RunTables = .companies
    ) throws(DatabaseError) -> Bool {
        try first(
            """
            select 1 from \(tables.run) r where state = 'open' and not exists (
                select 1 from \(tables.block) b where b.run = r.number and b.is_done = 0) limit 1
            """
        ) { _ in true } ?? false
    }

    /// Whether any run is not done; asked without a lock.
    package func areRunsOpen(in tables: RunTables = .companies) throws(DatabaseError) -> Bool {
        try first("select 1 from \(tables.run) where state = 'open' limit 1") { _ in true } ?? false
    }

    /// Open runs by other models that were asked for before a time and on which nobody works.
    package func forgottenRuns(
        except hash: String,
        before microseconds: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> [Int] {
        try all(
            """
            select r.number from run r join model m on m.number = r.model
            where r.state = 'open' and m.hash <> $1 and r.requested_at < $2 and not exists (
                select 1 from run_block b where b.run = r.number and b.lease_until > $3)
            order by r.number limit $4
            """,
            [
                .text(hash), .integer(microseconds), .integer(nowMicroseconds),
                .integer(StoreLimits.listedMax),
            ]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }
}
