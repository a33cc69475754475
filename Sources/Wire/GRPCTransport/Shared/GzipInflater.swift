// SPDX-License-Identifier: Apache-2.0

// Unpacks messages that a client has sent with `grpc-encoding: gzip`. A few bytes
// can unpack to very many, so the limit of a message holds for what comes out, and
// memory is taken as it comes.

internal import CZlib

/// Unpacks the gzip format.
enum GzipInflater {
    private static let pieceBytes = 64 << 10

    /// Unpacks `bytes` behind what `storage` holds.
    ///
    /// - Returns: Why the message is refused; nil when it was unpacked.
    static func inflate(
        _ bytes: UnsafeRawBufferPointer,
        into storage: MessageStorage,
        limitBytes: Int
    ) -> GRPCStatus? {
        var stream = z_stream()
        guard vigie_gzip_inflate_init(&stream) == Z_OK else {
            return GRPCStatus(.internalError, "zlib gives no stream")
        }
        defer { inflateEnd(&stream) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
        defer { piece.deallocate() }
        stream.next_in = UnsafeMutablePointer(
            mutating: bytes.bindMemory(to: UInt8.self).baseAddress
        )
        stream.avail_in = UInt32(clamping: bytes.count)
        while true {
            stream.next_out = piece.bindMemory(to: UInt8.self).baseAddress
            stream.avail_out = UInt32(piece.count)
            let result = CZlib.inflate(&stream, Z_NO_FLUSH)
            guard result == Z_OK || result == Z_STREAM_END else { return damaged }
            let made = UnsafeRawBufferPointer(
                rebasing: piece[..<(piece.count - Int(stream.avail_out))]
            )
            guard storage.count + made.count <= limitBytes else { return tooLong(limitBytes) }
            guard storage.append(made, expected: 0) else { return MessageDeframer.noMemory }
            if result == Z_STREAM_END { return stream.avail_in == 0 ? nil : damaged }
            if made.isEmpty { return damaged }
        }
    }

    private static var damaged: GRPCStatus {
        GRPCStatus(.invalidArgument, "a message marked as compressed is not valid gzip")
    }

    private static func tooLong(_ limitBytes: Int) -> GRPCStatus {
        GRPCStatus(
            .resourceExhausted,
            "a compressed message unpacks to more than the limit messageBytesMax of "
                + "\(limitBytes); send fewer rows per message"
        )
    }
}
