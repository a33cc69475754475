// SPDX-License-Identifier: Apache-2.0

// An address to listen on, as written on a command line.

internal import VigieLimits

/// Host and port, or the path of a socket that is a file.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// Host name or address, an IPv6 one without brackets; empty for a path.
    package let host: String
    /// Port; 0 lets the system choose.
    package let port: Int
    /// The path of a socket that is a file; nil for host and port.
    package let path: String?

    /// Reads "host:port", "[IPv6 address]:port" or "unix:path"; nil for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            // As gRPC writes absolute paths: unix:///run/vigie/vigied.sock.
            let name = path.hasPrefix("///") ? path.dropFirst(2) : path
            guard !name.isEmpty, !name.hasPrefix("//"), name.utf8.count < 108 else { return nil }
            (host, port, self.path) = ("", 0, String(name))
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        var host = text[..<colon]
        let digits = text[text.index(after: colon)...]
        guard let port = UInt16(digits), digits.allSatisfy(\.isNumber) else { return nil }
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        (self.host, self.port, path) = (String(host), Int(port), nil)
    }

    /// Reads addresses with commas between them; nil if one is none, or stands there twice.
    package static func list(_ text: String) -> [ListenAddress]? {
        var found: [ListenAddress] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let trimmed = part.drop { $0 == " " }
            guard let address = ListenAddress(String(trimmed)), !found.contains(address),
                found.count < ProcessLimits.listenAddressesMax
            else { return nil }
            found.append(address)
        }
        return found
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        if path != nil || host == "localhost" || host == "::1" { return true }
        // Of a name that merely begins like an address nobody knows where it leads.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The address as it is written.
    package var description: String {
        if let path { return "unix:\(path)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
