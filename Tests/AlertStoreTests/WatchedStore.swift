// SPDX-License-Identifier: Apache-2.0

// Stores with a portfolio that is watched, and runs over it as whoever rescores makes them.

import AlertStore
import Alerts
import Databases
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases

/// A store with one portfolio of companies, which have the slots from 1 on.
final class WatchedStore {
    let connection: any DatabaseConnection
    let portfolio: Int
    var clock = 1_000_000
    var follower: AlertFollower { AlertFollower { [clock] in clock } }

    init(
        _ database: TemporaryDatabase,
        companies: Int = 3,
        exposure: (Int) -> Int? = { _ in nil },
        limit: (Int) -> Int? = { _ in nil }
    ) throws {
        connection = try database.connect()
        _ = try Migrator(StoreSchema.migrations).migrate(connection, nowMicroseconds: 1) {}
        portfolio = try connection.addPortfolio(
            name: "customers",
            note: "",
            by: "anna",
            nowMicroseconds: 1
        )
        func euros(_ units: Int?) -> Money? {
            units.map { Money(minorUnits: Int64($0), currency: .euro) }
        }
        // The order of identities is that of slots.
        let digits = "\(companies)".count
        var lines = try (1...companies).map { number in
            let name = String(repeating: "0", count: digits - "\(number)".count) + "\(number)"
            return PortfolioLine(
                try CompanyIdentity(kind: "own", text: "c\(name)"),
                limit: euros(limit(number)),
                exposure: euros(exposure(number))
            )
        }[...]
        try connection.transaction { () throws(DatabaseError) in
            _ = try PortfolioImport(self.portfolio, .add, nowMicroseconds: 1)
                .run(self.connection) { () throws(DatabaseError) in lines.popFirst() }
        }
    }

    /// Keeps rules of the portfolio.
    func watch(_ rules: [AlertRule], of portfolio: Int? = nil) throws {
        for rule in rules {
            let known = try connection.alertRules(of: portfolio ?? self.portfolio)
                .first { $0.rule.name == rule.name }
            _ = try connection.keep(
                rule,
                of: portfolio ?? self.portfolio,
                number: known?.number,
                by: "anna",
                nowMicroseconds: clock
            )
        }
    }

    /// A run as of a day that finds scores by slot.
    ///
    /// - Parameters:
    ///   - byNewModel: What the model of the run says of the companies' facts the day before; nil
    ///     where it is the one before.
    ///   - seen: Adds what else was seen.
    @discardableResult
    func run(
        _ day: CalendarDate,
        _ scores: [Int: Int?],
        model: String = "a",
        byNewModel: ((CompanyScore) -> CompanyScore)? = nil,
        of portfolio: Int? = nil,
        blockSlots: Int = 65_536,
        follower: AlertFollower? = nil,
        ending: ScoringRun.State = .done,
        seen change: (inout ScoredCompany) -> Void = { _ in }
    ) throws -> Int {
        let follower = follower ?? self.follower
        let run = try plan(day, model, of: portfolio)
        let before = Dictionary(
            uniqueKeysWithValues: try connection.scores(from: 0, below: .max).map { ($0.slot, $0) }
        )
        var companies = scores.keys.sorted().map { slot in
            var company = ScoredCompany(before: before[slot], now: score(slot, scores[slot] ?? nil))
            if let byNewModel { company.beforeByThisModel = before[slot].map(byNewModel) }
            change(&company)
            return company
        }[...]
        while let first = companies.first {
            let start = first.now.slot / blockSlots * blockSlots
            let part = companies.prefix { $0.now.slot < start + blockSlots }
            companies = companies.dropFirst(part.count)
            let block = ScoredBlock(
                run: run,
                day: day,
                slots: start..<start + blockSlots,
                portfolio: portfolio,
                companies: Array(part)
            )
            try keep(block, follower)
        }
        try end(run, follower, ending)
        return run
    }

    func plan(
        _ day: CalendarDate,
        _ model: String = "a",
        of portfolio: Int? = nil
    ) throws -> Int {
        try connection.transaction { () throws(DatabaseError) in
            try self.connection.planRun(
                .arrival,
                portfolio: portfolio,
                asOf: day,
                by: RunModel(name: "m", version: model, hash: model),
                requestedBy: "anna",
                nowMicroseconds: self.clock
            )
        }
    }

    func keep(_ block: ScoredBlock, _ follower: AlertFollower) throws {
        let connection = connection
        try connection.transaction { () throws(DatabaseError) in
            _ = try connection.keep(block.companies.map(\.now), of: block.run)
            try follower.follow(block, connection)
        }
    }

    func end(
        _ run: Int,
        _ follower: AlertFollower,
        _ state: ScoringRun.State = .done
    ) throws {
        let connection = connection
        try connection.transaction { () throws(DatabaseError) in
            _ = try connection.execute(
                "update run set state = $2 where number = $1",
                [.integer(run), .text(state.rawValue)]
            )
            guard let run = try connection.run(run) else { return }
            try follower.end(run, connection)
        }
    }

    func score(_ slot: Int, _ score: Int?) -> CompanyScore {
        guard let score else { return CompanyScore(slot, outcome: 2) }
        return CompanyScore(
            slot,
            outcome: 1,
            score: score,
            riskClass: 1 + (1_000 - score) / 100,
            probability: Double(1_000 - score) / 1_000
        )
    }

    /// What was told, as "day slot rule change", slot 0 for the portfolio.
    func told(after number: Int = 0) throws -> [String] {
        try connection.events(after: number, limit: 1_000_000).flatMap { _, event in
            (AlertStreamBody(event)?.notices ?? []).map {
                "\($0.event.day) \(event.slot ?? 0) \($0.event.rule) \($0.event.change.rawValue)"
            }
        }
    }

    /// The kinds of events that told of alerts.
    func kinds() throws -> [String] {
        try connection.events(after: 0, limit: 1_000_000).map(\.event.kind)
    }
}

/// A day in November 2026.
func november(_ day: Int) -> CalendarDate {
    CalendarDate(year: 2026, month: 11, day: 1)!.adding(days: day - 1)!
}

/// A rule.
func rule(
    _ kind: AlertKind,
    _ name: String = "r",
    _ change: (inout AlertRuleDraft) -> Void = { _ in }
) throws -> AlertRule {
    var draft = AlertRuleDraft(name: name, kind: kind.rawValue)
    change(&draft)
    return try AlertRule(draft)
}
