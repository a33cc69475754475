// SPDX-License-Identifier: Apache-2.0

// What rules of alerts take of a run, beside what it takes to keep the scores: a block of companies
// of which one in fifty moves a day, and eight rules. `follow` and a URI for PostgreSQL.

import AlertStore
import Alerts
import Databases
import Foundation
import PortfolioStore
import Portfolios
import Quantities

private func rules() throws -> [AlertRule] {
    func rule(
        _ kind: AlertKind,
        _ name: String,
        _ raise: Double?,
        _ change: (inout AlertRuleDraft) -> Void = { _ in }
    ) throws -> AlertRule {
        var draft = AlertRuleDraft(name: name, kind: kind.rawValue)
        draft.raise = raise
        change(&draft)
        return try AlertRule(draft)
    }
    return [
        try rule(.scoreDrop, "day", 50), try rule(.scoreDrop, "week", 80) { $0.windowDays = 7 },
        try rule(.classChange, "class", 2) { $0.windowDays = 30 },
        try rule(.threshold, "low", 480) { $0.clear = 500 },
        try rule(.probabilityRatio, "ratio", 2), try rule(.limitExceeded, "limit", nil),
        try rule(.noData, "gone", 7), try rule(.outcomeChange, "outcome", nil),
    ]
}

/// Runs over a portfolio, day after day; prints what keeping and following each took.
func measureFollowing(_ address: DatabaseAddress, companies count: Int = 65_536) throws {
    let connection = try address.connect(for: .write)
    _ = try Migrator(StoreSchema.migrations).migrate(connection, nowMicroseconds: 0) {}
    let portfolio = try connection.addPortfolio(name: "all", note: "", by: "", nowMicroseconds: 0)
    var next = 0
    try connection.transaction { () throws(DatabaseError) in
        _ = try PortfolioImport(portfolio, .add, nowMicroseconds: 0).run(connection) {
            () throws(DatabaseError) in
            guard next < count - 1 else { return nil }
            next += 1
            guard let identity = try? CompanyIdentity(kind: "own", text: "\(100_000_000 + next)")
            else { return nil }
            return PortfolioLine(
                identity,
                limit: Money(minorUnits: 100_000, currency: .euro),
                exposure: Money(minorUnits: Int64(next * 7_919 % 101_000), currency: .euro)
            )
        }
    }
    for rule in try rules() {
        _ = try connection.keep(rule, of: portfolio, number: nil, by: "", nowMicroseconds: 0)
    }
    var scores = (1..<count).map { score($0, 500 + $0 % 400) }
    var state: UInt64 = 1
    for day in 0..<12 {
        let isSwitch = day == 10
        var found: [ScoredCompany] = []
        for place in scores.indices {
            let before = day == 0 ? nil : scores[place]
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var now = before?.score ?? 500 + place % 400
            if isSwitch { now -= 20 }
            if day > 0, state >> 33 % 50 == 0 { now = 450 + Int(state >> 40 % 450) }
            scores[place] = score(place + 1, now)
            var company = ScoredCompany(before: before, now: scores[place])
            if isSwitch {
                company.beforeByThisModel = before.map { score($0.slot, ($0.score ?? 0) - 20) }
            }
            found.append(company)
        }
        try follow(found, day, isSwitch ? "another model" : "a day", connection)
    }
}

/// Time of the process, whatever else the machine does.
private func processSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func score(_ slot: Int, _ score: Int) -> CompanyScore {
    CompanyScore(
        slot,
        outcome: 1,
        score: score,
        riskClass: 1 + (1_000 - score) / 100,
        probability: Double(1_000 - score) / 1_000
    )
}

private func follow(
    _ found: [ScoredCompany],
    _ day: Int,
    _ words: String,
    _ connection: any DatabaseConnection
) throws {
    guard let today = CalendarDate(dayNumber: 20_760 + day) else { return }
    let follower = AlertFollower { day }
    let run = try connection.transaction { () throws(DatabaseError) in
        try connection.planRun(
            .arrival,
            asOf: today,
            by: RunModel(name: "m", version: words, hash: words),
            requestedBy: "",
            nowMicroseconds: 0
        )
    }
    var times = [processSeconds()]
    try connection.transaction { () throws(DatabaseError) in
        _ = try connection.keep(found.map(\.now), of: run)
        times.append(processSeconds())
        let block = ScoredBlock(run: run, day: today, slots: 0..<65_536, companies: found)
        try follower.follow(block, connection)
        times.append(processSeconds())
    }
    times.append(processSeconds())
    let parts = zip(times.dropFirst(), times).map { String(format: "%.3f", $0 - $1) }
    let told = try connection.first("select count(*) from event") {
        row throws(DatabaseError) in try row.integer(0)
    }
    print(
        "\(words) \(day): kept \(parts[0]) s, followed \(parts[1]) s, committed \(parts[2]) s of "
            + "processor time; \(told ?? 0) told"
    )
}
