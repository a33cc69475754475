// SPDX-License-Identifier: Apache-2.0

// Blocks of columns, and which of their slots differ.

import ScoreHistory
import Testing
import VigieLimits

@Suite struct ColumnBlockTests {
    static let slotCounts = [0, 1, 7, 8, 63, 64, 65, 255, 256, 1_000]

    @Test func layoutsHaveLimits() {
        let columns = HistoryLimits.columns
        #expect(ColumnLayout.features(columns)?.slotBytes == 4 * columns)
        #expect(ColumnLayout.features(columns + 1) == nil)
        for widths in [[], [3], [0], [8], [2, 1, 5]] as [[UInt8]] {
            #expect(ColumnLayout(widths: widths) == nil)
        }
        #expect(ColumnLayout.features(-1) == nil)
    }

    @Test func blocksHaveNoMoreSlotsThanTheLimit() {
        let block = ColumnBlock.scores(slotCount: HistoryLimits.blockSlots + 1)
        #expect(block.slotCount == HistoryLimits.blockSlots)
        #expect(ColumnBlock.scores(slotCount: -1).slotCount == 0)
    }

    @Test func aSlotWithoutACompanyIsNotOneWithoutAScore() {
        var block = ColumnBlock.scores(slotCount: 3)
        let unscored = SlotScore(score: SlotScore.noScore, riskClass: 0, outcome: 2)
        block.setScores([unscored, SlotScore(score: 0, riskClass: 255, outcome: 255)])
        #expect(block.score(0) == unscored)
        #expect(block.score(0)?.isCompany == true)
        #expect(block.score(1) == SlotScore(score: 0, riskClass: 255, outcome: 255))
        #expect(block.score(2)?.isCompany == false)
        #expect(block.score(3) == nil)
        #expect(block.score(-1) == nil)
    }

    @Test(arguments: slotCounts) func growsWithoutChange(slotCount: Int) {
        var dice = Dice(slotCount)
        let block = ColumnBlock.random(.scores, slotCount: slotCount, &dice)
        let grown = block.grown(to: slotCount + 70)
        #expect(grown.slotCount == slotCount + 70)
        for slot in 0..<slotCount { #expect(grown.score(slot) == block.score(slot)) }
        for slot in slotCount..<slotCount + 70 { #expect(grown.score(slot)?.isCompany == false) }
        #expect(block.grown(to: 0) == block)
    }

    @Test func checksumsTellBlocksApart() {
        var dice = Dice(4)
        let block = ColumnBlock.random(.scores, slotCount: 100, &dice)
        #expect(block.checksum != block.grown(to: 101).checksum)
        var sums: Set<UInt64> = [block.checksum]
        for column in 0..<3 {
            var other = block
            other.withMutableColumns { $0[column][99] ^= 1 }
            sums.insert(other.checksum)
        }
        #expect(sums.count == 4)
    }

    @Test(arguments: slotCounts, [0, 20, 1_000])
    func findsChangedSlots(slotCount: Int, thousandths: Int) throws {
        var dice = Dice(slotCount + thousandths)
        let widths = try #require(ColumnLayout(widths: [1, 4, 2, 1]))
        for layout in [.scores, widths] {
            let block = ColumnBlock.random(layout, slotCount: slotCount, &dice)
            for added in [0, 1, 90] {
                let next = block.changed(thousandths, slotCount: slotCount + added, &dice)
                let grown = block.grown(to: next.slotCount)
                let naive = (0..<next.slotCount).filter { next.numbers($0) != grown.numbers($0) }
                for changes in [
                    ChangedSlots(from: block, to: next), ChangedSlots(from: next, to: block),
                ] {
                    #expect(changes.slots.map(Int.init) == naive)
                    #expect(changes.count == naive.count)
                    #expect((-1...next.slotCount).filter(changes.contains) == naive)
                }
            }
        }
    }

    @Test func allSlotsOfOtherColumnsDiffer() throws {
        let features = try #require(ColumnLayout.features(1))
        let changes = ChangedSlots(
            from: .scores(slotCount: 65),
            to: ColumnBlock(features, slotCount: 3)
        )
        #expect(changes.count == 65)
    }
}
