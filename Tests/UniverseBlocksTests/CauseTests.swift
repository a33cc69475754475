// SPDX-License-Identifier: Apache-2.0

// What moved scores, by chance and against a rule of a few lines.

import ScoreHistory
import TestRandomness
import Testing
import UniverseBlocks

@Suite struct CauseTests {
    private typealias Cell = (score: UInt16, riskClass: UInt8, outcome: UInt8, cause: UInt8)

    @Test(arguments: 0..<40)
    func causesAreThoseOfTheRule(_ seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let slotCount = 1 + random.upTo(300)
        let (hasMarks, isOtherModel) = (random.once(in: 2), random.once(in: 2))
        func cells() -> [Cell] {
            (0..<slotCount).map { _ in
                random.once(in: 5)
                    ? (0, 0, 0, 0)
                    : (
                        UInt16(500 + random.upTo(2)), UInt8(random.upTo(2)), 1,
                        UInt8(random.upTo(4) - 1)
                    )
            }
        }
        let (before, between, now) = (cells(), cells(), cells())
        let marks = (0..<2).map { _ in (0..<slotCount).map { _ in UInt32(random.upTo(2)) } }
        var moved = MovedBlock(
            now: block(now.map { ($0.score, $0.riskClass, $0.outcome, 0) }),
            inputs: try inputs(marks[1]),
            marks: hasMarks ? [1] : []
        )
        moved.before = block(before)
        moved.between = isOtherModel ? block(between) : nil
        moved.inputsBefore = try inputs(marks[0])
        let counts = moved.tellCauses()
        let found = moved.now.withColumns { Array($0[3]) }
        var expected = BlockCounts()
        for slot in 0..<slotCount {
            func same(_ left: Cell, _ right: Cell) -> Bool {
                left.score == right.score && left.riskClass == right.riskClass
                    && left.outcome == right.outcome
            }
            let (old, new) = (before[slot], now[slot])
            if new.outcome != 0 {
                expected.companies += 1
                expected.scored += 1
            }
            guard !same(old, new) else {
                #expect(found[slot] == old.cause)
                continue
            }
            expected.changed += 1
            guard old.outcome != 0, new.outcome != 0 else {
                #expect(found[slot] == 0)
                continue
            }
            let news = hasMarks && marks[0][slot] != marks[1][slot]
            let isModel = isOtherModel && same(between[slot], new)
            let cause: UniverseCause = isModel ? .modelChanged : news ? .dataArrived : .company
            #expect(found[slot] == cause.rawValue)
            expected.moved[Int(cause.rawValue)] += 1
        }
        #expect(counts == expected)
    }

    @Test func theFirstRunMovesNothing() throws {
        var moved = MovedBlock(
            now: block([(500, 1, 1, 0), (0, 0, 0, 0)]),
            inputs: try inputs([1, 0]),
            marks: [1]
        )
        let counts = moved.tellCauses()
        #expect(counts.changed == 1 && counts.moved == [0, 0, 0, 0])
        #expect(moved.now.withColumns { Array($0[3]) } == [0, 0])
    }

    private func block(_ cells: [Cell]) -> ColumnBlock {
        var block = ColumnBlock(.movedScores, slotCount: cells.count)
        block.setScores(
            cells.map { SlotScore(score: $0.score, riskClass: $0.riskClass, outcome: $0.outcome) }
        )
        block.withMutableColumns { columns in
            for (slot, cell) in cells.enumerated() { columns[3][slot] = cell.cause }
        }
        return block
    }

    private func inputs(_ marks: [UInt32]) throws -> ColumnBlock {
        var block = try makeBlock(marks.count, 1)
        block.withMutableColumns { columns in
            let numbers = columns[1].assumingMemoryBound(to: UInt32.self)
            for (slot, mark) in marks.enumerated() { numbers[slot] = mark }
        }
        return block
    }
}
