// SPDX-License-Identifier: Apache-2.0

// Addresses of the internet as numbers, and networks as they are written, such as 10.0.0.0/8.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// An address of the internet. One of IPv4 is kept as what it is mapped to in IPv6.
package struct InternetAddress: Hashable, Sendable {
    /// The first eight bytes.
    package let high: UInt64
    /// The last eight bytes.
    package let low: UInt64

    private static let mapped: UInt64 = 0xFFFF

    /// An address of two halves.
    package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// The address of IPv4 that a number is.
    package init(version4 number: UInt32) {
        self.init(high: 0, low: Self.mapped << 32 | UInt64(number))
    }

    /// An address of 4 bytes or 16; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        func number(_ bytes: some Collection<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
        switch bytes.count {
        case 4: self.init(version4: UInt32(truncatingIfNeeded: number(bytes)))
        case 16: self.init(high: number(bytes.prefix(8)), low: number(bytes.suffix(8)))
        default: return nil
        }
    }

    /// Reads an address in one of its usual forms; nil for anything else, such as one of IPv4 with
    /// fewer than four numbers, or with one that begins with 0.
    package init?(_ text: some StringProtocol) {
        // What follows a zero byte would not be looked at.
        guard !text.utf8.contains(0) else { return nil }
        var version4 = in_addr()
        if inet_pton(AF_INET, String(text), &version4) == 1 {
            self.init(version4: UInt32(bigEndian: version4.s_addr))
            return
        }
        var version6 = in6_addr()
        guard inet_pton(AF_INET6, String(text), &version6) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &version6) { Array($0) }
        self.init(bytes: bytes)
    }

    /// The number of an address of IPv4; nil for one of IPv6.
    package var version4: UInt32? {
        high == 0 && low >> 32 == Self.mapped ? UInt32(truncatingIfNeeded: low) : nil
    }
}

/// Addresses with the same first bits.
package struct AddressRange: Hashable, Sendable {
    private let first: InternetAddress
    private let highMask: UInt64
    private let lowMask: UInt64

    /// Reads an address, or one with the number of its first bits that count; nil for anything
    /// else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, let first = InternetAddress(host) else { return nil }
        // Those of IPv4 are kept as what they are mapped to.
        let isVersion4 = host.contains(".") && !host.contains(":")
        let (length, offset) = isVersion4 ? (32, 96) : (128, 0)
        guard parts.count == 2 else {
            self.init(first, prefixLength: 128)
            return
        }
        guard parts[1].utf8.allSatisfy(NetworkAddress.isDigit), let number = UInt8(parts[1]),
            number <= length
        else { return nil }
        self.init(first, prefixLength: Int(number) + offset)
    }

    private init(_ first: InternetAddress, prefixLength: Int) {
        self.first = first
        // A shift by as many bits as there are gives 0.
        highMask = ~(UInt64.max >> min(prefixLength, 64))
        lowMask = ~(UInt64.max >> max(prefixLength - 64, 0))
    }

    /// Whether an address is among them.
    package func contains(_ address: InternetAddress) -> Bool {
        (first.high ^ address.high) & highMask == 0 && (first.low ^ address.low) & lowMask == 0
    }
}
