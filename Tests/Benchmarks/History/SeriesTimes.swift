// SPDX-License-Identifier: Apache-2.0

// What it takes to read three years of one company, and of a whole block.

import ScoreHistory
import VigieLimits

/// Three years of a block: a key frame and 29 deltas, 36 times.
struct SeriesTimes {
    private var frames: [[UInt8]] = []
    private let decoder = FrameDecoder()

    init(changed share: Double) throws {
        var dice = Dice(state: 5)
        let encoder = FrameEncoder()
        var block = MadeUpUniverse.block(slotCount: HistoryLimits.blockSlots, &dice)
        for number in 1...36 * 30 {
            let next = MadeUpUniverse.next(block, changed: share, &dice)
            let frame =
                number % 30 == 1
                ? try encoder.keyFrame(of: next, number: 0, run: run(number))
                : try encoder.deltaFrame(
                    of: next,
                    number: 0,
                    run: run(number),
                    from: block,
                    baseNumber: UInt32(number - 1)
                )
            frames.append(frame)
            block = next
        }
    }

    func measure() throws {
        var dice = Dice(state: 6)
        var times: [Double] = []
        for _ in 0..<400 {
            let slot = UInt16.random(in: 0...UInt16.max, using: &dice)
            let start = threadNanoseconds()
            var series = SlotSeries(slot: slot, number: 0)
            for frame in frames { try frame.withUnsafeBytes { try series.take($0, with: decoder) } }
            times.append(threadNanoseconds() - start)
            guard series.entries.count == frames.count else { throw BenchError() }
        }
        times.sort()
        let bytes = frames.reduce(0) { $0 + $1.count }
        print(
            "three years of a slot: \(frames.count) frames, \(bytes) bytes, median "
                + "\(micros(times[200])), p99 \(micros(times[396]))"
        )
    }

    /// Two days of a universe out of their frames, each the last of its month, and the figures
    /// between them. All blocks have the same years, but each takes other months of them.
    func measureTwoDays(slotCount: Int) throws {
        let blocks = (slotCount + HistoryLimits.blockSlots - 1) / HistoryLimits.blockSlots
        let exposures = [Int64](repeating: 1_000_000, count: HistoryLimits.blockSlots)
        let start = threadNanoseconds()
        var figures = UniverseFigures(moverCount: 100)
        for block in 0..<blocks {
            let month = block % 35 * 30
            let (before, after) = (try day(month..<month + 30), try day(month + 30..<month + 60))
            try exposures.withUnsafeBufferPointer {
                try figures.add(
                    before: before,
                    after: after,
                    exposures: $0,
                    firstSlot: block * HistoryLimits.blockSlots
                )
            }
        }
        let taken = threadNanoseconds() - start
        print(
            "two days of \(blocks) blocks out of 30 frames each, with figures: \(micros(taken)), "
                + "\(figures.movers.risen.count) movers"
        )
    }

    private func day(_ range: Range<Int>) throws -> ColumnBlock {
        var chain = BlockChain(number: 0)
        for frame in frames[range] {
            try frame.withUnsafeBytes { try chain.take($0, with: decoder) }
        }
        return try chain.checked()
    }
}
