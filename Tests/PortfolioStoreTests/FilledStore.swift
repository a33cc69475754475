// SPDX-License-Identifier: Apache-2.0

// Stores with companies in them, and facts of these.

import Databases
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases

/// A store with a portfolio of companies, which have the slots from 1 on, on a connection.
func filledStore(
    _ database: TemporaryDatabase,
    companies: Int = 3,
    nowMicroseconds: Int = 1
) throws -> any DatabaseConnection {
    let connection = try database.connect()
    _ = try Migrator(StoreSchema.migrations).migrate(connection, nowMicroseconds: 1) {}
    let portfolio = try connection.addPortfolio(
        name: "customers",
        note: "",
        by: "anna",
        nowMicroseconds: 1
    )
    var lines = try (1...companies).map { number in
        PortfolioLine(
            try CompanyIdentity(kind: "own", text: "identity-\(number)"),
            name: "name-\(number)",
            reference: "reference-\(number)"
        )
    }[...]
    try connection.transaction { () throws(DatabaseError) in
        _ = try PortfolioImport(portfolio, .add, nowMicroseconds: nowMicroseconds)
            .run(connection) { () throws(DatabaseError) in lines.popFirst() }
    }
    return connection
}

/// A statement with a text for its content.
func fact(_ slot: Int, _ content: String, source: String = "test") throws -> CompanyFact {
    try fact(slot, .statement, content, source: source)
}

/// A fact with a text for its content.
func fact(
    _ slot: Int,
    _ kind: FactKind,
    _ content: String,
    source: String = "test"
) throws -> CompanyFact {
    try fact(slot, kind, "2025-12-31", content, source: source)
}

/// A fact of a day with a text for its content.
func fact(
    _ slot: Int,
    _ kind: FactKind,
    _ day: String,
    _ content: String,
    source: String = "test"
) throws -> CompanyFact {
    guard let day = CalendarDate(day) else { throw DatabaseError(.value, "no day") }
    return CompanyFact(slot, kind, day: day, source: source, content: Array(content.utf8))
}

/// The time of a day in UTC, in microseconds.
func time(_ day: String, _ microseconds: Int = 0) -> Int {
    (CalendarDate(day).map { Int($0.dayNumber) } ?? 0) * 86_400_000_000 + microseconds
}

/// Brings facts in beside what is there.
@discardableResult
func bring(
    _ facts: [CompanyFact],
    at moment: Int = 5,
    _ connection: any DatabaseConnection
) throws -> FactSummary {
    try bring(facts, .add, at: moment, connection)
}

/// Brings facts in.
@discardableResult
func bring(
    _ facts: [CompanyFact],
    _ mode: FactImportMode,
    at moment: Int = 5,
    _ connection: any DatabaseConnection
) throws -> FactSummary {
    var rest = facts[...]
    return try connection.transaction { () throws(DatabaseError) in
        try FactImport(mode, nowMicroseconds: moment).run(connection) {
            () throws(DatabaseError) in rest.popFirst()
        }
    }
}

/// The contents of facts.
func contents(_ facts: [KnownFact]) -> [String] {
    facts.map { String(decoding: $0.fact.content, as: UTF8.self) }
}
