// SPDX-License-Identifier: Apache-2.0

// What can keep a connection from being made: each has a mend of its own.

extension VigieError {
    /// What kept a connection from being made.
    ///
    /// There may be more one day: a `switch` over causes needs a `default`.
    public struct Cause: RawRepresentable, Sendable, Hashable {
        /// The cause, in UPPER_SNAKE_CASE.
        public let rawValue: String

        /// Makes a cause.
        ///
        /// - Parameter rawValue: The cause, in UPPER_SNAKE_CASE.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The host name is not known to the system.
        public static let nameNotFound = Cause(rawValue: "NAME_NOT_FOUND")
        /// Nothing listens at the address.
        public static let connectionRefused = Cause(rawValue: "CONNECTION_REFUSED")
        /// The network has no way to the address.
        public static let unreachable = Cause(rawValue: "UNREACHABLE")
        /// Nobody answered in time.
        public static let timedOut = Cause(rawValue: "TIMED_OUT")
        /// This machine does not let the process connect, such as for too many open files.
        public static let notAllowedHere = Cause(rawValue: "NOT_ALLOWED_HERE")
        /// The server ended the connection before it had greeted.
        public static let closed = Cause(rawValue: "CLOSED")
        /// What answers there does not speak TLS.
        public static let notTLS = Cause(rawValue: "NOT_TLS")
        /// There is TLS, without a version or cipher in common.
        public static let noCommonTLS = Cause(rawValue: "NO_COMMON_TLS")
        /// There is TLS, without the HTTP/2 that gRPC needs.
        public static let noHTTP2 = Cause(rawValue: "NO_HTTP2")
        /// A certificate that the server shows has ended.
        public static let certificateExpired = Cause(rawValue: "CERTIFICATE_EXPIRED")
        /// A certificate that the server shows has not begun.
        public static let certificateNotYetValid = Cause(rawValue: "CERTIFICATE_NOT_YET_VALID")
        /// The server's certificate is for other names.
        public static let certificateNameMismatch = Cause(rawValue: "CERTIFICATE_NAME_MISMATCH")
        /// The server's certificate is of an authority that is not trusted.
        public static let certificateAuthorityUnknown =
            Cause(rawValue: "CERTIFICATE_AUTHORITY_UNKNOWN")
        /// The server's certificate is refused for another reason.
        public static let certificateRejected = Cause(rawValue: "CERTIFICATE_REJECTED")
        /// The server asks for a client certificate, and there is none to show.
        public static let clientCertificateRequired =
            Cause(rawValue: "CLIENT_CERTIFICATE_REQUIRED")
        /// The server does not accept the client's certificate.
        public static let clientCertificateRefused =
            Cause(rawValue: "CLIENT_CERTIFICATE_REFUSED")
        /// TLS failed otherwise.
        public static let tlsFailed = Cause(rawValue: "TLS_FAILED")
        /// None of these.
        public static let other = Cause(rawValue: "OTHER")
    }
}

extension VigieError.Cause: CustomStringConvertible {
    /// The cause, in UPPER_SNAKE_CASE.
    public var description: String { rawValue }
}
