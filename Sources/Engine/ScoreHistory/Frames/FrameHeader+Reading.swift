// SPDX-License-Identifier: Apache-2.0

// Reads headers. Each number is held against its limit before anything is done with it, and all of
// it before memory is taken for what the frame holds.

internal import Quantities
internal import VigieLimits

extension FrameHeader {
    /// Reads the header of a frame, and holds all of the frame against its checksum.
    ///
    /// - Parameter frame: A frame, and nothing behind it.
    package init(_ frame: UnsafeRawBufferPointer) throws(FrameProblem) {
        try Self.checkWhole(frame)
        func number(_ place: Int) -> UInt32 {
            UInt32(littleEndian: frame.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        }
        func sum(_ place: Int) -> UInt64 {
            UInt64(number(place)) | UInt64(number(place + 4)) << 32
        }
        guard let kind = Kind(rawValue: frame[5]),
            let runKind = HistoryRun.Kind(rawValue: frame[6]),
            let day = CalendarDate(dayNumber: Int(Int32(bitPattern: number(20)))),
            number(44) == 0
        else { throw FrameProblem(.damaged, "the frame's kind or day is none") }
        let slotCount = Int(number(16))
        guard slotCount <= HistoryLimits.blockSlots else {
            throw FrameProblem(
                .tooLarge,
                "the frame has \(slotCount) slots; blockSlots is the limit"
            )
        }
        let (columnCount, modelCount) = (Int(number(40)), Int(frame[7]))
        guard columnCount <= HistoryLimits.columns else {
            throw FrameProblem(
                .tooLarge,
                "the frame has \(columnCount) columns; columns is the limit"
            )
        }
        let modelStart = Place.fixedBytes + columnCount
        guard modelStart + modelCount + Place.checksumBytes <= frame.count else {
            throw FrameProblem(.truncated, "the frame ends in its header")
        }
        guard let layout = ColumnLayout(widths: Array(frame[Place.fixedBytes..<modelStart])),
            let model = String(
                validating: frame[modelStart..<modelStart + modelCount],
                as: UTF8.self
            )
        else { throw FrameProblem(.damaged, "the frame's columns or its model's name are none") }
        self.init(
            kind: kind,
            run: HistoryRun(number: number(24), day: day, kind: runKind, model: model),
            block: number(12),
            slotCount: slotCount,
            layout: layout,
            baseNumber: number(28),
            changeCount: Int(number(32)),
            gapBytes: Int(number(36)),
            checksum: sum(48),
            baseChecksum: sum(56)
        )
        try checkCounts()
    }

    /// The length of the frame at the beginning of some bytes, by which one finds the next one; nil
    /// where none begins.
    package static func frameBytes(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= Place.fixedBytes, bytes.prefix(4).elementsEqual(magic) else {
            return nil
        }
        let count = bytes.loadUnaligned(fromByteOffset: Place.frameBytes, as: UInt32.self)
        return Int(UInt32(littleEndian: count))
    }

    /// Whether it is a frame of ours, all of it, and as it was written.
    private static func checkWhole(_ frame: UnsafeRawBufferPointer) throws(FrameProblem) {
        guard frame.count <= HistoryLimits.frameBytes else {
            throw FrameProblem(
                .tooLarge,
                "the frame has \(frame.count) bytes; frameBytes is the limit"
            )
        }
        guard frame.prefix(4).elementsEqual(magic.prefix(frame.count)) else {
            throw FrameProblem(.foreign, "this is no frame of a history")
        }
        guard frame.count >= Place.fixedBytes + Place.checksumBytes else {
            throw FrameProblem(.truncated, "the frame ends in its header")
        }
        guard frame[Place.version] == version else {
            throw FrameProblem(
                .newer,
                "the frame has format \(frame[Place.version]); this version reads \(version)"
            )
        }
        let stated = frameBytes(frame) ?? 0
        guard frame.count == stated else {
            let code: FrameProblem.Code = frame.count < stated ? .truncated : .damaged
            throw FrameProblem(code, "the frame has \(frame.count) bytes and says \(stated)")
        }
        let end = frame.count - Place.checksumBytes
        let sum = UInt64(
            littleEndian: frame.loadUnaligned(fromByteOffset: end, as: UInt64.self)
        )
        guard Checksum.of(UnsafeRawBufferPointer(rebasing: frame.prefix(end))) == sum else {
            throw FrameProblem(.damaged, "the frame's checksum is another")
        }
    }

    private func checkCounts() throws(FrameProblem) {
        let isSound =
            switch kind {
            case .key:
                baseNumber == run.number && baseChecksum == 0 && changeCount == 0 && gapBytes == 0
            case .delta:
                // Each place takes a byte, and one more for 255 slots that are passed.
                baseNumber < run.number && changeCount <= slotCount && gapBytes >= changeCount
                    && gapBytes <= changeCount + slotCount / 255
            }
        guard isSound else {
            throw FrameProblem(.damaged, "the frame's numbers do not fit each other")
        }
    }
}
