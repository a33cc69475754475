// SPDX-License-Identifier: Apache-2.0

// What the store takes: a million companies into a portfolio, the same again, a tenth changed; and
// a page of them back. Then facts of a tenth of them. Prints seconds, for SQLite in a new file or
// for PostgreSQL at a URI. With `csv`, what a file of a million
// takes to be read, without a store; with `follow`, what rules of alerts take of runs.

import Databases
import Foundation
import PortfolioStore
import Portfolios
import Quantities

/// Measures, in a new file or at a place.
func measure(_ place: String, _ body: (DatabaseAddress) throws -> Void) throws {
    let directory = NSTemporaryDirectory() + "vigie-store-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let schema = "bench\(getpid())"
    let address =
        place.isEmpty
        ? DatabaseAddress.file(path: "\(directory)/store.sqlite")
        : .postgresql(uri: place, schema: schema)
    defer {
        if !place.isEmpty {
            try? address.connect(for: .write).run(script: "drop schema \(schema) cascade")
        }
    }
    try body(address)
}

/// Measures companies and facts.
func measureStore(_ address: DatabaseAddress, _ count: Int) throws {
    let connection = try address.connect(for: .write)
    _ = try Migrator(StoreSchema.migrations).migrate(connection, nowMicroseconds: 0) {}
    let portfolio = try connection.addPortfolio(name: "all", note: "", by: "", nowMicroseconds: 0)

    guard let euro = Currency("EUR") else { fatalError("no euro") }

    /// Made-up companies, in an order that is not that of their numbers.
    func line(_ index: Int, _ limit: Int) throws -> PortfolioLine {
        let number = index &* 7_919 % count + 100_000_000
        return PortfolioLine(
            try CompanyIdentity(kind: "own", text: "\(number)"),
            name: "Company number \(number)",
            reference: "C\(index)",
            limit: Money(minorUnits: Int64(limit), currency: euro)
        )
    }

    /// Brings them in, and prints how long it took.
    func bring(_ words: String, _ limit: (Int) -> Int) throws {
        let lines = try (0..<count).map { try line($0, limit($0)) }
        var index = 0
        let start = ContinuousClock.now
        let summary = try connection.transaction { () throws(DatabaseError) in
            try PortfolioImport(portfolio, .synchronise, nowMicroseconds: 0).run(connection) {
                () throws(DatabaseError) in
                guard index < lines.count else { return nil }
                defer { index += 1 }
                return lines[index]
            }
        }
        print("\(words): \(ContinuousClock.now - start), \(summary)")
    }

    try bring("new") { _ in 1_000 }
    try bring("the same again") { _ in 1_000 }
    try bring("a tenth changed") { $0 % 10 == 0 ? 2_000 : 1_000 }
    let start = ContinuousClock.now
    let page = try connection.members(of: portfolio, after: count / 2, limit: 100)
    print("a page of \(page.count): \(ContinuousClock.now - start)")
    try measureFacts(max(1, count / 10), connection) {
        if connection.dialect == .sqlite {
            let size = "select page_count * page_size from pragma_page_count, pragma_page_size"
            return try connection.first(size) { row throws(DatabaseError) in try row.integer(0) }
                ?? 0
        }
        let size = "select pg_total_relation_size('company_fact')"
        return try connection.first(size) { row throws(DatabaseError) in try row.integer(0) } ?? 0
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let place = arguments.count > 1 ? arguments[1] : ""
switch arguments.first {
case "csv": try measureFile(lines: Int(place) ?? 1_000_000)
case "follow": try measure(place) { try measureFollowing($0) }
default:
    let count = arguments.first.flatMap { Int($0) } ?? 1_000_000
    try measure(place) { try measureStore($0, count) }
}
