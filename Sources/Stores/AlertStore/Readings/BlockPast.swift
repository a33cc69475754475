// SPDX-License-Identifier: Apache-2.0

// What was known of the companies of a block before its run, read when a rule first asks for it and
// once for all portfolios.

internal import Alerts
internal import Databases
internal import PortfolioStore
internal import Quantities

/// What was known of the companies of a block.
final class BlockPast {
    let block: ScoredBlock
    private let connection: any DatabaseConnection
    private var scores: [Int: PastScores] = [:]
    private var figures: [Int: [Int: DatedFigures]] = [:]
    private var ranks: ScoreRanks?
    private var lastScored: [Int: Int]?

    init(_ block: ScoredBlock, _ connection: any DatabaseConnection) {
        (self.block, self.connection) = (block, connection)
    }

    /// Scores so many days before.
    func scores(daysBefore: Int) throws(DatabaseError) -> PastScores {
        if let known = scores[daysBefore] { return known }
        let read = try PastScores(daysBefore: daysBefore, of: block, connection)
        scores[daysBefore] = read
        return read
    }

    /// Figures so many days before, by slot.
    func figures(daysBefore: Int) throws(DatabaseError) -> [Int: DatedFigures] {
        if let known = figures[daysBefore] { return known }
        let day = Int(block.day.dayNumber) - daysBefore
        let read = try connection.figures(of: block.slots, asOf: day)
        figures[daysBefore] = read
        return read
    }

    /// Where scores stand among those of all companies, as the last run of all found them.
    func scoreRanks() throws(DatabaseError) -> ScoreRanks {
        if let ranks { return ranks }
        let read = try connection.scoreRanks()
        ranks = read
        return read
    }

    /// For how many days companies have had no score, by slot; those are missing that never had
    /// one, or had one in the run before.
    func daysWithoutScore() throws(DatabaseError) -> [Int: Int] {
        if let lastScored { return lastScored }
        var found: [Int: Int] = [:]
        try connection.query(
            """
            select c.slot, r.as_of_day from score_change c join run r on r.number = c.run
            where c.slot >= $1 and c.slot < $2 and c.run < $3 and c.score is null
                and c.run > (select max(b.run) from score_change b
                    where b.slot = c.slot and b.run < $3 and b.score is not null)
            order by c.run
            """,
            [
                .integer(block.slots.lowerBound), .integer(block.slots.upperBound),
                .integer(block.run),
            ]
        ) { row throws(DatabaseError) in
            let slot = try row.integer(0)
            // A later one without a score only has another outcome.
            let day = try row.integer(1)
            found[slot] = found[slot] ?? Int(self.block.day.dayNumber) - day + 1
            return true
        }
        lastScored = found
        return found
    }
}

/// Where scores stand among those of all companies.
struct ScoreRanks {
    private var scores: [Int] = []
    private var parts: [Double] = []

    /// Takes scores in their order, each with the part of companies, in hundredths, below it.
    init(_ ranks: [(score: Int, part: Double)]) {
        scores = ranks.map(\.score)
        parts = ranks.map(\.part)
    }

    /// The part of companies with a lower score, from 0 to 100; no number where none is known.
    func rank(_ score: Double) -> Double {
        guard !scores.isEmpty, !score.isNaN else { return .nan }
        var (low, high) = (0, scores.count)
        while low < high {
            let middle = (low + high) / 2
            if Double(scores[middle]) < score { low = middle + 1 } else { high = middle }
        }
        return low < parts.count ? parts[low] : 100
    }
}

extension DatabaseConnection {
    /// The ranks that the last run of all companies found.
    func scoreRanks() throws(DatabaseError) -> ScoreRanks {
        ScoreRanks(
            try all("select score, part from score_rank order by score") {
                row throws(DatabaseError) in
                (score: try row.integer(0), part: try row.real(1))
            }
        )
    }

    /// Finds the ranks anew.
    func rankScores() throws(DatabaseError) {
        try execute("delete from score_rank")
        let real = dialect == .sqlite ? "real" : "double precision"
        try execute(
            """
            insert into score_rank (score, part)
            select score, cast(100.0 * (sum(companies) over (order by score
                    rows unbounded preceding) - companies)
                / (sum(companies) over ()) as \(real))
            from (select score, count(*) as companies from company_score
                where score is not null group by score) counted
            """
        )
    }
}
