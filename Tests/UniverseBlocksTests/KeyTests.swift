// SPDX-License-Identifier: Apache-2.0

// Slots are given once, whatever the order in which companies come.

import Quantities
import ScoreHistory
import TestRandomness
import Testing
import UniverseBlocks
import VigieLimits

@Suite struct KeyTests {
    @Test func slotsAreThoseOfADictionary() throws {
        var random = SeededGenerator(seed: 5)
        let sirens = makeSIRENs(3_000, &random)
        var (keys, known) = (UniverseKeys(), [UInt32: Int]())
        for _ in 0..<20_000 {
            let siren = random.pick(sirens)
            let slot = try keys.slot(adding: siren)
            #expect(slot == known[siren, default: known.count])
            known[siren] = slot
        }
        // In the order in which they came, and behind the last.
        for (slot, siren) in keys.keys.enumerated() { #expect(keys.slot(of: siren) == slot) }
        #expect(keys.slot(of: 1) == nil)
        #expect(keys.keys.count == known.count)
    }

    @Test func blocksComeBackWithoutWhoIsNobody() throws {
        var random = SeededGenerator(seed: 6)
        var keys = UniverseKeys()
        for siren in makeSIRENs(100, &random) { _ = try keys.slot(adding: siren) }
        var block = try #require(keys.block(0))
        let gone = keys.keys[7]
        block.withMutableColumns { $0[0].assumingMemoryBound(to: UInt32.self)[7] = 0 }
        var read = UniverseKeys(capacity: 100)
        try read.add(block)
        #expect(read.slot(of: gone) == nil)
        #expect(read.slot(of: keys.keys[8]) == 8)
        // Its slot is not given again.
        #expect(try read.slot(adding: gone) == 100)
        #expect(keys.block(1) == nil)
    }

    @Test func whatIsNoSIRENIsRefused() throws {
        var keys = UniverseKeys()
        for number: UInt32 in [0, 1, 552_100_553, 1_000_000_000, .max] {
            #expect(throws: UniverseProblem.self) { try keys.slot(adding: number) }
        }
        #expect(try keys.slot(adding: 552_100_554) == 0)
        #expect(UniverseLimits.blocks * HistoryLimits.blockSlots == 1 << 25)
    }

    @Test func twoSlotsOfOneCompanyAreTold() throws {
        let layout = try #require(InputLayout.keys)
        var block = ColumnBlock(layout, slotCount: 2)
        block.withMutableColumns { columns in
            let numbers = columns[0].assumingMemoryBound(to: UInt32.self)
            (numbers[0], numbers[1]) = (552_100_554, 552_100_554)
        }
        var keys = UniverseKeys()
        #expect(throws: UniverseProblem.self) { try keys.add(block) }
        var other = UniverseKeys()
        #expect(throws: UniverseProblem.self) { try other.add(.scores(slotCount: 2)) }
    }
}

/// Numbers whose last digit checks them, each once.
func makeSIRENs(_ count: Int, _ random: inout SeededGenerator) -> [UInt32] {
    var sirens = Set<UInt32>()
    while sirens.count < count {
        let first = UInt32.random(in: 10_000_000...99_999_999, using: &random)
        sirens.formUnion((0...9).map { first * 10 + $0 }.filter { SIREN(checking: $0) != nil })
    }
    return sirens.sorted().shuffled(using: &random)
}
