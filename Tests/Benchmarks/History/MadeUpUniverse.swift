// SPDX-License-Identifier: Apache-2.0

// Blocks of a made-up universe: scores of 1 to 1,000 around 500, ten classes by score, three of
// hundred companies in other outcomes, without a score. A change moves a score by some 40 points.

import ScoreHistory

/// Chance from a seed.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number around 0 with a deviation of 1: the sum of twelve others.
    mutating func deviation() -> Double {
        (0..<3).reduce(into: -6.0) { sum, _ in
            let word = next()
            for part in 0..<4 as Range<UInt64> {
                sum += Double(word >> (16 * part) & 0xFFFF) / 65_536
            }
        }
    }

    /// Whether something with a probability happens.
    mutating func happens(_ probability: Double) -> Bool {
        Double(next() >> 11) * 0x1p-53 < probability
    }
}

enum MadeUpUniverse {
    private static let edges: [UInt16] = [150, 250, 330, 400, 470, 540, 610, 690, 790]

    private static func result(_ score: Double) -> SlotScore {
        let score = UInt16(min(max(score, 1), 1_000))
        let riskClass = UInt8(1 + edges.count { score < $0 })
        return SlotScore(score: score, riskClass: riskClass, outcome: 1)
    }

    /// A block of a first day.
    static func block(slotCount: Int, _ dice: inout Dice) -> ColumnBlock {
        var block = ColumnBlock.scores(slotCount: slotCount)
        block.setScores(
            (0..<slotCount).map { _ in
                guard dice.happens(0.97) else {
                    let outcome: UInt8 = dice.happens(0.33) ? 2 : 3
                    return SlotScore(score: SlotScore.noScore, riskClass: 0, outcome: outcome)
                }
                return result(500 + 180 * dice.deviation())
            }
        )
        return block
    }

    /// The block of the next day, with a share of the companies changed.
    static func next(_ block: ColumnBlock, changed share: Double, _ dice: inout Dice) -> ColumnBlock
    {
        var next = block
        next.setScores(
            (0..<block.slotCount).map { slot in
                let old = block.score(slot) ?? SlotScore(score: 0, riskClass: 0, outcome: 0)
                guard old.outcome == 1, dice.happens(share) else { return old }
                return result(Double(old.score) + 40 * dice.deviation())
            }
        )
        return next
    }

    /// Features of companies: sums with a wide range, of which a sixth is missing.
    static func features(_ columnCount: Int, slotCount: Int, _ dice: inout Dice) -> ColumnBlock? {
        guard let layout = ColumnLayout.features(columnCount) else { return nil }
        var block = ColumnBlock(layout, slotCount: slotCount)
        block.withMutableColumns { columns in
            for column in 0..<columnCount {
                let values = columns[column].assumingMemoryBound(to: Float.self)
                for slot in values.indices {
                    // Ratios of whole amounts, as features are.
                    let amount = Double(dice.next() >> 44)
                    values[slot] =
                        dice.happens(1.0 / 6)
                        ? .nan : Float(amount / (1 + Double(dice.next() >> 44)))
                }
            }
        }
        return block
    }

    /// The features of the next day: a share of the companies has a new statement, which changes
    /// half of the columns.
    static func nextFeatures(
        _ block: ColumnBlock,
        changed share: Double,
        _ dice: inout Dice
    ) -> ColumnBlock {
        var next = block
        next.withMutableColumns { columns in
            let changed = (0..<columns.slotCount).filter { _ in dice.happens(share) }
            for column in block.layout.widths.indices where column % 2 == 0 {
                let values = columns[column].assumingMemoryBound(to: Float.self)
                for slot in changed { values[slot] = values[slot] * 1.0625 + 0.5 }
            }
        }
        return next
    }
}
