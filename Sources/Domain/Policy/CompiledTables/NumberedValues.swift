// SPDX-License-Identifier: Apache-2.0

// The values of a decision by number, so that whoever has to look into them looks once at each, and
// not once in each row.

package import FEEL
internal import VigieLimits

/// The values that a decision gave in the blocks so far, and the number of each row's.
package final class NumberedValues {
    /// The values. Each has its number for good, as long as `generation` is the same.
    package private(set) var values: [FEELValue] = []
    /// Of a table that takes rules together, the places of those that gave each value.
    package private(set) var rules: [[Int]] = []
    /// How often all numbers were given up for new ones.
    package private(set) var generation = 0
    /// Of each row of the block the number of its value; -1 where it has none, since it has to be
    /// computed in each row, or there are too many.
    package let numbers: UnsafeMutablePointer<Int32>

    /// The columns that results depend on beside the rules that match.
    let columns: [Int]
    /// The sets of rules that matched together, of a table that takes them together.
    let sets: RuleSetNumbers?
    /// What the numbers were given for: dictionaries and values that are the same in all rows.
    private var basis: [ObjectIdentifier] = []
    private var owners: [AnyObject] = []
    /// The number of a value by what gave it; -1 where that was not met yet.
    private var known: [Int32] = []

    init(columns: [Int], setWords: Int?) {
        self.columns = columns
        sets = setWords.map { RuleSetNumbers(wordCount: $0) }
        let rows = CompiledTableLimits.blockRows
        numbers = .allocate(capacity: rows)
        numbers.initialize(repeating: -1, count: rows)
    }

    deinit { numbers.deallocate() }

    /// Takes what numbers hold for; they are given up if that is another than before.
    func take(_ owners: [AnyObject]) {
        let basis = owners.map { ObjectIdentifier($0) }
        guard basis != self.basis || owners.isEmpty != self.owners.isEmpty else { return }
        (self.basis, self.owners) = (basis, owners)
        if !values.isEmpty { clear() }
    }

    private func clear() {
        generation += 1
        values.removeAll(keepingCapacity: true)
        rules.removeAll(keepingCapacity: true)
        for place in known.indices { known[place] = -1 }
    }

    /// The number of what was given at a place; -1 where nothing was yet.
    func number(at place: Int) -> Int32 { place < known.count ? known[place] : -1 }

    /// Gives a value the next number; -1 where there are too many.
    func add(_ value: FEELValue, _ rules: [Int], at place: Int) -> Int32 {
        guard place < CompiledTableLimits.keptCombinations else { return -1 }
        while known.count <= place { known.append(-1) }
        known[place] = Int32(truncatingIfNeeded: values.count)
        values.append(value)
        self.rules.append(rules)
        return known[place]
    }

    /// Takes values whose numbers are told.
    func take(_ values: [FEELValue]) {
        if self.values.isEmpty { (self.values, rules) = (values, values.map { _ in [] }) }
    }
}

/// Numbers for sets of rules: each set that is met gets the next one.
///
/// Cost: a multiplication for each word, and a load or two: 3 ns for up to 64 rules.
final class RuleSetNumbers {
    let wordCount: Int
    /// The set at hand.
    let found: UnsafeMutablePointer<UInt64>
    /// How many sets were met.
    private(set) var count = 0
    private let slots: UnsafeMutablePointer<Int32>
    private let words: UnsafeMutablePointer<UInt64>

    private static let slotCount = CompiledTableLimits.ruleSets * 2

    init(wordCount: Int) {
        self.wordCount = wordCount
        found = .allocate(capacity: wordCount)
        found.initialize(repeating: 0, count: wordCount)
        slots = .allocate(capacity: Self.slotCount)
        slots.initialize(repeating: -1, count: Self.slotCount)
        words = .allocate(capacity: CompiledTableLimits.ruleSets * wordCount)
        words.initialize(repeating: 0, count: CompiledTableLimits.ruleSets * wordCount)
    }

    deinit {
        found.deallocate()
        slots.deallocate()
        words.deallocate()
    }

    /// The number of the set at hand; nil where there are too many sets.
    func number() -> Int? {
        var hash: UInt64 = 0
        for word in 0..<wordCount { hash = (hash ^ found[word]) &* 0x9E37_79B9_7F4A_7C15 }
        var slot = Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(Self.slotCount - 1))
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            let known = words + number * wordCount
            if (0..<wordCount).allSatisfy({ known[$0] == found[$0] }) { return number }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        guard count < CompiledTableLimits.ruleSets else { return nil }
        for word in 0..<wordCount { words[count * wordCount + word] = found[word] }
        slots[slot] = Int32(truncatingIfNeeded: count)
        count += 1
        return count - 1
    }
}
