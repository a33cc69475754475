// SPDX-License-Identifier: Apache-2.0

// Figures that are kept as bytes of each block and added up, against those of all blocks at once;
// and bytes that are none.

import ScoreHistory
import Testing
import VigieLimits

@Suite struct FiguresRecordTests {
    /// A block on two days, what lies between them, and what is owed.
    private struct Block {
        let before: ColumnBlock
        let after: ColumnBlock
        let between: ColumnBlock?
        let owed: [Int64]
        let firstSlot: Int

        init(_ number: Int, slotCount: Int, changed thousandths: Int, _ dice: inout Dice) {
            func block(_ scores: [SlotScore], _ dice: inout Dice) -> ColumnBlock {
                var block = ColumnBlock(.movedScores, slotCount: scores.count)
                block.setScores(scores)
                block.withMutableColumns { columns in
                    for slot in scores.indices {
                        columns[3][slot] = .random(in: 0...3, using: &dice)
                    }
                }
                return block
            }
            let old = (0..<slotCount).map { _ in SlotScore.random(&dice) }
            let new = old.map { dice.happens(thousandths) ? SlotScore.random(&dice) : $0 }
            let come = (0..<dice.next() % 9).map { _ in SlotScore.random(&dice) }
            before = block(old, &dice)
            after = block(new + come, &dice)
            let middle = old.map { dice.happens(300) ? SlotScore.random(&dice) : $0 }
            between = dice.happens(500) ? block(middle, &dice) : nil
            owed = (0..<dice.next() % UInt64(slotCount + 9)).map { _ in
                dice.happens(10) ? HistoryLimits.exposureCents - 1 : Int64(dice.next() >> 36)
            }
            firstSlot = number * HistoryLimits.blockSlots
        }

        func add(to figures: inout CountedFigures) throws {
            try owed.withUnsafeBufferPointer {
                try figures.add(
                    before: before,
                    after: after,
                    between: between,
                    exposures: $0,
                    firstSlot: firstSlot
                )
            }
        }
    }

    private func blocks(_ dice: inout Dice) -> [Block] {
        (0..<4).map { number in
            Block(3 * number, slotCount: 1 + 60 * number, changed: 300 * number, &dice)
        }
    }

    @Test(arguments: 0..<2, [0, 7, 1_000])
    func sumsOfRecordsAreThoseOfBlocks(seed: Int, movers: Int) throws {
        var dice = Dice(seed)
        let blocks = blocks(&dice)
        var all = CountedFigures(moverCount: movers)
        for block in blocks { try block.add(to: &all) }
        var sum = CountedFigures(moverCount: movers)
        for block in blocks.shuffled(using: &dice) {
            var counted = CountedFigures(moverCount: 1_000)
            try block.add(to: &counted)
            try sum.add(record: counted.record)
        }
        try check(sum, all, blocks)
        // And once more, as it is kept of a run.
        var read = CountedFigures(moverCount: movers)
        try read.add(record: sum.record)
        try check(read, all, blocks)
        #expect(read.record == all.record)
    }

    private func check(
        _ sum: CountedFigures,
        _ all: CountedFigures,
        _ blocks: [Block]
    ) throws {
        let (figures, expected) = (sum.figures, all.figures)
        #expect(figures.migration == expected.migration)
        #expect(figures.movers.risen == expected.movers.risen)
        #expect(figures.movers.fallen == expected.movers.fallen)
        #expect(figures.concentration == expected.concentration)
        let scale = (0...1_000).map { 1 / Double($0 + 2) }
        #expect(figures.loss(scale) == expected.loss(scale))
        for riskClass in 0...256 {
            #expect(
                figures.exposureCents(ofClass: riskClass)
                    == expected.exposureCents(ofClass: riskClass)
            )
        }
        for mover in figures.movers.all {
            let slot = mover.slot % HistoryLimits.blockSlots
            let block = try #require(blocks.first { $0.firstSlot == mover.slot - slot })
            let cause = try #require(block.after.numbers(slot).last)
            let note = MoverNote(
                cause: UInt8(cause),
                between: block.between?.score(slot)?.score
            )
            #expect(sum.note(mover) == note)
        }
    }

    @Test func whatIsOwedIsTakenFromTheSameDay() throws {
        var dice = Dice(5)
        let block = Block(0, slotCount: 300, changed: 500, &dice)
        var counted = CountedFigures(moverCount: 5)
        try block.add(to: &counted)
        var others = UniverseFigures(moverCount: 5)
        try others.add(before: block.after, after: block.after, firstSlot: 0)
        others.takeExposures(of: counted.figures)
        var expected = UniverseFigures(moverCount: 5)
        try block.owed.withUnsafeBufferPointer {
            try expected.add(
                before: block.after,
                after: block.after,
                exposures: $0,
                firstSlot: 0
            )
        }
        #expect(others == expected)
    }

    // MARK: - Damage

    private func record() throws -> [UInt8] {
        var dice = Dice(3)
        var counted = CountedFigures(moverCount: 3)
        try Block(2, slotCount: 12, changed: 700, &dice).add(to: &counted)
        return counted.record
    }

    private func problem(_ bytes: [UInt8]) -> FrameProblem.Code? {
        var figures = CountedFigures(moverCount: 5)
        do throws(FrameProblem) {
            try figures.add(record: bytes)
            return nil
        } catch { return error.code }
    }

    /// The same with the right checksum.
    private func summed(_ bytes: [UInt8]) -> [UInt8] {
        let content = Array(bytes.dropLast(8))
        let sum = content.withUnsafeBytes { Checksum.of($0) }
        return content + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
    }

    @Test func damageIsTold() throws {
        let record = try record()
        #expect(problem(record) == nil)
        for count in record.indices { #expect(problem(Array(record.prefix(count))) != nil) }
        for place in record.indices {
            var damaged = record
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(problem(damaged) != nil, "byte \(place)")
        }
        var newer = record
        newer[4] = 2
        #expect(problem(newer) == .newer)
        #expect(problem(Array("%PDF-1.7 and more of it".utf8)) == .foreign)
        #expect(problem(summed(record + [0])) == .damaged)
        let long = [UInt8](repeating: 0, count: HistoryLimits.figureBytes + 1)
        #expect(problem(long) == .tooLarge)
    }

    @Test func numbersThatCannotBeTrapNothing() throws {
        let record = try record()
        var dice = Dice(4)
        // Each byte in turn, and some at once, with a checksum that fits.
        for place in 5..<record.count - 8 {
            for byte: UInt8 in [0, 0x7F, 0x80, 0xFF] {
                var forged = record
                forged[place] = byte
                _ = problem(summed(forged))
            }
        }
        for _ in 0..<300 {
            var forged = record
            for _ in 0..<8 {
                forged[.random(in: 5..<forged.count - 8, using: &dice)] = UInt8(
                    truncatingIfNeeded: dice.next()
                )
            }
            _ = problem(summed(forged))
        }
        let beginning = Array(record.prefix(5))
        let many = [UInt8](repeating: 0xFF, count: 9) + [1]
        for forged in [many, [1] + many + [1], [1, 1] + many, [0x7F] + many] {
            let bytes = summed(beginning + forged + [UInt8](repeating: 0, count: 8))
            #expect(problem(bytes) == .damaged)
        }
        // Ten bytes that are more than 64 bits.
        let wide = [UInt8](repeating: 0xFF, count: 9) + [2]
        #expect(problem(summed(beginning + [1, 0] + wide + [0, 0, 0, 0, 0, 0])) == .damaged)
    }
}
