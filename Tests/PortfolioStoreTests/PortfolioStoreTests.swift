// SPDX-License-Identifier: Apache-2.0

// Portfolios in both kinds of databases.

import Databases
import PortfolioStore
import Portfolios
import Quantities
import TestDatabases
import Testing

@Suite struct PortfolioStoreTests {
    private let euro = Currency("EUR")!

    private func connected(_ database: TemporaryDatabase) throws -> any DatabaseConnection {
        let connection = try database.connect()
        let migrator = Migrator(StoreSchema.migrations)
        #expect(try !migrator.migrate(connection, nowMicroseconds: 1) {}.isEmpty)
        return connection
    }

    private func line(
        _ name: String,
        _ limit: Int? = nil,
        reference: String = ""
    ) throws -> PortfolioLine {
        PortfolioLine(
            try CompanyIdentity(kind: "own", text: name),
            name: name.uppercased(),
            reference: reference,
            limit: limit.map { Money(minorUnits: Int64($0), currency: euro) }
        )
    }

    private func bring(
        _ lines: [PortfolioLine],
        into portfolio: Int,
        _ mode: ImportMode,
        _ connection: any DatabaseConnection
    ) throws -> ImportSummary {
        var rest = lines[...]
        return try connection.transaction { () throws(DatabaseError) in
            try PortfolioImport(portfolio, mode, nowMicroseconds: 5).run(connection) {
                () throws(DatabaseError) in rest.popFirst()
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func importsTellWhatTheyChange(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        let (first, second) = try connection.transaction { () throws(DatabaseError) in
            (
                try connection.addPortfolio(
                    name: "customers",
                    note: "",
                    by: "anna",
                    nowMicroseconds: 1
                ),
                try connection.addPortfolio(
                    name: "suppliers",
                    note: "",
                    by: "anna",
                    nowMicroseconds: 1
                )
            )
        }
        let lines = try [line("a", 100), line("b", reference: "B-1"), line("c", 300)]
        #expect(
            try bring(lines, into: first, .add, connection)
                == ImportSummary(newCompanies: 3, added: 3)
        )
        #expect(try bring(lines, into: first, .add, connection) == ImportSummary(unchanged: 3))
        // The same companies elsewhere are the same companies.
        #expect(try bring([lines[1]], into: second, .add, connection) == ImportSummary(added: 1))
        let others = try [line("b", 1, reference: "B-1"), line("c", 300), line("d")]
        #expect(
            try bring(others, into: first, .synchronise, connection)
                == ImportSummary(newCompanies: 1, added: 1, changed: 1, unchanged: 1, removed: 1)
        )
        let members = try connection.members(of: first, limit: 10)
        #expect(members.map(\.line) == others)
        #expect(Set(members.map(\.slot)).count == 3)
        // A slot is the company's for good.
        let slot = try connection.slot(of: lines[0].identity)
        #expect(try bring([lines[0]], into: first, .add, connection) == ImportSummary(added: 1))
        #expect(try connection.slot(of: lines[0].identity) == slot)
    }

    /// What a file has no column for is not taken away.
    @Test(arguments: TestDatabase.all)
    func whatLinesDoNotTellStays(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        let portfolio = try connection.addPortfolio(
            name: "customers",
            note: "",
            by: "anna",
            nowMicroseconds: 1
        )
        var known = try line("a", 100, reference: "A-1")
        known.exposure = Money(minorUnits: 7, currency: euro)
        _ = try bring([known], into: portfolio, .add, connection)
        for told in [[], [.reference], [.limit], [.exposure], [.limit, .reference]]
            as [Set<PortfolioLine.Field>]
        {
            let other = try line("a")
            var (rest, wanted) = ([other][...], known)
            if told.contains(.reference) { wanted.reference = "" }
            if told.contains(.limit) { wanted.limit = nil }
            if told.contains(.exposure) { wanted.exposure = nil }
            let summary = try connection.transaction { () throws(DatabaseError) in
                try PortfolioImport(portfolio, .synchronise, told: told, nowMicroseconds: 5)
                    .run(connection) { () throws(DatabaseError) in rest.popFirst() }
            }
            #expect(summary.changed == (told.isEmpty ? 0 : 1))
            #expect(try connection.members(of: portfolio, limit: 2).map(\.line) == [wanted])
            _ = try bring([known], into: portfolio, .add, connection)
        }
    }

    @Test(arguments: TestDatabase.all)
    func aCompanyThatComesTwiceChangesNothing(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        let portfolio = try connection.addPortfolio(
            name: "customers",
            note: "",
            by: "anna",
            nowMicroseconds: 1
        )
        #expect(throws: DatabaseError.self) {
            try bring([line("a"), line("b"), line("a", 5)], into: portfolio, .add, connection)
        }
        #expect(try connection.members(of: portfolio, limit: 10).isEmpty)
        #expect(try bring([line("a")], into: portfolio, .add, connection).newCompanies == 1)
    }

    @Test(arguments: TestDatabase.all)
    func namesAreThoseOfEachPortfolio(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        func add(_ name: String) throws(DatabaseError) -> Int {
            try connection.addPortfolio(name: name, note: "", by: "anna", nowMicroseconds: 1)
        }
        let identity = try line("x").identity
        func named(_ name: String) -> PortfolioLine { PortfolioLine(identity, name: name) }
        func names(_ portfolio: Int) throws(DatabaseError) -> [String] {
            try connection.members(of: portfolio, limit: 10).map(\.line.name)
        }
        let (ours, theirs, silent) = (try add("ours"), try add("theirs"), try add("silent"))
        _ = try bring([named("Ours")], into: ours, .add, connection)
        _ = try bring([named("Theirs")], into: theirs, .add, connection)
        _ = try bring([named("")], into: silent, .add, connection)
        #expect(try names(ours) == ["Ours"] && names(theirs) == ["Theirs"])
        // The first name that the store was told.
        #expect(try names(silent) == ["Ours"])
        #expect(try bring([named("New")], into: ours, .add, connection).changed == 1)
        #expect(try bring([named("New")], into: ours, .add, connection).unchanged == 1)
        #expect(try bring([named("")], into: ours, .add, connection).unchanged == 1)
        #expect(try names(ours) == ["New"] && names(theirs) == ["Theirs"])
        let copied = try add("copied")
        let slots = try connection.members(of: theirs, limit: 10).map(\.slot)
        _ = try connection.copyCompanies(slots, from: theirs, to: copied, nowMicroseconds: 2)
        #expect(try names(copied) == ["Theirs"])
    }

    @Test(arguments: TestDatabase.all)
    func portfoliosAreListedSharedAndEnded(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try connected(database)
        func add(_ name: String) throws(DatabaseError) -> Int {
            try connection.addPortfolio(name: name, note: "n", by: "anna", nowMicroseconds: 1)
        }
        let (b, a) = (try add("b"), try add("É"))
        #expect(throws: DatabaseError.self) { try add("b") }
        _ = try bring([line("x", 7), line("y")], into: b, .add, connection)
        let slots = try connection.members(of: b, limit: 10).map(\.slot)
        #expect(try connection.copyCompanies(slots, from: b, to: a, nowMicroseconds: 2) == 2)
        #expect(try connection.copyCompanies(slots, from: b, to: a, nowMicroseconds: 2) == 0)
        #expect(try connection.removeCompanies([slots[0], 999], from: b) == 1)
        // By their bytes, whatever language the database is set to.
        #expect(try connection.portfolios().map(\.portfolio.name) == ["b", "É"])
        #expect(try connection.portfolios().map(\.portfolio.companyCount) == [1, 2])
        try connection.share(a, with: "sales", .read)
        try connection.share(a, with: "credit", .read)
        try connection.share(a, with: "credit", .write)
        func seen(by identity: String?, _ roles: [String]) throws -> [String] {
            let viewer = PortfolioViewer(identity: identity, roles: roles, isOperator: false)
            return try connection.portfolios(seenBy: viewer).map { seen in
                let (portfolio, access) = (seen.portfolio, seen.access)
                // What SQL grants is what the rule says.
                let shares = try connection.shares(of: portfolio.id)
                #expect(viewer.access(to: portfolio.createdBy, shares) == access)
                return "\(portfolio.name) \(access)"
            }
        }
        #expect(try seen(by: "anna", []) == ["b write", "É write"])
        #expect(try seen(by: "bob", ["sales"]) == ["É read"])
        #expect(try seen(by: nil, ["x", "sales", "credit"]) == ["É write"])
        #expect(try seen(by: "bob", []).isEmpty)
        #expect(try seen(by: "", ["x"]).isEmpty)
        try connection.change(b, name: "c", note: "")
        #expect(try connection.portfolio(named: "c")?.companyCount == 1)
        #expect(try connection.portfolio(named: "b") == nil)
        try connection.share(a, with: "sales", nil)
        #expect(try connection.shares(of: a) == ["credit": .write])
        #expect(try connection.removePortfolio(a))
        #expect(try !connection.removePortfolio(a))
        #expect(try connection.members(of: a, limit: 10).isEmpty)
        #expect(try connection.slot(of: line("x").identity) == slots[0])
        // Numbers are not given again.
        #expect(try add("d") > a)
    }

    @Test(arguments: TestDatabase.all)
    func aReaderOfTheStreamMissesNoEvent(_ kind: TestDatabase) async throws {
        let database = kind.makeEmpty()
        _ = try connected(database)
        let store = database.open()
        let day = CalendarDate("2026-11-28")!
        let (writers, each) = (4, 25)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for number in 0..<each {
                        let event = StoreEvent(
                            "test",
                            slot: writer * each + number,
                            day: day,
                            createdAtMicroseconds: number
                        )
                        try store.write { connection throws(DatabaseError) in
                            _ = try connection.append([event, event])
                            // The later a transaction takes its number, the sooner it ends: one
                            // that stays open is what a plain sequence loses events by.
                            if number % 5 == 0 {
                                _ = try connection.first("select count(*) from event") { _ in 0 }
                            }
                        }
                    }
                }
            }
            group.addTask {
                var (last, seen) = (0, [Int]())
                while seen.count < writers * each * 2 {
                    let cursor = last
                    let events = try store.read { connection throws(DatabaseError) in
                        try connection.events(after: cursor, limit: 7)
                    }
                    seen += events.map(\.number)
                    last = seen.last ?? 0
                }
                // Without a gap: whoever goes on behind the last number has seen all before it.
                #expect(seen == Array(1...(writers * each * 2)))
            }
            try await group.waitForAll()
        }
        store.close()
    }

    /// Words of types are replaced in quotes, too: a check that a value is one of them holds for
    /// none. Of universes it is mended by a later migration.
    @Test func noValueIsTheWordOfAType() {
        for migration in StoreSchema.migrations {
            let statements = DatabaseDialect.allCases.flatMap { migration.statements($0) }
            let texts = statements.joined().split(separator: "'", omittingEmptySubsequences: false)
            let quoted = texts.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            let wrong = quoted.filter { $0.contains("collate") || $0 == "blob" || $0 == "integer" }
            #expect(wrong.isEmpty || migration.name == "universes of companies")
        }
    }
}
