// SPDX-License-Identifier: Apache-2.0

// Runs over the companies of which something arrived, and the order of facts and runs in time: what
// a run sees came before it was asked for, and what came after that is new to the next one. Both
// hold the counter of facts while they take their time, so that none is between.

package import Databases
package import Quantities
internal import VigieLimits

extension DatabaseConnection {
    /// Plans a run over the companies of portfolios of which something arrived since the last one
    /// was planned, in a transaction of the caller's.
    ///
    /// - Parameters:
    ///   - waitMicroseconds: Time between two of them.
    ///   - otherModelMicroseconds: Time after its last run for which another model counts.
    /// - Returns: The number of the run; nil when nothing came, the last one was planned too short
    ///   a time ago or is not done, or another model has taken this one's place.
    package func planArrivalRun(
        asOf day: CalendarDate,
        by model: RunModel,
        waitMicroseconds: Int,
        otherModelMicroseconds: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int? {
        let modelNumber = try number(of: model)
        // Held to the end, as by whoever plans any run.
        _ = try takeNumbers(0, of: .run)
        let others = nowMicroseconds - otherModelMicroseconds
        guard
            try isTimeForArrivals(modelNumber, nowMicroseconds, waitMicroseconds, others)
        else { return nil }
        let now = try momentBehindFacts(nowMicroseconds)
        let seen = try first("select value from counter where name = 'seen_fact'") {
            row throws(DatabaseError) in try row.integer(0)
        }
        let news = try factNews(after: seen ?? 0, limit: StoreLimits.arrivalFactsMax)
        guard news.last > seen ?? 0 else { return nil }
        _ = try execute(
            "update counter set value = $1 where name = 'seen_fact'",
            [.integer(news.last)]
        )
        return try addArrivalRun(news.companies.map(\.slot), day, modelNumber, now)
    }

    /// Whether something arrived since the last such run was planned; asked without a lock, so that
    /// an idle store stays idle.
    package func haveFactsArrived() throws(DatabaseError) -> Bool {
        try first(
            """
            select 1 from counter seen, counter last
            where seen.name = 'seen_fact' and last.name = 'fact' and last.value > seen.value
            """
        ) { _ in true } ?? false
    }

    /// A run over all companies sees all that came, by somebody who holds the counter of facts.
    func noteFactsSeen() throws(DatabaseError) {
        _ = try execute(
            """
            update counter set value = (select value from counter where name = 'fact')
            where name = 'seen_fact'
            """
        )
    }

    private func addArrivalRun(
        _ slots: [Int],
        _ day: CalendarDate,
        _ model: Int,
        _ now: Int
    ) throws(DatabaseError) -> Int? {
        let number = try takeNumbers(1, of: .run)
        try add(.arrival, number, portfolio: nil, day, model, "", now)
        for slot in slots {
            _ = try execute(
                """
                insert into run_company (run, slot)
                select $1, $2 where exists (select 1 from portfolio_company where slot = $2)
                """,
                [.integer(number), .integer(slot)]
            )
        }
        let blocks = try addBlocks(number, of: "run_company where run = $2", [.integer(number)])
        guard blocks == 0 else { return number }
        // Of companies that are in no portfolio.
        _ = try execute("delete from run where number = $1", [.integer(number)])
        return nil
    }

    /// Whether the last such run is long enough ago and done, and the model is that of the last
    /// run, or new: of a server that another one with a new model takes the place of, it is not.
    private func isTimeForArrivals(
        _ model: Int,
        _ nowMicroseconds: Int,
        _ waitMicroseconds: Int,
        _ others: Int
    ) throws(DatabaseError) -> Bool {
        let other = try first(
            """
            select 1 from run where number = (select max(number) from run) and model <> $1
                and requested_at > $2 and exists (select 1 from run where model = $1)
            """,
            [.integer(model), .integer(others)]
        ) { _ in true }
        guard other == nil else { return false }
        let last = try first(
            """
            select requested_at, state from run where kind = 'arrival' order by number desc limit 1
            """
        ) { row throws(DatabaseError) in (try row.integer(0), try row.text(1)) }
        guard let last else { return true }
        // A clock that was set back does not put the next one off by as much.
        let isLate = last.0 <= nowMicroseconds - waitMicroseconds || last.0 > nowMicroseconds
        return isLate && last.1 != ScoringRun.State.open.rawValue
    }

    /// A time for a run: not before that of the last fact, whatever the clock says.
    func momentBehindFacts(_ nowMicroseconds: Int) throws(DatabaseError) -> Int {
        _ = try takeNumbers(0, of: .fact)
        let last = try first(
            "select known_at from company_fact order by number desc limit 1"
        ) { row throws(DatabaseError) in try row.integer(0) }
        return max(nowMicroseconds, last ?? 0)
    }

    /// A time for facts, by somebody who holds their counter: behind that of the last run.
    func momentBehindRuns(_ nowMicroseconds: Int) throws(DatabaseError) -> Int {
        let last = try first("select requested_at from run order by number desc limit 1") {
            row throws(DatabaseError) in try row.integer(0)
        }
        return max(nowMicroseconds, (last ?? 0) + 1)
    }
}
