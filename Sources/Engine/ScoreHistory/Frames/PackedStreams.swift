// SPDX-License-Identifier: Apache-2.0

// The streams of a frame, each packed by zstd alone, since each has a statistic of its own.
//
// A stream that holds nothing but zeros takes no byte: most features of most companies that change
// stay. One that does not become shorter is stored as it is.

internal import CZstd

/// Packs streams. For one thread at a time.
final class StreamPacker {
    private let context = ZSTD_createCCtx()
    private var packed: [UInt8] = []

    init() {
        // Measured on blocks of made-up universes: level 1 takes as many bytes as 3, or fewer, and
        // 12 to 19 save a tenth for a hundred times the time.
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1)
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0)
    }

    deinit { ZSTD_freeCCtx(context) }

    /// Adds a stream to what a frame holds.
    ///
    /// - Returns: How many bytes it takes there.
    func append(
        _ stream: UnsafeRawBufferPointer,
        to frame: inout [UInt8]
    ) throws(FrameProblem) -> UInt32 {
        guard stream.contains(where: { $0 != 0 }) else { return 0 }
        let room = ZSTD_compressBound(stream.count)
        if packed.count < room { packed = [UInt8](repeating: 0, count: room) }
        let count = packed.withUnsafeMutableBytes {
            ZSTD_compress2(context, $0.baseAddress, room, stream.baseAddress, stream.count)
        }
        guard context != nil, ZSTD_isError(count) == 0 else {
            throw FrameProblem(.noMemory, "zstd has no memory")
        }
        if count < stream.count {
            frame += packed[..<count]
        } else {
            frame += stream
        }
        return UInt32(min(count, stream.count))
    }
}

/// Unpacks streams. For one thread at a time.
final class StreamUnpacker {
    private let context = ZSTD_createDCtx()

    deinit { ZSTD_freeDCtx(context) }

    /// Unpacks a stream, which must fill the target.
    func unpack(
        _ packed: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) throws(FrameProblem) {
        if packed.isEmpty {
            target.initializeMemory(as: UInt8.self, repeating: 0)
        } else if packed.count == target.count {
            target.copyMemory(from: packed)
        } else {
            guard let context else { throw FrameProblem(.noMemory, "zstd has no memory") }
            let count = ZSTD_decompressDCtx(
                context,
                target.baseAddress,
                target.count,
                packed.baseAddress,
                packed.count
            )
            guard count == target.count else {
                throw FrameProblem(.damaged, "a stream of the frame cannot be unpacked")
            }
        }
    }
}

/// The streams of a frame, one after the other.
struct StreamCursor {
    private let frame: UnsafeRawBufferPointer
    private var directory: Int
    private var place: Int

    /// Begins before the first stream, having held the directory against the frame.
    init(_ frame: UnsafeRawBufferPointer, _ header: FrameHeader) throws(FrameProblem) {
        self.frame = frame
        directory = header.directoryStart
        place = directory + 4 * header.streamCount
        let end = frame.count - FrameHeader.Place.checksumBytes
        guard place <= end else {
            throw FrameProblem(.truncated, "the frame ends in its directory")
        }
        var total = place
        for stream in 0..<header.streamCount {
            total += Self.byteCount(frame, directory + 4 * stream)
        }
        guard total == end else {
            throw FrameProblem(.damaged, "the frame's streams do not fill it")
        }
    }

    private static func byteCount(_ frame: UnsafeRawBufferPointer, _ place: Int) -> Int {
        Int(UInt32(littleEndian: frame.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
    }

    /// The next stream, packed. No more may be asked for than there are.
    mutating func next() -> UnsafeRawBufferPointer {
        let count = Self.byteCount(frame, directory)
        defer { (directory, place) = (directory + 4, place + count) }
        return UnsafeRawBufferPointer(rebasing: frame[place..<place + count])
    }
}
