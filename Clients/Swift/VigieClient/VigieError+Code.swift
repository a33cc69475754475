// SPDX-License-Identifier: Apache-2.0

// The codes of an error: gRPC's, in a form to which one can be added.

extension VigieError {
    /// A gRPC status code.
    ///
    /// There may be more one day: a `switch` over codes needs a `default`.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// gRPC's number of the code.
        public let rawValue: Int

        /// Makes a code.
        ///
        /// - Parameter rawValue: gRPC's number of the code.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// The call was cancelled by the server.
        public static let cancelled = Code(rawValue: 1)
        /// An error of no known kind.
        public static let unknown = Code(rawValue: 2)
        /// The request is wrong: see ``VigieError/fieldViolations``.
        public static let invalidArgument = Code(rawValue: 3)
        /// No answer within the deadline.
        public static let deadlineExceeded = Code(rawValue: 4)
        /// The model, or whatever was named, does not exist.
        public static let notFound = Code(rawValue: 5)
        /// What was to be made exists.
        public static let alreadyExists = Code(rawValue: 6)
        /// The caller is known and not allowed to do this.
        public static let permissionDenied = Code(rawValue: 7)
        /// A limit was hit, such as the size of a message.
        public static let resourceExhausted = Code(rawValue: 8)
        /// The server is not in the state that the call needs.
        public static let failedPrecondition = Code(rawValue: 9)
        /// The call was aborted by the server.
        public static let aborted = Code(rawValue: 10)
        /// A value is past the valid range.
        public static let outOfRange = Code(rawValue: 11)
        /// The server does not have this method.
        public static let unimplemented = Code(rawValue: 12)
        /// A defect of the server or of the client.
        public static let `internal` = Code(rawValue: 13)
        /// The server cannot be reached, or cannot answer now. Retried by the client.
        public static let unavailable = Code(rawValue: 14)
        /// Data is lost or broken.
        public static let dataLoss = Code(rawValue: 15)
        /// The caller is not known.
        public static let unauthenticated = Code(rawValue: 16)
    }
}

extension VigieError.Code: CustomStringConvertible {
    private static let names = [
        "ok", "cancelled", "unknown", "invalidArgument", "deadlineExceeded", "notFound",
        "alreadyExists", "permissionDenied", "resourceExhausted", "failedPrecondition", "aborted",
        "outOfRange", "unimplemented", "internal", "unavailable", "dataLoss", "unauthenticated",
    ]

    /// The name of the code, such as `invalidArgument`; `code 99` for one that has none here.
    public var description: String {
        Self.names.indices.contains(rawValue) ? Self.names[rawValue] : "code \(rawValue)"
    }
}
