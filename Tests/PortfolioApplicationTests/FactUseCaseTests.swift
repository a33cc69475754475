// SPDX-License-Identifier: Apache-2.0

// What is known of companies of portfolios: recorded by whoever may, listed, and read for
// assessments, in both kinds of databases.

import Databases
import PortfolioApplication
import PortfolioStore
import Portfolios
import Quantities
import ServiceErrors
import Synchronization
import TestDatabases
import Testing
import VigieLimits

@Suite struct FactUseCaseTests {
    private static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    private static let ben = PortfolioViewer(identity: "ben", roles: ["read"], isOperator: false)

    /// A store with a portfolio of the companies "a" and "b", at a time that a test sets.
    private final class Setting {
        let portfolios: PortfolioUseCases
        let database: TemporaryDatabase
        let now = TimeBox()

        init(_ kind: TestDatabase) throws {
            database = kind.makeEmpty()
            portfolios = PortfolioUseCases(
                ServerStore(database.address, clock: { [now] in now.time.withLock { $0 } }) {
                    (_) throws(ServiceError) in
                }
            )
            _ = try portfolios.create(name: "p", note: "", by: anna)
            let lines = try ["a", "b"].map { PortfolioLine(try company($0)) }
            _ = try portfolios.put(lines, into: "p", by: anna)
            _ = try portfolios.share("p", with: "read", .read, by: anna)
        }

        func record(
            _ facts: [RecordedCompany.Fact],
            of name: String = "a",
            _ mode: FactImportMode = .add,
            source: String = "test",
            leavesOutUnknown: Bool = false,
            by viewer: PortfolioViewer = anna
        ) throws -> RecordedSummary {
            try portfolios.recordFacts(
                of: [RecordedCompany(try company(name), facts)],
                in: "p",
                source: source,
                mode,
                leavesOutUnknown: leavesOutUnknown,
                by: viewer
            )
        }

        func assessed(_ day: String, knownAt: Int? = nil) throws -> [String] {
            try portfolios.factsToAssess(
                of: company("a"),
                in: "p",
                asOf: try #require(CalendarDate(day)),
                knownAtMicroseconds: knownAt,
                by: ben
            ).map { String(decoding: $0.fact.content, as: UTF8.self) }.sorted()
        }
    }

    /// A time that two can see.
    private final class TimeBox: Sendable {
        let time = Mutex(1_700_000_000_000_000)  // 2023-11-14
    }

    private static func company(_ name: String) throws -> CompanyIdentity {
        try CompanyIdentity(kind: "own", text: name)
    }

    private func fact(
        _ kind: FactKind,
        _ day: String,
        _ content: String
    ) throws -> RecordedCompany.Fact {
        RecordedCompany.Fact(kind, try #require(CalendarDate(day)), Array(content.utf8))
    }

    private func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return (error as? ServiceError)?.reason ?? "\(error)" }
    }

    @Test(arguments: TestDatabase.all)
    func isKeptOnceAndTold(_ kind: TestDatabase) throws {
        let setting = try Setting(kind)
        let facts = try [fact(.statement, "2022-12-31", "s"), fact(.event, "2023-02-01", "e")]
        #expect(try setting.record(facts).changes == FactSummary(added: 2))
        #expect(try setting.record(facts).changes == FactSummary(unchanged: 2))
        let changed = try [fact(.statement, "2022-12-31", "t")]
        #expect(
            try setting.record(changed, .replace).changes == FactSummary(added: 1, superseded: 1)
        )
        let connection = try setting.database.connect()
        let told = try connection.events(after: 0, limit: 100).map(\.event).filter {
            $0.kind == "company.facts"
        }
        #expect(told.map(\.slot) == [1, 1] && told.allSatisfy { $0.portfolio == 1 })
        #expect(
            told.map(\.body) == [
                "{\"added\":2,\"superseded\":0}", "{\"added\":1,\"superseded\":1}",
            ]
        )
        let page = PageRequest(size: 1, token: "")
        let first = try setting.portfolios.facts(
            of: Self.company("a"),
            in: "p",
            isWhole: true,
            page,
            by: Self.ben
        )
        #expect(first.facts.map(\.number) == [1] && first.facts[0].supersededAtMicroseconds != nil)
        let rest = try setting.portfolios.facts(
            of: Self.company("a"),
            in: "p",
            isWhole: true,
            PageRequest(size: 0, token: first.nextToken),
            by: Self.ben
        )
        #expect(rest.facts.map(\.number) == [2, 3] && rest.nextToken.isEmpty)
        #expect(rest.facts.map(\.kind) == [.event, .statement])
        #expect(
            rest.facts.map(\.byteCount) == [1, 1] && rest.facts.allSatisfy { $0.source == "test" }
        )
        let current = try setting.portfolios.facts(
            of: Self.company("a"),
            in: "p",
            isWhole: false,
            PageRequest(size: 0, token: ""),
            by: Self.ben
        )
        #expect(current.facts.map(\.number) == [2, 3])
    }

    @Test(arguments: TestDatabase.all)
    func onlyOfCompaniesThatAreThereByWhoMay(_ kind: TestDatabase) throws {
        let setting = try Setting(kind)
        let facts = try [fact(.statement, "2022-12-31", "s")]
        #expect(
            reason { _ = try setting.record(facts, by: Self.ben) } == "READ_ONLY_PORTFOLIO"
        )
        #expect(reason { _ = try setting.record(facts, of: "z") } == "UNKNOWN_COMPANY")
        let summary = try setting.record(facts, of: "z", leavesOutUnknown: true)
        #expect(summary.changes == FactSummary())
        #expect(try summary.unknown == [Self.company("z")])
        // One that the store knows, of no portfolio that one asks by.
        _ = try setting.portfolios.remove([Self.company("b")], from: "p", by: Self.anna)
        #expect(reason { _ = try setting.record(facts, of: "b") } == "UNKNOWN_COMPANY")
        let page = PageRequest(size: 0, token: "")
        for name in ["b", "z"] {
            #expect(
                reason {
                    _ = try setting.portfolios.facts(
                        of: Self.company(name),
                        in: "p",
                        isWhole: true,
                        page,
                        by: Self.anna
                    )
                } == "UNKNOWN_COMPANY"
            )
        }
        let nobody = PortfolioViewer(identity: "carl", roles: [], isOperator: false)
        #expect(
            reason {
                _ = try setting.portfolios.facts(
                    of: Self.company("a"),
                    in: "p",
                    isWhole: true,
                    page,
                    by: nobody
                )
            } == "UNKNOWN_PORTFOLIO"
        )
        #expect(reason { _ = try setting.record(facts, source: "") } == "BAD_SOURCE")
        #expect(reason { _ = try setting.record(facts, source: "a\u{0}b") } == "BAD_SOURCE")
        let long = String(repeating: "x", count: StoreLimits.factSourceBytesMax + 1)
        #expect(reason { _ = try setting.record(facts, source: long) } == "BAD_SOURCE")
    }

    @Test(arguments: TestDatabase.all)
    func isAssessedAsItWasKnown(_ kind: TestDatabase) throws {
        let setting = try Setting(kind)
        _ = try setting.record([
            try fact(.statement, "2022-12-31", "s"), try fact(.ledger, "2023-06-30", "june"),
            try fact(.ledger, "2023-09-30", "september"), try fact(.paper, "2023-09-30", "paper"),
        ])
        let first = setting.now.time.withLock { $0 }
        setting.now.time.withLock { $0 += 86_400_000_000 }
        _ = try setting.record([try fact(.statement, "2022-12-31", "t")], .replace)
        #expect(try setting.assessed("2023-11-13") == [])
        #expect(try setting.assessed("2023-11-14") == ["s", "september"])
        #expect(try setting.assessed("2023-11-15") == ["september", "t"])
        #expect(try setting.assessed("2023-11-15", knownAt: first) == ["s", "september"])
        #expect(try setting.assessed("2023-06-01", knownAt: .max) == ["june", "t"])
        #expect(try setting.assessed("2023-07-01", knownAt: .max) == ["september", "t"])
    }

    @Test func aCompanyIsAssessedBySoMuchAndNoMore() throws {
        let setting = try Setting(.sqlite)
        let facts = try (0...StoreLimits.assessedFactsMax).map {
            try fact(.event, "2023-02-01", "\($0)")
        }
        _ = try setting.record(facts)
        #expect(reason { _ = try setting.assessed("2023-11-15") } == "LIMIT_EXCEEDED")
        let two = try Setting(.sqlite)
        let half = StoreLimits.assessedFactsBytesMax / 4
        for number in 0..<5 {
            let content = [UInt8(number)] + [UInt8](repeating: 0, count: half - 1)
            let day = try #require(CalendarDate("2023-02-01"))
            _ = try two.record([RecordedCompany.Fact(.event, day, content)])
        }
        #expect(reason { _ = try two.assessed("2023-11-15") } == "LIMIT_EXCEEDED")
    }
}
