// SPDX-License-Identifier: Apache-2.0

// What facts of companies take: of 2 kB each, three of each company, of bytes that cannot be
// packed.

import Databases
import PortfolioStore
import Portfolios
import Quantities

/// Measures facts of companies with the slots from 1 on.
func measureFacts(
    _ companies: Int,
    _ connection: any DatabaseConnection,
    byteCount: () throws -> Int
) throws {
    let days = [20_088, 20_453, 20_818].compactMap { CalendarDate(dayNumber: $0) }

    /// Three facts of each, all of a company one after the other.
    func fact(_ index: Int, _ round: Int) -> CompanyFact {
        var state = UInt64(index + 1) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(round)
        var content: [UInt8] = []
        content.reserveCapacity(2_048)
        while content.count < 2_048 {
            state = (state ^ (state >> 27)) &* 0x94d0_49bb_1331_11eb &+ 0x2545_f491_4f6c_dd1d
            withUnsafeBytes(of: state) { content.append(contentsOf: $0) }
        }
        return CompanyFact(
            index / 3 + 1,
            .statement,
            day: days[index % 3],
            source: "bench",
            content: content
        )
    }

    /// Brings facts in, and prints how long it took.
    func bring(
        _ words: String,
        _ mode: FactImportMode,
        _ count: Int,
        round: (Int) -> Int,
        index: (Int) -> Int = { $0 }
    ) throws {
        var number = 0
        let start = ContinuousClock.now
        let summary = try connection.transaction { () throws(DatabaseError) in
            try FactImport(mode, nowMicroseconds: 1 + round(0)).run(connection) {
                () throws(DatabaseError) in
                guard number < count else { return nil }
                defer { number += 1 }
                return fact(index(number), round(number))
            }
        }
        print("\(words): \(ContinuousClock.now - start), \(summary)")
    }

    let count = companies * 3
    let before = try byteCount()
    var start = ContinuousClock.now
    for index in 0..<count { _ = fact(index, 0).content.count }
    print("making \(count) facts alone: \(ContinuousClock.now - start)")
    try bring("new facts", .add, count, round: { _ in 0 })
    print("bytes a fact: \((try byteCount() - before) / max(1, count))")
    try bring("the same again", .add, count, round: { _ in 0 })
    try bring(
        "a hundredth replaced, others there",
        .replace,
        count,
        round: { $0 % 100 == 0 ? 1 : 0 }
    )

    for view in [FactView.now, FactView(knownAtMicroseconds: 1)] {
        start = .now
        var (found, sum) = (0, 0)
        for lower in stride(from: 1, through: companies, by: 1 << 12) {
            try connection.forEachFact(inSlots: lower..<lower + 1 << 12, view) {
                found += 1
                sum += Int($0.fact.content.first ?? 0)
            }
        }
        let words = view == .now ? "now" : "as of a moment"
        print("\(found) facts in blocks, \(words): \(ContinuousClock.now - start)")
    }
    start = .now
    for slot in stride(from: 1, through: companies, by: max(1, companies / 1_000)) {
        _ = try connection.facts(of: slot * 7_919 % companies + 1)
    }
    print("facts of 1,000 companies, one at a time: \(ContinuousClock.now - start)")
    start = .now
    var (last, news) = (0, 0)
    while true {
        let page = try connection.factNews(after: last, limit: 50_000)
        if page.last == last { break }
        news += page.companies.count
        last = page.last
    }
    print("\(news) news of all facts: \(ContinuousClock.now - start)")
    start = .now
    print("counts: \(try connection.factCounts()), \(ContinuousClock.now - start)")
    try sweepAndErase(companies, connection)
}

/// Measures what goes.
private func sweepAndErase(_ companies: Int, _ connection: any DatabaseConnection) throws {
    guard let today = CalendarDate(dayNumber: 20_453 + 3_654) else { return }
    let sweep = RetentionSweep(today: today)
    var start = ContinuousClock.now
    print("due: \(try sweep.due(connection)), \(ContinuousClock.now - start)")
    start = .now
    var (steps, deleted) = (0, 0)
    while true {
        let step = try connection.transaction { () throws(DatabaseError) in
            try sweep.step(connection)
        }
        if step.isEmpty { break }
        steps += 1
        deleted += step.values.reduce(0, +)
    }
    print("\(deleted) swept in \(steps) steps: \(ContinuousClock.now - start)")
    start = .now
    for slot in 1...min(100, companies) {
        _ = try connection.transaction { () throws(DatabaseError) in
            try connection.erase(slot, for: .request, on: today, by: "bench")
        }
    }
    print("100 erased one by one: \(ContinuousClock.now - start)")
    start = .now
    _ = try connection.purgeDeleted()
    print("purged: \(ContinuousClock.now - start)")
}
