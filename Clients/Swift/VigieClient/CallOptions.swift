// SPDX-License-Identifier: Apache-2.0

// What applies to a call that scores nothing.

/// What applies to a call about models or health. Calls that score have ``ScoreOptions``.
public struct CallOptions: Sendable, Hashable {
    /// Time within which the call must be answered. `nil` means the client's own: see
    /// ``ScoringClientConfiguration/timeout``.
    public var timeout: Duration?

    /// Headers to send with the call.
    public var metadata: CallMetadata

    /// The client's own timeout, no headers.
    public static let `default` = CallOptions()

    /// Makes options.
    ///
    /// - Parameters:
    ///   - timeout: Time within which the call must be answered; `nil` for the client's own.
    ///   - metadata: Headers to send with the call.
    public init(timeout: Duration? = nil, metadata: CallMetadata = CallMetadata()) {
        self.timeout = timeout
        self.metadata = metadata
    }
}
