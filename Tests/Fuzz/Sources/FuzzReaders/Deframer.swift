// SPDX-License-Identifier: Apache-2.0

// Reads the input as the messages of a call, whole and in pieces: both must give the same messages.

import GRPCTransport

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_deframer")
func fuzzDeframer(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    // The first byte says how long the pieces are, and whether messages may be compressed.
    let acceptsGzip = start[0] & 1 != 0
    let bytes = UnsafeRawBufferPointer(start: start + 1, count: count - 1)
    let whole = messages(bytes, pieceBytes: bytes.count, acceptsGzip: acceptsGzip)
    let pieces = messages(bytes, pieceBytes: Int(start[0] >> 1) + 1, acceptsGzip: acceptsGzip)
    precondition(whole == pieces, "whole and in pieces differ")
    return 0
}

/// The messages of some bytes, up to the first that breaks a rule.
private func messages(
    _ bytes: UnsafeRawBufferPointer,
    pieceBytes: Int,
    acceptsGzip: Bool
) -> [[UInt8]] {
    var deframer = MessageDeframer(messageBytesMax: 1 << 16, budget: nil)
    deframer.acceptsPacked = acceptsGzip
    var found: [[UInt8]] = []
    for first in stride(from: 0, to: bytes.count, by: pieceBytes) {
        let end = min(first + pieceBytes, bytes.count)
        var piece = UnsafeRawBufferPointer(rebasing: bytes[first..<end])
        reading: while true {
            switch deframer.next(&piece) {
            case .needsMore: break reading
            case .message(let message, _): found.append([0] + Array(message))
            case .compressed(let message, _): found.append([1] + Array(message))
            case .failed: return found
            }
        }
    }
    return found
}
