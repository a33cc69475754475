// SPDX-License-Identifier: Apache-2.0

// The outcome of a call as gRPC defines it: a code, a message for people and
// optional machine-readable details.

internal import Telemetry

/// Outcome of a gRPC call. An error when the code is not `ok`.
package struct GRPCStatus: Error, Sendable, Equatable {
    /// The status codes of gRPC, by their numbers on the wire.
    package enum Code: Int, Sendable, CaseIterable {
        case ok = 0
        case cancelled = 1
        case unknown = 2
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case alreadyExists = 6
        case permissionDenied = 7
        case resourceExhausted = 8
        case failedPrecondition = 9
        case aborted = 10
        case outOfRange = 11
        case unimplemented = 12
        case internalError = 13
        case unavailable = 14
        case dataLoss = 15
        case unauthenticated = 16

        /// gRPC's name of it, such as INVALID_ARGUMENT.
        package var name: String { Counter.codes[rawValue] }
    }

    /// What became of the call.
    package var code: Code
    /// One sentence for people.
    package var message: String
    /// A serialised `google.rpc.Status`, sent as `grpc-status-details-bin`.
    package var details: [UInt8]?

    /// Makes a status.
    package init(_ code: Code, _ message: String = "", details: [UInt8]? = nil) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The call succeeded.
    package static let ok = GRPCStatus(.ok)
}
