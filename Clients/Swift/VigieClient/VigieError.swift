// SPDX-License-Identifier: Apache-2.0

// The one error type of the client.

/// Why a call failed.
///
/// Everything that the client throws is either this or `CancellationError`, which is thrown as it
/// is when the task of the caller was cancelled.
public struct VigieError: Error, Sendable, Hashable {
    /// One field of a request that is wrong.
    public struct FieldViolation: Sendable, Hashable {
        /// Path of the field, such as `header.columns[3]`.
        public let field: String
        /// What is wrong with it, for people.
        public let description: String

        /// Makes a violation.
        ///
        /// - Parameters:
        ///   - field: Path of the field.
        ///   - description: What is wrong with it, for people.
        public init(field: String, description: String) {
            self.field = field
            self.description = description
        }
    }

    /// Kind of the error.
    public let code: Code
    /// Why, for programs, in UPPER_SNAKE_CASE: from the server, or one of ``ClientReason``.
    public let reason: String?
    /// What happened, for people, in English.
    public let message: String
    /// The fields of the request that are wrong.
    public let fieldViolations: [FieldViolation]
    /// What the server says about the error by key, such as the value of a limit.
    public let metadata: [String: String]
    /// How long the server asks to wait before the next attempt.
    public let retryDelay: Duration?
    /// What kept the connection from being made; `nil` when that was not what failed.
    public let cause: Cause?
    /// What the system or a library said in its own words, for logs; never part of ``message``.
    public let detail: String?

    /// Makes an error: for tests, and for servers that a test stands in for.
    ///
    /// - Parameters:
    ///   - code: Kind of the error.
    ///   - reason: Why, for programs.
    ///   - message: What happened, for people.
    ///   - fieldViolations: The fields of the request that are wrong.
    ///   - metadata: What the server says about the error by key.
    ///   - retryDelay: How long the server asks to wait before the next attempt.
    ///   - cause: What kept the connection from being made.
    ///   - detail: What the system or a library said in its own words.
    public init(
        code: Code,
        reason: String? = nil,
        message: String,
        fieldViolations: [FieldViolation] = [],
        metadata: [String: String] = [:],
        retryDelay: Duration? = nil,
        cause: Cause? = nil,
        detail: String? = nil
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.fieldViolations = fieldViolations
        self.metadata = metadata
        self.retryDelay = retryDelay
        self.cause = cause
        self.detail = detail
    }
}

extension VigieError {
    /// The values of ``VigieError/reason`` that the client itself gives.
    public enum ClientReason {
        /// No connection to the server could be made; ``VigieError/cause`` says why.
        public static let cannotConnect = "CANNOT_CONNECT"
        /// The server was reached and TLS failed; ``VigieError/cause`` says why.
        public static let tlsFailed = "TLS_FAILED"
        /// The connection broke before the answer was complete.
        public static let connectionLost = "CONNECTION_LOST"
        /// Too many calls wait for a connection.
        public static let queueFull = "QUEUE_FULL"
        /// The client was closed.
        public static let clientClosed = "CLIENT_CLOSED"
        /// The table does not have the shape that it must have.
        public static let invalidTable = "INVALID_TABLE"
        /// The headers of a call cannot be sent: see ``CallMetadata``.
        public static let invalidMetadata = "INVALID_METADATA"
        /// The configuration cannot be used, such as a file that is not a certificate.
        public static let invalidConfiguration = "INVALID_CONFIGURATION"
        /// The server's answer does not follow the protocol.
        public static let badResponse = "BAD_RESPONSE"
    }

    /// A table of the wrong shape.
    package static func invalidTable(_ message: String) -> VigieError {
        VigieError(
            code: .invalidArgument,
            reason: ClientReason.invalidTable,
            message: message
        )
    }

    /// A configuration that cannot be used.
    static func invalidConfiguration(_ message: String) -> VigieError {
        VigieError(
            code: .invalidArgument,
            reason: ClientReason.invalidConfiguration,
            message: message
        )
    }
}

extension VigieError: CustomStringConvertible {
    /// The code, the message and the fields at fault, in one line.
    public var description: String {
        var text = "\(code): \(message)"
        if let reason { text += " [\(reason)]" }
        if let cause { text += " [\(cause)]" }
        for violation in fieldViolations {
            text += " (\(violation.field): \(violation.description))"
        }
        return text
    }
}
