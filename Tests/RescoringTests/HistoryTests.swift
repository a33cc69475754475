// SPDX-License-Identifier: Apache-2.0

// The history that runs write: any day's scores again, exactly, whatever runs were between.

import Databases
import PortfolioStore
import Quantities
import Rescoring
import ScoreHistory
import TestDatabases
import TestRandomness
import Testing
import VigieLimits

@Suite struct HistoryTests {
    /// All frames of a block, and which are key frames.
    private func frames(
        _ store: RescoredStore,
        _ block: Int
    ) throws -> [(run: Int, isKey: Bool, bytes: [UInt8])] {
        try store.write { connection throws(DatabaseError) in
            try connection.all(
                "select run, is_key, content from history_frame where block = $1 order by run",
                [.integer(block)]
            ) { row throws(DatabaseError) in
                (try row.integer(0), try row.integer(1) == 1, try row.bytes(2))
            }
        }
    }

    @Test(arguments: TestDatabase.all)
    func tellsWhatEachRunFound(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        var (random, wanted) = (SeededGenerator(seed: 7), [Int: [Int: SlotScore]]())
        var known: [Int: SlotScore] = [:]
        for day in 0..<12 {
            store.set(day: day)
            for slot in [1, 2, 3] where Bool.random(using: &random) {
                let points = UInt8.random(in: 0..<9, using: &random)
                try store.know(slot, .statement, day: day - 50, [points])
            }
            // Some runs are of a portfolio, and one company leaves for good.
            let isPartial = day % 4 == 2
            if day == 6 {
                try store.write { connection throws(DatabaseError) in
                    _ = try connection.execute("delete from portfolio_company where slot = 1")
                }
            }
            let run = try store.plan(
                isPartial ? .requested : .daily,
                portfolio: isPartial ? 2 : nil
            )
            let hearer = Hearer()
            try store.work(MadeUpAssessor(), [hearer])
            if !isPartial { known = [:] }
            for company in hearer.blocks.first(where: { $0.slots.contains(2) })?.companies ?? [] {
                let now = company.now
                known[now.slot] = SlotScore(
                    score: UInt16(now.score ?? Int(SlotScore.noScore)),
                    riskClass: UInt8(now.riskClass ?? 0),
                    outcome: UInt8(now.outcome)
                )
            }
            wanted[run] = known
        }
        let frames = try frames(store, 0)
        #expect(frames.count == 12)
        // The first, and the first of the month: of the days from 29 November on the third.
        #expect(frames.map(\.isKey) == (0..<12).map { $0 == 0 || $0 == 2 })
        let decoder = FrameDecoder()
        var chain = BlockChain(number: 0)
        for frame in frames {
            try frame.bytes.withUnsafeBytes { try chain.take($0, with: decoder) }
            let block = try chain.checked()
            #expect(chain.run?.model == "made-up@1" && chain.run?.number == UInt32(frame.run))
            let found = (0..<block.slotCount).reduce(into: [Int: SlotScore]()) { found, slot in
                if let score = block.score(slot), score.isCompany { found[slot] = score }
            }
            #expect(found == wanted[frame.run])
        }
    }

    @Test func beginsAnewBeforeItIsTooLong() throws {
        let keeper = HistoryKeeper()
        var frames: [[UInt8]] = []
        for number in 1...HistoryLimits.deltaFrames + 2 {
            let score = SlotScore(score: UInt16(number), riskClass: 1, outcome: 1)
            let frame = try keeper.frame(
                of: [(5, score)],
                keepsOthers: true,
                block: 3,
                run: HistoryRun(number: UInt32(number), day: firstDay, model: "m"),
                after: frames
            )
            #expect(frame.isKey == (number == 1 || number == HistoryLimits.deltaFrames + 2))
            frames.append(frame.bytes)
        }
        // Damage is told, and not written on.
        frames[7][frames[7].count / 2] ^= 1
        #expect(throws: FrameProblem.self) {
            try keeper.frame(
                of: [],
                keepsOthers: true,
                block: 3,
                run: HistoryRun(number: 999, day: firstDay, model: "m"),
                after: frames
            )
        }
    }
}
