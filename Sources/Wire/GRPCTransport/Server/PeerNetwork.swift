// SPDX-License-Identifier: Apache-2.0

// Addresses as they are counted and named: one of IPv4 by itself, of IPv6 the network of 64 bits
// that one customer has.

package import NIOCore
package import NetworkAddresses
internal import VigieLimits

/// What counts as one client.
package struct PeerNetwork: Hashable, Sendable {
    private let bits: UInt64
    private let isIPv4: Bool

    /// The network of an address; nil for what is none, such as a socket that is a file.
    package init?(_ address: SocketAddress?) {
        guard let address = address?.internetAddress else { return nil }
        let version4 = address.version4
        (bits, isIPv4) = (version4.map(UInt64.init) ?? address.high, version4 != nil)
    }
}

extension AddressRange {
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
        address?.internetAddress.map(contains) ?? false
    }
}

extension SocketAddress {
    /// The address of the internet that it has; nil for a socket that is a file.
    var internetAddress: InternetAddress? {
        withSockAddr { pointer, size in
            let bytes = UnsafeRawBufferPointer(start: pointer, count: size)
            // Behind the family and the port, in IPv6 behind four bytes more.
            switch self {
            case .v4: return InternetAddress(bytes: bytes[4..<8])
            case .v6: return InternetAddress(bytes: bytes[8..<24])
            case .unixDomainSocket: return nil
            }
        }
    }
}
