// SPDX-License-Identifier: Apache-2.0

// What a run found for a company, and the columns of it.

/// The result of a run for one slot.
package struct SlotScore: Sendable, Equatable {
    /// The score on the published scale of whole numbers; `noScore` where there is none.
    package var score: UInt16
    /// The number of the class of risk, from 1; 0 for none.
    package var riskClass: UInt8
    /// What became of the company's row, from 1 on: the numbers are those of whoever scores.
    package var outcome: UInt8

    /// A result.
    package init(score: UInt16, riskClass: UInt8, outcome: UInt8) {
        (self.score, self.riskClass, self.outcome) = (score, riskClass, outcome)
    }

    /// Stands for a company that was looked at and has no score.
    package static let noScore = UInt16.max
    /// The outcome of a slot whose company does not exist, or not yet: a block that nobody wrote.
    package static let noCompany: UInt8 = 0

    /// Whether there is a company.
    package var isCompany: Bool { outcome != Self.noCompany }
}

/// The columns of scores where they lie.
package struct ScoreColumns {
    /// How many slots there are.
    package let slotCount: Int
    /// Their scores.
    package let scores: UnsafePointer<UInt16>
    /// Their classes.
    package let classes: UnsafePointer<UInt8>
    /// Their outcomes.
    package let outcomes: UnsafePointer<UInt8>
}

extension ColumnBlock {
    /// A block of the results of a run, none of them written: no slot has a company.
    package static func scores(slotCount: Int) -> ColumnBlock {
        ColumnBlock(.scores, slotCount: slotCount)
    }

    /// Runs a body with the columns of scores; nil where this block has others, or no slots.
    package func withScores<Result>(_ body: (ScoreColumns) -> Result) -> Result? {
        guard layout.hasScores else { return nil }
        return withColumns { columns -> Result? in
            guard let scores = columns[0].baseAddress, let classes = columns[1].baseAddress,
                let outcomes = columns[2].baseAddress
            else { return nil }
            return body(
                ScoreColumns(
                    slotCount: slotCount,
                    scores: scores.assumingMemoryBound(to: UInt16.self),
                    classes: classes.assumingMemoryBound(to: UInt8.self),
                    outcomes: outcomes.assumingMemoryBound(to: UInt8.self)
                )
            )
        }
    }

    /// The result for a slot; nil where there is no such slot, or no column of scores.
    package func score(_ slot: Int) -> SlotScore? {
        guard (0..<slotCount).contains(slot) else { return nil }
        return withScores { columns in
            SlotScore(
                score: columns.scores[slot],
                riskClass: columns.classes[slot],
                outcome: columns.outcomes[slot]
            )
        }
    }

    /// Writes the results of slots from the first on; those beyond the last slot are left out.
    package mutating func setScores(_ results: some Sequence<SlotScore>) {
        guard layout.hasScores else { return }
        withMutableColumns { columns in
            let scores = columns[0].assumingMemoryBound(to: UInt16.self)
            for (slot, result) in results.enumerated().prefix(columns.slotCount) {
                scores[slot] = result.score
                columns[1][slot] = result.riskClass
                columns[2][slot] = result.outcome
            }
        }
    }
}
