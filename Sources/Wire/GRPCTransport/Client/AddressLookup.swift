// SPDX-License-Identifier: Apache-2.0

// All addresses of a name. NIO looks names up too, and keeps them to itself.

package import NIOCore
internal import NIOPosix
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Asks the system for the addresses of a name.
package enum AddressLookup {
    /// All addresses of a host, each once, in the order in which the system would try them.
    ///
    /// - Throws: `ClientCallError` of kind `cannotConnect`, and nothing else.
    package static func addresses(
        host: String,
        port: Int
    ) async throws(ClientCallError) -> [SocketAddress] {
        if let address = try? SocketAddress(ipAddress: host, port: port) { return [address] }
        let result: Result<[SocketAddress], ClientCallError>
        do {
            result = try await NIOThreadPool.singleton.runIfActive { lookUp(host, port) }
        } catch {
            result = .failure(.cannotConnect(.other, "no name can be looked up any more"))
        }
        return try result.get()
    }

    /// The same addresses with those of the two families in turn, beginning with the first, so that
    /// a family that leads nowhere costs one attempt: "Happy Eyeballs", RFC 8305.
    package static func interleaved(_ addresses: [SocketAddress]) -> [SocketAddress] {
        let family = addresses.first?.protocol
        let (first, other) = (
            addresses.filter { $0.protocol == family }, addresses.filter { $0.protocol != family }
        )
        var mixed: [SocketAddress] = []
        for index in 0..<max(first.count, other.count) {
            if index < first.count { mixed.append(first[index]) }
            if index < other.count { mixed.append(other[index]) }
        }
        return mixed
    }

    private static func lookUp(
        _ host: String,
        _ port: Int
    ) -> Result<[SocketAddress], ClientCallError> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = AI_NUMERICSERV
        #if canImport(Musl)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &hints, &list)
        guard status == 0 else { return .failure(failure(status, host)) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let here = entry, addresses.count < ClientLimits.addresses {
            entry = here.pointee.ai_next
            guard let address = address(here.pointee, host) else { continue }
            if !addresses.contains(address) { addresses.append(address) }
        }
        if addresses.isEmpty { return .failure(failure(EAI_NONAME, host)) }
        return .success(addresses)
    }

    private static func address(_ entry: addrinfo, _ host: String) -> SocketAddress? {
        guard let start = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET: return SocketAddress(start.loadUnaligned(as: sockaddr_in.self), host: host)
        case AF_INET6: return SocketAddress(start.loadUnaligned(as: sockaddr_in6.self), host: host)
        default: return nil
        }
    }

    private static func failure(_ status: Int32, _ host: String) -> ClientCallError {
        let text =
            switch status {
            case EAI_AGAIN: "the name \"\(host)\" cannot be looked up now: no name server answers"
            default: "the name \"\(host)\" is not known"
            }
        let detail = gai_strerror(status).map { String(cString: $0) }
        return .nameNotFound(host, text, detail: detail)
    }
}
