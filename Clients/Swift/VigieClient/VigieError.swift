// SPDX-License-Identifier: Apache-2.0

// The one error type of the client.

/// Why a call failed.
///
/// Everything that the client throws is either this or `CancellationError`, which is thrown as it
/// is when the task of the caller was cancelled.
public struct VigieError: Error, Sendable, Hashable {
    /// The gRPC status codes.
    public enum Code: Int, Sendable, Hashable, CaseIterable {
        /// The call was cancelled by the server.
        case cancelled = 1
        /// An error of no known kind.
        case unknown = 2
        /// The request is wrong: see ``VigieError/fieldViolations``.
        case invalidArgument = 3
        /// No answer within the deadline.
        case deadlineExceeded = 4
        /// The model, or whatever was named, does not exist.
        case notFound = 5
        /// What was to be made exists.
        case alreadyExists = 6
        /// The caller is known and not allowed to do this.
        case permissionDenied = 7
        /// A limit was hit, such as the size of a message.
        case resourceExhausted = 8
        /// The server is not in the state that the call needs.
        case failedPrecondition = 9
        /// The call was aborted by the server.
        case aborted = 10
        /// A value is past the valid range.
        case outOfRange = 11
        /// The server does not have this method.
        case unimplemented = 12
        /// A defect of the server or of the client.
        case `internal` = 13
        /// The server cannot be reached, or cannot answer now. Retried by the client.
        case unavailable = 14
        /// Data is lost or broken.
        case dataLoss = 15
        /// The caller is not known.
        case unauthenticated = 16
    }

    /// One field of a request that is wrong.
    public struct FieldViolation: Sendable, Hashable {
        /// Path of the field, such as `header.columns[3]`.
        public let field: String
        /// What is wrong with it, for people.
        public let description: String

        package init(field: String, description: String) {
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

    package init(
        code: Code,
        reason: String? = nil,
        message: String,
        fieldViolations: [FieldViolation] = [],
        metadata: [String: String] = [:],
        retryDelay: Duration? = nil
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.fieldViolations = fieldViolations
        self.metadata = metadata
        self.retryDelay = retryDelay
    }
}

extension VigieError {
    /// The values of ``VigieError/reason`` that the client itself gives.
    public enum ClientReason {
        /// No connection to the server could be made.
        public static let cannotConnect = "CANNOT_CONNECT"
        /// The server was reached and TLS failed: wrong CA, wrong host name, no TLS at all.
        public static let tlsFailed = "TLS_FAILED"
        /// The connection broke before the answer was complete.
        public static let connectionLost = "CONNECTION_LOST"
        /// Too many calls wait for a connection.
        public static let queueFull = "QUEUE_FULL"
        /// The client was closed.
        public static let clientClosed = "CLIENT_CLOSED"
        /// The table does not have the shape that it must have.
        public static let invalidTable = "INVALID_TABLE"
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
}

extension VigieError: CustomStringConvertible {
    /// The code, the message and the fields at fault, in one line.
    public var description: String {
        var text = "\(code): \(message)"
        if let reason { text += " [\(reason)]" }
        for violation in fieldViolations {
            text += " (\(violation.field): \(violation.description))"
        }
        return text
    }
}
