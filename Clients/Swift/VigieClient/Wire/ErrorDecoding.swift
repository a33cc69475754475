// SPDX-License-Identifier: Apache-2.0

// Failures of the transport and statuses of the server, turned into the one
// error type of the client.

internal import GRPCTransport
internal import ProtobufCoding
internal import VigieProtos

extension VigieError {
    /// The error of a call that failed.
    init(_ error: ClientCallError) {
        let details = StatusDetails(error.status.details)
        self.init(
            code: Code(rawValue: error.status.code.rawValue),
            reason: details.reason ?? Self.reason(of: error.kind),
            message: error.status.message,
            fieldViolations: details.fieldViolations,
            metadata: details.metadata,
            retryDelay: details.retryDelay,
            cause: error.failure.map { Cause(rawValue: $0.rawValue) },
            detail: error.detail
        )
    }

    private static func reason(of kind: ClientCallError.Kind) -> String? {
        switch kind {
        case .answered, .deadlineExceeded: nil
        case .cannotConnect: ClientReason.cannotConnect
        case .tlsFailed: ClientReason.tlsFailed
        case .connectionLost, .notBegun, .refused: ClientReason.connectionLost
        case .badResponse: ClientReason.badResponse
        }
    }
}

/// What a `google.rpc.Status` says beyond code and message. What cannot be read is passed over: the
/// code and the message are worth telling all the same.
struct StatusDetails {
    private(set) var reason: String?
    private(set) var metadata: [String: String] = [:]
    private(set) var fieldViolations: [VigieError.FieldViolation] = []
    private(set) var retryDelay: Duration?

    init(_ bytes: [UInt8]?) {
        guard let bytes, let status = try? Google_Rpc_Status(serializedBytes: bytes) else { return }
        for detail in status.details { take(detail) }
    }

    private mutating func take(_ detail: Google_Protobuf_Any) {
        if let info = try? Google_Rpc_ErrorInfo(unpackingAny: detail) {
            reason = info.reason
            metadata = info.metadata
        } else if let request = try? Google_Rpc_BadRequest(unpackingAny: detail) {
            fieldViolations = request.fieldViolations.map {
                VigieError.FieldViolation(field: $0.field, description: $0.description_p)
            }
        } else if let retry = try? Google_Rpc_RetryInfo(unpackingAny: detail) {
            let delay = retry.retryDelay
            retryDelay = max(.zero, .seconds(delay.seconds) + .nanoseconds(Int64(delay.nanos)))
        }
    }
}
