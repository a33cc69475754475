// SPDX-License-Identifier: Apache-2.0

// What companies had some days before a run, as the model of the run sees that day: what the store
// has of them, moved by what other models did since.

internal import Databases
internal import PortfolioStore
internal import Quantities

/// A score in the numbers that rules compare; no number where there is none.
struct PastScore {
    var score = Double.nan
    var riskClass = Double.nan
    var probability = Double.nan
    var outcome = Double.nan

    init() {}

    init(_ score: CompanyScore?) {
        guard let score else { return }
        self.score = score.score.map { Double($0) } ?? .nan
        riskClass = score.riskClass.map { Double($0) } ?? .nan
        probability = score.probability ?? .nan
        outcome = Self.outcome(score.outcome)
    }

    /// The outcome of a company that ended.
    static let closed = 3.0

    /// How grave an outcome is, by the numbers of assessments: 0 scored or not to be scored, 1 to
    /// be looked at, 2 in proceedings, 3 closed. That nothing can be said is a matter of data, for
    /// which there are other rules.
    static func outcome(_ number: Int) -> Double {
        switch number {
        case 5: 1
        case 4: 2
        case 3: closed
        default: 0
        }
    }

    /// The score as another model sees it.
    mutating func move(by shift: ModelShift) {
        score += shift.score
        riskClass += shift.riskClass
        probability *= shift.probability
    }
}

/// How another model moved a company: what it adds, and by what it multiplies the probability.
struct ModelShift {
    var score = 0.0
    var riskClass = 0.0
    var probability = 1.0

    init() {}

    init(from old: PastScore, to new: PastScore) {
        score = new.score - old.score
        riskClass = new.riskClass - old.riskClass
        probability = old.probability > 0 ? new.probability / old.probability : .nan
    }

    /// Reads what was kept: score, class and probability, each before and after it.
    init(_ row: DatabaseRow, from column: Int) throws(DatabaseError) {
        func score(_ first: Int) throws(DatabaseError) -> PastScore {
            var score = PastScore()
            score.score = try row.integerIfAny(first).map { Double($0) } ?? .nan
            score.riskClass = try row.integerIfAny(first + 2).map { Double($0) } ?? .nan
            score.probability = try row.realIfAny(first + 4) ?? .nan
            return score
        }
        self.init(from: try score(column), to: try score(column + 1))
    }

    mutating func add(_ other: ModelShift) {
        score += other.score
        riskClass += other.riskClass
        probability *= other.probability
    }
}

/// Scores of the companies of a block on a day before that of its run.
struct PastScores {
    /// What companies had then whose score became another one since; nil for none.
    private var changed: [Int: PastScore] = [:]
    /// How other models moved companies since, the run's own left out.
    private var shifts: [Int: ModelShift] = [:]
    /// Whether there was a run by then.
    private var isKnown = true

    /// Reads what is known of the slots of a block.
    init(
        daysBefore: Int,
        of block: ScoredBlock,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        let day = Int(block.day.dayNumber) - daysBefore
        let last = try connection.first(
            """
            select number from run where as_of_day <= $1 and number < $2
            order by number desc limit 1
            """,
            [.integer(day), .integer(block.run)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        guard let last else {
            // Of one day before the first run is what was found before, on whatever day.
            isKnown = daysBefore == 1
            return
        }
        let place: [DatabaseValue] = [
            .integer(last), .integer(block.run), .integer(block.slots.lowerBound),
            .integer(block.slots.upperBound),
        ]
        try readChanged(place, connection)
        try readShifts(place, connection)
    }

    private mutating func readChanged(
        _ place: [DatabaseValue],
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        var found: [Int: PastScore] = [:]
        try connection.query(
            """
            select s.slot, c.outcome, c.score, c.risk_class, c.probability
            from (select distinct slot from score_change
                where run > $1 and run < $2 and slot >= $3 and slot < $4) s
            left join score_change c on c.slot = s.slot and c.run = (
                select max(p.run) from score_change p where p.slot = s.slot and p.run <= $1)
            """,
            place
        ) { row throws(DatabaseError) in
            let slot = try row.integer(0)
            guard let outcome = try row.integerIfAny(1) else {
                found[slot] = PastScore()
                return true
            }
            found[slot] = PastScore(
                CompanyScore(
                    slot,
                    outcome: outcome,
                    score: try row.integerIfAny(2),
                    riskClass: try row.integerIfAny(3),
                    probability: try row.realIfAny(4)
                )
            )
            return true
        }
        changed = found
    }

    private mutating func readShifts(
        _ place: [DatabaseValue],
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        var found: [Int: ModelShift] = [:]
        try connection.query(
            """
            select slot, old_score, new_score, old_class, new_class, old_probability,
                new_probability
            from model_shift where run > $1 and run < $2 and slot >= $3 and slot < $4
            order by run
            """,
            place
        ) { row throws(DatabaseError) in
            found[try row.integer(0), default: ModelShift()].add(try ModelShift(row, from: 1))
            return true
        }
        shifts = found
    }

    /// What a company had, as the model of its run sees it.
    func score(of company: ScoredCompany) -> PastScore {
        guard isKnown else { return PastScore() }
        let slot = company.now.slot
        let (change, shift) = (changed[slot], shifts[slot])
        if change == nil, shift == nil {
            return PastScore(company.beforeByThisModel ?? company.before)
        }
        let before = PastScore(company.before)
        var then = change ?? before
        if let shift { then.move(by: shift) }
        if let byThisModel = company.beforeByThisModel {
            then.move(by: ModelShift(from: before, to: PastScore(byThisModel)))
        }
        return then
    }
}
