// SPDX-License-Identifier: Apache-2.0

// Scores as people look at them: those of a portfolio, those of a company over the years, and the
// runs that found them.

package import Databases
package import Quantities
internal import VigieLimits

/// A company of a portfolio with the score that it has.
package struct MemberScore: Sendable, Equatable {
    /// The company, and what the user knows of it.
    package let member: PortfolioMember
    /// What the last run found; nil when none looked at it yet.
    package let score: CompanyScore?
    /// Since which day it is so; nil without a score.
    package let since: CalendarDate?
    /// What was found before that; nil when nothing was.
    package let before: CompanyScore?
}

/// What was found of a company from a run on.
package struct HistoricScore: Sendable, Equatable {
    /// The run, the day and the score.
    package let dated: DatedScore
    /// By which model.
    package let model: RunModel
}

extension DatabaseConnection {
    /// Companies of a portfolio behind a slot with their scores, in the order of their slots.
    package func memberScores(
        of portfolio: Int,
        after slot: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [MemberScore] {
        let members = try members(of: portfolio, after: slot, limit: limit)
        guard let last = members.last?.slot else { return [] }
        var found: [Int: MemberScore] = [:]
        found.reserveCapacity(members.count)
        let bySlot = members.reduce(into: [Int: PortfolioMember]()) { $0[$1.slot] = $1 }
        try query(Self.memberScores, [.integer(portfolio), .integer(slot), .integer(last)]) {
            row throws(DatabaseError) in
            guard let member = bySlot[try row.integer(0)] else { return true }
            found[member.slot] = try Self.memberScore(row, member)
            return true
        }
        return members.map { member in
            found[member.slot]
                ?? MemberScore(member: member, score: nil, since: nil, before: nil)
        }
    }

    /// The same of the companies at some slots, ascending: of those that are close together with
    /// what is between them, of others one by one.
    package func memberScores(
        of portfolio: Int,
        at slots: [Int]
    ) throws(DatabaseError) -> [MemberScore] {
        guard let first = slots.first, let last = slots.last else { return [] }
        let wanted = Set(slots)
        if last - first < StoreLimits.listedMax {
            return try memberScores(of: portfolio, after: first - 1, limit: StoreLimits.listedMax)
                .filter { wanted.contains($0.member.slot) }
        }
        var found: [MemberScore] = []
        for slot in slots {
            let one = try memberScores(of: portfolio, after: slot - 1, limit: 1).first
            if let one, one.member.slot == slot { found.append(one) }
        }
        return found
    }

    private static var memberScores: String {
        """
        select s.slot, s.outcome, s.score, s.risk_class, s.probability, l.cause, r.as_of_day,
            p.outcome, p.score, p.risk_class, p.probability
        from portfolio_company m join company_score s on s.slot = m.slot
            left join score_change l on l.slot = s.slot and l.run = (
                select max(x.run) from score_change x where x.slot = s.slot)
            left join run r on r.number = l.run
            left join score_change p on p.slot = s.slot and p.run = (
                select max(y.run) from score_change y where y.slot = s.slot and y.run < l.run)
        where m.portfolio = $1 and m.slot > $2 and m.slot <= $3
        """
    }

    private static func memberScore(
        _ row: DatabaseRow,
        _ member: PortfolioMember
    ) throws(DatabaseError) -> MemberScore {
        let cause = try row.textIfAny(5).flatMap { CompanyScore.Cause(rawValue: $0) } ?? .company
        var before: CompanyScore?
        if let outcome = try row.integerIfAny(7) {
            before = CompanyScore(
                member.slot,
                outcome: outcome,
                score: try row.integerIfAny(8),
                riskClass: try row.integerIfAny(9),
                probability: try row.realIfAny(10)
            )
        }
        return MemberScore(
            member: member,
            score: CompanyScore(
                member.slot,
                outcome: try row.integer(1),
                score: try row.integerIfAny(2),
                riskClass: try row.integerIfAny(3),
                probability: try row.realIfAny(4),
                cause: cause
            ),
            since: try row.integerIfAny(6).flatMap { CalendarDate(dayNumber: $0) },
            before: before
        )
    }

    /// What was found of a company since a day, the oldest first, and before those what held on
    /// that day; behind a run.
    package func scoreHistory(
        of slot: Int,
        since day: CalendarDate,
        after run: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [HistoricScore] {
        try all(
            """
            select c.run, r.as_of_day, c.outcome, c.score, c.risk_class, c.probability, c.cause,
                m.name, m.version, m.hash
            from score_change c join run r on r.number = c.run join model m on m.number = r.model
            where c.slot = $1 and c.run > $3 and c.run >= coalesce((
                select max(c2.run) from score_change c2 join run r2 on r2.number = c2.run
                where c2.slot = $1 and r2.as_of_day <= $2), 0)
            order by c.run limit $4
            """,
            [.integer(slot), .integer(Int(day.dayNumber)), .integer(run), .integer(limit)]
        ) { row throws(DatabaseError) in
            HistoricScore(
                dated: try Self.datedScore(row, of: slot),
                model: RunModel(
                    name: try row.text(7),
                    version: try row.text(8),
                    hash: try row.text(9)
                )
            )
        }
    }

    /// Runs before a number, the newest first: those of all companies and, where one is named, of a
    /// portfolio; of all portfolios where `isOfAll`.
    package func runs(
        of portfolio: Int?,
        isOfAll: Bool = false,
        before number: Int = .max,
        limit: Int
    ) throws(DatabaseError) -> [ScoringRun] {
        let these =
            isOfAll
            ? ""
            : portfolio == nil
                ? "and portfolio is null" : "and (portfolio is null or portfolio = $3)"
        let values: [DatabaseValue] =
            isOfAll ? [] : portfolio.map { [.integer($0)] } ?? []
        return try runs(
            """
            where r.number in (select number from run where number < $1 \(these)
                order by number desc limit $2)
            """,
            [.integer(number), .integer(limit)] + values
        )
    }
}
