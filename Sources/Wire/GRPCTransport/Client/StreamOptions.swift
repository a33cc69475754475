// SPDX-License-Identifier: Apache-2.0

// What few callers want of a call: compressed messages, and the metadata of the answer.

internal import CZlib
package import NIOCore

/// What a call may have beside its messages.
package struct StreamOptions: Sendable {
    /// Whether messages may be compressed with gzip, both ways.
    package var compression: Bool
    /// Whether what the answer says of itself is kept for `ClientStream.answer`.
    package var keepsAnswer: Bool

    /// Makes options.
    package init(compression: Bool = false, keepsAnswer: Bool = false) {
        self.compression = compression
        self.keepsAnswer = keepsAnswer
    }

    /// The headers that say so.
    var metadata: [(name: String, value: String)] {
        compression ? [("grpc-encoding", "gzip"), ("grpc-accept-encoding", "gzip")] : []
    }
}

/// What an answer says of itself.
package struct ClientAnswer: Sendable {
    /// Metadata before the first message.
    package var headers: [(name: String, value: String)] = []
    /// Metadata beside the status.
    package var trailers: [(name: String, value: String)] = []
    /// Messages that came compressed.
    package var compressedCount = 0

    /// Values of a name, headers before trailers.
    package func values(_ name: String) -> [String] {
        (headers + trailers).filter { $0.name == name }.map(\.value)
    }
}

extension ClientCall {
    /// Keeps a header or trailer.
    func keep(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        guard answer != nil else { return }
        let entry = (
            name: String(decoding: name, as: UTF8.self),
            value: String(decoding: value, as: UTF8.self)
        )
        if answerBegan {
            answer?.trailers.append(entry)
        } else {
            answer?.headers.append(entry)
        }
    }

    /// Unpacks a message.
    func unpack(_ packed: UnsafeRawBufferPointer) -> Result<ByteBuffer, GRPCStatus> {
        let inflater = GzipInflater(packed, limit: deframer.limit, budget: nil)
        guard let inflater else {
            return .failure(GRPCStatus(.internalError, "there is no memory to unpack an answer"))
        }
        answer?.compressedCount += 1
        switch inflater.inflate(takenBytesMax: packed.count, madeBytesMax: deframer.limit.bytes + 1)
        {
        case .finished: return .success(ByteBuffer(bytes: inflater.target.bytes))
        case .failed(let status): return .failure(status)
        case .unfinished:
            return .failure(GRPCStatus(.internalError, "an answer cannot be unpacked"))
        }
    }
}

extension ByteBuffer {
    /// The bytes in the gzip format; nil when that cannot be made.
    package var packed: ByteBuffer? {
        var stream = z_stream()
        guard vigie_gzip_fast_deflate_init(&stream) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var source = self
        var packed = ByteBuffer()
        let room = Int(deflateBound(&stream, UInt(readableBytes)))
        let isWhole = source.readWithUnsafeMutableReadableBytes { input in
            let count = packed.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { output in
                stream.next_in = input.bindMemory(to: UInt8.self).baseAddress
                stream.avail_in = UInt32(clamping: input.count)
                stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(clamping: output.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
            return (input.count, count > 0)
        }
        return isWhole ? packed : nil
    }
}
