// SPDX-License-Identifier: Apache-2.0

// Whether what somebody names may be called: before its name is looked up, and again with the
// addresses that were found. Whoever calls then takes one of these addresses and looks up no more.

package import NetworkAddresses
package import ServiceErrors
internal import VigieLimits

/// What an operator lets be called beside the internet.
package struct DestinationGuard: Sendable {
    /// Networks that are called although they are not of the internet.
    package let allowedNetworks: [AddressRange]
    /// Whether messages may go without TLS.
    package let allowsPlain: Bool
    /// Ports below 1,024 that may be called, beside 443 and, without TLS, 80.
    package let allowedPorts: Set<Int>

    /// Takes what is let through; by default nothing is.
    package init(
        allowedNetworks: [AddressRange] = [],
        allowsPlain: Bool = false,
        allowedPorts: Set<Int> = []
    ) throws(ServiceError) {
        guard allowedNetworks.count <= WebhookLimits.allowedNetworks else {
            throw .overLimit(
                "networks",
                "allowedNetworks",
                "There are \(allowedNetworks.count) networks; name larger ones.",
                value: allowedNetworks.count,
                maximum: WebhookLimits.allowedNetworks
            )
        }
        self.allowedNetworks = allowedNetworks
        (self.allowsPlain, self.allowedPorts) = (allowsPlain, allowedPorts)
    }

    /// Lets nothing be called but the internet, by TLS.
    package static let internet = DestinationGuard(checked: [])

    private init(checked networks: [AddressRange]) {
        (allowedNetworks, allowsPlain, allowedPorts) = (networks, false, [])
    }

    /// Why an address is not called; nil if it may be. Where machines are told their secrets is
    /// never called, whatever networks are allowed.
    package func refusal(of address: InternetAddress) -> DestinationRefusal? {
        guard let refusal = RefusedNetworks.refusal(of: address) else { return nil }
        let faces = [address, address.translated].compactMap { $0 }
        let isAllowed = faces.contains { face in
            allowedNetworks.contains { $0.contains(face) }
        }
        return isAllowed && refusal != .metadata ? nil : refusal
    }

    /// Whether an address may be sent to without TLS: one of a network that is allowed by name.
    package func allowsPlain(to address: InternetAddress) -> Bool {
        allowsPlain && refusal(of: address) == nil
            && allowedNetworks.contains { $0.contains(address) }
    }

    /// Picks an address of those that a name has. One that is refused refuses all: a name that
    /// leads into a private network once may do so again.
    package func pick(
        from addresses: [InternetAddress],
        of host: String
    ) throws(ServiceError) -> InternetAddress {
        guard let first = addresses.first else {
            throw .invalid(
                "url",
                "WEBHOOK_HOST_UNKNOWN",
                "\"\(host.shownInMessages)\" has no address; look at its spelling.",
                metadata: ["host": host]
            )
        }
        for address in addresses {
            guard let refusal = refusal(of: address) else { continue }
            throw Self.refused(refusal, host)
        }
        return first
    }

    static func refused(_ refusal: DestinationRefusal, _ host: String) -> ServiceError {
        .invalid(
            "url",
            "WEBHOOK_ADDRESS_REFUSED",
            "\"\(host.shownInMessages)\" is \(refusal.words), which the server does not call; name "
                + "one of the internet, or have the operator allow its network.",
            metadata: ["host": host, "refusal": refusal.rawValue]
        )
    }
}
