// SPDX-License-Identifier: Apache-2.0

// What can go wrong with TLS, in words an operator can act on.

internal import COpenSSL

/// A failure to set up or to speak TLS.
package struct TLSError: Error, Sendable, CustomStringConvertible {
    /// Kinds of failure.
    package enum Code: Sendable {
        /// A certificate, key or CA file cannot be used.
        case badConfiguration
        /// The peers did not agree on a connection.
        case handshakeFailed
        /// The peer's certificate was not accepted.
        case certificateRejected
        /// A record could not be read or written.
        case protocolFailure
    }

    /// Kind of failure.
    package let code: Code
    /// Why there is no connection, where that is known.
    package let failure: ConnectionFailure?
    /// What happened, to which file or peer, and what to do.
    package let description: String

    /// Makes an error; the oldest entry of OpenSSL's error queue, if any, is
    /// put behind the description, and the queue is emptied.
    package init(_ code: Code, _ description: String) {
        self.code = code
        failure = nil
        let reason = OpenSSLFailure.take()?.text ?? ""
        self.description = reason.isEmpty ? description : "\(description): \(reason)"
    }

    /// Makes an error whose description says all there is to say.
    init(_ code: Code, _ failure: ConnectionFailure?, _ description: String) {
        self.code = code
        self.failure = failure
        self.description = description
    }

    /// A file or certificate that cannot be used, and why.
    static func unusable(_ description: String) -> TLSError {
        TLSError(.badConfiguration, nil, description)
    }
}

/// The oldest entry of OpenSSL's error queue.
struct OpenSSLFailure {
    /// The part of OpenSSL that failed.
    let library: Int32
    /// The number of the reason, within its library.
    let reason: Int32
    /// The reason in OpenSSL's words; may be empty.
    let text: String

    /// Takes the oldest entry, if there is one, and empties the queue.
    static func take() -> OpenSSLFailure? {
        let error = ERR_get_error()
        defer { ERR_clear_error() }
        guard error != 0 else { return nil }
        return OpenSSLFailure(
            library: ERR_GET_LIB(error),
            reason: ERR_GET_REASON(error),
            text: ERR_reason_error_string(error).map { String(cString: $0) } ?? ""
        )
    }

    /// The number of the alert that the peer sent, as RFC 8446 has it.
    var alert: Int32? {
        let first = Int32(SSL_AD_REASON_OFFSET)
        guard library == ERR_LIB_SSL, reason >= first, reason < first + 256 else { return nil }
        return reason - first
    }
}
