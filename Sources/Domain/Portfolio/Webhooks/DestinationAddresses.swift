// SPDX-License-Identifier: Apache-2.0

// Which addresses a server may be made to call by whoever names an address to it. Tables as data:
// IANA's registries of special-purpose addresses of IPv4 and IPv6 (RFC 6890 and its updates), and
// where providers of machines tell a machine its secrets.

internal import NetworkAddresses

/// Why an address is not called.
package enum DestinationRefusal: String, Sendable, CaseIterable {
    /// No address at all: 0.0.0.0/8 and ::.
    case unspecified
    /// This machine.
    case loopback
    /// A network that is not the internet: private, shared between customers, local to a site.
    case privateNetwork = "private"
    /// The cable itself.
    case linkLocal = "link_local"
    /// Where a provider tells a machine its secrets.
    case metadata
    /// Many machines.
    case multicast
    /// For examples and measurements only.
    case documentation
    /// A way from one version to the other that leads nobody knows where.
    case tunnel
    /// Anything else that is not of the internet.
    case reserved

    /// What it is, for a sentence.
    package var words: String {
        switch self {
        case .unspecified: "no address of a machine"
        case .loopback: "an address of this machine itself"
        case .privateNetwork: "an address of a private network"
        case .linkLocal: "an address of the network cable"
        case .metadata: "an address at which machines are told their secrets"
        case .multicast: "an address of many machines"
        case .documentation: "an address for examples"
        case .tunnel: "an address of a tunnel between versions of IP"
        case .reserved: "an address that is not of the internet"
        }
    }
}

/// Networks that are refused.
enum RefusedNetworks {
    /// Looked at before anything else: the first that has an address counts.
    private static let table: [(range: AddressRange, refusal: DestinationRefusal)] = rows([
        // Of Amazon, Google, Microsoft and others; of Amazon in IPv6; of Microsoft's agents; of
        // Alibaba; of Oracle.
        (.metadata, "169.254.169.254 fd00:ec2::254 168.63.129.16 100.100.100.200 192.0.0.192"),
        (.unspecified, "0.0.0.0/8 ::/128"),
        (.loopback, "127.0.0.0/8 ::1/128"),
        (.privateNetwork, "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10"),
        (.privateNetwork, "fc00::/7 fec0::/10 64:ff9b:1::/48"),
        (.linkLocal, "169.254.0.0/16 fe80::/10"),
        (.multicast, "224.0.0.0/4 ff00::/8"),
        (.documentation, "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 198.18.0.0/15"),
        (.documentation, "2001:db8::/32 3fff::/20 2001:2::/48"),
        (.tunnel, "192.88.99.0/24 2002::/16 2001::/32"),
        (.reserved, "192.0.0.0/24 240.0.0.0/4 2001::/23"),
    ])

    private static func rows(
        _ lists: [(DestinationRefusal, String)]
    ) -> [(range: AddressRange, refusal: DestinationRefusal)] {
        lists.flatMap { refusal, ranges in
            ranges.split(separator: " ").compactMap { text in
                AddressRange(text).map { ($0, refusal) }
            }
        }
    }

    /// Why an address is refused; nil if it is one of the internet.
    static func refusal(of address: InternetAddress) -> DestinationRefusal? {
        if let found = table.first(where: { $0.range.contains(address) }) { return found.refusal }
        if address.version4 != nil { return nil }
        // What is reached through a translator is what it stands for.
        if let embedded = address.translated { return refusal(of: embedded) }
        // All addresses of the internet in IPv6 begin with 001.
        return address.high >> 61 == 1 ? nil : .reserved
    }
}

extension InternetAddress {
    private static let translator: UInt64 = 0x0064_FF9B_0000_0000

    /// The address of IPv4 that a translator (NAT64, RFC 6052) calls for one of IPv6.
    var translated: InternetAddress? {
        guard high == Self.translator, low >> 32 == 0 else { return nil }
        return InternetAddress(version4: UInt32(truncatingIfNeeded: low))
    }
}
