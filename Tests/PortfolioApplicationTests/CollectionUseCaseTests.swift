// SPDX-License-Identifier: Apache-2.0

// Collection of portfolios: by whoever may, each letter once, a book that is not too large, in both
// kinds of databases.

import Collection
import CreditFacts
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

@Suite struct CollectionUseCaseTests {
    private static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    private static let ben = PortfolioViewer(identity: "ben", roles: ["read"], isOperator: false)
    private static let carl = PortfolioViewer(identity: "carl", roles: [], isOperator: false)
    private static let day = CalendarDate("2026-11-30")!

    /// Every company owes the same invoices.
    private struct SameLedger: FactJoin {
        var count = 1

        func known(
            of company: CompanyIdentity,
            _ facts: [KnownFact],
            asOf day: CalendarDate
        ) throws(ServiceError) -> CompanyFacts {
            var known = CompanyFacts(siren: nil)
            let invoice = LedgerInvoice(
                party: 0,
                reference: "F1",
                issued: day.adding(days: -50),
                due: day.adding(days: -20),
                cents: 50_000,
                source: PaperReference(paper: 0, line: 1)
            )
            known.owed = [LedgerInvoice](repeating: invoice, count: count)
            return known
        }
    }

    private func store(_ database: TemporaryDatabase) throws -> PortfolioUseCases {
        let moment = Int(Self.day.dayNumber) * 86_400_000_000 + 5
        let portfolios = PortfolioUseCases(
            ServerStore(database.address, clock: { moment }) { (_) throws(ServiceError) in }
        )
        _ = try portfolios.create(name: "p", note: "", by: Self.anna)
        let lines = try ["a", "b"].map {
            PortfolioLine(try CompanyIdentity(kind: "own", text: $0), name: "Customer \($0)")
        }
        _ = try portfolios.put(lines, into: "p", by: Self.anna)
        _ = try portfolios.share("p", with: "read", .read, by: Self.anna)
        return portfolios
    }

    @Test(arguments: TestDatabase.all)
    func eachLetterIsWrittenOnce(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let collection = CollectionUseCases(try store(database), SameLedger())
        func run(_ viewer: PortfolioViewer = Self.anna) throws -> Int? {
            try collection.run(of: "p", in: .english, from: "V", by: viewer)?.letters.count
        }
        #expect(collection.today == Self.day)
        let a = try CompanyIdentity(kind: "own", text: "a")
        let hold = CollectionAction.hold(invoice: nil, until: nil)
        _ = try collection.apply(hold, to: a, in: "p", note: "", by: Self.anna)
        #expect(try run() == 1 && run() == nil)
        let release = CollectionAction.release(invoice: nil)
        let record = try collection.apply(release, to: a, in: "p", note: "ok", by: Self.anna)
        #expect(record.notes.map(\.person) == ["anna"])
        #expect(try run() == 1, "only who was left aside gets one now")
        let runs = try collection.runs(of: "p", by: Self.ben)
        #expect(runs.map(\.letterCount) == [1, 1] && runs.allSatisfy { $0.doneBy == "anna" })
        let letters = try collection.letters(
            ofRun: runs[0].number,
            of: "p",
            PageRequest(size: 1, token: ""),
            by: Self.ben
        )
        #expect(letters.letters.map { $0.line?.name } == ["Customer a"])
        #expect(letters.nextToken.isEmpty)
        let found = try collection.review(of: "p", asOf: Self.day, in: .french, by: Self.ben)
        #expect(found.review.worklist.entries.isEmpty && found.place(of: a) == 0)
        // Who may only look writes nothing, and for others there is nothing.
        for (viewer, reason) in [
            (Self.ben, "READ_ONLY_PORTFOLIO"), (Self.carl, "UNKNOWN_PORTFOLIO"),
        ] {
            let error = #expect(throws: ServiceError.self) { try run(viewer) }
            #expect(error?.reason == reason)
            let refused = #expect(throws: ServiceError.self) {
                try collection.apply(hold, to: a, in: "p", note: "", by: viewer)
            }
            #expect(refused?.reason == reason)
            let scenarios = #expect(throws: ServiceError.self) {
                try collection.setScenarios(
                    collection.scenarios(of: "p", by: Self.anna).document,
                    of: "p",
                    by: viewer
                )
            }
            #expect(scenarios?.reason == reason)
        }
    }

    @Test(arguments: TestDatabase.all)
    func whatIsNotThereOrDamagedIsTold(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let collection = CollectionUseCases(try store(database), SameLedger())
        let other = try CompanyIdentity(kind: "own", text: "z")
        let unknown = #expect(throws: ServiceError.self) {
            try collection.apply(.note, to: other, in: "p", note: "n", by: Self.anna)
        }
        #expect(unknown?.reason == "UNKNOWN_COMPANY")
        let bad = #expect(throws: ServiceError.self) {
            try collection.setScenarios("{}", of: "p", by: Self.anna)
        }
        #expect(bad?.reason == "BAD_SCENARIOS")
        let connection = try database.connect()
        _ = try connection.keepCollectionRecord("{", of: 1, in: 1, after: 0, nowMicroseconds: 1)
        let damaged = #expect(throws: ServiceError.self) {
            try collection.review(of: "p", asOf: Self.day, in: .french, by: Self.anna)
        }
        #expect(damaged?.reason == "DAMAGED_COLLECTION" && damaged?.code == .dataLoss)
    }

    /// The book is read without keeping others from changing it, and letters say what holds then.
    @Test(arguments: TestDatabase.all)
    func whoChangesSomethingMeanwhileIsHeard(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let portfolios = try store(database)
        let hold = CollectionAction.hold(invoice: nil, until: nil)
        let a = try CompanyIdentity(kind: "own", text: "a")
        let others = CollectionUseCases(portfolios, SameLedger())
        let collection = CollectionUseCases(
            portfolios,
            Interrupted { () throws(ServiceError) in
                _ = try others.apply(hold, to: a, in: "p", note: "", by: Self.anna)
            }
        )
        let run = try collection.run(of: "p", in: .english, from: "V", by: Self.anna)
        #expect(run?.letters.map(\.slot) == [2], "the one who is left aside since gets none")
        let b = try CompanyIdentity(kind: "own", text: "b")
        let leaving = CollectionUseCases(
            portfolios,
            Interrupted { () throws(ServiceError) in
                let release = CollectionAction.release(invoice: nil)
                _ = try others.apply(release, to: a, in: "p", note: "", by: Self.anna)
                _ = try portfolios.remove([a, b], from: "p", by: Self.anna)
            }
        )
        #expect(try leaving.run(of: "p", in: .english, from: "V", by: Self.anna) == nil)
    }

    /// Does something when the last company of a book is looked at for the first time.
    private final class Interrupted: FactJoin {
        private let body: @Sendable () throws(ServiceError) -> Void
        private let isDone = Atomic(false)

        init(_ body: @escaping @Sendable () throws(ServiceError) -> Void) { self.body = body }

        func known(
            of company: CompanyIdentity,
            _ facts: [KnownFact],
            asOf day: CalendarDate
        ) throws(ServiceError) -> CompanyFacts {
            if company.text == "b", !isDone.exchange(true, ordering: .relaxed) { try body() }
            return try SameLedger().known(of: company, facts, asOf: day)
        }
    }

    @Test func aBookHasALimit() throws {
        let database = TestDatabase.sqlite.makeEmpty()
        let ledger = SameLedger(count: CollectionLimits.bookInvoices / 2 + 1)
        let collection = CollectionUseCases(try store(database), ledger)
        let error = #expect(throws: ServiceError.self) {
            try collection.review(of: "p", asOf: Self.day, in: .french, by: Self.anna)
        }
        #expect(error?.metadata["limit"] == "bookInvoices" && error?.code == .resourceExhausted)
    }
}
