// SPDX-License-Identifier: Apache-2.0

// Blocks from their facts into the store: once, all of it or nothing, whoever is lost meanwhile.

import Databases
import PortfolioStore
import Quantities
import Rescoring
import ServiceErrors
import TestDatabases
import Testing
import VigieLimits

@Suite struct WorkerTests {
    @Test(arguments: TestDatabase.all)
    func scoresAllCompaniesOfPortfolios(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        try store.know(1, .statement, day: -100, [50])
        try store.know(2, .statement, day: -100, [7])
        try store.know(4, .statement, day: -100, [7])
        try store.know(70_000, .event, day: -1, [9], source: "struck_off")
        let run = try store.plan()
        // What comes behind the run is for the next one.
        store.set(day: 0, second: 5)
        try store.know(1, .statement, day: -50, [30])
        let hearer = Hearer()
        try store.work(MadeUpAssessor(), [hearer])
        #expect(try store.scores() == [1: 148, 2: 105, 3: nil, 70_000: nil])
        let done = try #require(try store.run(run))
        #expect(done.state == .done && done.blockCount == 2 && done.companyCount == 4)
        #expect(done.scoredCount == 2 && done.changedCount == 4)
        #expect(hearer.blocks.map(\.slots) == [0..<65_536, 65_536..<131_072])
        #expect(hearer.ends.map(\.number) == [run])
        let closed = try #require(hearer.last(70_000))
        #expect(closed.now.outcome == ScoredOutcome.closed.rawValue && closed.before == nil)
        // The same again finds what it found.
        #expect(try store.plan() == run)
        store.set(day: 1)
        let next = try store.plan()
        try store.work(MadeUpAssessor(), [hearer])
        #expect(try store.run(next)?.changedCount == 1)
        #expect(hearer.last(2)?.before?.score == 105)
        #expect(hearer.ends.count == 2)
    }

    @Test(arguments: TestDatabase.all)
    func aRunOfAPortfolioLeavesOthers(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        for slot in [1, 2, 3] { try store.know(slot, .statement, day: -100, [50]) }
        try store.plan()
        try store.work()
        store.set(day: 1)
        for slot in [1, 2, 3] { try store.know(slot, .statement, day: -99, [5]) }
        let run = try store.plan(.requested, portfolio: 2)
        try store.work()
        #expect(try store.scores() == [1: 148, 2: 153, 3: 153, 70_000: nil])
        #expect(try store.run(run)?.companyCount == 2)
        // The next run of all knows that two of them were looked at since, and one was not.
        store.set(day: 2)
        let hearer = Hearer()
        try store.know(2, .event, day: 2, [1], source: "seat_moved")
        try store.plan()
        try store.work(MadeUpAssessor(), [hearer])
        #expect(try store.scores() == [1: 152, 2: 152, 3: 152, 70_000: nil])
        #expect(try store.causes(1) == ["148 company", "152 data_arrived"])
        #expect(try store.causes(3) == ["148 company", "153 data_arrived", "152 company"])
        #expect(hearer.last(2)?.legalEvents == ["seat_moved"])
        #expect(hearer.last(3)?.legalEvents == [])
    }

    @Test(arguments: TestDatabase.all)
    func whoIsTooLateKeepsNothing(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        try store.know(1, .statement, day: -100, [50])
        let run = try store.plan()
        func take(_ owner: String) throws -> LeasedBlock {
            try #require(
                try store.write { connection throws(DatabaseError) in
                    try connection.takeBlock(owner, nowMicroseconds: store.now)
                }
            )
        }
        let slow = try take("slow")
        let head = try #require(try store.run(run))
        let scorer = BlockScorer(store.store, MadeUpAssessor())
        let found = try #require(try scorer.score(head, slots: 0..<65_536) { true })
        // A minute later (leaseMicroseconds) it is another's.
        store.set(day: 0, second: 61)
        let hearer = Hearer()
        let keeper = BlockKeeper(store.store, [hearer])
        let quick = try take("quick")
        #expect(quick.block == slow.block)
        #expect(try keeper.keep(found, head, slow) == .lost)
        #expect(try store.scores().isEmpty)
        #expect(hearer.blocks.isEmpty)
        #expect(try keeper.keep(found, head, quick) == .kept(companies: 3))
        #expect(try keeper.keep(found, head, quick) == .lost)
        #expect(try store.scores() == [1: 148, 2: nil, 3: nil])
        // Nor what was found for a run that was ended.
        let other = try take("slow")
        #expect(try keeper.fail(run, "why"))
        let late = try #require(try scorer.score(head, slots: 65_536..<131_072) { true })
        #expect(try keeper.keep(late, head, other) == .lost)
        #expect(hearer.ends.map(\.state) == [.failed])
    }

    @Test(arguments: TestDatabase.all)
    func whatIsStoppedIsGivenBack(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        let run = try store.plan()
        let worker = RescoringWorker(store.store, MadeUpAssessor(), owner: "a")
        #expect(try worker.step(goesOn: { false }) == .leftBlock)
        #expect(try store.scores().isEmpty)
        // Another one has it at once.
        try store.work()
        #expect(try store.run(run)?.state == .done)
        // Of another model nobody here does anything.
        try store.plan(by: .other(points: 1))
        #expect(try worker.step(goesOn: { true }) == .idle)
    }

    @Test(arguments: TestDatabase.all)
    func aBlockThatFailsEndsItsRun(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        var broken = MadeUpAssessor()
        broken.refusal = ServiceError(.internalError, "ASSESSMENT_FAILED", "It is broken.")
        let run = try store.plan()
        let hearer = Hearer()
        let worker = RescoringWorker(store.store, broken, [hearer], owner: "a")
        for _ in 1..<RescoringLimits.blockFailures {
            #expect(try worker.step(goesOn: { true }) == .leftBlock)
        }
        #expect(try store.run(run)?.state == .open)
        #expect(try worker.step(goesOn: { true }) == .failedRun)
        let failed = try #require(try store.run(run))
        #expect(failed.state == .failed && failed.note == "block 0: It is broken.")
        #expect(hearer.ends.count == 1)
        // Another one can be asked for.
        #expect(try store.plan() > run)
        try store.work()
        #expect(try store.scores().count == 4)
    }

    /// Takes a block and is killed: nobody gives it back, and its time passes.
    private func beKilled(_ store: RescoredStore, times: Int, from second: Int = 0) throws {
        for number in 0..<times {
            store.set(day: 0, second: second + number * 61)
            _ = try store.write { connection throws(DatabaseError) in
                try connection.takeBlock("killed \(number)", nowMicroseconds: store.now)
            }
        }
        store.set(day: 0, second: second + times * 61)
    }

    @Test(arguments: TestDatabase.all)
    func thoseWhoAreKilledOrStoppedFailNoRun(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        try store.know(1, .statement, day: -100, [50])
        let run = try store.plan()
        let worker = RescoringWorker(store.store, MadeUpAssessor(), owner: "stopped")
        for _ in 0..<2 * RescoringLimits.blockFailures {
            #expect(try worker.step(goesOn: { false }) == .leftBlock)
        }
        // All of two hundred kills hit the same block.
        try beKilled(store, times: 200)
        var broken = MadeUpAssessor()
        broken.refusal = ServiceError(.internalError, "ASSESSMENT_FAILED", "It is broken.")
        let failing = RescoringWorker(store.store, broken, owner: "failing")
        for _ in 1..<RescoringLimits.blockFailures {
            #expect(try failing.step(goesOn: { true }) == .leftBlock)
        }
        #expect(try store.run(run)?.state == .open)
        try store.work()
        #expect(try store.run(run)?.state == .done)
        #expect(try store.scores()[1] == 148)
    }

    @Test(arguments: TestDatabase.all)
    func aBlockThatKillsItsServerEachTimeEndsItsRun(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        let run = try store.plan()
        try beKilled(store, times: RescoringLimits.blockLosses)
        let hearer = Hearer()
        let worker = RescoringWorker(store.store, MadeUpAssessor(), [hearer], owner: "a")
        #expect(try worker.step(goesOn: { true }) == .failedRun)
        let failed = try #require(try store.run(run))
        #expect(failed.state == .failed && failed.note.contains("256 times"))
        #expect(hearer.ends.map(\.number) == [run])
        #expect(try store.scores().isEmpty)
    }

    @Test(arguments: TestDatabase.all)
    func runsGoOverABlockInTheirOrder(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        let first = try store.plan()
        store.set(day: 1)
        let second = try store.plan()
        func take() throws -> LeasedBlock? {
            try store.write { connection throws(DatabaseError) in
                try connection.takeBlock("a", by: "1", nowMicroseconds: store.now)
            }
        }
        let (one, two) = (try #require(try take()), try #require(try take()))
        #expect([one.run, two.run] == [first, first] && [one.block, two.block] == [0, 1])
        #expect(try take() == nil)
        try store.write { connection throws(DatabaseError) in
            _ = try connection.complete(one, companyCount: 0, scoredCount: 0, changedCount: 0)
        }
        let three = try #require(try take())
        #expect(three.run == second && three.block == 0)
        #expect(try take() == nil)
    }

    @Test(arguments: TestDatabase.all)
    func manyWorkersDoAllOnce(_ kind: TestDatabase) async throws {
        let store = try RescoredStore(kind)
        let hearer = Hearer()
        for day in 0..<6 {
            store.set(day: day)
            try store.know(1, .statement, day: day - 100, [10])
            try store.know(70_000, .statement, day: day - 100, [20])
            try store.plan()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    let worker = RescoringWorker(
                        store.store,
                        MadeUpAssessor(),
                        [hearer],
                        owner: "w\(worker)"
                    )
                    var idle = 0
                    while idle < 20 {
                        if try worker.step(goesOn: { true }) == .idle {
                            idle += 1
                            try await Task.sleep(for: .milliseconds(10))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(hearer.ends.map(\.number).sorted() == [1, 2, 3, 4, 5, 6])
        let scores = try store.causes(1).map { String($0.prefix(3)) }
        #expect(scores == ["108", "118", "127", "137", "147", "157"])
        // What is told of each block is what the one before found.
        for block in [0, 65_536] {
            let told = hearer.blocks.filter { $0.slots.lowerBound == block }
            #expect(told.count == 6)
            let ordered = told.sorted { $0.run < $1.run }
            for (one, next) in zip(ordered, ordered.dropFirst()) {
                let before = next.companies.map { $0.before?.score }
                #expect(one.companies.map(\.now.score) == before)
            }
        }
    }
}
