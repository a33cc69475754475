// SPDX-License-Identifier: Apache-2.0

// Every table there is, filled with a person, and searched for it when the person is gone. Which
// tables and columns there are the database itself tells, so that none can be forgotten.

import Databases
import Foundation
import PortfolioStore
import Portfolios
import Quantities
import ServiceErrors
import TestDatabases
import Testing

/// The tables of a store, as its database tells them.
private struct Catalogue {
    enum Kind { case number, real, text, bytes }

    let tables: [String: [(name: String, kind: Kind)]]

    init(_ connection: any DatabaseConnection) throws {
        let names =
            connection.dialect == .sqlite
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
            : """
            select relname::text from pg_class
            where relkind = 'r' and relnamespace = current_schema()::regnamespace
            """
        var tables: [String: [(name: String, kind: Kind)]] = [:]
        for table in try connection.all(names, [], { row throws(DatabaseError) in try row.text(0) })
        {
            let columns =
                connection.dialect == .sqlite
                ? "select name, lower(type) from pragma_table_info($1)"
                : """
                select attname::text, format_type(atttypid, null) from pg_attribute
                where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
                """
            tables[table] = try connection.all(columns, [.text(table)]) {
                row throws(DatabaseError) in
                (try row.text(0), Self.kind(try row.text(1)))
            }
        }
        self.tables = tables
    }

    private static func kind(_ type: String) -> Kind {
        switch type {
        case "text": .text
        case "blob", "bytea": .bytes
        case "real", "double precision": .real
        default: .number
        }
    }

    func hasSlot(_ table: String) -> Bool {
        tables[table]?.contains { $0.name == "slot" } ?? false
    }
}

@Suite struct ErasedTablesTests {
    private static let name = "Margarethe Wunderlich"
    private static let number = 552_100_554

    /// Tables of which no row is of a company: what of theirs is text comes from who operates the
    /// store, or is the server's own words. A table that is added stands here with a reason, or
    /// has the slot of the company that its rows are of, and then goes with it.
    private static let withoutCompanies: Set = [
        // Of the store as a whole.
        "counter", "retention", "model", "schema_migration",
        // Who was erased: a number that is nobody's.
        "erasure",
        // Portfolios and how they are looked at: names, rules and texts of teams.
        "portfolio", "portfolio_share", "portfolio_figures", "alert_rule", "alert_rule_version",
        "dunning_scenarios", "dunning_run", "delivery_target", "portfolio_segment",
        // Papers by what they come to (SHA-256).
        "read_paper",
        // Runs, what another model made of a block as a whole, scores by their rank.
        "run", "run_block", "alert_block", "score_rank",
        // Columns by slots, which lead to nobody.
        "history_frame",
        // Messages as numbers of events; what the receiver said is its status in our words.
        "delivery",
        // What was said of rows, by their place: whose they are, only their sender knows.
        "job", "job_block", "job_time",
    ]

    /// Those of universes, which are erased from in a way of their own.
    private static func isOfUniverses(_ table: String) -> Bool { table.hasPrefix("universe") }

    /// Columns that take only some words, which are not those of people.
    private static let words = [
        "company_fact.kind": "statement", "score_change.cause": "company",
        "event.kind": "company.facts", "run.kind": "requested", "run.state": "done",
        "portfolio_share.access": "read", "delivery_target.kind": "mail",
        "delivery_target.pace": "daily", "delivery_target.state": "active",
        "delivery.state": "kept", "universe_load.state": "done", "universe_run.state": "done",
        "universe_column.kind": "text",
    ]

    /// A store with a person, and with somebody who stays.
    private func begun(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try filledStore(database, companies: 1)
        var lines = [
            PortfolioLine(
                try CompanyIdentity(kind: "siren", text: "\(Self.number)"),
                name: Self.name,
                reference: Self.name
            )
        ][...]
        _ = try connection.transaction { () throws(DatabaseError) in
            try PortfolioImport(1, .add, nowMicroseconds: 1).run(connection) {
                () throws(DatabaseError) in lines.popFirst()
            }
        }
        return connection
    }

    /// A row for a table: of the person where it can be of a company, and telling of it in every
    /// text and in all bytes.
    private func insert(
        into table: String,
        _ catalogue: Catalogue,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        let columns = catalogue.tables[table] ?? []
        let isOfPerson = catalogue.hasSlot(table) && table != "erasure"
        let text = isOfPerson ? "\(Self.name), \(Self.number)" : "x"
        let values = columns.map { column -> DatabaseValue in
            if column.name == "slot" { return isOfPerson ? 2 : 99 }
            // It ends after it began.
            if column.name == "superseded_at" { return 2 }
            return switch column.kind {
            case .number: 1
            case .real: .real(0.5)
            case .text: .text(Self.words["\(table).\(column.name)"] ?? text)
            case .bytes: .bytes(Array(text.utf8))
            }
        }
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        _ = try connection.execute(
            """
            insert into \(table) (\(columns.map(\.name).joined(separator: ", ")))
            values (\(places))
            """,
            values
        )
    }

    private func isEmpty(
        _ table: String,
        _ catalogue: Catalogue,
        _ connection: any DatabaseConnection
    ) throws -> Bool {
        let condition = catalogue.hasSlot(table) && table != "erasure" ? "where slot = 2" : ""
        return try connection.first("select 1 from \(table) \(condition)") { _ in true } == nil
    }

    /// Fills what is empty. A table may refer to others, which are filled before.
    private func fill(_ catalogue: Catalogue, _ connection: any DatabaseConnection) throws {
        var (rest, problems) = (Set(catalogue.tables.keys), [String: String]())
        var isProgress = true
        while isProgress {
            isProgress = false
            for table in rest.sorted() {
                do throws(DatabaseError) {
                    if try isEmptyOrFails(table, catalogue, connection) {
                        try insert(into: table, catalogue, connection)
                    }
                    rest.remove(table)
                    isProgress = true
                } catch { problems[table] = "\(error)" }
            }
        }
        for table in rest.sorted() {
            Issue.record("\(table) is not filled: \(problems[table] ?? "")")
        }
    }

    private func isEmptyOrFails(
        _ table: String,
        _ catalogue: Catalogue,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Bool {
        do { return try isEmpty(table, catalogue, connection) } catch {
            throw error as? DatabaseError ?? DatabaseError(.defect, "\(error)")
        }
    }

    /// Where the person stands, as "table.column".
    private func places(
        _ catalogue: Catalogue,
        _ connection: any DatabaseConnection
    ) throws -> Set<String> {
        let marks = [Data(Self.name.utf8), Data("\(Self.number)".utf8)]
        var found: Set<String> = []
        for (table, columns) in catalogue.tables {
            let list = columns.map(\.name).joined(separator: ", ")
            try connection.query("select \(list) from \(table)", []) { row throws(DatabaseError) in
                for (place, column) in columns.enumerated() {
                    let isFound =
                        switch try row.value(place) {
                        case .null, .real: false
                        case .integer(let value): value == Int64(Self.number)
                        case .text(let text):
                            marks.contains { Data(text.utf8).range(of: $0) != nil }
                        case .bytes(let bytes): marks.contains { Data(bytes).range(of: $0) != nil }
                        }
                    if isFound { found.insert("\(table).\(column.name)") }
                }
                return true
            }
        }
        return found
    }

    @Test(arguments: TestDatabase.all)
    func noTableKeepsAnythingOfWhoIsErased(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try begun(database)
        let catalogue = try Catalogue(connection)
        try fill(catalogue, connection)
        for table in catalogue.tables.keys.sorted() {
            #expect(try !isEmpty(table, catalogue, connection), "\(table) is empty")
        }
        let before = try places(catalogue, connection)
        for table in catalogue.tables.keys.sorted() where !Self.isOfUniverses(table) {
            let isThere = before.contains { $0.hasPrefix("\(table).") }
            // Tables of numbers alone are found by the slot, which follows.
            let isThought = catalogue.hasSlot(table) || Self.withoutCompanies.contains(table)
            #expect(isThought, "nobody has thought of what \(table) tells of companies")
            #expect(!(isThere && Self.withoutCompanies.contains(table)))
        }
        #expect(before.isSuperset(of: ["company.identity", "alert.handling", "event.body"]))
        let today = try #require(CalendarDate("2026-11-30"))
        func erase() throws -> ErasureOutcome {
            try connection.transaction { () throws(DatabaseError) in
                try connection.erase(2, for: .request, on: today, by: "anna")
            }
        }
        let reasons = try connection.holds(of: 2).map(\.reason)
        #expect(reasons.count == 1)
        #expect(try erase().refusal?.reason == "LEGAL_HOLD")
        for reason in reasons { #expect(try connection.release(2, reason: reason)) }
        #expect(try erase().refusal == nil)
        #expect(try places(catalogue, connection) == [])
        for table in catalogue.tables.keys.sorted()
        where catalogue.hasSlot(table) && !["event", "erasure"].contains(table) {
            #expect(try isEmpty(table, catalogue, connection), "\(table) has the slot still")
        }
    }
}
