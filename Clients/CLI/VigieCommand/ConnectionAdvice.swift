// SPDX-License-Identifier: Apache-2.0

// What to do about each cause for which there is no connection.

internal import CommandFiles
internal import VigieClient

extension CommandFailure {
    /// The error of a command that has no connection.
    init(_ cause: VigieError.Cause, _ message: String, server: String) {
        let isOfTLS = Self.causesOfTLS.contains(cause)
        let isRefusal = cause == .clientCertificateRequired || cause == .clientCertificateRefused
        let beginning = isOfTLS ? "no trusted connection to" : "cannot connect to"
        // The message of a connection that is not there names the server itself.
        let isNamed =
            message.contains(server) || message.hasPrefix("cannot connect to ")
            || message.hasPrefix("no connection to ")
        self.init(
            isRefusal ? .notAuthorised : .cannotConnect,
            isNamed ? message : "\(beginning) \(server): \(message)",
            hint: Self.advice[cause]
        )
    }

    private static let causesOfTLS: Set<VigieError.Cause> = [
        .notTLS, .noCommonTLS, .noHTTP2, .certificateExpired, .certificateNotYetValid,
        .certificateNameMismatch, .certificateAuthorityUnknown, .certificateRejected,
        .clientCertificateRequired, .clientCertificateRefused, .tlsFailed,
    ]

    private static let advice: [VigieError.Cause: String] = [
        .nameNotFound: "check the host name in --server",
        .connectionRefused:
            "check that vigied is running there, or name another address with --server",
        .unreachable: "check the address in --server and this machine's network",
        .timedOut:
            "check the address in --server and the firewalls on the way, or allow more with "
            + "--timeout",
        .notAllowedHere: "check this machine's limits and firewall",
        .closed: "check that --server names the port of vigied, and vigied's log",
        .notTLS: "vigie speaks TLS only: name the port of vigied with --server",
        .noCommonTLS: "have the server offer TLS 1.2 or 1.3, or name vigied itself with --server",
        .noHTTP2:
            "name vigied itself with --server, or a proxy that passes HTTP/2 on",
        .certificateExpired:
            "have the server's certificate renewed; if it is good, check this machine's clock",
        .certificateNotYetValid: "check this machine's clock and the server's",
        .certificateNameMismatch:
            "name the server in --server as its certificate does, or give that name with "
            + "--server-name",
        .certificateAuthorityUnknown:
            "give the certificate of the authority that signed the server's with --ca-cert",
        .certificateRejected: "have the server's certificate made anew",
        .clientCertificateRequired:
            "give one that the server accepts with --client-cert and --client-key",
        .clientCertificateRefused:
            "give another with --client-cert and --client-key, of an authority that the server "
            + "trusts (its --tls-client-ca)",
    ]
}
