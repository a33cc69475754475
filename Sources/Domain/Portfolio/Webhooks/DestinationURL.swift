// SPDX-License-Identifier: Apache-2.0

// Addresses of endpoints, read in one way only: what two readers could take for two hosts is
// refused. RFC 3986, without what an endpoint does not need.

package import NetworkAddresses
package import ServiceErrors
internal import VigieLimits

/// Where messages are sent.
package struct DestinationURL: Sendable, Equatable {
    /// Whether TLS is used.
    package let isSecure: Bool
    /// The host, in small letters; an address of IPv6 without brackets.
    package let host: String
    /// The port.
    package let port: Int
    /// Path and query.
    package let target: String
    /// The address, where the host is one.
    package let address: InternetAddress?

    /// Reads an address of an endpoint.
    ///
    /// - Throws: Why messages cannot be sent there.
    package init(_ text: String, _ guarded: DestinationGuard) throws(ServiceError) {
        let (scheme, authority, target) = try Self.parts(text)
        isSecure = scheme == "https"
        guard isSecure || (scheme == "http" && guarded.allowsPlain) else {
            throw Self.refused("begins with neither https:// nor anything that is allowed here")
        }
        self.target = target
        let (host, portText) = try Self.hostAndPort(authority)
        port = try Self.port(portText, isSecure: isSecure, guarded)
        address = try Self.address(host)
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        if let address, let refusal = guarded.refusal(of: address) {
            throw DestinationGuard.refused(refusal, host)
        }
    }

    /// Parts an address into scheme, host with port, and the rest.
    private static func parts(
        _ text: String
    ) throws(ServiceError) -> (scheme: String, authority: Substring, target: String) {
        guard text.utf8.count <= WebhookLimits.urlBytes else {
            throw .overLimit(
                "url",
                "urlBytes",
                "The address has \(text.utf8.count) bytes; name a shorter one.",
                value: text.utf8.count,
                maximum: WebhookLimits.urlBytes
            )
        }
        // A backslash is a slash to some readers, and a blank an end.
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { throw refused("has a blank, a backslash, or a letter that is not plain") }
        guard !text.contains("#") else { throw refused("has a part behind #, which is not sent") }
        guard let end = text.firstRange(of: "://") else { throw refused("has no scheme") }
        let rest = text[end.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[authority.endIndex...]
        guard !authority.contains("@") else {
            throw refused("has a user name or a password, which is not shown here")
        }
        let path = target.hasPrefix("/") ? String(target) : "/" + target
        return (text[..<end.lowerBound].lowercased(), authority, path)
    }

    private static func hostAndPort(
        _ authority: Substring
    ) throws(ServiceError) -> (host: String, port: Substring?) {
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
            : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let end, end > authority.startIndex else { throw refused("has no host") }
        let rest = authority[end...]
        guard rest.isEmpty || rest.hasPrefix(":") else { throw refused("goes on behind its host") }
        return (authority[..<end].lowercased(), rest.isEmpty ? nil : rest.dropFirst())
    }

    private static func port(
        _ text: Substring?,
        isSecure: Bool,
        _ guarded: DestinationGuard
    ) throws(ServiceError) -> Int {
        let usual = isSecure ? 443 : 80
        guard let text else { return usual }
        guard let number = DecimalDigits.number(text), (1...65_535).contains(number) else {
            throw refused("has a port that is not from 1 to 65535")
        }
        let port = Int(number)
        // Below are services that take what they are sent for commands, such as mail.
        guard port == usual || port >= 1_024 || guarded.allowedPorts.contains(port) else {
            throw refused("names a port below 1024 that is neither \(usual) nor allowed here")
        }
        return port
    }

    /// The address that a host is; nil for a name. A host that only some readers take for an
    /// address, such as 0x7f.1, 127.1 or 2130706433, is refused.
    private static func address(_ host: String) throws(ServiceError) -> InternetAddress? {
        if host.hasPrefix("[") {
            let inner = host.dropFirst().dropLast()
            guard inner.contains(":"), let address = InternetAddress(inner) else {
                throw refused("has brackets around what is no address of IPv6")
            }
            return address
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else {
            throw refused("has a host that is no name")
        }
        let isNumber = last.utf8.allSatisfy { (0x30...0x39).contains($0) } || last.hasPrefix("0x")
        guard isNumber else { return nil }
        guard let address = InternetAddress(host) else {
            throw refused("has a number for a host that is not written as four from 0 to 255")
        }
        return address
    }

    /// Whether a part of a name is one: letters, digits and hyphens within.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
            }
    }

    /// An error that does not show the address: there may be a secret in any part of it.
    private static func refused(_ words: String) -> ServiceError {
        .invalid(
            "url",
            "WEBHOOK_URL_REFUSED",
            "The address of the endpoint \(words); write it as https://hooks.example.com/vigie."
        )
    }
}
