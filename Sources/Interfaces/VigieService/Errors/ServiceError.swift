// SPDX-License-Identifier: Apache-2.0

// The one mapping of errors to gRPC: a status, and the details of google.rpc.

package import GRPCTransport
internal import ProtobufCoding
package import ServiceErrors
internal import VigieLimits
internal import VigieProtos

extension GRPCStatus.Code {
    /// The code of an error.
    package init(_ code: ServiceError.Code) {
        self =
            switch code {
            case .invalidArgument: .invalidArgument
            case .notFound: .notFound
            case .alreadyExists: .alreadyExists
            case .permissionDenied: .permissionDenied
            case .failedPrecondition: .failedPrecondition
            case .resourceExhausted: .resourceExhausted
            case .deadlineExceeded: .deadlineExceeded
            case .unavailable: .unavailable
            case .outOfRange: .outOfRange
            case .dataLoss: .dataLoss
            case .internalError: .internalError
            }
    }
}

extension ServiceError {
    /// The error as the transport sends it.
    package var status: GRPCStatus {
        let code = GRPCStatus.Code(code)
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
