// SPDX-License-Identifier: Apache-2.0

// What a peer is told that is not served.

internal import VigieLimits

/// The answer to plain text, in HTTP/1.1: what the client most likely speaks.
let plaintextAnswer: String = {
    let body = "This port speaks gRPC over TLS. Connect with TLS and ALPN h2.\n"
    let head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    return head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
}()

extension TLSEngine {
    /// Writes a GOAWAY frame (RFC 9113, 6.8): a code, and why. The last stream is the greatest
    /// there can be, since it is not known which were looked at.
    func writeGoaway(_ reason: String, _ code: UInt32) throws {
        let text = Array(reason.utf8.prefix(TransportLimits.goawayTextBytesMax))
        let length = 8 + text.count
        var frame: [UInt8] = [UInt8(length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)]
        frame += [7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF]
        frame += [0, 0, 0, UInt8(truncatingIfNeeded: code)] + text
        try frame.withUnsafeBytes { try write($0) }
    }
}
