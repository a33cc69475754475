// SPDX-License-Identifier: Apache-2.0

// An address to listen on, as written on a command line.

/// Host and port.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// Host name or address, an IPv6 one without brackets.
    package let host: String
    /// Port; 0 lets the system choose.
    package let port: Int

    /// Reads "host:port" or "[IPv6 address]:port"; nil for anything else.
    package init?(_ text: String) {
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
        self.host = String(host)
        self.port = Int(port)
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        // Of a name that merely begins like an address nobody knows where it leads.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The same address with another port.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The address as it is written.
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
