// SPDX-License-Identifier: Apache-2.0

// How the addresses of the settings are written.

internal import Documents
internal import GRPCTransport
package import NetworkAddresses
internal import VigieLimits

/// The forms of addresses in settings.
package enum DaemonAddresses {
    /// Where calls are taken.
    package static let calls = AddressForm.listening(
        takesPaths: true,
        countMax: ProcessLimits.listenAddressesMax,
        example: "127.0.0.1:7443"
    )

    /// Where metrics are told.
    package static let metrics = AddressForm.listening(takesPaths: false, example: "127.0.0.1:9464")

    /// What is wrong with addresses of proxies; nil when nothing is.
    static func problem(ofProxies text: String) -> String? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let advice = "write addresses or networks, such as 10.0.0.5,10.1.0.0/16,fd00::/8"
        guard parts.count <= TransportLimits.proxiesMax else {
            return "there are more than \(TransportLimits.proxiesMax) addresses"
        }
        let bad = parts.map { $0.drop { $0 == " " } }.first { AddressRange($0) == nil }
        guard let bad else { return nil }
        // There may be a password before an at sign.
        let shown = text.contains("@") ? "an address" : quoted(String(bad))
        let halves = bad.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let words =
            bad.isEmpty
            ? "one of them is empty"
            : halves.count == 2 && AddressRange(halves[0]) != nil
                ? "\(shown) has no number of bits of its address behind the slash"
                : "\(shown) is no address or network: names and ports are not read"
        return "\(words); \(advice)"
    }
}
