// SPDX-License-Identifier: Apache-2.0

// Which slot is whose. A company keeps its slot for good; one that goes from the list, since a
// person was erased, leaves a slot that is nobody's.
//
// Cost, expected: 8 bytes a place of a table that is at most three quarters full, so 128 MB for
// 12 M companies and 0.5 GB for 33 M; a lookup misses the cache once, 0.1 us. Files are mostly in
// the order of the day before: then the next slot is the one, 2 ns.

internal import Quantities
package import ScoreHistory
internal import VigieLimits

/// The slots of a universe by the numbers of companies.
package struct UniverseKeys {
    /// The number of each slot; 0 for nobody's.
    package private(set) var keys: [UInt32] = []
    private var table: [Place]
    private var usedCount = 0
    private var expected = 0

    private struct Place {
        var key: UInt32 = 0
        var slot: UInt32 = 0
    }

    /// Slots of nobody yet.
    package init(capacity: Int = 0) {
        var places = 1_024
        while places < capacity / 3 * 4 { places *= 2 }
        table = [Place](repeating: Place(), count: places)
        keys.reserveCapacity(max(capacity, 0))
    }

    /// Adds the slots of the next block.
    package mutating func add(_ block: ColumnBlock) throws(UniverseProblem) {
        guard block.layout == InputLayout.keys, keys.count % HistoryLimits.blockSlots == 0 else {
            throw UniverseProblem(.damaged, "a block of numbers of companies has other columns")
        }
        let slotCount = block.slotCount
        let numbers = block.withColumns { columns in
            Array(columns[0].assumingMemoryBound(to: UInt32.self).prefix(slotCount))
        }
        for number in numbers {
            if number != 0 {
                guard find(number) == nil else {
                    throw UniverseProblem(.damaged, "two slots are those of one company")
                }
                insert(number, UInt32(truncatingIfNeeded: keys.count))
            }
            keys.append(number)
        }
        expected = 0
    }

    /// The slot of a company; nil for one that has none.
    package mutating func slot(of key: UInt32) -> Int? {
        if expected < keys.count, keys[expected] == key {
            expected += 1
            return expected - 1
        }
        guard let slot = find(key) else { return nil }
        expected = slot + 1
        return slot
    }

    /// The slot of a company, which is given one if it has none.
    package mutating func slot(adding key: UInt32) throws(UniverseProblem) -> Int {
        if let slot = slot(of: key) { return slot }
        guard SIREN(checking: key) != nil else {
            throw UniverseProblem(.noSIREN, "\(key) is no SIREN")
        }
        guard keys.count < UniverseLimits.blocks * HistoryLimits.blockSlots else {
            throw UniverseProblem(.tooMany, "the universe has as many companies as blocks let it")
        }
        insert(key, UInt32(truncatingIfNeeded: keys.count))
        keys.append(key)
        expected = keys.count
        return keys.count - 1
    }

    /// The numbers of a block.
    package func block(_ number: Int) -> ColumnBlock? {
        let first = number * HistoryLimits.blockSlots
        guard let layout = InputLayout.keys, first >= 0, first < keys.count else { return nil }
        let slots = keys[first..<min(first + HistoryLimits.blockSlots, keys.count)]
        var block = ColumnBlock(layout, slotCount: slots.count)
        block.withMutableColumns { columns in
            let numbers = columns[0].assumingMemoryBound(to: UInt32.self)
            for (slot, key) in slots.enumerated() { numbers[slot] = key }
        }
        return block
    }

    private func find(_ key: UInt32) -> Int? {
        guard key != 0 else { return nil }
        var place = start(key)
        while table[place].key != 0 {
            if table[place].key == key { return Int(table[place].slot) }
            place = (place + 1) & (table.count - 1)
        }
        return nil
    }

    private mutating func insert(_ key: UInt32, _ slot: UInt32) {
        if usedCount >= table.count / 4 * 3 { grow() }
        var place = start(key)
        while table[place].key != 0 { place = (place + 1) & (table.count - 1) }
        table[place] = Place(key: key, slot: slot)
        usedCount += 1
    }

    private mutating func grow() {
        let old = table
        table = [Place](repeating: Place(), count: 2 * old.count)
        for entry in old where entry.key != 0 {
            var place = start(entry.key)
            while table[place].key != 0 { place = (place + 1) & (table.count - 1) }
            table[place] = entry
        }
    }

    private func start(_ key: UInt32) -> Int {
        Int(truncatingIfNeeded: UInt64(key) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (table.count - 1)
    }
}
