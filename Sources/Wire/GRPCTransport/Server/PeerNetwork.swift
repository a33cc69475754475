// SPDX-License-Identifier: Apache-2.0

// Addresses as they are counted and named: one of IPv4 by itself, of IPv6 the network of 64 bits
// that one customer has, and networks as they are written, such as 10.0.0.0/8.

package import NIOCore
internal import VigieLimits

/// What counts as one client.
package struct PeerNetwork: Hashable, Sendable {
    private let bits: UInt64
    private let isIPv4: Bool

    /// The network of an address; nil for what is none, such as a socket that is a file.
    package init?(_ address: SocketAddress?) {
        guard let bytes = address?.internetBytes else { return nil }
        if let v4 = Self.mapped(bytes) {
            (bits, isIPv4) = (v4.reduce(0) { $0 << 8 | UInt64($1) }, true)
        } else {
            (bits, isIPv4) = (bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, false)
        }
    }

    /// The IPv4 address that an IPv6 address stands for.
    private static func mapped(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let isMapped =
            bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF
            && bytes[11] == 0xFF
        return isMapped ? bytes.suffix(4) : nil
    }
}

/// Addresses with the same first bits.
package struct AddressRange: Hashable, Sendable {
    private let bytes: [UInt8]
    private let prefixLength: Int

    /// Reads an address, or one with the number of its first bits that count; nil for anything
    /// else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.contains("%"),
            let bytes = try? SocketAddress(ipAddress: String(host), port: 0).internetBytes
        else { return nil }
        // Those of IPv4 are kept as what they are mapped to.
        let isIPv4 = host.contains(".") && !host.contains(":")
        let (length, offset) = isIPv4 ? (32, 96) : (128, 0)
        self.bytes = bytes
        guard parts.count == 2 else {
            prefixLength = 128
            return
        }
        guard let number = UInt8(parts[1]), parts[1].allSatisfy(\.isNumber), number <= length
        else { return nil }
        prefixLength = Int(number) + offset
    }

    /// Reads several, with commas between them; nil when one is none or there are too many.
    package static func list(_ text: String) -> [AddressRange]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= TransportLimits.proxiesMax else { return nil }
        let ranges = parts.compactMap { part in
            AddressRange(part.drop { $0 == " " })
        }
        return ranges.count == parts.count ? ranges : nil
    }

    /// Whether an address is among them.
    package func contains(_ address: SocketAddress?) -> Bool {
        guard let other = address?.internetBytes else { return false }
        let (whole, rest) = (prefixLength / 8, prefixLength % 8)
        guard bytes.prefix(whole) == other.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other[whole]) >> (8 - rest) == 0
    }
}

extension SocketAddress {
    /// The 16 bytes of an address of IPv6, or of what one of IPv4 is mapped to; nil for others.
    var internetBytes: [UInt8]? {
        withSockAddr { pointer, size in
            let bytes = UnsafeRawBufferPointer(start: pointer, count: size)
            // Behind the family and the port, in IPv6 behind four bytes more.
            switch self {
            case .v4: return [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes[4..<8]
            case .v6: return Array(bytes[8..<24])
            case .unixDomainSocket: return nil
            }
        }
    }
}
