// SPDX-License-Identifier: Apache-2.0

// Reads the input as what a proxy sends before a connection, byte after byte as it may come: it is
// known at its last byte, and not before, and what follows changes nothing.

import GRPCTransport
import NIOCore

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_proxy")
func fuzzProxy(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = ProxyHeader.read(bytes)
    var places = Array(0..<min(count, 600))
    if case .read(let source, let byteCount) = whole {
        precondition((16...count).contains(byteCount), "a header of bytes that are not there")
        precondition(ProxyHeader.read(Array(bytes[..<byteCount])) == whole, "it needs what follows")
        places = Array(0..<byteCount)
        check(source, bytes)
    }
    var hasFailed = false
    for length in places {
        switch ProxyHeader.read(Array(bytes[..<length])) {
        case .needsMore: precondition(!hasFailed, "more bytes make good what was wrong")
        case .read: precondition(places.count < count || length >= 16, "read too early")
        case .malformed(let text):
            precondition(!text.isEmpty && text.utf8.count < 200, "an error that tells nothing")
            hasFailed = true
        }
        if case .read = whole { precondition(!hasFailed, "it was wrong before it was read") }
    }
    if hasFailed, case .needsMore = whole { preconditionFailure("more bytes make it good") }
    return 0
}

/// Holds an address against the text of its bytes.
private func check(_ source: SocketAddress?, _ bytes: [UInt8]) {
    guard let source else { return }
    let isFour = bytes[13] == 0x11
    let end = isFour ? 20 : 32
    let text =
        isFour
        ? bytes[16..<end].map { String($0) }.joined(separator: ".")
        : stride(from: 16, to: end, by: 2).map {
            String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16)
        }.joined(separator: ":")
    let ports = isFour ? 24 : 48
    let port = Int(bytes[ports]) << 8 | Int(bytes[ports + 1])
    let expected = try? SocketAddress(ipAddress: text, port: port)
    precondition(source == expected, "\(source) is not \(text) and \(port)")
}
