// SPDX-License-Identifier: Apache-2.0

// What runs found of companies: the score that each has, and each time that it became another one.
//
// Cost, estimated, of a block of 65,536 companies of which one in fifty changed: 0.1 s in SQLite to
// bring them in, 0.1 s to compare, 20 ms to write; PostgreSQL 0.3 s.

package import Databases
package import Quantities

/// What a run found of a company.
package struct CompanyScore: Sendable, Equatable {
    /// What moved a score.
    package enum Cause: String, Sendable, CaseIterable {
        /// The company, and time.
        case company
        /// A paper that came.
        case dataArrived = "data_arrived"
        /// Another model.
        case modelChanged = "model_changed"
    }

    /// The company.
    package var slot: Int
    /// What became of it, from 1 on: the numbers are those of whoever scores.
    package var outcome: Int
    /// The score on the published scale; nil for none.
    package var score: Int?
    /// The class of risk, from 1; nil for none.
    package var riskClass: Int?
    /// The probability of failure; nil for none.
    package var probability: Double?
    /// What moved it, if it is another one than before.
    package var cause: Cause

    /// Makes one.
    package init(
        _ slot: Int,
        outcome: Int,
        score: Int? = nil,
        riskClass: Int? = nil,
        probability: Double? = nil,
        cause: Cause = .company
    ) {
        (self.slot, self.outcome, self.score) = (slot, outcome, score)
        (self.riskClass, self.probability, self.cause) = (riskClass, probability, cause)
    }
}

/// A score, and the run that found it.
package struct DatedScore: Sendable, Equatable {
    /// The number of the run.
    package let run: Int
    /// The day as of which it is.
    package let day: CalendarDate
    /// The score.
    package let score: CompanyScore
}

extension DatabaseConnection {
    /// Keeps what a run found of companies, each of which comes once.
    ///
    /// - Parameter isPartial: Whether the run is over some companies of its blocks only: then each
    ///   of them says that this run scored it. Of others the block does.
    /// - Returns: How many have another outcome, score or class than before, or none before.
    package func keep(
        _ scores: [CompanyScore],
        of run: Int,
        isPartial: Bool = false
    ) throws(DatabaseError) -> Int {
        try execute("drop table if exists found")
        let text = dialect == .sqlite ? "text" : "text collate \"C\""
        let double = dialect == .sqlite ? "real" : "double precision"
        try execute(
            """
            create temporary table found (slot bigint, outcome bigint, score bigint,
                risk_class bigint, probability \(double), cause \(text))
            """
        )
        _ = try load(
            into: "found",
            columns: ["slot", "outcome", "score", "risk_class", "probability", "cause"]
        ) { writer throws(DatabaseError) in
            for score in scores {
                try writer.write(score.slot)
                try writer.write(score.outcome)
                try writer.write(score.score)
                try writer.write(score.riskClass)
                try writer.write(score.probability)
                try writer.write(score.cause.rawValue)
                try writer.endRow()
            }
        }
        if dialect == .postgresql { try execute("analyze found") }
        // A company that was erased meanwhile is nobody's any more.
        let changed = try execute(
            """
            insert into score_change (slot, run, outcome, score, risk_class, probability, cause)
            select f.slot, $1, f.outcome, f.score, f.risk_class, f.probability, f.cause
            from found f join company c on c.slot = f.slot
                left join company_score s on s.slot = f.slot
            where s.slot is null or s.outcome <> f.outcome or s.score is distinct from f.score
                or s.risk_class is distinct from f.risk_class
            """,
            [.integer(run)]
        )
        _ = try execute(
            """
            insert into company_score (slot, run, outcome, score, risk_class, probability)
            select f.slot, $1, f.outcome, f.score, f.risk_class, f.probability
            from found f join company c on c.slot = f.slot where true
            on conflict (slot) do update set run = excluded.run, outcome = excluded.outcome,
                score = excluded.score, risk_class = excluded.risk_class,
                probability = excluded.probability
            where \(isPartial ? "true or " : "")company_score.outcome <> excluded.outcome
                or company_score.score is distinct from excluded.score
                or company_score.risk_class is distinct from excluded.risk_class
                or company_score.probability is distinct from excluded.probability
            """,
            [.integer(run)]
        )
        try execute("drop table found")
        return changed
    }

    /// The scores that companies have, by slot, from a slot on.
    package func scores(from slot: Int, below end: Int) throws(DatabaseError) -> [CompanyScore] {
        try all(
            """
            select slot, outcome, score, risk_class, probability from company_score
            where slot >= $1 and slot < $2 order by slot
            """,
            [.integer(slot), .integer(end)]
        ) { row throws(DatabaseError) in
            CompanyScore(
                try row.integer(0),
                outcome: try row.integer(1),
                score: try row.integerIfAny(2),
                riskClass: try row.integerIfAny(3),
                probability: try row.realIfAny(4)
            )
        }
    }

    /// How the score of a company changed since a day, the oldest first; before those the one that
    /// it had then.
    package func scoreChanges(
        of slot: Int,
        since day: CalendarDate
    ) throws(DatabaseError) -> [DatedScore] {
        try all(
            """
            select c.run, r.as_of_day, c.outcome, c.score, c.risk_class, c.probability, c.cause
            from score_change c join run r on r.number = c.run
            where c.slot = $1 and c.run >= coalesce((
                select max(c2.run) from score_change c2 join run r2 on r2.number = c2.run
                where c2.slot = $1 and r2.as_of_day <= $2), 0)
            order by c.run
            """,
            [.integer(slot), .integer(Int(day.dayNumber))]
        ) { row throws(DatabaseError) in try Self.datedScore(row, of: slot) }
    }

    /// A change out of a row of run, day, outcome, score, class, probability and cause.
    static func datedScore(
        _ row: DatabaseRow,
        of slot: Int
    ) throws(DatabaseError) -> DatedScore {
        guard let day = CalendarDate(dayNumber: try row.integer(1)),
            let cause = CompanyScore.Cause(rawValue: try row.text(6))
        else { throw DatabaseError(.damaged, "a change of a score has no day or cause") }
        let score = CompanyScore(
            slot,
            outcome: try row.integer(2),
            score: try row.integerIfAny(3),
            riskClass: try row.integerIfAny(4),
            probability: try row.realIfAny(5),
            cause: cause
        )
        return DatedScore(run: try row.integer(0), day: day, score: score)
    }
}
