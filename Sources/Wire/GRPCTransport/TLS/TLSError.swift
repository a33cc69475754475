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
    /// What happened, to which file or peer, and what to do.
    package let description: String

    /// Makes an error; the oldest entry of OpenSSL's error queue, if any, is
    /// put behind the description, and the queue is emptied.
    package init(_ code: Code, _ description: String) {
        self.code = code
        let reason = Self.takeReason()
        self.description = reason.isEmpty ? description : "\(description): \(reason)"
    }

    private static func takeReason() -> String {
        let error = ERR_get_error()
        defer { ERR_clear_error() }
        guard error != 0, let text = ERR_reason_error_string(error) else { return "" }
        return String(cString: text)
    }
}
