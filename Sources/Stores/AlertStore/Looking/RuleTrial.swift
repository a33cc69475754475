// SPDX-License-Identifier: Apache-2.0

// A rule on the past of a portfolio before it is kept: who would have been told of, and on which
// days. Nothing is written.
//
// Cost, estimated: a microsecond a company and day; 200,000 companies over 90 days in 20 s.

package import Alerts
package import Databases
internal import PortfolioStore
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// What a rule would have told.
package struct RuleTrial: Sendable {
    /// The days of the runs that it was tried on.
    package private(set) var days: [CalendarDate] = []
    /// How often something would have been told on each of them; days without are left out.
    package private(set) var toldByDay: [CalendarDate: Int] = [:]
    /// Companies that it was tried on.
    package private(set) var companyCount = 0
    /// Companies that there are more of than rules are tried on.
    package private(set) var leftOutCount = 0
    /// Companies of which something would have been told.
    package private(set) var toldCompanyCount = 0
    /// How often something would have been told.
    package private(set) var toldCount = 0
    /// How often, with one edge for both ways and at once.
    package private(set) var unguardedCount = 0
    /// What would have been told, company by company: the first of it.
    package private(set) var told: [(slot: Int, event: AlertEvent)] = []

    /// Tries a rule on a portfolio.
    ///
    /// - Parameters:
    ///   - from: The first day.
    ///   - through: The last day.
    ///   - isWanted: Whether somebody still waits.
    /// - Returns: nil when nobody waits any more.
    package static func run(
        _ rule: AlertRule,
        on portfolio: Int,
        from: CalendarDate,
        through: CalendarDate,
        _ connection: any DatabaseConnection,
        isWanted: () -> Bool
    ) throws(DatabaseError) -> Result<RuleTrial, ServiceError>? {
        var trial = RuleTrial()
        trial.days = try connection.runDays(of: portfolio, from: from, through: through)
        guard trial.days.count <= AlertLimits.trialDays else {
            return .failure(
                .overLimit(
                    "from",
                    "trialDays",
                    "There are more days with runs than a rule is tried on.",
                    value: trial.days.count,
                    maximum: AlertLimits.trialDays
                )
            )
        }
        let members = try connection.blockMembers(of: portfolio, among: 0..<Int.max)
        trial.companyCount = min(members.count, AlertLimits.trialCompanies)
        trial.leftOutCount = members.count - trial.companyCount
        let ranks = try connection.scoreRanks()
        var rest = members.prefix(trial.companyCount)
        while !rest.isEmpty {
            guard isWanted() else { return nil }
            let part = Array(rest.prefix(HistoryLimits.blockSlots))
            rest = rest.dropFirst(part.count)
            for company in try connection.past(of: part, portfolio) {
                trial.take(rule, company, ranks)
            }
        }
        return .success(trial)
    }

    private mutating func take(_ rule: AlertRule, _ company: PastCompany, _ ranks: ScoreRanks) {
        let result = company.tried(rule, on: days, ranks)
        unguardedCount += result.unguardedCount
        guard !result.events.isEmpty else { return }
        toldCompanyCount += 1
        toldCount += result.events.count
        for event in result.events {
            toldByDay[event.day, default: 0] += 1
            if told.count < AlertLimits.trialEvents { told.append((company.member.slot, event)) }
        }
    }
}

extension PastCompany {
    /// What a rule would have told, day by day. Another model moves the alert before it sees the
    /// day on which it scored first, as it does in a run.
    func tried(
        _ rule: AlertRule,
        on days: [CalendarDate],
        _ ranks: ScoreRanks
    ) -> (steps: [AlertTrial.Step], events: [AlertEvent], unguardedCount: Int) {
        var (steps, events) = ([AlertTrial.Step](), [AlertEvent]())
        var (unguardedCount, state) = (0, AlertState())
        var rest = days[...]
        while let first = rest.first {
            rebase(&state, rule, first, ranks)
            var part = [first]
            rest.removeFirst()
            while let next = rest.first, !isMoved(on: next) {
                part.append(next)
                rest.removeFirst()
            }
            let readings = part.map { reading(rule, on: $0, ranks) }
            // Days are in their order, and no more than may be.
            guard let trial = try? AlertTrial(rule, over: readings, from: state) else { break }
            steps += trial.steps
            events += trial.events
            unguardedCount += trial.unguardedCount
            state = trial.state
        }
        return (steps, events, unguardedCount)
    }

    private func isMoved(on day: CalendarDate) -> Bool {
        shifts.contains { $0.day == Int(day.dayNumber) }
    }

    private func rebase(
        _ state: inout AlertState,
        _ rule: AlertRule,
        _ day: CalendarDate,
        _ ranks: ScoreRanks
    ) {
        guard let quantity = rule.ofModel, isMoved(on: day) else { return }
        let number = Int(day.dayNumber)
        _ = state.rebase(
            rule,
            to: value(AlertInput(quantity, daysBefore: 1), number, ranks),
            from: value(AlertInput(quantity), number - 1, ranks),
            on: day
        )
    }
}

extension DatabaseConnection {
    /// The days of runs that have ended over a portfolio, each once and in their order.
    func runDays(
        of portfolio: Int,
        from: CalendarDate,
        through: CalendarDate
    ) throws(DatabaseError) -> [CalendarDate] {
        try all(
            """
            select distinct as_of_day from run
            where state = 'done' and (portfolio is null or portfolio = $1) and as_of_day >= $2
                and as_of_day <= $3 order by as_of_day limit $4
            """,
            [
                .integer(portfolio), .integer(Int(from.dayNumber)),
                .integer(Int(through.dayNumber)), .integer(AlertLimits.trialDays + 1),
            ]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(0)) else {
                throw DatabaseError(.damaged, "a run has no day")
            }
            return day
        }
    }

    /// The past of companies, which are in the order of their slots.
    func past(
        of members: [BlockMember],
        _ portfolio: Int
    ) throws(DatabaseError) -> [PastCompany] {
        guard let first = members.first, let last = members.last else { return [] }
        var companies = members.map { PastCompany($0) }
        let places = Dictionary(
            members.enumerated().map { ($1.slot, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let range: [DatabaseValue] = [.integer(first.slot), .integer(last.slot)]
        try query(
            """
            select c.slot, r.as_of_day, c.outcome, c.score, c.risk_class, c.probability
            from score_change c join run r on r.number = c.run
            where c.slot >= $1 and c.slot <= $2 order by c.slot, c.run
            """,
            range
        ) { row throws(DatabaseError) in
            guard let place = places[try row.integer(0)] else { return true }
            let score = CompanyScore(
                try row.integer(0),
                outcome: try row.integer(2),
                score: try row.integerIfAny(3),
                riskClass: try row.integerIfAny(4),
                probability: try row.realIfAny(5)
            )
            companies[place].scores.append((try row.integer(1), PastScore(score)))
            return true
        }
        try query(
            """
            select m.slot, r.as_of_day, m.old_score, m.new_score, m.old_class, m.new_class,
                m.old_probability, m.new_probability
            from model_shift m join run r on r.number = m.run
            where m.slot >= $1 and m.slot <= $2 order by m.slot, m.run
            """,
            range
        ) { row throws(DatabaseError) in
            guard let place = places[try row.integer(0)] else { return true }
            companies[place].shifts.append((try row.integer(1), try ModelShift(row, from: 2)))
            return true
        }
        for (slot, figures) in try allFigures(from: first.slot, through: last.slot) {
            guard let place = places[slot] else { continue }
            companies[place].figures.append(figures)
        }
        return companies
    }
}
