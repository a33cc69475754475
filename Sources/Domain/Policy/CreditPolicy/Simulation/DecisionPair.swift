// SPDX-License-Identifier: Apache-2.0

// The same row decided by two policies: whether anything is otherwise.

internal import DecimalNumbers

/// Blocks of the same companies by two policies, with names as numbers that both share.
struct DecisionPair {
    private let old: CreditBlock
    private let new: CreditBlock
    private let before: SimulatedPolicy
    private let after: SimulatedPolicy

    init(_ before: SimulatedPolicy, _ after: SimulatedPolicy) {
        (self.before, self.after) = (before, after)
        (old, new) = (before.decider.block, after.decider.block)
    }

    @inline(__always)
    private func shared(_ place: Int32, _ numbers: [Int32]) -> Int32 {
        place < 0 ? -1 : numbers[Int(place)]
    }

    /// The classes of a row; -1 for none.
    @inline(__always)
    func classes(_ row: Int) -> (before: Int32, after: Int32) {
        (shared(old.classes[row], before.classes), shared(new.classes[row], after.classes))
    }

    /// Whether anything that comparisons tell is otherwise. Cost: some 30 loads, 15 ns.
    @inline(__always)
    func isChanged(_ row: Int) -> Bool {
        let (was, will) = (old.facts[row], new.facts[row])
        let amounts: CreditBlock.Facts = [.need, .limit]
        guard was.intersection(amounts) == will.intersection(amounts),
            old.outcomes[row] == new.outcomes[row], old.bindings[row] == new.bindings[row],
            old.termDays[row] == new.termDays[row]
        else { return true }
        if was.contains(.need), old.needs[row] != new.needs[row] { return true }
        if was.contains(.limit), old.limits[row] != new.limits[row] { return true }
        let (first, second) = classes(row)
        return first != second
            || shared(old.actions[row], before.actions) != shared(new.actions[row], after.actions)
            || shared(old.terms[row], before.terms) != shared(new.terms[row], after.terms)
            || shared(old.roles[row], before.roles) != shared(new.roles[row], after.roles)
            || shared(old.guarantees[row], before.guarantees)
                != shared(new.guarantees[row], after.guarantees)
            || shared(old.clauses[row], before.clauses)
                != shared(new.clauses[row], after.clauses)
    }
}

/// The greatest changes of limits: of equal ones those that come first.
struct GreatestChanges {
    private let count: Int
    private var kept: [PolicySimulation.Change] = []
    /// The least change that is still kept, once there are enough.
    private var least: DecimalNumber?

    init(_ count: Int) { self.count = count }

    /// Whether a change is one of the greatest so far.
    @inline(__always)
    func wants(_ difference: DecimalNumber) -> Bool {
        guard let least else { return count > 0 }
        return difference.magnitude > least
    }

    /// Keeps a change. Of twice as many as are wanted half are given up at a time.
    mutating func add(_ change: PolicySimulation.Change) {
        kept.append(change)
        guard kept.count >= 2 * count else { return }
        kept = sorted
        least = kept.last?.difference.magnitude
    }

    /// Those that are wanted, the greatest first.
    var sorted: [PolicySimulation.Change] {
        let all = kept.sorted {
            let (one, other) = ($0.difference.magnitude, $1.difference.magnitude)
            return one == other ? $0.place < $1.place : one > other
        }
        return Array(all.prefix(count))
    }
}

/// Companies by class before and after.
struct ClassCounts {
    /// How many classes are told apart; all others count as none.
    private static let side = 256
    private var counts = [Int](repeating: 0, count: side * side)

    @inline(__always)
    mutating func add(_ classes: (before: Int32, after: Int32)) {
        let old = Int(UInt8(truncatingIfNeeded: min(classes.before, 254) &+ 1))
        let new = Int(UInt8(truncatingIfNeeded: min(classes.after, 254) &+ 1))
        counts[old * Self.side + new] += 1
    }

    /// All that there are; -1 for none.
    var all: [(before: Int, after: Int, count: Int)] {
        counts.indices.filter { counts[$0] > 0 }.map {
            ($0 / Self.side - 1, $0 % Self.side - 1, counts[$0])
        }
    }
}
