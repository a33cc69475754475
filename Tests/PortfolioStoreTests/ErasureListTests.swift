// SPDX-License-Identifier: Apache-2.0

// The list of who was erased, as it is written and as it may be found.

import Databases
import PortfolioStore
import Quantities
import TestRandomness
import Testing
import VigieLimits

@Suite struct ErasureListTests {
    private var erasures: [Erasure] {
        get throws {
            try ErasureReason.allCases.enumerated().map { index, reason in
                Erasure(
                    slot: index * index * 1_000 + 1,
                    day: try #require(CalendarDate(dayNumber: 20_000 + index * 300)),
                    reason: reason
                )
            }
        }
    }

    private func written(_ erasures: [Erasure]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for erasure in erasures {
            let addition = try ErasureList(bytes).addition(of: erasure)
            bytes = bytes.prefix(addition.keptByteCount) + addition.bytes
        }
        return bytes
    }

    @Test func aLineIsAsItIsTold() throws {
        let day = try #require(CalendarDate("2026-11-30"))
        #expect(
            Erasure(slot: 17, day: day, reason: .request).line == "17 2026-11-30 request 35b914aa"
        )
        let place = Erasure(slot: 81_200, of: 2, day: day, reason: .request)
        #expect(place.line == "2/81200 2026-11-30 request e1ae0359")
        let all = try erasures + [place, Erasure(slot: 0, of: 1, day: day, reason: .unlawful)]
        #expect(try ErasureList(written(all)).erasures == all)
        let together = ErasureList().addition(of: all)
        #expect(try ErasureList(together.bytes) == ErasureList(written(all)))
        #expect(try ErasureList([]) == ErasureList())
    }

    @Test func aTornLineIsCutOffByTheNext() throws {
        let (all, bytes) = (try erasures, try written(erasures))
        let more = Erasure(slot: 9, day: all[0].day, reason: .unneeded)
        var ends = [0]
        for (place, byte) in bytes.enumerated() where byte == 0x0a { ends.append(place + 1) }
        for count in 0...bytes.count {
            let list = try ErasureList(Array(bytes[..<count]))
            // A line that lacks only its end counts.
            let whole = ends.count { $0 <= count + 1 && $0 > 0 }
            #expect(list.erasures == Array(all.prefix(whole)))
            let addition = list.addition(of: more)
            let next = bytes.prefix(addition.keptByteCount) + addition.bytes
            #expect(try ErasureList(Array(next)).erasures == list.erasures + [more])
        }
    }

    @Test func damageIsToldAndNobodyElseIsErased() throws {
        let (all, bytes) = (try erasures, try written(erasures))
        var randomness = SeededGenerator(seed: 13)
        for place in bytes.indices {
            for _ in 0..<6 {
                var damaged = bytes
                damaged[place] ^= UInt8.random(in: 1...255, using: &randomness)
                do {
                    // Only the last end of a line can be lost.
                    let list = try ErasureList(damaged)
                    #expect(all.starts(with: list.erasures))
                    #expect(list.erasures.count >= all.count - 1)
                    #expect(place == bytes.count - 1)
                } catch { #expect(error.kind == .damaged) }
            }
        }
        for text in ["\n", "1 2026-11-30 request\n", "+1 2026-11-30 request 00000000\n", "é\n"] {
            #expect(kindOfFailure { _ = try ErasureList(Array(text.utf8)) } == .damaged)
        }
    }

    @Test func whatIsTooMuchIsRefused() throws {
        let day = try #require(CalendarDate("2026-11-30"))
        func line(_ slot: Int) -> [UInt8] {
            ErasureList().addition(of: Erasure(slot: slot, day: day, reason: .request)).bytes
        }
        #expect(try ErasureList(line(StoreLimits.erasedSlotMax)).erasures.count == 1)
        for slot in [StoreLimits.erasedSlotMax + 1, 0, -1] {
            #expect(kindOfFailure { _ = try ErasureList(line(slot)) } == .damaged)
        }
        let places = UniverseLimits.blocks * HistoryLimits.blockSlots
        func place(_ slot: Int, of universe: Int) -> [UInt8] {
            let erasure = Erasure(slot: slot, of: universe, day: day, reason: .request)
            return ErasureList().addition(of: erasure).bytes
        }
        let last = place(places - 1, of: UniverseLimits.universes)
        #expect(try ErasureList(last).erasures.count == 1)
        for (slot, universe) in [(places, 1), (-1, 1), (1, 0), (1, UniverseLimits.universes + 1)] {
            #expect(kindOfFailure { _ = try ErasureList(place(slot, of: universe)) } == .damaged)
        }
        let long = [UInt8](repeating: 0x20, count: StoreLimits.erasureListBytesMax + 1)
        #expect(kindOfFailure { _ = try ErasureList(long) } == .value)
        let one = line(1)
        var many: [UInt8] = []
        for _ in 0...StoreLimits.erasuresMax { many += one }
        #expect(kindOfFailure { _ = try ErasureList(many) } == .value)
    }
}
