// SPDX-License-Identifier: Apache-2.0

// Errors as callers see them: a code and a sentence for people, and for programs
// the details of google.rpc, above all a reason that never changes.

package import GRPCTransport
internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

/// A call that cannot be answered.
package struct ServiceError: Error, Sendable, Equatable {
    /// What beside the reason the status details tell.
    package enum Detail: Sendable, Equatable {
        /// Nothing.
        case none
        /// The field of the request that is at fault, such as "header.columns[3]".
        case field(String)
        /// The resource that does not exist.
        case resource(type: String, name: String)
        /// When to come back, in milliseconds.
        case retry(milliseconds: Int)
    }

    /// Who defines the reasons.
    package static let domain = "vigie"

    /// The status code of the call.
    package var code: GRPCStatus.Code
    /// What went wrong, as a constant for programs, such as "UNKNOWN_COLUMN".
    package var reason: String
    /// What went wrong, where, and what to do about it.
    package var message: String
    /// The values in the message, by name, for programs.
    package var metadata: [String: String]
    /// What else the status details tell.
    package var detail: Detail

    /// Makes an error.
    package init(
        _ code: GRPCStatus.Code,
        _ reason: String,
        _ message: String,
        metadata: [String: String] = [:],
        detail: Detail = .none
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = metadata
        self.detail = detail
    }

    /// An INVALID_ARGUMENT error about one field of the request.
    package static func invalid(
        _ field: String,
        _ reason: String,
        _ message: String,
        metadata: [String: String] = [:]
    ) -> ServiceError {
        let detail = Detail.field(field)
        return .init(.invalidArgument, reason, message, metadata: metadata, detail: detail)
    }

    /// An error about a limit that a field of the request passes.
    package static func overLimit(
        _ field: String,
        _ limit: String,
        _ message: String,
        value: Int,
        maximum: Int,
        code: GRPCStatus.Code = .invalidArgument
    ) -> ServiceError {
        .init(
            code,
            "LIMIT_EXCEEDED",
            "\(message) The limit \(limit) is \(maximum).",
            metadata: ["limit": limit, "maximum": "\(maximum)", "value": "\(value)"],
            detail: .field(field)
        )
    }
}

extension ServiceError {
    /// The error as the transport sends it.
    package var status: GRPCStatus {
        var status = Google_Rpc_Status()
        status.code = Int32(code.rawValue)
        status.message = message
        status.details = details
        return GRPCStatus(code, message, details: status.serializedBytes())
    }

    private var details: [Google_Protobuf_Any] {
        let information = Google_Rpc_ErrorInfo.with {
            $0.reason = reason
            $0.domain = Self.domain
            $0.metadata = metadata
        }
        return [.init(message: information)] + [furtherDetail].compactMap(\.self)
    }

    private var furtherDetail: Google_Protobuf_Any? {
        switch detail {
        case .none:
            return nil
        case .field(let name):
            let violation = Google_Rpc_BadRequest.FieldViolation.with {
                $0.field = name
                $0.description_p = message
            }
            let request = Google_Rpc_BadRequest.with { $0.fieldViolations = [violation] }
            return .init(message: request)
        case .resource(let type, let name):
            let resource = Google_Rpc_ResourceInfo.with {
                $0.resourceType = type
                $0.resourceName = name
                $0.description_p = message
            }
            return .init(message: resource)
        case .retry(let milliseconds):
            let retry = Google_Rpc_RetryInfo.with {
                $0.retryDelay.seconds = Int64(milliseconds / 1_000)
                $0.retryDelay.nanos = Int32(milliseconds % 1_000) * 1_000_000
            }
            return .init(message: retry)
        }
    }
}

extension ServiceError {
    /// A call for which there is no room now; the client is told when to come back.
    static func retryLater(_ message: String, _ limits: ServiceLimits) -> ServiceError {
        ServiceError(
            .unavailable,
            "OVERLOADED",
            message,
            detail: .retry(milliseconds: limits.retryDelayMilliseconds)
        )
    }
}
