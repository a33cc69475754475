// SPDX-License-Identifier: Apache-2.0

// A run as of a day that finds made-up scores, for tests of servers on whose store it works beside
// them: alert-runs STORE DAY IDENTITY=SCORE …, with - for no score.

import AlertStore
import Databases
import PortfolioStore
import Portfolios
import Quantities

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count > 2, let address = DatabaseAddress(arguments[0]),
    let day = CalendarDate(arguments[1])
else { fatalError("alert-runs STORE DAY IDENTITY=SCORE …") }
let found = arguments.dropFirst(2).map { argument in
    let parts = argument.split(separator: "=")
    return (identity: String(parts[0]), score: Int(parts[1]))
}
let database = Database(address)
let now = Int(day.dayNumber) * 86_400_000_000
let follower = AlertFollower { now }
let run = try database.write { connection throws(DatabaseError) in
    let run = try connection.planRun(
        .arrival,
        asOf: day,
        by: RunModel(name: "made-up", version: "1", hash: "a"),
        requestedBy: "",
        nowMicroseconds: now
    )
    let known = try connection.scores(from: 0, below: .max)
    var companies: [ScoredCompany] = []
    for (name, score) in found {
        guard let identity = try? CompanyIdentity(kind: "own", text: name),
            let slot = try connection.slot(of: identity)
        else { fatalError("the store has no \(name)") }
        companies.append(
            ScoredCompany(
                before: known.first { $0.slot == slot },
                now: CompanyScore(
                    slot,
                    outcome: score == nil ? 2 : 1,
                    score: score,
                    riskClass: score.map { 1 + (1_000 - $0) / 100 },
                    probability: score.map { Double(1_000 - $0) / 1_000 }
                )
            )
        )
    }
    companies.sort { $0.now.slot < $1.now.slot }
    _ = try connection.keep(companies.map(\.now), of: run)
    let block = ScoredBlock(run: run, day: day, slots: 0..<65_536, companies: companies)
    try follower.follow(block, connection)
    return run
}
try database.write { connection throws(DatabaseError) in
    _ = try connection.execute(
        "update run_block set is_done = 1 where run = $1",
        [.integer(run)]
    )
    for ended in try connection.finishRuns(nowMicroseconds: now) {
        if let ended = try connection.run(ended) { try follower.end(ended, connection) }
    }
}
