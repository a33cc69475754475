// SPDX-License-Identifier: Apache-2.0

// A slot's series says what the blocks of all runs say.

import ScoreHistory
import Testing

@Suite struct SlotSeriesTests {
    @Test(arguments: FrameTests.layouts)
    func saysWhatBlocksSay(layout: ColumnLayout) throws {
        var dice = Dice(3)
        let encoder = FrameEncoder()
        var block = ColumnBlock.random(layout, slotCount: 300, &dice)
        var frames: [[UInt8]] = []
        var blocks: [ColumnBlock] = []
        for number in 1...40 as ClosedRange<UInt32> {
            let next = block.changed(
                [0, 5, 100, 1_000][Int(number) % 4],
                slotCount: block.slotCount + Int(number % 3) * 10,
                &dice
            )
            frames.append(
                number % 10 == 1
                    ? try encoder.keyFrame(of: next, number: 7, run: run(number))
                    : try encoder.deltaFrame(
                        of: next,
                        number: 7,
                        run: run(number),
                        from: block,
                        baseNumber: number - 1
                    )
            )
            blocks.append(next)
            block = next
        }
        let decoder = FrameDecoder()
        for slot in [0, 1, 255, 299, 300, 310, 500, block.slotCount - 1, 65_535] {
            var series = SlotSeries(slot: UInt16(slot), number: 7, layout: layout)
            for frame in frames { try frame.withUnsafeBytes { try series.take($0, with: decoder) } }
            #expect(series.entries.map(\.run.number) == Array(1...40))
            for (entry, block) in zip(series.entries, blocks) {
                let nothing = [UInt32](repeating: 0, count: layout.widths.count)
                #expect(entry.numbers == (slot < block.slotCount ? block.numbers(slot) : nothing))
                if layout == .scores, slot < block.slotCount {
                    #expect(entry.score == block.score(slot))
                }
            }
        }
    }

    @Test func keepsTheOrderOfFrames() throws {
        let encoder = FrameEncoder()
        let block = ColumnBlock.scores(slotCount: 3)
        let delta = try encoder.deltaFrame(
            of: block,
            number: 7,
            run: run(2),
            from: block,
            baseNumber: 1
        )
        var series = SlotSeries(slot: 1, number: 7)
        #expect(throws: FrameProblem.self) {
            try delta.withUnsafeBytes { try series.take($0, with: FrameDecoder()) }
        }
    }
}
