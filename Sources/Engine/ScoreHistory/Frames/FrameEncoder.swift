// SPDX-License-Identifier: Apache-2.0

// Writes frames.
//
// Cost of a block of scores, expected: a key frame packs four planes of 64 KiB, 390 µs; a delta of
// 2 % compares two blocks, 15 µs, packs 1,300 gaps and differences of four bytes, 20 µs, and makes
// two checksums of 256 KiB, 60 µs. Measured by history-bench: 550 µs and 95 µs;
// 41 ms and 7 ms with 64 features.

internal import VigieLimits

/// Makes frames of blocks. For one thread at a time.
package final class FrameEncoder {
    private let packer = StreamPacker()
    private var planes: [UInt8] = []
    private var gaps: [UInt8] = []

    /// An encoder.
    package init() {}

    /// A frame of all of a block.
    ///
    /// - Parameter number: That of the block.
    package func keyFrame(
        of block: ColumnBlock,
        number: UInt32,
        run: HistoryRun
    ) throws(FrameProblem) -> [UInt8] {
        let header = FrameHeader(
            kind: .key,
            run: run,
            block: number,
            slotCount: block.slotCount,
            layout: block.layout,
            baseNumber: run.number,
            checksum: block.checksum,
            baseChecksum: 0
        )
        reservePlanes(block.slotCount)
        return try frame(header) { frame throws(FrameProblem) in
            try block.withColumns { columns throws(FrameProblem) in
                var sizes: [UInt32] = []
                for (column, width) in block.layout.widths.enumerated() {
                    planes.withUnsafeMutableBufferPointer {
                        Planes.split(columns[column], width: Int(width), into: $0)
                    }
                    try appendPlanes(width, of: block.slotCount, to: &frame, &sizes)
                }
                return sizes
            }
        }
    }

    /// A frame of what is not as it was in another run.
    ///
    /// - Parameters:
    ///   - number: That of the block.
    ///   - base: The block in that run, with as many slots or fewer: those that are new were 0.
    ///   - baseNumber: The number of that run.
    package func deltaFrame(
        of block: ColumnBlock,
        number: UInt32,
        run: HistoryRun,
        from base: ColumnBlock,
        baseNumber: UInt32
    ) throws(FrameProblem) -> [UInt8] {
        guard base.layout == block.layout, base.slotCount <= block.slotCount,
            baseNumber < run.number
        else {
            throw FrameProblem(
                .outOfOrder,
                "a run changes blocks of an earlier run, of the same columns and no more slots"
            )
        }
        let slots = ChangedSlots(from: base, to: block).slots
        SlotGaps.write(slots, into: &gaps)
        let header = FrameHeader(
            kind: .delta,
            run: run,
            block: number,
            slotCount: block.slotCount,
            layout: block.layout,
            baseNumber: baseNumber,
            changeCount: slots.count,
            gapBytes: gaps.count,
            checksum: block.checksum,
            baseChecksum: base.checksum
        )
        let old = base.grown(to: block.slotCount)
        reservePlanes(slots.count)
        return try frame(header) { frame throws(FrameProblem) in
            var sizes = [try append(gaps[...], to: &frame)]
            for (column, width) in block.layout.widths.enumerated() {
                splitChanges(slots, of: column, from: old, to: block)
                try appendPlanes(width, of: slots.count, to: &frame, &sizes)
            }
            return sizes
        }
    }

    private func splitChanges(
        _ slots: [UInt16],
        of column: Int,
        from old: ColumnBlock,
        to new: ColumnBlock
    ) {
        let width = Int(new.layout.widths[column])
        slots.withUnsafeBufferPointer { slots in
            planes.withUnsafeMutableBufferPointer { planes in
                old.withColumns { old in
                    new.withColumns { new in
                        Planes.splitChanges(
                            slots,
                            from: old[column],
                            to: new[column],
                            width: width,
                            into: planes
                        )
                    }
                }
            }
        }
    }

    private func reservePlanes(_ count: Int) {
        if planes.count < 4 * count { planes = [UInt8](repeating: 0, count: 4 * count) }
    }

    private func appendPlanes(
        _ width: UInt8,
        of count: Int,
        to frame: inout [UInt8],
        _ sizes: inout [UInt32]
    ) throws(FrameProblem) {
        for plane in 0..<Int(width) {
            sizes.append(try append(planes[plane * count..<(plane + 1) * count], to: &frame))
        }
    }

    private func append(
        _ stream: ArraySlice<UInt8>,
        to frame: inout [UInt8]
    ) throws(FrameProblem) -> UInt32 {
        try stream.withUnsafeBufferPointer { stream throws(FrameProblem) in
            try packer.append(UnsafeRawBufferPointer(stream), to: &frame)
        }
    }

    /// A frame with its header, directory and checksum around what a body adds, which gives the
    /// bytes of each stream.
    private func frame(
        _ header: FrameHeader,
        _ body: (inout [UInt8]) throws(FrameProblem) -> [UInt32]
    ) throws(FrameProblem) -> [UInt8] {
        guard header.run.model.utf8.count <= HistoryLimits.modelBytes else {
            throw FrameProblem(.tooLarge, "a model's name has at most modelBytes bytes")
        }
        var frame = header.bytes
        frame += [UInt8](repeating: 0, count: 4 * header.streamCount)
        let sizes = try body(&frame)
        for (stream, size) in sizes.enumerated() {
            frame.set(size, at: header.directoryStart + 4 * stream)
        }
        let count = frame.count + FrameHeader.Place.checksumBytes
        frame.set(UInt32(truncatingIfNeeded: count), at: FrameHeader.Place.frameBytes)
        let checksum = frame.withUnsafeBytes { Checksum.of($0) }
        frame.append(number: UInt32(truncatingIfNeeded: checksum))
        frame.append(number: UInt32(truncatingIfNeeded: checksum >> 32))
        return frame
    }
}
