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
        let last = Array(frames.suffix(30))
        let month = try best {
            _ = try FrameTimes().chain(last, .scores).checked()
        }
        print("the last day of a month, of a block: 30 frames, \(micros(month))")
    }
}
