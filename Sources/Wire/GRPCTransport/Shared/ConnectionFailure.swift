// SPDX-License-Identifier: Apache-2.0

// What kept a connection from being made, as a closed list: whoever tells people
// what to do next decides by it, never by the words of a message.

/// What kept a connection from being made.
package enum ConnectionFailure: String, Sendable, CaseIterable {
    /// The host name is not known to the system.
    case nameNotFound = "NAME_NOT_FOUND"
    /// Nothing listens at the address.
    case refused = "CONNECTION_REFUSED"
    /// The network has no way to the address.
    case unreachable = "UNREACHABLE"
    /// Nobody answered in time.
    case timedOut = "TIMED_OUT"
    /// This machine does not let the process connect: open files, ports, a firewall of its own.
    case notAllowedHere = "NOT_ALLOWED_HERE"
    /// The server ended the connection before it had greeted.
    case closed = "CLOSED"
    /// What answers there does not speak TLS.
    case notTLS = "NOT_TLS"
    /// There is TLS, without a version or cipher in common.
    case noCommonTLS = "NO_COMMON_TLS"
    /// There is TLS, without the HTTP/2 that gRPC needs.
    case noHTTP2 = "NO_HTTP2"
    /// A certificate that the server shows has ended.
    case certificateExpired = "CERTIFICATE_EXPIRED"
    /// A certificate that the server shows has not begun.
    case certificateNotYetValid = "CERTIFICATE_NOT_YET_VALID"
    /// The server's certificate is for other names.
    case certificateNameMismatch = "CERTIFICATE_NAME_MISMATCH"
    /// The server's certificate is of an authority that is not trusted.
    case certificateAuthorityUnknown = "CERTIFICATE_AUTHORITY_UNKNOWN"
    /// The server's certificate is refused for another reason.
    case certificateRejected = "CERTIFICATE_REJECTED"
    /// The server asks for a client certificate, and there is none to show.
    case clientCertificateRequired = "CLIENT_CERTIFICATE_REQUIRED"
    /// The server does not accept the client's certificate.
    case clientCertificateRefused = "CLIENT_CERTIFICATE_REFUSED"
    /// TLS failed otherwise.
    case tlsFailed = "TLS_FAILED"
    /// None of these.
    case other = "OTHER"

    /// Whether the server was reached, and it was TLS that failed: trying again does not help.
    package var isOfTLS: Bool {
        switch self {
        case .nameNotFound, .refused, .unreachable, .timedOut, .notAllowedHere, .closed, .other:
            false
        case .notTLS, .noCommonTLS, .noHTTP2, .certificateExpired, .certificateNotYetValid,
            .certificateNameMismatch, .certificateAuthorityUnknown, .certificateRejected,
            .clientCertificateRequired, .clientCertificateRefused, .tlsFailed:
            true
        }
    }
}
