// SPDX-License-Identifier: Apache-2.0

// What frames take: bytes, and time of the thread to write and read them.

import Quantities
import ScoreHistory
import VigieLimits

/// Name and version as long as those of real models.
let model = "us-listed-failure@2026.11.1"

func run(_ number: Int) throws -> HistoryRun {
    guard let day = CalendarDate(dayNumber: 20_000 + number) else { throw BenchError() }
    return HistoryRun(number: UInt32(number), day: day, model: model)
}

struct BenchError: Error {}

/// Sizes and times of the frames of one block.
struct FrameTimes {
    private let encoder = FrameEncoder()
    private let decoder = FrameDecoder()

    /// Writes and reads a day's key frame and a delta of it, and prints what they take.
    func measure(_ name: String, _ block: ColumnBlock, _ next: ColumnBlock) throws {
        var (key, delta): ([UInt8], [UInt8]) = ([], [])
        let writeKey = try best { key = try encoder.keyFrame(of: block, number: 0, run: run(1)) }
        let writeDelta = try best {
            delta = try encoder.deltaFrame(
                of: next,
                number: 0,
                run: run(2),
                from: block,
                baseNumber: 1
            )
        }
        let readKey = try best { _ = try chain([key], block.layout) }
        let readBoth = try best { _ = try chain([key, delta], block.layout) }
        guard try chain([key, delta], block.layout).checked() == next else { throw BenchError() }
        var (changeCount, checksum) = (0, UInt64(0))
        let compare = best { changeCount = ChangedSlots(from: block, to: next).count }
        let sum = best { checksum ^= next.checksum }
        let slots = Double(max(block.slotCount, 1))
        let daily = (Double(key.count) + 29 * Double(delta.count)) / 30 / slots
        print("\(name): \(changeCount) slots changed, found in \(micros(compare))")
        print("  key frame \(bytes(key, slots)), \(micros(writeKey)), read \(micros(readKey))")
        print(
            "  delta \(bytes(delta, slots)), \(micros(writeDelta)), read "
                + "\(micros(readBoth - readKey)), a checksum \(micros(sum))"
        )
        print("  with a key frame in 30 days \(rounded(daily, 3)) bytes a slot and day")
    }

    /// A chain of frames.
    func chain(_ frames: [[UInt8]], _ layout: ColumnLayout) throws -> BlockChain {
        var chain = BlockChain(number: 0, layout: layout)
        for frame in frames { try frame.withUnsafeBytes { try chain.take($0, with: decoder) } }
        return chain
    }

    private func bytes(_ frame: [UInt8], _ slots: Double) -> String {
        "\(frame.count) bytes, \(rounded(Double(frame.count) / slots, 4)) a slot"
    }
}

/// The least time of some rounds, in nanoseconds.
func best(_ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<7 {
        let start = threadNanoseconds()
        try body()
        least = min(least, threadNanoseconds() - start)
    }
    return least
}

func micros(_ nanoseconds: Double) -> String { "\(rounded(nanoseconds / 1e3, 1)) µs" }

func rounded(_ number: Double, _ digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    return (number * scale).rounded() / scale
}
