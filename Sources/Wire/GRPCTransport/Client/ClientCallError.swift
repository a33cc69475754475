// SPDX-License-Identifier: Apache-2.0

// Why a call did not succeed, with what decides whether it may be repeated.

/// A call that failed, or a connection that could not be made.
package struct ClientCallError: Error, Sendable {
    /// Who ended the call, and how.
    package enum Kind: Sendable, Equatable {
        /// The server answered with this status.
        case answered
        /// No connection could be made.
        case cannotConnect
        /// The server was reached and TLS failed.
        case tlsFailed
        /// The connection broke while the call was under way.
        case connectionLost
        /// The call never left this side: it may be repeated at once.
        case notBegun
        /// The server says that it has not begun the call: it may be repeated at once, and once.
        case refused
        /// The deadline passed on this side.
        case deadlineExceeded
        /// The server broke the protocol.
        case badResponse
    }

    /// Who ended the call, and how.
    package let kind: Kind
    /// The status of the call.
    package let status: GRPCStatus
    /// Whether response headers had arrived; such a call is never repeated.
    package let answerBegan: Bool
    /// The server's `grpc-retry-pushback-ms`; negative forbids to repeat.
    package let retryPushbackMilliseconds: Int?
    /// Why there is no connection; nil when there was one.
    package let failure: ConnectionFailure?
    /// What the system or a library said, for those who want to know; never part of the message.
    package let detail: String?
    /// The address that could not be connected to.
    package var address: String?

    /// Makes an error.
    package init(
        _ kind: Kind,
        _ status: GRPCStatus,
        answerBegan: Bool = false,
        retryPushbackMilliseconds: Int? = nil,
        failure: ConnectionFailure? = nil,
        detail: String? = nil
    ) {
        self.kind = kind
        self.status = status
        self.answerBegan = answerBegan
        self.retryPushbackMilliseconds = retryPushbackMilliseconds
        self.failure = failure
        self.detail = detail
    }

    /// A connection that broke, for the reason given.
    static func connectionLost(_ message: String, answerBegan: Bool = false) -> ClientCallError {
        ClientCallError(
            .connectionLost,
            GRPCStatus(.unavailable, message),
            answerBegan: answerBegan
        )
    }
}
