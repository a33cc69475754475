// SPDX-License-Identifier: Apache-2.0

// Addresses of a name, looked up once by whoever sends: what was looked at is what is called.

package import NetworkAddresses

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Looks up names.
package enum HostLookup {
    /// The addresses of a name, those that are best to call first; none where it has none. Waits
    /// for the resolver of the system, as long as that is set to.
    package static func addresses(of host: String) -> [InternetAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        // Without this each address comes once for each kind of socket.
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [InternetAddress] = []
        var entry = list
        while let current = entry?.pointee {
            if let address = address(current), !found.contains(address) { found.append(address) }
            entry = current.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> InternetAddress? {
        guard let raw = UnsafeRawPointer(entry.ai_addr) else { return nil }
        let length = Int(entry.ai_addrlen)
        switch entry.ai_family {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            let number = raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
            return InternetAddress(version4: UInt32(bigEndian: number))
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            let address = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: address) { InternetAddress(bytes: Array($0)) }
        default: return nil
        }
    }
}
