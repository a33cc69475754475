// SPDX-License-Identifier: Apache-2.0

// Whether frames follow each other: each delta stands on the frame before it, by the run's number
// and by the checksum of what was there. That what comes out is right is checked once, at the end.

internal import VigieLimits

/// Where one is in the frames of a block.
struct FrameOrder {
    let block: UInt32
    let layout: ColumnLayout
    private(set) var last: FrameHeader?
    private var deltaCount = 0

    init(block: UInt32, layout: ColumnLayout) {
        (self.block, self.layout) = (block, layout)
    }

    /// Goes on to a frame.
    mutating func advance(to header: FrameHeader) throws(FrameProblem) {
        guard header.block == block, header.layout == layout else {
            throw FrameProblem(
                .foreign,
                "the frame is of block \(header.block) or of other columns"
            )
        }
        if let last, header.run.number <= last.run.number {
            throw FrameProblem(
                .outOfOrder,
                "run \(header.run.number) does not come after run \(last.run.number)"
            )
        }
        deltaCount += 1
        if header.kind == .key {
            deltaCount = 0
        } else {
            guard let last, header.baseNumber == last.run.number,
                header.baseChecksum == last.checksum, header.slotCount >= last.slotCount
            else {
                throw FrameProblem(
                    .outOfOrder,
                    "the frame stands on run \(header.baseNumber), which is not before it"
                )
            }
            guard deltaCount <= HistoryLimits.deltaFrames else {
                throw FrameProblem(.tooLarge, "after deltaFrames deltas there is no key frame")
            }
        }
        last = header
    }
}
