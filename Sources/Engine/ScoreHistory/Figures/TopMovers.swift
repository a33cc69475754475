// SPDX-License-Identifier: Apache-2.0

// The companies whose scores went up and down most, in two heaps of bounded size whose roots are
// the least of those kept: nearly all slots are done with after two comparisons.

internal import VigieLimits

/// A company whose score moved.
package struct Mover: Sendable, Equatable {
    /// Its slot, counted from the first of the universe.
    package let slot: Int
    /// The score of the first day.
    package let before: UInt16
    /// The score of the second day.
    package let after: UInt16

    var change: Int { Int(after) - Int(before) }

    /// The greater, the more worth telling: the change, then the lower slot.
    fileprivate var rank: (Int, Int) { (abs(change), -slot) }
}

/// The greatest movers in one direction.
private struct MoverHeap: Sendable, Equatable {
    let capacity: Int
    var movers: [Mover] = []

    /// The least change that may still be kept.
    var least: Int {
        if capacity == 0 { return .max }
        return movers.count < capacity ? 1 : abs(movers[0].change)
    }

    mutating func add(_ mover: Mover) {
        if movers.count < capacity {
            movers.append(mover)
            rise(movers.count - 1)
        } else if let root = movers.first, mover.rank > root.rank {
            movers[0] = mover
            sink(0)
        }
    }

    private mutating func rise(_ start: Int) {
        var place = start
        while place > 0, movers[place].rank < movers[(place - 1) / 2].rank {
            movers.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < movers.count && movers[child].rank < movers[least].rank {
                least = child
            }
            if least == place { return }
            movers.swapAt(place, least)
            place = least
        }
    }
}

/// The greatest movers up and down.
package struct TopMovers: Sendable, Equatable {
    private var up: MoverHeap
    private var down: MoverHeap

    /// Keeps so many of each, at most `HistoryLimits.movers`.
    package init(count: Int) {
        up = MoverHeap(capacity: min(max(count, 0), HistoryLimits.movers))
        down = up
    }

    /// Those whose scores rose, the greatest change first, of equal ones the lower slot.
    package var risen: [Mover] { up.movers.sorted { $0.rank > $1.rank } }

    /// Those whose scores fell, in the same order.
    package var fallen: [Mover] { down.movers.sorted { $0.rank > $1.rank } }

    /// Adds a company that moved.
    mutating func add(_ mover: Mover) {
        if mover.change > 0 { up.add(mover) }
        if mover.change < 0 { down.add(mover) }
    }

    /// Adds the movers of another part of the universe.
    package mutating func merge(_ other: TopMovers) {
        for mover in other.up.movers { up.add(mover) }
        for mover in other.down.movers { down.add(mover) }
    }

    /// Adds a block; only companies that have a score on both days move.
    mutating func add(_ before: ScoreColumns, _ after: ScoreColumns, firstSlot: Int) {
        var (mostDown, leastUp) = (-Int32(clamping: down.least), Int32(clamping: up.least))
        for slot in 0..<min(before.slotCount, after.slotCount) {
            let (old, new) = (before.scores[slot], after.scores[slot])
            let change = Int32(new) &- Int32(old)
            guard change >= leastUp || change <= mostDown, old != SlotScore.noScore,
                new != SlotScore.noScore, before.outcomes[slot] != SlotScore.noCompany,
                after.outcomes[slot] != SlotScore.noCompany
            else { continue }
            let mover = Mover(slot: firstSlot + slot, before: old, after: new)
            if change > 0 {
                up.add(mover)
                leastUp = Int32(clamping: up.least)
            } else {
                down.add(mover)
                mostDown = -Int32(clamping: down.least)
            }
        }
    }
}
