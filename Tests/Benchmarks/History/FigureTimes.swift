// SPDX-License-Identifier: Apache-2.0

// What the figures of a whole universe take, on one thread and on two.

import ScoreHistory
import VigieLimits

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Two days of a universe, with exposures.
struct FigureTimes {
    private let before: [ColumnBlock]
    private let after: [ColumnBlock]
    private let exposures: [[Int64]]

    init(slotCount: Int, changed share: Double) {
        var dice = Dice(state: 3)
        var (before, after): ([ColumnBlock], [ColumnBlock]) = ([], [])
        var exposures: [[Int64]] = []
        for first in stride(from: 0, to: slotCount, by: HistoryLimits.blockSlots) {
            let count = min(HistoryLimits.blockSlots, slotCount - first)
            before.append(MadeUpUniverse.block(slotCount: count, &dice))
            after.append(MadeUpUniverse.next(before[before.count - 1], changed: share, &dice))
            exposures.append((0..<count).map { _ in Int64(dice.next() >> 40) })
        }
        (self.before, self.after, self.exposures) = (before, after, exposures)
    }

    private func figures(_ blocks: Range<Int>) throws -> UniverseFigures {
        var figures = UniverseFigures(moverCount: 100)
        for block in blocks {
            try exposures[block].withUnsafeBufferPointer {
                try figures.add(
                    before: before[block],
                    after: after[block],
                    exposures: $0,
                    firstSlot: block * HistoryLimits.blockSlots
                )
            }
        }
        return figures
    }

    func measure(_ name: String) async throws {
        let probabilities = (0...1_000).map { 1 / (1 + exp(Double($0) / 100)) }
        let alone = try best { _ = try figures(before.indices).loss(probabilities) }
        var least = Double.infinity
        for _ in 0..<7 {
            let start = wallNanoseconds()
            let half = before.count / 2
            async let second = figures(half..<before.count)
            var all = try figures(0..<half)
            all.merge(try await second)
            _ = (all.loss(probabilities), all.concentration, all.movers.risen, all.movers.fallen)
            least = min(least, wallNanoseconds() - start)
        }
        let slots = before.reduce(0) { $0 + $1.slotCount }
        print(
            "figures of \(slots) slots, \(name) changed: one thread \(micros(alone)), "
                + "\(rounded(alone / Double(slots), 2)) ns a slot; "
                + "two threads \(micros(least)) in all"
        )
    }
}
