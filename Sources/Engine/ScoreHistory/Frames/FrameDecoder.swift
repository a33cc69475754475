// SPDX-License-Identifier: Apache-2.0

// Reads what frames hold.
//
// Cost of a block of scores, expected: a key frame 120 µs for zstd and 60 for putting planes
// together; a delta of 2 % 8 µs for zstd and 5 for 1,300 changes, in memory that is in the cache.
// Measured by history-bench: 135 µs and 12 µs; 17 ms and 2.4 ms with 64 features.

internal import VigieLimits

/// Reads frames. For one thread at a time.
package final class FrameDecoder {
    private let unpacker = StreamUnpacker()
    private var planes: [UInt8] = []
    private var gaps: [UInt8] = []
    private var slots: [UInt16] = []

    /// A decoder.
    package init() {}

    /// The block of a key frame.
    func block(_ frame: UnsafeRawBufferPointer, _ header: FrameHeader) throws(FrameProblem)
        -> ColumnBlock
    {
        var cursor = try StreamCursor(frame, header)
        var block = ColumnBlock(header.layout, slotCount: header.slotCount)
        reservePlanes(header.slotCount)
        try block.withMutableColumns { columns throws(FrameProblem) in
            for (column, width) in header.layout.widths.enumerated() {
                try unpackPlanes(&cursor, width, of: header.slotCount)
                planes.withUnsafeBufferPointer {
                    Planes.join($0, width: Int(width), into: columns[column])
                }
            }
        }
        return block
    }

    /// Changes a block as a delta frame says; it must be the one that the frame stands on.
    func change(
        _ block: inout ColumnBlock,
        by frame: UnsafeRawBufferPointer,
        _ header: FrameHeader
    ) throws(FrameProblem) {
        var cursor = try StreamCursor(frame, header)
        try unpackGaps(&cursor, header)
        if slots.count < header.changeCount {
            slots = [UInt16](repeating: 0, count: header.changeCount)
        }
        try gaps.withUnsafeBufferPointer { gaps throws(FrameProblem) in
            try slots.withUnsafeMutableBufferPointer { slots throws(FrameProblem) in
                try SlotGaps.read(
                    UnsafeBufferPointer(rebasing: gaps.prefix(header.gapBytes)),
                    slotCount: header.slotCount,
                    into: UnsafeMutableBufferPointer(rebasing: slots.prefix(header.changeCount))
                )
            }
        }
        if header.slotCount > block.slotCount { block = block.grown(to: header.slotCount) }
        reservePlanes(header.changeCount)
        try block.withMutableColumns { columns throws(FrameProblem) in
            for (column, width) in header.layout.widths.enumerated() {
                try unpackPlanes(&cursor, width, of: header.changeCount)
                slots.withUnsafeBufferPointer { slots in
                    planes.withUnsafeBufferPointer { planes in
                        Planes.joinChanges(
                            UnsafeBufferPointer(rebasing: slots.prefix(header.changeCount)),
                            planes,
                            width: Int(width),
                            into: columns[column]
                        )
                    }
                }
            }
        }
    }

    /// The numbers of one slot: those of a key frame, or those that were, changed as a delta frame
    /// says. Of a delta that does not change the slot nothing is unpacked but its gaps.
    func change(
        _ numbers: inout [UInt32],
        of slot: Int,
        by frame: UnsafeRawBufferPointer,
        _ header: FrameHeader
    ) throws(FrameProblem) {
        var cursor = try StreamCursor(frame, header)
        var place = slot
        if header.kind == .delta {
            try unpackGaps(&cursor, header)
            let found = gaps.withUnsafeBufferPointer {
                SlotGaps.place(
                    of: slot,
                    in: UnsafeBufferPointer(rebasing: $0.prefix(header.gapBytes))
                )
            }
            guard let found else { return }
            place = found
        } else {
            numbers = [UInt32](repeating: 0, count: header.layout.widths.count)
        }
        guard place < header.planeBytes else {
            if header.kind == .key { return }
            throw FrameProblem(.damaged, "the frame changes slots that it does not have")
        }
        reservePlanes(header.planeBytes)
        for (column, width) in header.layout.widths.enumerated() {
            try unpackPlanes(&cursor, width, of: header.planeBytes)
            numbers[column] = planes.withUnsafeBufferPointer {
                Planes.number(
                    $0,
                    count: header.planeBytes,
                    place: place,
                    width: Int(width),
                    changing: header.kind == .delta ? numbers[column] : nil
                )
            }
        }
    }

    private func unpackGaps(_ cursor: inout StreamCursor, _ header: FrameHeader)
        throws(FrameProblem)
    {
        if gaps.count < header.gapBytes { gaps = [UInt8](repeating: 0, count: header.gapBytes) }
        let packed = cursor.next()
        try gaps.withUnsafeMutableBufferPointer { gaps throws(FrameProblem) in
            let target = UnsafeMutableBufferPointer(rebasing: gaps.prefix(header.gapBytes))
            try unpacker.unpack(packed, into: UnsafeMutableRawBufferPointer(target))
        }
    }

    private func reservePlanes(_ count: Int) {
        if planes.count < 4 * count { planes = [UInt8](repeating: 0, count: 4 * count) }
    }

    /// Unpacks the planes of a column, one after the other.
    private func unpackPlanes(_ cursor: inout StreamCursor, _ width: UInt8, of count: Int)
        throws(FrameProblem)
    {
        for plane in 0..<Int(width) {
            let packed = cursor.next()
            try planes.withUnsafeMutableBufferPointer { planes throws(FrameProblem) in
                let target = planes[plane * count..<(plane + 1) * count]
                try unpacker.unpack(
                    packed,
                    into: UnsafeMutableRawBufferPointer(
                        UnsafeMutableBufferPointer(rebasing: target)
                    )
                )
            }
        }
    }
}
