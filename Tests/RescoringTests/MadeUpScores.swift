// SPDX-License-Identifier: Apache-2.0

// Scores that tests can tell beforehand: what the facts of a company say, the years that have gone
// by, and what the model adds. And a store with companies and facts.

import Databases
import PortfolioApplication
import PortfolioStore
import Quantities
import Rescoring
import ServiceErrors
import Synchronization
import TestDatabases

/// The first day of tests: the last but one of a month.
let firstDay = CalendarDate("2026-11-29")!
let microsecondsPerDay = 86_400_000_000

/// Scores by a simple rule: 100, and what statements say, and `points` of the model; a day less for
/// each ten days since 2026-11-01. An event closes the company when it says so; without a statement
/// there is no score.
struct MadeUpAssessor: RunAssessor {
    var model = RunModel(name: "made-up", version: "1", hash: "1")
    var points = 0
    var kinds: Set<FactKind> = [.statement, .event]
    var refusal: ServiceError?

    func makeScorer() -> any RunScorer { MadeUpScorer(self) }

    /// Another model, which adds so many points.
    static func other(points: Int) -> MadeUpAssessor {
        MadeUpAssessor(
            model: RunModel(name: "made-up", version: "2", hash: "2"),
            points: points
        )
    }
}

private final class MadeUpScorer: RunScorer {
    private let assessor: MadeUpAssessor

    init(_ assessor: MadeUpAssessor) { self.assessor = assessor }

    func assess(
        _ companies: [[KnownFact]],
        asOf day: CalendarDate
    ) throws(ServiceError) -> [ScoreFinding] {
        if let refusal = assessor.refusal { throw refusal }
        return companies.map { facts in
            if facts.contains(where: { $0.fact.kind == .event && $0.fact.content == [9] }) {
                return ScoreFinding(.closed)
            }
            let statements = facts.filter { $0.fact.kind == .statement }
            guard !statements.isEmpty else { return ScoreFinding(.notScorable) }
            let age = (Int(day.dayNumber) - Int(CalendarDate("2026-11-01")!.dayNumber)) / 10
            let told = statements.reduce(0) { $0 + Int($1.fact.content.first ?? 0) }
            let score = 100 + told + assessor.points - age
            return ScoreFinding(
                .scored,
                score: score,
                riskClass: max(1, 10 - score / 100),
                probability: 1 / Double(score)
            )
        }
    }

    func legalEvents(in facts: [KnownFact]) -> [String] {
        facts.filter { $0.fact.kind == .event }.map(\.fact.source)
    }
}

/// What a follower heard.
final class Hearer: RunFollower {
    private let heardBlocks = Mutex<[ScoredBlock]>([])
    private let heardEnds = Mutex<[ScoringRun]>([])

    /// What was found of blocks, in the order in which that was kept.
    var blocks: [ScoredBlock] { heardBlocks.withLock { $0 } }
    /// Runs that ended.
    var ends: [ScoringRun] { heardEnds.withLock { $0 } }

    func follow(_ block: ScoredBlock, _ connection: any DatabaseConnection) throws(DatabaseError) {
        heardBlocks.withLock { $0.append(block) }
    }

    func end(_ run: ScoringRun, _ connection: any DatabaseConnection) throws(DatabaseError) {
        heardEnds.withLock { $0.append(run) }
    }

    /// What was heard of a company last.
    func last(_ slot: Int) -> ScoredCompany? {
        blocks.lazy.reversed().compactMap { block in
            block.companies.first { $0.now.slot == slot }
        }.first
    }
}

/// A store with a clock that tests set.
final class RescoredStore: Sendable {
    let store: ServerStore
    private let database: TemporaryDatabase
    private let time: SharedTime

    /// Companies 1, 2 and 70,000 in portfolio 1; 2 and 3 in portfolio 2; 4 in none.
    init(_ kind: TestDatabase) throws {
        database = kind.makeEmpty()
        let time = SharedTime()
        self.time = time
        store = ServerStore(
            database.address,
            clock: { time.now.withLock { $0 } },
            backUp: { (_) throws(ServiceError) in }
        )
        try write { connection throws(DatabaseError) in
            for (portfolio, slots) in [(1, [1, 2, 70_000]), (2, [2, 3]), (0, [4])] {
                for slot in slots {
                    _ = try connection.execute(
                        """
                        insert into company (slot, kind, identity, name, added_at)
                        values ($1, 'own', $2, '', 0) on conflict do nothing
                        """,
                        [.integer(slot), .text("c\(slot)")]
                    )
                }
                guard portfolio > 0 else { continue }
                _ = try connection.execute(
                    """
                    insert into portfolio (id, name, note, created_at, created_by)
                    values ($1, $2, '', 0, 'anna')
                    """,
                    [.integer(portfolio), .text("p\(portfolio)")]
                )
                for slot in slots { try Self.put(slot, portfolio, connection) }
            }
        }
    }

    static func put(
        _ slot: Int,
        _ portfolio: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        _ = try connection.execute(
            """
            insert into portfolio_company (portfolio, slot, reference, added_at)
            values ($1, $2, '', 0)
            """,
            [.integer(portfolio), .integer(slot)]
        )
    }

    deinit { store.close() }

    /// The time of the store.
    var now: Int { store.clock() }

    /// The time of the store: noon of a day, and some seconds.
    func set(day: Int, second: Int = 0) {
        let start = (Int(firstDay.dayNumber) + day) * microsecondsPerDay
        time.now.withLock { $0 = start + 43_200_000_000 + second * 1_000_000 }
    }

    func write<Success>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Success
    ) throws -> Success {
        try store.write { connection throws(DatabaseError) in .success(try body(connection)) }
    }

    /// Brings facts in.
    func know(
        _ slot: Int,
        _ kind: FactKind,
        day: Int,
        _ content: [UInt8],
        source: String = "s",
        mode: FactImportMode = .add
    ) throws {
        let fact = CompanyFact(
            slot,
            kind,
            day: firstDay.adding(days: day)!,
            source: source,
            content: content
        )
        try write { connection throws(DatabaseError) in
            var rest = [fact][...]
            _ = try FactImport(mode, nowMicroseconds: store.clock()).run(connection) {
                () throws(DatabaseError) in rest.popFirst()
            }
        }
    }

    /// Plans a run as of the day of the clock.
    @discardableResult
    func plan(
        _ kind: ScoringRun.Kind = .daily,
        portfolio: Int? = nil,
        by assessor: MadeUpAssessor = MadeUpAssessor()
    ) throws -> Int {
        let now = store.clock()
        return try write { connection throws(DatabaseError) in
            try connection.planRun(
                kind,
                portfolio: portfolio,
                asOf: CalendarDate(secondsSince1970: Int64(now / 1_000_000)),
                by: assessor.model,
                requestedBy: "anna",
                nowMicroseconds: now
            )
        }
    }

    /// Works until there is nothing to do.
    func work(
        _ assessor: MadeUpAssessor = MadeUpAssessor(),
        _ followers: [any RunFollower] = []
    ) throws {
        let worker = RescoringWorker(store, assessor, followers, owner: "w")
        while try worker.step(goesOn: { true }) != .idle {}
    }

    /// The scores that companies have now.
    func scores() throws -> [Int: Int?] {
        let found = try write { connection throws(DatabaseError) in
            try connection.scores(from: 0, below: 1 << 20)
        }
        return found.reduce(into: [:]) { $0[$1.slot] = .some($1.score) }
    }

    /// What moved the score of a company, run by run.
    func causes(_ slot: Int) throws -> [String] {
        try write { connection throws(DatabaseError) in
            try connection.scoreChanges(of: slot, since: firstDay.adding(days: -99)!)
        }.map { "\($0.score.score ?? 0) \($0.score.cause.rawValue)" }
    }

    func run(_ number: Int) throws -> ScoringRun? {
        try write { connection throws(DatabaseError) in try connection.run(number) }
    }
}

private final class SharedTime: Sendable {
    let now = Mutex(0)
}
