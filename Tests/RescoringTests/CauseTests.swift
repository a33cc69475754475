// SPDX-License-Identifier: Apache-2.0

// What moved a score: the company and time, papers, another model; each kept apart.

import Databases
import PortfolioStore
import Quantities
import Rescoring
import TestDatabases
import Testing

@Suite struct CauseTests {
    private func scored(_ score: Int?, _ outcome: ScoredOutcome = .scored) -> ScoreFinding {
        ScoreFinding(outcome, score: score, riskClass: score.map { 10 - $0 / 100 })
    }

    private func before(_ score: Int?, _ outcome: ScoredOutcome = .scored) -> CompanyScore {
        scored(score, outcome).score(of: 1)
    }

    @Test func isWhatDidMostOfIt() {
        func cause(
            _ before: CompanyScore?,
            _ now: ScoreFinding,
            byThisModel: ScoreFinding? = nil,
            withoutNews: ScoreFinding? = nil
        ) -> CompanyScore.Cause {
            MoveFindings(
                before: before,
                now: now,
                beforeByThisModel: byThisModel,
                withoutNews: withoutNews
            ).cause
        }
        #expect(cause(nil, scored(500)) == .company)
        #expect(cause(before(500), scored(490)) == .company)
        // Of 100 points papers did 60, or 40.
        #expect(cause(before(500), scored(400), withoutNews: scored(460)) == .dataArrived)
        #expect(cause(before(500), scored(400), withoutNews: scored(440)) == .company)
        // The model did it all, or the company something beside.
        #expect(cause(before(500), scored(400), byThisModel: scored(400)) == .modelChanged)
        #expect(cause(before(500), scored(400), byThisModel: scored(410)) == .company)
        #expect(
            cause(
                before(500),
                scored(400),
                byThisModel: scored(450),
                withoutNews: scored(440)
            ) == .dataArrived
        )
        // What has no number is another thing with the papers, or the same without them.
        let closed = scored(nil, .closed)
        #expect(cause(before(500), closed, withoutNews: scored(500)) == .dataArrived)
        #expect(cause(before(500), closed, withoutNews: closed) == .company)
        let unknown = before(nil, .notScorable)
        #expect(cause(unknown, scored(7), byThisModel: scored(7)) == .modelChanged)
    }

    @Test(arguments: TestDatabase.all)
    func anotherModelIsKeptApart(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        for slot in [1, 2, 3] { try store.know(slot, .statement, day: -100, [50]) }
        try store.plan()
        try store.work()
        // The next model gives 70 points more to each; papers came of one company, one got older.
        store.set(day: 2)
        try store.know(2, .statement, day: -3, [40])
        let other = MadeUpAssessor.other(points: 70)
        let hearer = Hearer()
        try store.plan(by: other)
        try store.work(other, [hearer])
        let (one, two) = (try #require(hearer.last(1)), try #require(hearer.last(2)))
        #expect(one.before?.score == 148 && one.beforeByThisModel?.score == 218)
        #expect(one.now.score == 217 && one.now.cause == .company)
        #expect(two.beforeByThisModel?.score == 218 && two.now.score == 257)
        #expect(two.now.cause == .dataArrived)
        // Nothing happened to the company: the model is all there is.
        store.set(day: 3)
        let third = MadeUpAssessor(
            model: RunModel(name: "made-up", version: "3", hash: "3"),
            points: 20
        )
        try store.plan(by: third)
        try store.work(third, [hearer])
        #expect(try store.causes(1) == ["148 company", "217 company", "167 model_changed"])
        // The next run of the same model has nothing of it any more.
        store.set(day: 4)
        try store.plan(by: third)
        try store.work(third, [hearer])
        #expect(hearer.last(1)?.beforeByThisModel == nil)
    }

    @Test(arguments: TestDatabase.all)
    func aReplacedPaperIsSeenAsItWas(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        try store.know(1, .statement, day: -100, [50])
        try store.plan()
        try store.work()
        store.set(day: 1)
        try store.know(1, .statement, day: -100, [90], mode: .replace)
        // The next model scores yesterday's paper for yesterday.
        let other = MadeUpAssessor.other(points: 10)
        let hearer = Hearer()
        try store.plan(by: other)
        try store.work(other, [hearer])
        let told = try #require(hearer.last(1))
        #expect(told.beforeByThisModel?.score == 158 && told.now.score == 198)
        #expect(told.now.cause == .dataArrived)
    }

    @Test(arguments: TestDatabase.all)
    func manyCompaniesAndTheirPartsAreAsOneByOne(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        // More than are in memory at a time (partSlots), or scored at once (batchCompanies).
        let slots = Array(stride(from: 10, to: 10_000, by: 7))
        try store.write { connection throws(DatabaseError) in
            for slot in slots {
                _ = try connection.execute(
                    """
                    insert into company (slot, kind, identity, name, added_at)
                    values ($1, 'own', $2, '', 0)
                    """,
                    [.integer(slot), .text("c\(slot)")]
                )
                try RescoredStore.put(slot, 2, connection)
            }
            var facts = slots.filter { $0 % 3 != 0 }.map { slot in
                CompanyFact(
                    slot,
                    .statement,
                    day: firstDay.adding(days: -9)!,
                    source: "s",
                    content: [UInt8(slot % 200)]
                )
            }[...]
            _ = try FactImport(.add, nowMicroseconds: store.now).run(connection) {
                () throws(DatabaseError) in facts.popFirst()
            }
        }
        try store.plan()
        try store.work()
        let scores = try store.scores()
        #expect(scores.count == slots.count + 4)
        for slot in slots {
            let wanted: Int? = slot % 3 == 0 ? nil : 98 + slot % 200
            #expect(scores[slot] == .some(wanted))
        }
        // Few of them get papers, and those alone are told so.
        store.set(day: 1)
        for slot in slots.prefix(5) { try store.know(slot, .statement, day: -3, [3]) }
        let run = try store.plan()
        try store.work()
        #expect(try store.run(run)?.changedCount == 5)
        for slot in slots.prefix(5) {
            #expect(try store.causes(slot).last?.hasSuffix("data_arrived") == true)
        }
    }
}
