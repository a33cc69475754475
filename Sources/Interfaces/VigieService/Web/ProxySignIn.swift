// SPDX-License-Identifier: Apache-2.0

// Proxies that sign people in and say in a header who asks. Only those that are named are believed.
// From anywhere else the header is refused, and not passed over: whoever sends it means to be taken
// for somebody, or stands behind a proxy that nobody named.

internal import Callers
internal import GRPCTransport
package import NetworkAddresses
internal import VigieLimits

/// Whose word on who asks is believed.
package struct ProxySignIn: Sendable {
    /// The header, in lower case.
    private let header: String
    private let networks: [AddressRange]

    /// - Parameters:
    ///   - header: The name of the header that says who asks.
    ///   - networks: Where the proxies are.
    package init(header: String, networks: [AddressRange]) {
        (self.header, self.networks) = (header.lowercased(), networks)
    }

    /// Whether a text can be the name of the header: one that no request has for another purpose.
    package static func isName(_ text: String) -> Bool {
        let name = text.lowercased()
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        let used = ["authorization", "cookie", "host", "origin", "te", "via", "user-agent"]
        return isPlain && !name.isEmpty && name.utf8.count <= AccessLimits.identityBytes
            && !used.contains(name) && !name.hasPrefix("content-") && !name.hasPrefix("accept")
    }

    /// Refuses a request with the header that comes from nobody who is named, or names nobody.
    func check(_ request: WebRequest) throws(WebProblem) {
        let values = request.fields.filter { $0.name == header }.map(\.value)
        guard let value = values.first else { return }
        guard isNamed(request.peerAddress) else {
            throw WebProblem(
                .permissionDenied,
                "PROXY_NOT_NAMED",
                "The header \(header) says who asks, and is believed from proxies that are named "
                    + "alone (web_proxies)."
            )
        }
        guard values.count == 1, Self.isIdentity(value) else {
            throw WebProblem(
                .unauthenticated,
                "BAD_PROXY_IDENTITY",
                "The header \(header) names nobody, or several."
            )
        }
    }

    /// Whom a proxy names that is believed; nil where none does.
    func identity(of request: WebRequest) -> String? {
        guard isNamed(request.peerAddress), let value = request[field: header],
            Self.isIdentity(value)
        else { return nil }
        return value
    }

    private func isNamed(_ address: String) -> Bool {
        guard let address = InternetAddress(address) else { return false }
        return networks.contains { $0.contains(address) }
    }

    private static func isIdentity(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= AccessLimits.identityBytes
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
