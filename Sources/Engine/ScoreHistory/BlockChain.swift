// SPDX-License-Identifier: Apache-2.0

// A block of any run: its nearest key frame before, and the deltas since. Takes frames, opens no
// file.

/// A block that frames make, one after the other.
package struct BlockChain {
    private var order: FrameOrder
    private var block: ColumnBlock?

    /// Begins before the first frame, which has to be a key frame.
    ///
    /// - Parameter number: That of the block.
    package init(number: UInt32, layout: ColumnLayout = .scores) {
        order = FrameOrder(block: number, layout: layout)
    }

    /// The run of the last frame.
    package var run: HistoryRun? { order.last?.run }

    /// Takes the next frame. After an error nothing more is to be taken.
    package mutating func take(
        _ frame: UnsafeRawBufferPointer,
        with decoder: FrameDecoder
    ) throws(FrameProblem) {
        let header = try FrameHeader(frame)
        try order.advance(to: header)
        switch header.kind {
        case .key: block = try decoder.block(frame, header)
        case .delta:
            guard var changed = block.take() else { return }
            try decoder.change(&changed, by: frame, header)
            block = changed
        }
    }

    /// The block as of the last frame, held against the checksum that was written with it.
    package func checked() throws(FrameProblem) -> ColumnBlock {
        guard let block, let header = order.last else {
            throw FrameProblem(.truncated, "there is no frame")
        }
        guard block.checksum == header.checksum else {
            throw FrameProblem(.damaged, "the block's checksum is another")
        }
        return block
    }
}

extension FrameDecoder {
    /// The block of a frame that stands beside a chain: a key frame, or one that changes a block
    /// that is at hand.
    package func block(
        _ frame: UnsafeRawBufferPointer,
        of number: UInt32,
        on base: ColumnBlock
    ) throws(FrameProblem) -> ColumnBlock {
        let header = try FrameHeader(frame)
        guard header.block == number, header.layout == base.layout else {
            throw FrameProblem(.foreign, "the frame is of block \(header.block) or other columns")
        }
        var block = base
        switch header.kind {
        case .key: block = try self.block(frame, header)
        case .delta:
            guard header.baseChecksum == base.checksum, header.slotCount >= base.slotCount else {
                throw FrameProblem(.outOfOrder, "the frame stands on another block")
            }
            try change(&block, by: frame, header)
        }
        guard block.checksum == header.checksum else {
            throw FrameProblem(.damaged, "the block's checksum is another")
        }
        return block
    }
}
