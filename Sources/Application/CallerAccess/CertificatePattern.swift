// SPDX-License-Identifier: Apache-2.0

// Names of certificates in an access file: with the kind in front, so that a host cannot pass for
// a workload of the same name.

internal import Callers

/// A name of a certificate, or several that begin or end alike.
enum CertificatePattern {
    /// What one looks like.
    static let form =
        "must be dns:NAME, uri:NAME, email:NAME, ip:ADDRESS or subject:NAME, with a star at the "
        + "end of it or as dns:*.NAME"

    private static let kinds = ["dns:", "uri:", "email:", "ip:", "subject:"]

    static func isValid(_ pattern: String) -> Bool {
        guard let kind = kinds.first(where: pattern.hasPrefix) else { return false }
        let name = pattern.dropFirst(kind.count)
        // A star alone would stand for everyone, whatever he is called.
        if name.hasPrefix("*.") { return kind == "dns:" && !name.dropFirst(2).contains("*") }
        return name != "*" && NamePatterns.isValid(String(name))
    }

    /// Whether a certificate has a name that a pattern stands for.
    static func matches(_ pattern: String, _ certificate: PeerCertificate) -> Bool {
        if pattern.hasPrefix("dns:*.") {
            let end = pattern.dropFirst("dns:*".count)
            return certificate.names.contains { name in
                // One label, as in the names of servers (RFC 6125, 6.4.3).
                guard name.hasPrefix("dns:"), name.hasSuffix(end) else { return false }
                let label = name.dropFirst("dns:".count).dropLast(end.count)
                return !label.isEmpty && !label.contains(".")
            }
        }
        let names = certificate.names + ["subject:\(certificate.subject)"]
        return names.contains(where: NamePatterns([pattern]).match)
    }
}
