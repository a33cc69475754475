// SPDX-License-Identifier: Apache-2.0

// Where a socket is.

internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A host and port, or a socket that is a file.
package enum NetworkAddress: Hashable, Sendable {
    /// A host by name or address, an IPv6 one without brackets.
    case host(String, port: Int)
    /// A socket in the file system of this machine.
    case unix(path: String)

    /// Host name or address; empty for a path.
    package var host: String {
        if case .host(let host, _) = self { host } else { "" }
    }

    /// Port; 0 for a path.
    package var port: Int {
        if case .host(_, let port) = self { port } else { 0 }
    }

    /// The path of a socket that is a file; nil for host and port.
    package var path: String? {
        if case .unix(let path) = self { path } else { nil }
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        guard case .host(let host, _) = self else { return true }
        // Of a name that merely begins like an address nobody knows where it leads.
        return host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && Self.isVersion4(host))
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// The address as it is written.
    package var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}

extension NetworkAddress {
    /// Why nothing can be connected to or listened on there; nil when it may be. Says it without
    /// the host and the path, which are not for everybody to see.
    package var fault: String? {
        switch self {
        case .host(let host, let port):
            guard (0...65_535).contains(port) else { return "its port is not from 0 to 65535" }
            return Self.fault(ofName: host)
        case .unix(let path):
            let most = ProcessLimits.socketPathBytesMax
            if path.isEmpty { return "it has no path" }
            if path.utf8.contains(0) { return "its path has a zero byte" }
            guard path.utf8.count > most else { return nil }
            return "its path has \(path.utf8.count) bytes, and sockets have at most \(most)"
        }
    }

    /// Why a text is no name or address of a host; nil when it may be one.
    package static func fault(ofName name: some StringProtocol) -> String? {
        if name.isEmpty { return "it has no host" }
        if name.contains("@") { return "it has a user name or a password" }
        if name.contains("/") { return "it has a slash" }
        guard name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            return "it has blanks or control characters"
        }
        // No top-level domain is a number.
        let last = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        guard name.contains("."), !last.isEmpty, last.utf8.allSatisfy(isDigit), !isVersion4(name)
        else { return nil }
        return "an IPv4 address is four numbers from 0 to 255"
    }

    /// Whether a text is an address of IP version 4.
    static func isVersion4(_ text: some StringProtocol) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, String(text), &address) == 1
    }

    /// Whether a text is an address of IP version 6, maybe with the interface that it is behind.
    static func isVersion6(_ text: some StringProtocol) -> Bool {
        var address = in6_addr()
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, !last.isEmpty,
            parts.count == 1 || last.utf8.allSatisfy(isOfInterface)
        else { return false }
        return inet_pton(AF_INET6, String(first), &address) == 1
    }

    private static func isOfInterface(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || [0x2D, 0x2E, 0x5F].contains(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
