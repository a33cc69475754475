// SPDX-License-Identifier: Apache-2.0

// Reads the input as frames of a history: two bytes that say how long the next one is, and the
// frame. No mutator finds a checksum: what begins and ends each frame is made right before it is
// read. What the blocks say must be what the series of their slots say, and what is read again
// after writing.

import ScoreHistory

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_history")
func fuzzHistory(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let frames = sealed(Array(UnsafeBufferPointer(start: start, count: count)))
    guard let first = frames.first,
        let header = try? first.withUnsafeBytes({ try FrameHeader($0) })
    else { return 0 }
    let decoder = FrameDecoder()
    var chain = BlockChain(number: header.block, layout: header.layout)
    var series = [0, 1, 200, UInt16.max].map {
        SlotSeries(slot: $0, number: header.block, layout: header.layout)
    }
    for frame in frames {
        let isTaken = takes(frame) { try chain.take($0, with: decoder) }
        for slot in series.indices {
            let isRead = takes(frame) { try series[slot].take($0, with: decoder) }
            precondition(isRead || !isTaken, "a block is read, and a slot of it is not")
        }
        guard isTaken else { return 0 }
        guard let block = try? chain.checked() else { continue }
        check(block, series)
    }
    return 0
}

private func takes(_ frame: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) -> Bool {
    do {
        try frame.withUnsafeBytes(body)
        return true
    } catch { return false }
}

/// A block that was read: its slots, and whether it can be written.
private func check(_ block: ColumnBlock, _ series: [SlotSeries]) {
    for (slot, series) in zip([0, 1, 200, Int(UInt16.max)], series) {
        guard let entry = series.entries.last, let score = block.score(slot) else { continue }
        precondition(entry.score == score, "a slot's series and its block differ")
    }
    guard let run = series.first?.entries.last?.run,
        let frame = try? FrameEncoder().keyFrame(of: block, number: 0, run: run)
    else { preconditionFailure("a block cannot be written") }
    var again = BlockChain(number: 0, layout: block.layout)
    precondition(takes(frame) { try again.take($0, with: FrameDecoder()) })
    precondition((try? again.checked()) == block, "a block is not what was written")
}

/// The frames of an input, each with our name, version, length and checksum.
private func sealed(_ input: [UInt8]) -> [[UInt8]] {
    var frames: [[UInt8]] = []
    var rest = input[...]
    while rest.count > 2, frames.count < 50 {
        let count = Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8
        var frame = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        if frame.count >= 72 {
            frame.replaceSubrange(0..<5, with: Array("VGSH".utf8) + [1])
            let length = UInt32(frame.count)
            for byte in 0..<4 { frame[8 + byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
            let sum = frame.withUnsafeBytes {
                Checksum.of(UnsafeRawBufferPointer(rebasing: $0.dropLast(8)))
            }
            for byte in 0..<8 {
                frame[frame.count - 8 + byte] = UInt8(truncatingIfNeeded: sum >> (8 * byte))
            }
        }
        frames.append(frame)
    }
    return frames
}
