// SPDX-License-Identifier: Apache-2.0

// Runs over companies: what they are, and what becomes of their blocks. One who works on a block
// has it for a time; when that is over, another may take it, and what the first one found does not
// count any more. So a server that is killed loses a minute of work and nothing else, and no block
// counts twice.

package import Databases
package import Quantities
internal import VigieLimits

/// A model by which runs score.
package struct RunModel: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// Its version.
    package var version: String
    /// SHA-256 of its files, in hexadecimal.
    package var hash: String

    /// Makes one.
    package init(name: String, version: String, hash: String) {
        (self.name, self.version, self.hash) = (name, version, hash)
    }
}

/// A run, and how far it is.
package struct ScoringRun: Sendable, Equatable {
    /// Why there is a run.
    package enum Kind: String, Sendable, CaseIterable {
        /// The run of the day.
        case daily
        /// Papers arrived.
        case arrival
        /// What another model says of what was scored before.
        case otherModel = "other_model"
        /// Somebody asked for it.
        case requested
    }

    /// How far a run is.
    package enum State: String, Sendable, CaseIterable {
        /// Blocks are left.
        case open
        /// All blocks are done.
        case done
        /// A block could not be done.
        case failed
    }

    /// Its number; a later one has a higher one.
    package let number: Int
    /// Why there is one.
    package let kind: Kind
    /// The portfolio whose companies are scored; nil for those of all.
    package let portfolio: Int?
    /// The day as of which they are.
    package let day: CalendarDate
    /// By which model.
    package let model: RunModel
    /// When it was asked for, in microseconds since 1970 in UTC: what came later it does not see.
    package let requestedAtMicroseconds: Int
    /// How far it is.
    package let state: State
    /// Why it failed; empty else.
    package let note: String
    /// Blocks, and those of them that are done.
    package let blockCount: Int
    package let doneCount: Int
    /// Companies of those that are done, those with a score, those with another one than before.
    package let companyCount: Int
    package let scoredCount: Int
    package let changedCount: Int
}

/// A block of a run that somebody works on.
package struct LeasedBlock: Sendable, Hashable {
    /// The run.
    package let run: Int
    /// The number of the block: its slots are those from 65,536 times that on.
    package let block: Int
    /// Who works on it.
    package let owner: String
    /// The how manieth time somebody does.
    package let attempt: Int
    /// Times that somebody could not do it before.
    package let failures: Int
    /// Times that it was not given back: whoever had it was killed, or lost the store.
    package let losses: Int

    /// The first slot.
    package var firstSlot: Int { block * HistoryLimits.blockSlots }
}

extension DatabaseConnection {
    /// The number of a model, which is kept when it was not known.
    package func number(of model: RunModel) throws(DatabaseError) -> Int {
        let known = try first("select number from model where hash = $1", [.text(model.hash)]) {
            row throws(DatabaseError) in try row.integer(0)
        }
        if let known { return known }
        let number = try takeNumbers(1, of: .model)
        _ = try execute(
            "insert into model (number, name, version, hash) values ($1, $2, $3, $4)",
            [.integer(number), .text(model.name), .text(model.version), .text(model.hash)]
        )
        return number
    }

    /// Plans a run over the companies of a portfolio, or of all portfolios.
    ///
    /// - Returns: Its number; that of the run of the same day and model for a daily one that is
    ///   there. One without companies is ended with the next that `finishRuns` ends.
    package func planRun(
        _ kind: ScoringRun.Kind,
        portfolio: Int? = nil,
        asOf day: CalendarDate,
        by model: RunModel,
        requestedBy identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        let model = try number(of: model)
        // Held to the end: of two who plan the same the second finds what the first did.
        let number = try takeNumbers(1, of: .run)
        if kind == .daily, let run = try dailyRun(day, model) { return run }
        let now = try momentBehindFacts(nowMicroseconds)
        try add(kind, number, portfolio: portfolio, day, model, identity, now)
        if portfolio == nil { try noteFactsSeen() }
        let these = portfolio == nil ? "" : " where portfolio = $2"
        _ = try addBlocks(
            number,
            of: "portfolio_company\(these)",
            portfolio.map { [.integer($0)] } ?? []
        )
        return number
    }

    /// Adds a run without blocks.
    func add(
        _ kind: ScoringRun.Kind,
        _ number: Int,
        portfolio: Int?,
        _ day: CalendarDate,
        _ model: Int,
        _ identity: String,
        _ nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            insert into run (number, kind, portfolio, as_of_day, model, requested_at, requested_by,
                state, note)
            values ($1, $2, $3, $4, $5, $6, $7, 'open', '')
            """,
            [
                .integer(number), .text(kind.rawValue),
                portfolio.map { .integer($0) } ?? .null, .integer(Int(day.dayNumber)),
                .integer(model), .integer(nowMicroseconds), .text(identity),
            ]
        )
    }

    /// Adds the blocks of a run's companies.
    ///
    /// - Parameter companies: Where they are, and their condition, with values from $2 on.
    /// - Returns: How many there are.
    func addBlocks(
        _ run: Int,
        of companies: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> Int {
        try execute(
            """
            insert into run_block (run, block, is_done, owner, lease_until, attempt,
                company_count, scored_count, changed_count)
            select $1, block, 0, '', 0, 0, 0, 0, 0
            from (select distinct slot / \(HistoryLimits.blockSlots) as block
                from \(companies)) blocks
            """,
            [.integer(run)] + values
        )
    }

    private func dailyRun(_ day: CalendarDate, _ model: Int) throws(DatabaseError) -> Int? {
        try first(
            """
            select number from run where kind = 'daily' and as_of_day = $1 and model = $2
                and state <> 'failed'
            """,
            [.integer(Int(day.dayNumber)), .integer(model)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// A run, and how far it is; nil when there is none.
    package func run(_ number: Int) throws(DatabaseError) -> ScoringRun? {
        try runs("where r.number = $1", [.integer(number)]).first
    }

    /// The last runs, the newest first.
    package func runs(limit: Int) throws(DatabaseError) -> [ScoringRun] {
        try runs(
            "where r.number in (select number from run order by number desc limit $1)",
            [.integer(limit)]
        )
    }

    /// Runs that are not done, the oldest first.
    package func openRuns() throws(DatabaseError) -> [Int] {
        try all(
            "select number from run where state = 'open' order by number limit $1",
            [.integer(StoreLimits.listedMax)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// Runs on a condition, the newest first.
    func runs(
        _ condition: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> [ScoringRun] {
        try all(
            """
            select r.number, r.kind, r.portfolio, r.as_of_day, m.name, m.version, m.hash,
                r.requested_at, r.state, r.note, count(b.block),
                cast(coalesce(sum(b.is_done), 0) as bigint),
                cast(coalesce(sum(b.company_count), 0) as bigint),
                cast(coalesce(sum(b.scored_count), 0) as bigint),
                cast(coalesce(sum(b.changed_count), 0) as bigint)
            from run r join model m on m.number = r.model
                left join run_block b on b.run = r.number
            \(condition)
            group by r.number, r.kind, r.portfolio, r.as_of_day, m.name, m.version, m.hash,
                r.requested_at, r.state, r.note
            order by r.number desc
            """,
            values
        ) { row throws(DatabaseError) in try Self.scoringRun(row) }
    }

    private static func scoringRun(_ row: DatabaseRow) throws(DatabaseError) -> ScoringRun {
        guard let kind = ScoringRun.Kind(rawValue: try row.text(1)),
            let state = ScoringRun.State(rawValue: try row.text(8)),
            let day = CalendarDate(dayNumber: try row.integer(3))
        else { throw DatabaseError(.damaged, "a run is of no known kind, state or day") }
        return ScoringRun(
            number: try row.integer(0),
            kind: kind,
            portfolio: try row.integerIfAny(2),
            day: day,
            model: RunModel(
                name: try row.text(4),
                version: try row.text(5),
                hash: try row.text(6)
            ),
            requestedAtMicroseconds: try row.integer(7),
            state: state,
            note: try row.text(9),
            blockCount: try row.integer(10),
            doneCount: try row.integer(11),
            companyCount: try row.integer(12),
            scoredCount: try row.integer(13),
            changedCount: try row.integer(14)
        )
    }
}
