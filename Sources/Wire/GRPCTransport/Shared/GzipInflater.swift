// SPDX-License-Identifier: Apache-2.0

// Unpacks messages that a client has sent with `grpc-encoding: gzip` or deflate, a slice at a time.
// A few bytes can unpack to very many, and many to none, so a slice ends with what it has taken
// as well as with what it has made. The limit of a message holds for what comes out, and memory
// is taken as it comes; there is no limit of the ratio, since constant columns pack very well.

internal import CZlib

#if canImport(Glibc)
    internal import Glibc
#endif

/// Unpacks one message of the gzip format, or of that of zlib, which is called deflate. Used by one
/// thread at a time.
package final class GzipInflater: @unchecked Sendable {
    /// What became of a slice.
    package enum Progress {
        /// There is more to unpack.
        case unfinished
        /// `target` holds the message.
        case finished
        /// Why the message is refused.
        case failed(GRPCStatus)
    }

    /// What zlib takes for one stream.
    private static let stateBytes = 48 << 10
    private static let pieceBytes = 32 << 10

    /// Where the message goes.
    package let target: MessageStorage
    // zlib's state points back at it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let limit: MessageLimit
    private let budget: BudgetAccount?
    private var packed: MessageStorage?
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Packed bytes that are still to be taken.
    var leftBytes: Int { input.count }
    /// What the packed bytes say of the length of the message: a hint that may be a lie.
    private var expectedBytes = 0

    /// Begins to unpack `packed`, which must stay where it is until `keep`. Nil without memory.
    package init?(
        _ packed: UnsafeRawBufferPointer,
        limit: MessageLimit,
        budget: BudgetAccount?
    ) {
        guard budget?.reserve(Self.stateBytes) ?? true else { return nil }
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.limit = limit
        self.budget = budget
        target = MessageStorage(budget: budget)
        input = packed
        // Deflate ends with a checksum.
        if packed.count >= 4, packed[0] == 0x1F {
            let size = packed.loadUnaligned(fromByteOffset: packed.count - 4, as: UInt32.self)
            expectedBytes = min(Int(UInt32(littleEndian: size)), limit.bytes)
        }
        target.removeAll(forBytes: expectedBytes)
        guard vigie_any_inflate_init(stream) == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        budget?.release(Self.stateBytes)
    }

    /// Owns what is left to unpack: `storage` if it lies there, otherwise a copy. False without
    /// memory.
    package func keep(_ storage: MessageStorage?) -> Bool {
        if let storage {
            packed = storage
            return true
        }
        let copy = MessageStorage(budget: budget)
        guard copy.append(input, expected: input.count) else { return false }
        packed = copy
        input = copy.bytes
        return true
    }

    /// Unpacks until `takenBytesMax` are used or `madeBytesMax` made, or some more.
    package func inflate(takenBytesMax: Int, madeBytesMax: Int) -> Progress {
        let taken = min(takenBytesMax, input.count)
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.bindMemory(to: UInt8.self).baseAddress
        )
        stream.pointee.avail_in = UInt32(clamping: taken)
        defer {
            let used = taken - Int(stream.pointee.avail_in)
            input = UnsafeRawBufferPointer(rebasing: input[used...])
        }
        let end = target.count + madeBytesMax
        while target.count < end {
            let before = target.count
            guard let result = inflatePiece() else { return .failed(MessageDeframer.noMemory) }
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
                return .failed(Self.damaged)
            }
            if target.count > limit.bytes { return .failed(tooLong) }
            if result == Z_STREAM_END {
                let isAll = stream.pointee.avail_in == 0 && taken == input.count
                return isAll ? .finished : .failed(Self.damaged)
            }
            if stream.pointee.avail_in == 0, target.count - before < Self.pieceBytes {
                return taken == input.count ? .failed(Self.damaged) : .unfinished
            }
        }
        return .unfinished
    }

    /// Lets zlib fill one piece of memory; nil when there is none.
    private func inflatePiece() -> Int32? {
        // One byte more than the limit tells a message that is too long.
        let wanted = min(Self.pieceBytes, limit.bytes + 1 - target.count)
        let isAsExpected = target.count + wanted <= expectedBytes
        let expected = isAsExpected ? expectedBytes : limit.bytes + 1
        guard let room = target.room(wanted, expected: expected) else { return nil }
        stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(clamping: room.count)
        let result = CZlib.inflate(stream, Z_NO_FLUSH)
        let made = room.count - Int(stream.pointee.avail_out)
        // The bytes are where they belong: this only counts them.
        let bytes = UnsafeRawBufferPointer(rebasing: room[..<made])
        return target.append(bytes, expected: expected) ? result : nil
    }

    private static var damaged: GRPCStatus {
        GRPCStatus(
            .invalidArgument,
            "a message marked as compressed is not valid gzip, nor deflate"
        )
    }

    private var tooLong: GRPCStatus {
        GRPCStatus(
            .resourceExhausted,
            "a compressed message unpacks to more than the limit \(limit.name) of "
                + "\(limit.bytes); send less in one message"
        )
    }
}
