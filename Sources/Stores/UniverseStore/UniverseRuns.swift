// SPDX-License-Identifier: Apache-2.0

// Runs over universes: a model, and the load whose inputs it scores.

package import Databases
package import PortfolioStore
package import Quantities
internal import VigieLimits

/// A run over a universe, and how far it is.
package struct UniverseRun: Sendable, Equatable {
    /// Its number; a later one has a higher one.
    package let number: Int
    /// The universe.
    package let universe: Int
    /// The load whose inputs are scored.
    package let load: Int
    /// The day as of which they are.
    package let day: CalendarDate
    /// By which model.
    package let model: RunModel
    /// When it was asked for, in microseconds since 1970 in UTC.
    package let requestedAtMicroseconds: Int
    /// How far it is.
    package let state: ScoringRun.State
    /// When it ended.
    package let endedAtMicroseconds: Int?
    /// Why it failed; empty else.
    package let note: String
    /// Blocks, and those that are done.
    package let blockCount: Int
    package let doneCount: Int
    /// Companies, those with a score, those with another result than before.
    package let companyCount: Int
    package let scoredCount: Int
    package let changedCount: Int
    /// Those moved by themselves, by data that arrived, by the model.
    package let companyMoved: Int
    package let dataMoved: Int
    package let modelMoved: Int
}

extension DatabaseConnection {
    /// Plans a run over what a universe's last load brought.
    package func planUniverseRun(
        over universe: UniverseRecord,
        asOf day: CalendarDate,
        by model: RunModel,
        scale: [UInt8],
        requestedBy identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        let model = try number(of: model)
        _ = try execute(
            """
            insert into universe_scale (model, content) values ($1, $2)
            on conflict (model) do nothing
            """,
            [.integer(model), .bytes(scale)]
        )
        let number = try takeNumbers(1, of: .universeRun)
        _ = try execute(
            """
            insert into universe_run (number, universe, load_number, as_of_day, model,
                requested_at, requested_by, state, note)
            values ($1, $2, $3, $4, $5, $6, $7, 'open', '')
            """,
            [
                .integer(number), .integer(universe.number), .integer(universe.load),
                .integer(Int(day.dayNumber)), .integer(model), .integer(nowMicroseconds),
                .text(identity),
            ]
        )
        for place in 0..<universe.blockCount {
            _ = try execute(
                """
                insert into universe_block (run, block, is_done, owner, lease_until, attempt,
                    company_count, scored_count, changed_count, company_moved, data_moved,
                    model_moved)
                values ($1, $2, 0, '', 0, 0, 0, 0, 0, 0, 0, 0)
                """,
                [.integer(number), .integer(universe.block(place))]
            )
        }
        return number
    }

    /// Says what moved companies of a block that is done.
    package func noteMoves(
        ofBlock block: Int,
        run: Int,
        byCompany: Int,
        byData: Int,
        byModel: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            update universe_block set company_moved = $3, data_moved = $4, model_moved = $5
            where run = $1 and block = $2
            """,
            [
                .integer(run), .integer(block), .integer(byCompany), .integer(byData),
                .integer(byModel),
            ]
        )
    }

    /// A run, and how far it is.
    package func universeRun(_ number: Int) throws(DatabaseError) -> UniverseRun? {
        try universeRuns("where r.number = $1", [.integer(number)]).first
    }

    /// The last runs over a universe, the newest first.
    package func universeRuns(
        over universe: Int,
        limit: Int
    ) throws(DatabaseError) -> [UniverseRun] {
        try universeRuns(
            """
            where r.number in (select number from universe_run where universe = $1
                order by number desc limit $2)
            """,
            [.integer(universe), .integer(limit)]
        )
    }

    /// Open runs over a universe.
    package func openRunCount(over universe: Int) throws(DatabaseError) -> Int {
        try first(
            "select count(*) from universe_run where universe = $1 and state = 'open'",
            [.integer(universe)]
        ) { row throws(DatabaseError) in try row.integer(0) } ?? 0
    }

    /// The last run over a universe that was done as of a day or before.
    ///
    /// - Parameter number: It comes before that run.
    package func doneRun(
        over universe: Int,
        asOf day: CalendarDate,
        before number: Int = .max
    ) throws(DatabaseError) -> UniverseRun? {
        let found = try first(
            """
            select number from universe_run
            where universe = $1 and as_of_day <= $2 and number < $3 and state = 'done'
            order by as_of_day desc, number desc limit 1
            """,
            [.integer(universe), .integer(Int(day.dayNumber)), .integer(number)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        guard let found else { return nil }
        return try universeRun(found)
    }

    /// Days and models of the runs that were done over a universe, by number.
    package func doneRuns(
        over universe: Int
    ) throws(DatabaseError) -> [Int: (day: CalendarDate, model: RunModel)] {
        let rows = try all(
            """
            select r.number, r.as_of_day, m.name, m.version, m.hash
            from universe_run r join model m on m.number = r.model
            where r.universe = $1 and r.state = 'done'
            """,
            [.integer(universe)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(1)) else {
                throw DatabaseError(.damaged, "a run over a universe has no day")
            }
            let model = RunModel(
                name: try row.text(2),
                version: try row.text(3),
                hash: try row.text(4)
            )
            return (try row.integer(0), (day: day, model: model))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// What scores by a model stand for, as the run kept it.
    package func scale(ofModel hash: String) throws(DatabaseError) -> [UInt8]? {
        try first(
            """
            select s.content from universe_scale s join model m on m.number = s.model
            where m.hash = $1
            """,
            [.text(hash)]
        ) { row throws(DatabaseError) in try row.bytes(0) }
    }

    private func universeRuns(
        _ condition: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> [UniverseRun] {
        let sums = [
            "b.is_done", "b.company_count", "b.scored_count", "b.changed_count",
            "b.company_moved", "b.data_moved", "b.model_moved",
        ].map { "cast(coalesce(sum(\($0)), 0) as bigint)" }.joined(separator: ", ")
        return try all(
            """
            select r.number, r.universe, r.load_number, r.as_of_day, m.name, m.version, m.hash,
                r.requested_at, r.state, r.ended_at, r.note, count(b.block), \(sums)
            from universe_run r join model m on m.number = r.model
                left join universe_block b on b.run = r.number
            \(condition)
            group by r.number, r.universe, r.load_number, r.as_of_day, m.name, m.version, m.hash,
                r.requested_at, r.state, r.ended_at, r.note
            order by r.number desc
            """,
            values
        ) { row throws(DatabaseError) in try Self.universeRun(row) }
    }

    private static func universeRun(_ row: DatabaseRow) throws(DatabaseError) -> UniverseRun {
        guard let state = ScoringRun.State(rawValue: try row.text(8)),
            let day = CalendarDate(dayNumber: try row.integer(3))
        else { throw DatabaseError(.damaged, "a run over a universe is of no known state or day") }
        return UniverseRun(
            number: try row.integer(0),
            universe: try row.integer(1),
            load: try row.integer(2),
            day: day,
            model: RunModel(
                name: try row.text(4),
                version: try row.text(5),
                hash: try row.text(6)
            ),
            requestedAtMicroseconds: try row.integer(7),
            state: state,
            endedAtMicroseconds: try row.integerIfAny(9),
            note: try row.text(10),
            blockCount: try row.integer(11),
            doneCount: try row.integer(12),
            companyCount: try row.integer(13),
            scoredCount: try row.integer(14),
            changedCount: try row.integer(15),
            companyMoved: try row.integer(16),
            dataMoved: try row.integer(17),
            modelMoved: try row.integer(18)
        )
    }
}
