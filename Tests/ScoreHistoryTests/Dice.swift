// SPDX-License-Identifier: Apache-2.0

// Blocks made by chance from a seed, nasty ones too.

import Quantities
import ScoreHistory
import Testing

/// Chance from a seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Whether something that happens so many times in a thousand does.
    mutating func happens(_ thousandths: Int) -> Bool {
        Int.random(in: 0..<1_000, using: &self) < thousandths
    }
}

extension ColumnBlock {
    /// A block of any bytes.
    static func random(_ layout: ColumnLayout, slotCount: Int, _ dice: inout Dice) -> ColumnBlock {
        var block = ColumnBlock(layout, slotCount: slotCount)
        block.withMutableColumns { columns in
            for column in layout.widths.indices {
                for byte in columns[column].indices {
                    columns[column][byte] = UInt8(truncatingIfNeeded: dice.next())
                }
            }
        }
        return block
    }

    /// The same with some slots changed in any way, and others added.
    func changed(_ thousandths: Int, slotCount: Int? = nil, _ dice: inout Dice) -> ColumnBlock {
        var block = grown(to: slotCount ?? self.slotCount)
        block.withMutableColumns { columns in
            for slot in 0..<columns.slotCount where dice.happens(thousandths) {
                for (column, width) in layout.widths.enumerated() where dice.happens(600) {
                    for byte in 0..<Int(width) {
                        columns[column][slot * Int(width) + byte] = UInt8(
                            truncatingIfNeeded: dice.next()
                        )
                    }
                }
            }
        }
        return block
    }

    /// A block as a run writes it: few classes, some slots without a company or a score.
    static func universe(slotCount: Int, _ dice: inout Dice) -> ColumnBlock {
        var block = ColumnBlock.scores(slotCount: slotCount)
        block.setScores((0..<slotCount).map { _ in .random(&dice) })
        return block
    }

    /// The numbers of a slot, one for each column.
    func numbers(_ slot: Int) -> [UInt32] {
        withColumns { columns in
            layout.widths.enumerated().map { column, width in
                (0..<Int(width)).reduce(0) { number, byte in
                    number | UInt32(columns[column][slot * Int(width) + byte]) << UInt32(8 * byte)
                }
            }
        }
    }
}

extension SlotScore {
    /// A result by chance: mostly of a company, and mostly with a score.
    static func random(_ dice: inout Dice) -> SlotScore {
        if dice.happens(100) { return SlotScore(score: 0, riskClass: 0, outcome: noCompany) }
        if dice.happens(50) { return SlotScore(score: noScore, riskClass: 0, outcome: 2) }
        let riskClass: UInt8 = dice.happens(5) ? 255 : .random(in: 0...10, using: &dice)
        return SlotScore(
            score: .random(in: 0...1_000, using: &dice),
            riskClass: riskClass,
            outcome: .random(in: 1...3, using: &dice)
        )
    }
}

/// A run of a day.
func run(_ number: UInt32, model: String = "failure@1") throws -> HistoryRun {
    let day = try #require(CalendarDate(dayNumber: 20_000 + Int(number)))
    return HistoryRun(number: number, day: day, kind: .daily, model: model)
}

/// A chain of frames of block 7.
func chain(_ frames: [[UInt8]], _ layout: ColumnLayout = .scores) throws -> BlockChain {
    var chain = BlockChain(number: 7, layout: layout)
    let decoder = FrameDecoder()
    for frame in frames { try frame.withUnsafeBytes { try chain.take($0, with: decoder) } }
    return chain
}
