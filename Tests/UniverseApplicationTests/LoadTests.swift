// SPDX-License-Identifier: Apache-2.0

// Loads that fail, that others take over, that are refused: all of a load is there, or nothing.

import Databases
import PortfolioApplication
import PortfolioStore
import Quantities
import Rescoring
import ServiceErrors
import TestDatabases
import Testing
import UniverseApplication
import UniverseStore
import VigieLimits

@Suite struct LoadTests {
    @Test(arguments: TestDatabase.all)
    func aLoadThatDoesNotEndLeavesNothing(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let companies = universe.companies(300)
        try universe.load(companies)
        let others = universe.companies(50)
        let load = try universe.begin()
        try universe.add(Array(others.keys), others, to: load)
        // One at a time has the universe.
        #expect(throws: ServiceError.self) { try universe.begin() }
        #expect(throws: ServiceError.self) { try load.finish { false } }
        load.abandon()
        #expect(try universe.universes.list().map(\.companyCount) == [300])
        #expect(try universe.load(companies).changed == 0)
        let run = try universe.score()
        #expect(try universe.scores(run) == universe.expected(companies))
    }

    @Test(arguments: TestDatabase.all)
    func whoIsTooLateKeepsNothing(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let (companies, others) = (universe.companies(300), universe.companies(50))
        let slow = try universe.begin()
        try universe.add(Array(others.keys), others, to: slow)
        universe.pass(microseconds: UniverseLimits.loadMicroseconds + 1)
        try universe.load(companies)
        let error = #expect(throws: ServiceError.self) { try slow.finish { true } }
        #expect(error?.reason == "LOAD_LOST")
        #expect(try universe.scores(universe.score()) == universe.expected(companies))
    }

    @Test func whatIsWrongIsRefused() throws {
        let universe = try MadeUpUniverse(.sqlite)
        let companies = universe.companies(10)
        let order = Array(companies.keys)
        func refusal(_ body: () throws -> Void) -> String? {
            #expect(throws: ServiceError.self, performing: body)?.reason
        }
        #expect(refusal { _ = try universe.begin { $0.universe = "" } } == "BAD_NAME")
        #expect(
            refusal {
                _ = try universe.begin {
                    $0.numbers = []; $0.marks = []
                }
            } == "NO_COLUMNS"
        )
        #expect(refusal { _ = try universe.begin { $0.numbers[1] = "f0" } } == "DUPLICATE_COLUMN")
        #expect(refusal { _ = try universe.begin { $0.day = "today" } } == "INVALID_DATE")
        let tooMany = (0...UniverseLimits.inputs).map { "c\($0)" }
        #expect(refusal { _ = try universe.begin { $0.numbers = tooMany } } == "LIMIT_EXCEEDED")
        let long = String(repeating: "c", count: UniverseLimits.columnNameBytes + 1)
        #expect(refusal { _ = try universe.begin { $0.numbers = [long] } } == "BAD_NAME")
        let twice = try universe.begin()
        try universe.add(order, companies, to: twice)
        #expect(refusal { try universe.add([order[3]], companies, to: twice) } == "COMPANY_TWICE")
        twice.abandon()
    }

    @Test(arguments: TestDatabase.all)
    func messagesThatDoNotFitAreRefused(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let load = try universe.begin { header in
            (header.marks, header.texts, header.numbers) = ([], ["t"], ["f0"])
        }
        let siren: UInt32 = 552_100_554
        func refusal(
            keys: [UInt32] = [552_100_554],
            numbers: [Float] = [1],
            codes: [UInt32] = [0],
            owed: [Int64] = [0]
        ) -> String? {
            keys.withUnsafeBytes { keys in
                numbers.withUnsafeBytes { numbers in
                    codes.withUnsafeBytes { codes in
                        owed.withUnsafeBytes { owed in
                            var rows = LoadRows()
                            (rows.keys, rows.numbers, rows.exposures) = (keys, numbers, owed)
                            rows.texts = [LoadTexts(dictionary: [], codes: codes)]
                            do throws(ServiceError) { try load.add(rows) } catch {
                                return error.reason
                            }
                            return nil
                        }
                    }
                }
            }
        }
        #expect(refusal(keys: []) == "WRONG_VALUE_COUNT")
        #expect(refusal(keys: [siren, siren]) == "WRONG_VALUE_COUNT")
        #expect(refusal(numbers: []) == "WRONG_VALUE_COUNT")
        #expect(refusal(codes: [1]) == "INVALID_CODE")
        #expect(refusal(codes: []) == "WRONG_VALUE_COUNT")
        #expect(refusal(owed: [-1]) == "BAD_EXPOSURE")
        #expect(refusal(owed: [HistoryLimits.exposureCents]) == "BAD_EXPOSURE")
        #expect(refusal(keys: [552_100_555]) == "BAD_SIREN")
        let many = [UInt32](repeating: siren, count: UniverseLimits.messageRows + 1)
        #expect(refusal(keys: many) == "LIMIT_EXCEEDED")
    }

    @Test(arguments: TestDatabase.all)
    func aForgottenCompanyIsNobody(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        var companies = universe.companies(50)
        try universe.load(companies)
        let run = try universe.score()
        let siren = try #require(companies.keys.min())
        let company = try #require(SIREN(checking: siren))
        try universe.universes.forget(company, in: "all")
        #expect(throws: ServiceError.self) {
            try universe.universes.history(of: company, in: "all", since: "")
        }
        #expect(try universe.scores(run)[siren] == nil)
        companies[siren] = nil
        #expect(try universe.load(companies).left == 1)
        #expect(try universe.scores(universe.score()) == universe.expected(companies))
    }

    @Test(arguments: TestDatabase.all)
    func damagedBlocksAreTold(_ kind: TestDatabase) throws {
        for table in ["universe_input", "universe_frame", "universe_key"] {
            let universe = try MadeUpUniverse(kind)
            let companies = universe.companies(50)
            try universe.load(companies)
            let run = try universe.score()
            try universe.store.write { connection throws(DatabaseError) in
                let content =
                    try connection.first("select content from \(table)") {
                        row throws(DatabaseError) in try row.bytes(0)
                    } ?? []
                var damaged = content
                damaged[damaged.count / 2] ^= 4
                _ = try connection.execute("update \(table) set content = $1", [.bytes(damaged)])
                return .success(())
            }
            if table == "universe_input" {
                let next = try universe.score()
                #expect(next.state == .failed && next.note.contains("inputs of block"))
            } else {
                let error = #expect(throws: ServiceError.self) { try universe.scores(run) }
                #expect(error?.code == .dataLoss)
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func ablockThatSomebodyLostIsAnothers(_ kind: TestDatabase) throws {
        let universe = try MadeUpUniverse(kind)
        let companies = universe.companies(50)
        try universe.load(companies)
        let run = try universe.universes.startRun(
            over: "all",
            asOf: "",
            by: universe.models[0],
            requestedBy: nil
        )
        let work = UniverseWork(universe.store, universe.models)
        let lease = try universe.store.write { connection throws(DatabaseError) in
            .success(
                try connection.takeBlock(
                    "lost",
                    in: .universes,
                    nowMicroseconds: universe.store.clock()
                )
            )
        }
        let prepared = try #require(try work.run(run.number))
        let held = try #require(lease)
        let found = try #require(try work.score(prepared, held) { true })
        universe.pass(microseconds: StoreLimits.leaseMicroseconds + 1)
        try universe.work()
        #expect(try work.keep(found, prepared, held) == .lost)
        #expect(try universe.scores(run) == universe.expected(companies))
        #expect(try universe.universes.runs(over: "all", limit: 1).first?.companyCount == 50)
    }

    @Test func inputsThatNoRunNeedsAreForgotten() throws {
        let universe = try MadeUpUniverse(.sqlite)
        let companies = universe.companies(40)
        for day in 0..<3 * UniverseLimits.inputDeltaFrames {
            universe.nextDay()
            var now = companies
            now[companies.keys.sorted()[day % 40]]?.owed = Int64(day)
            now[companies.keys.sorted()[day % 40]]?.inputs[0] = Float(day)
            try universe.load(now)
            #expect(try universe.scores(universe.score()) == universe.expected(now))
        }
        let count = try universe.store.read { connection throws(DatabaseError) in
            .success(
                try connection.first("select count(*) from universe_input where part = 0") {
                    row throws(DatabaseError) in try row.integer(0)
                }
            )
        }
        #expect(try #require(count) <= 2 * (UniverseLimits.inputDeltaFrames + 1))
    }
}
