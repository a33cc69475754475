// SPDX-License-Identifier: Apache-2.0

// Packs and unpacks messages.

import CZlib
import GRPCTransport
import Testing

/// The message in gzip's format.
func gzipped(_ message: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    try #require(vigie_gzip_deflate_init(&stream) == Z_OK)
    defer { deflateEnd(&stream) }
    var source = message
    var target = [UInt8](repeating: 0, count: message.count + 1_000)
    let written = source.withUnsafeMutableBufferPointer { input in
        target.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            #expect(deflate(&stream, Z_FINISH) == Z_STREAM_END)
            return output.count - Int(stream.avail_out)
        }
    }
    return Array(target[..<written])
}

/// Unpacks a message in slices, each of which must keep to what it may take and make.
func unpacked(
    _ packed: UnsafeRawBufferPointer,
    limit: Int,
    takenBytesMax: Int = 1_000,
    madeBytesMax: Int = 50_000
) -> Result<[UInt8], GRPCStatus> {
    let limit = MessageLimit("messageBytesMax", bytes: limit)
    guard let inflater = GzipInflater(packed, limit: limit, budget: nil) else {
        return .failure(GRPCStatus(.internalError, "no inflater"))
    }
    // Each slice takes or makes at least a byte.
    for _ in 0...(packed.count + limit.bytes) {
        let before = inflater.target.count
        let progress = inflater.inflate(
            takenBytesMax: takenBytesMax,
            madeBytesMax: madeBytesMax
        )
        #expect(inflater.target.count - before <= madeBytesMax + 32 << 10)
        switch progress {
        case .finished: return .success(Array(inflater.target.bytes))
        case .failed(let status): return .failure(status)
        case .unfinished: continue
        }
    }
    return .failure(GRPCStatus(.internalError, "it does not end"))
}
