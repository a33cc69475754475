// SPDX-License-Identifier: Apache-2.0

// Figures with what moved those who moved most, counted by whoever has both days in his hands
// already, kept as a few thousand bytes, and added up later.

/// What is told of a company that moved, beside its scores.
package struct MoverNote: Sendable, Equatable {
    /// What moved it last: the number in the column of causes.
    package let cause: UInt8
    /// What the model of the second day said of the inputs of the first, where another one scored
    /// those.
    package let between: UInt16?

    /// Makes one.
    package init(cause: UInt8, between: UInt16?) { (self.cause, self.between) = (cause, between) }
}

/// Figures, and notes of those who moved most.
package struct CountedFigures: Sendable, Equatable {
    /// The figures.
    package internal(set) var figures: UniverseFigures
    /// By slot, counted from the first of the universe; also of some that others have outdone.
    var notes: [Int: MoverNote] = [:]

    /// Figures of nothing yet.
    ///
    /// - Parameter moverCount: How many are told that went up, and as many that went down.
    package init(moverCount: Int) { figures = UniverseFigures(moverCount: moverCount) }

    /// What is told of a company that moved; nil for one that is not among those.
    package func note(_ mover: Mover) -> MoverNote? { notes[mover.slot] }

    /// Adds a block.
    ///
    /// - Parameters:
    ///   - after: Its results of the second day, with what moved them.
    ///   - between: What the model of the second day says of the inputs of the first, if another
    ///     one scored those.
    ///   - exposures: What is owed by each slot's company on the second day, in cents.
    ///   - firstSlot: The number of the block's first slot in the universe.
    package mutating func add(
        before: ColumnBlock,
        after: ColumnBlock,
        between: ColumnBlock?,
        exposures: UnsafeBufferPointer<Int64>?,
        firstSlot: Int
    ) throws(ExposureProblem) {
        try figures.add(before: before, after: after, exposures: exposures, firstSlot: firstSlot)
        let movers = figures.movers.all.filter { after.has($0.slot - firstSlot) }
        guard after.layout == .movedScores else { return }
        after.withColumns { columns in
            for mover in movers {
                let slot = mover.slot - firstSlot
                notes[mover.slot] = MoverNote(
                    cause: columns[3][slot],
                    between: between?.score(slot)?.score
                )
            }
        }
    }
}

extension ColumnBlock {
    fileprivate func has(_ slot: Int) -> Bool { (0..<slotCount).contains(slot) }
}

extension TopMovers {
    /// Those of both directions, in no order.
    package var all: [Mover] { risen + fallen }
}
