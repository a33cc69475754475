// SPDX-License-Identifier: Apache-2.0

// Addresses of servers as people write them: gRPC's targets, and lists of them.

internal import NIOCore

extension ServerAddress {
    /// Reads one address or several with commas between them: `HOST`, `HOST:PORT`, `[IPV6]:PORT`,
    /// `dns:///HOST:PORT`, `ipv4:ADDRESS:PORT,…`, `ipv6:[ADDRESS]:PORT,…`, `unix:PATH` and
    /// `unix:///PATH`.
    ///
    /// - Throws: ``VigieError`` for what is none.
    static func list(_ text: String) throws -> [ServerAddress] {
        // The scheme of a list of bare addresses stands before the first.
        var scheme: Substring?
        return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let part = part.drop { $0 == " " }
            if let numeric = ["ipv4:", "ipv6:"].first(where: { part.hasPrefix($0) }) {
                scheme = part.prefix(numeric.count)
                return try numericAddress(part.dropFirst(numeric.count), numeric, in: text)
            }
            if let scheme, !part.contains("/"), !part.hasPrefix("unix:"), !part.hasPrefix("dns:") {
                return try numericAddress(part, String(scheme), in: text)
            }
            scheme = nil
            return try address(part, in: text)
        }
    }

    private static func address(_ part: Substring, in text: String) throws -> ServerAddress {
        if part.hasPrefix("unix:") {
            let path = part.dropFirst("unix:".count)
            guard path.hasPrefix("//") else { return .unix(String(path)) }
            // With two slashes in front only whole paths may follow, as gRPC has it.
            guard path.hasPrefix("///") else { throw failure(text) }
            return .unix(String(path.dropFirst(2)))
        }
        var host = part
        if part.hasPrefix("dns:") {
            host = part.dropFirst("dns:".count)
            if host.hasPrefix("//") {
                // Between the second and the third slash a name server could stand.
                guard host.hasPrefix("///") else { throw failure(text) }
                host = host.dropFirst(3)
            }
        }
        guard !host.contains("/") else { throw failure(text) }
        return try hostAndPort(host, in: text)
    }

    private static func numericAddress(
        _ part: Substring,
        _ scheme: String,
        in text: String
    ) throws -> ServerAddress {
        // Without brackets all of an IPv6 address is address.
        let isBare = scheme == "ipv6:" && !part.hasPrefix("[")
        let address = isBare ? .host(String(part)) : try hostAndPort(part, in: text)
        let found = address.host.flatMap { try? SocketAddress(ipAddress: $0, port: 1) }
        switch (found, scheme) {
        case (.v4?, "ipv4:"), (.v6?, "ipv6:"): return address
        default: throw failure(text)
        }
    }

    /// Splits `host`, `host:port` or `[address]:port`.
    private static func hostAndPort(_ part: Substring, in text: String) throws -> ServerAddress {
        var host = part
        var portText: Substring?
        if part.hasPrefix("[") {
            guard let end = part.firstIndex(of: "]") else { throw failure(text) }
            host = part[part.index(after: part.startIndex)..<end]
            let rest = part[part.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw failure(text) }
            portText = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = part.firstIndex(of: ":"), part.lastIndex(of: ":") == colon {
            host = part[..<colon]
            portText = part[part.index(after: colon)...]
        }
        guard !host.isEmpty else { throw failure(text) }
        guard let portText else { return .host(String(host)) }
        guard let port = UInt16(portText), port > 0 else { throw failure(text) }
        return .host(String(host), port: Int(port))
    }

    private static func failure(_ text: String) -> VigieError {
        .invalidConfiguration(
            "\"\(text)\" is no server address; write HOST, HOST:PORT, [IPV6]:PORT, unix:PATH, or "
                + "several with commas between them."
        )
    }
}
