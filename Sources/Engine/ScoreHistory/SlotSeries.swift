// SPDX-License-Identifier: Apache-2.0

// What one slot was in all runs of some years, without making its block again.
//
// Cost of three years, expected: of 36 key frames the planes are unpacked, 120 µs each; of 1,044
// deltas the gaps, 3 µs for 1,300, and half of them passed, 1 µs; checksums of 3 to 120 KB take
// less. So 10 ms, and 8 MB are read: an archive that lies by slots is not needed for 100 ms.
// Measured by history-bench: median 9.8 ms, p99 15 ms, on a machine that others kept busy.

/// The numbers of a slot, run by run.
package struct SlotSeries {
    /// A slot in a run.
    package struct Entry: Sendable, Equatable {
        /// The run.
        package let run: HistoryRun
        /// The slot's number in each column; all 0 where it did not exist.
        package let numbers: [UInt32]

        /// The slot's result, of blocks that have one.
        package var score: SlotScore? {
            guard numbers.count == ColumnLayout.scores.widths.count else { return nil }
            return SlotScore(
                score: UInt16(truncatingIfNeeded: numbers[0]),
                riskClass: UInt8(truncatingIfNeeded: numbers[1]),
                outcome: UInt8(truncatingIfNeeded: numbers[2])
            )
        }
    }

    /// What was found, in the order of the frames.
    package private(set) var entries: [Entry] = []
    private var order: FrameOrder
    private let slot: Int
    private var numbers: [UInt32]

    /// Begins before the first frame, which has to be a key frame.
    ///
    /// - Parameters:
    ///   - slot: The slot, counted in its block.
    ///   - number: That of the block.
    package init(slot: UInt16, number: UInt32, layout: ColumnLayout = .scores) {
        self.slot = Int(slot)
        order = FrameOrder(block: number, layout: layout)
        numbers = [UInt32](repeating: 0, count: layout.widths.count)
    }

    /// Takes the next frame. After an error nothing more is to be taken.
    package mutating func take(
        _ frame: UnsafeRawBufferPointer,
        with decoder: FrameDecoder
    ) throws(FrameProblem) {
        let header = try FrameHeader(frame)
        try order.advance(to: header)
        try decoder.change(&numbers, of: slot, by: frame, header)
        entries.append(Entry(run: header.run, numbers: numbers))
    }
}
