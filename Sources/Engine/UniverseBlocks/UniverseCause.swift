// SPDX-License-Identifier: Apache-2.0

// What moved the scores of a block. A score that did not move keeps what moved it last, so that a
// frame has nothing to say of it.
//
// On the first run of a model there is a block between the two days: what that model says of the
// inputs of the day before. Of a move, the part up to there is the model's, and the rest is the
// company's or that of data that arrived; only one without such a rest was moved by the model.

package import ScoreHistory

/// What moved a score last. The numbers stand in frames.
package enum UniverseCause: UInt8, Sendable, CaseIterable {
    /// Nothing so far: it is as it was found first.
    case none = 0
    /// The company, and time.
    case company = 1
    /// Data of the company arrived: its mark is another one.
    case dataArrived = 2
    /// Another model.
    case modelChanged = 3
}

/// How many companies a run found, and what moved them.
package struct BlockCounts: Sendable, Equatable {
    /// Companies that are there.
    package var companies = 0
    /// Those that have a score.
    package var scored = 0
    /// Those that have another result than before, those that came or left among them.
    package var changed = 0
    /// By what: the number of each cause.
    package var moved = [Int](repeating: 0, count: UniverseCause.allCases.count)

    /// No companies.
    package init() {}
}

/// A block on two days.
package struct MovedBlock {
    /// What is found now; the causes are written into it.
    package var now: ColumnBlock
    /// What was found before.
    package var before: ColumnBlock?
    /// What this model says of the inputs of then, where that was scored by another one.
    package var between: ColumnBlock?
    /// Inputs of now and then.
    package var inputs: ColumnBlock
    package var inputsBefore: ColumnBlock?
    /// Columns of marks.
    package var marks: [Int]

    /// Takes a block without a day before.
    package init(now: ColumnBlock, inputs: ColumnBlock, marks: [Int]) {
        (self.now, self.inputs, self.marks) = (now, inputs, marks)
    }

    /// Tells what moved each score.
    package mutating func tellCauses() -> BlockCounts {
        let slotCount = now.slotCount
        let empty = ColumnBlock(.movedScores, slotCount: slotCount)
        let before = (self.before ?? empty).grown(to: slotCount)
        let between = self.between?.grown(to: slotCount) ?? before
        let news = changedMarks(slotCount)
        var counts = BlockCounts()
        now.withMutableColumns { now in
            before.withColumns { before in
                between.withColumns { between in
                    for slot in 0..<slotCount {
                        let cause = Self.cause(
                            slot,
                            (now, before, between),
                            hasNews: news.isEmpty ? false : news[slot],
                            &counts
                        )
                        now[3][slot] = cause
                    }
                }
            }
        }
        return counts
    }

    private static func cause(
        _ slot: Int,
        _ days: (
            now: ColumnBlock.MutableColumns, before: ColumnBlock.Columns,
            between: ColumnBlock.Columns
        ),
        hasNews: Bool,
        _ counts: inout BlockCounts
    ) -> UInt8 {
        let now = UnsafeRawBufferPointer.self
        let today = result(
            now.init(days.now[0]),
            now.init(days.now[1]),
            now.init(days.now[2]),
            slot
        )
        let then = result(days.before[0], days.before[1], days.before[2], slot)
        let isThere = today & 0xFF != 0
        if isThere {
            counts.companies += 1
            if today >> 16 != UInt32(SlotScore.noScore) { counts.scored += 1 }
        }
        guard today != then else { return days.before[3][slot] }
        counts.changed += 1
        guard isThere, then & 0xFF != 0 else { return UniverseCause.none.rawValue }
        let middle = result(days.between[0], days.between[1], days.between[2], slot)
        let cause: UniverseCause =
            middle == today ? .modelChanged : hasNews ? .dataArrived : .company
        counts.moved[Int(cause.rawValue)] += 1
        return cause.rawValue
    }

    /// Score, class and outcome as one number, the outcome lowest.
    private static func result(
        _ scores: UnsafeRawBufferPointer,
        _ classes: UnsafeRawBufferPointer,
        _ outcomes: UnsafeRawBufferPointer,
        _ slot: Int
    ) -> UInt32 {
        let score = scores.load(fromByteOffset: 2 * slot, as: UInt16.self)
        return UInt32(score) << 16 | UInt32(classes[slot]) << 8 | UInt32(outcomes[slot])
    }

    /// Which slots have other marks; empty where there are no marks, or no day before.
    private func changedMarks(_ slotCount: Int) -> [Bool] {
        guard let inputsBefore, !marks.isEmpty else { return [] }
        var changed = [Bool](repeating: false, count: slotCount)
        let (old, new) = (inputsBefore.grown(to: slotCount), inputs.grown(to: slotCount))
        old.withColumns { old in
            new.withColumns { new in
                for mark in marks
                where mark < inputsBefore.layout.widths.count && mark < inputs.layout.widths.count {
                    let (before, now) = (
                        old[mark].assumingMemoryBound(to: UInt32.self),
                        new[mark].assumingMemoryBound(to: UInt32.self)
                    )
                    for slot in 0..<slotCount where before[slot] != now[slot] {
                        changed[slot] = true
                    }
                }
            }
        }
        return changed
    }
}
