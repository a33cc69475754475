// SPDX-License-Identifier: Apache-2.0

// What is written is what is read.

import ScoreHistory
import Testing
import VigieLimits

@Suite struct FrameTests {
    static let layouts = [
        ColumnLayout.scores, ColumnLayout.features(1), ColumnLayout.features(5),
        ColumnLayout(widths: [4, 1, 2, 2]),
    ].compactMap { $0 }
    static let slotCounts = [0, 1, 2, 63, 64, 65, 254, 255, 256, 257, 511, 3_000]

    @Test(arguments: layouts, slotCounts)
    func keepsBlocks(layout: ColumnLayout, slotCount: Int) throws {
        var dice = Dice(slotCount)
        var block = ColumnBlock.random(layout, slotCount: slotCount, &dice)
        let encoder = FrameEncoder()
        var frames = [try encoder.keyFrame(of: block, number: 7, run: run(1))]
        #expect(try chain(frames, layout).checked() == block)
        // No change, few, some, all, and slots that are added.
        for (number, thousandths) in [0, 1, 20, 500, 1_000, 0, 20].enumerated() {
            let added = number < 5 ? 0 : 300
            let next = block.changed(thousandths, slotCount: block.slotCount + added, &dice)
            let runNumber = UInt32(2 * number + 3)
            frames.append(
                try encoder.deltaFrame(
                    of: next,
                    number: 7,
                    run: run(runNumber),
                    from: block,
                    baseNumber: number == 0 ? 1 : runNumber - 2
                )
            )
            let read = try chain(frames, layout)
            #expect(try read.checked() == next)
            #expect(try read.run == run(runNumber))
            block = next
        }
        // A key frame begins anew.
        frames.append(try encoder.keyFrame(of: block, number: 7, run: run(40)))
        #expect(try chain(frames, layout).checked() == block)
        #expect(try chain([frames[frames.count - 1]], layout).checked() == block)
    }

    @Test func keepsExtremes() throws {
        // From one end of the range to the other, in each column, and back.
        let low = SlotScore(score: 0, riskClass: 0, outcome: 0)
        let high = SlotScore(score: .max, riskClass: .max, outcome: .max)
        let middle = SlotScore(score: 0x8000, riskClass: 0x80, outcome: 0x80)
        var before = ColumnBlock.scores(slotCount: HistoryLimits.blockSlots)
        let results = [low, high, middle]
        before.setScores((0..<before.slotCount).map { results[$0 / 3 % 3] })
        var after = before
        after.setScores((0..<before.slotCount).map { results[$0 % 3] })
        let encoder = FrameEncoder()
        let key = try encoder.keyFrame(of: before, number: 7, run: run(1))
        let delta = try encoder.deltaFrame(
            of: after,
            number: 7,
            run: run(2),
            from: before,
            baseNumber: 1
        )
        #expect(try chain([key, delta]).checked() == after)
    }

    @Test func keepsWhatAHeaderSays() throws {
        let encoder = FrameEncoder()
        let model = String(repeating: "é", count: HistoryLimits.modelBytes / 2)
        var told = try run(4, model: model)
        (told.number, told.kind) = (.max, .otherModel)
        let frame = try encoder.keyFrame(of: .scores(slotCount: 3), number: .max, run: told)
        let header = try frame.withUnsafeBytes { try FrameHeader($0) }
        #expect(header.run == told)
        #expect(header.block == .max)
        #expect(header.slotCount == 3)
        #expect(header.kind == .key)
        #expect((frame + [1, 2, 3]).withUnsafeBytes { FrameHeader.frameBytes($0) } == frame.count)
        #expect([UInt8]("VGSH".utf8).withUnsafeBytes { FrameHeader.frameBytes($0) } == nil)
        told.model += "ab"
        #expect(throws: FrameProblem.self) {
            try encoder.keyFrame(of: .scores(slotCount: 3), number: 0, run: told)
        }
    }

    @Test func refusesToWriteWhatIsNoChange() throws {
        let encoder = FrameEncoder()
        let (small, large) = (ColumnBlock.scores(slotCount: 3), ColumnBlock.scores(slotCount: 4))
        func write(_ block: ColumnBlock, from base: ColumnBlock, _ baseNumber: UInt32) throws {
            _ = try encoder.deltaFrame(
                of: block,
                number: 0,
                run: run(2),
                from: base,
                baseNumber: baseNumber
            )
        }
        try write(large, from: small, 1)
        #expect(throws: FrameProblem.self) { try write(small, from: large, 1) }
        #expect(throws: FrameProblem.self) { try write(large, from: small, 2) }
        let features = ColumnBlock(try #require(.features(3)), slotCount: 4)
        #expect(throws: FrameProblem.self) { try write(features, from: small, 1) }
    }

    /// 12 million companies at 2 % changed are to take 0.15 bytes each a day, with a key frame in
    /// 30 days.
    @Test func takesFewBytes() throws {
        var dice = Dice(2)
        let block = ColumnBlock.universe(slotCount: HistoryLimits.blockSlots, &dice)
        var next = block
        next.setScores(
            (0..<block.slotCount).map { slot in
                var result = block.score(slot) ?? .random(&dice)
                if dice.happens(20), result.score != SlotScore.noScore {
                    result.score = .random(in: 0...1_000, using: &dice)
                    result.riskClass = .random(in: 1...10, using: &dice)
                }
                return result
            }
        )
        let encoder = FrameEncoder()
        let key = try encoder.keyFrame(of: block, number: 7, run: run(1))
        let delta = try encoder.deltaFrame(
            of: next,
            number: 7,
            run: run(2),
            from: block,
            baseNumber: 1
        )
        let bytes = Double(key.count + 29 * delta.count) / 30
        #expect(bytes / Double(block.slotCount) < 0.15)
        let same = try encoder.deltaFrame(
            of: next,
            number: 7,
            run: run(3),
            from: next,
            baseNumber: 2
        )
        #expect(same.count < 120)
    }
}
