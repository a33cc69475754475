// SPDX-License-Identifier: Apache-2.0

// What a proxy sends before all else to tell for whom it comes: the PROXY protocol, version 2, of
// HAProxy. Version 1 is text that any client could have sent through a careless proxy.

package import NIOCore
internal import VigieLimits

/// The header of the PROXY protocol.
package enum ProxyHeader {
    /// What the first bytes of a connection are.
    package enum Reading: Equatable {
        /// Nothing yet.
        case needsMore
        /// No such header.
        case malformed(String)
        /// A header of so many bytes, and where the connection comes from; nil when the proxy comes
        /// for itself, or does not say.
        case read(source: SocketAddress?, byteCount: Int)
    }

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    private static let fixedBytes = 16

    /// Reads the first bytes of a connection.
    package static func read(_ bytes: [UInt8]) -> Reading {
        guard bytes.prefix(12).elementsEqual(signature.prefix(bytes.count)) else {
            return .malformed(
                bytes.starts(with: "PROXY".utf8) ? "it is of version 1" : "other bytes came first"
            )
        }
        guard bytes.count >= fixedBytes else { return .needsMore }
        let (version, command) = (bytes[12] >> 4, bytes[12] & 0xF)
        guard version == 2, command <= 1 else {
            return .malformed("its version is \(version) and its command \(command)")
        }
        let length = Int(bytes[14]) << 8 | Int(bytes[15])
        let byteCount = fixedBytes + length
        guard byteCount <= TransportLimits.proxyHeaderBytesMax else {
            return .malformed("it has \(byteCount) bytes (proxyHeaderBytesMax)")
        }
        guard bytes.count >= byteCount else { return .needsMore }
        // LOCAL: the proxy itself, which looks whether the server lives.
        if command == 0 { return .read(source: nil, byteCount: byteCount) }
        return source(bytes[..<byteCount], family: bytes[13])
    }

    private static func source(_ header: ArraySlice<UInt8>, family: UInt8) -> Reading {
        let (rest, byteCount) = (header.dropFirst(fixedBytes), header.count)
        let addressBytes: Int
        switch family {
        case 0x11: addressBytes = 4
        case 0x21: addressBytes = 16
        // Not said, or a socket that is a file, whose peer has no address.
        case 0x00, 0x31: return .read(source: nil, byteCount: byteCount)
        default: return .malformed("its addresses are of no known kind (\(family))")
        }
        // Both addresses, both ports.
        let fixed = 2 * addressBytes + 4
        guard rest.count >= fixed else { return .malformed("it is too short") }
        if let problem = ProxyHeaderFields.problem(of: header, from: fixedBytes + fixed) {
            return .malformed(problem)
        }
        let port = rest.dropFirst(2 * addressBytes).prefix(2).reduce(0) { $0 << 8 | Int($1) }
        let packed = ByteBuffer(bytes: rest.prefix(addressBytes))
        guard let source = try? SocketAddress(packedIPAddress: packed, port: port) else {
            return .malformed("its address is none")
        }
        return .read(source: source, byteCount: byteCount)
    }
}
