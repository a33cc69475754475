// SPDX-License-Identifier: Apache-2.0

// What a failed call tells, decoded.

import GRPCTransport
import ProtobufCoding
import Testing
import VigieProtos

/// The status of a failed call with its details.
struct Failure {
    let code: GRPCStatus.Code
    let message: String
    var information = Google_Rpc_ErrorInfo()
    var field: String?
    var resource: String?
    var retryDelayNanoseconds: Int64?

    /// Runs a call that is to fail.
    static func of(_ body: () async throws -> Void) async throws -> Failure {
        do {
            try await body()
        } catch let error as ClientCallError {
            return try Failure(error.status)
        }
        throw Unexpected("the call succeeded")
    }

    init(_ status: GRPCStatus) throws {
        code = status.code
        message = status.message
        guard let details = status.details else { return }
        let rich = try Google_Rpc_Status(serializedBytes: details)
        #expect(rich.code == Int32(code.rawValue))
        #expect(rich.message == message)
        for detail in rich.details {
            if let value = try? Google_Rpc_ErrorInfo(unpackingAny: detail) {
                information = value
            } else if let value = try? Google_Rpc_BadRequest(unpackingAny: detail) {
                field = value.fieldViolations.first?.field
            } else if let value = try? Google_Rpc_ResourceInfo(unpackingAny: detail) {
                resource = value.resourceName
            } else if let value = try? Google_Rpc_RetryInfo(unpackingAny: detail) {
                let delay = value.retryDelay
                retryDelayNanoseconds = delay.seconds * 1_000_000_000 + Int64(delay.nanos)
            } else {
                throw Unexpected("unknown detail \(detail.typeURL)")
            }
        }
    }
}

/// Something happened that must not.
struct Unexpected: Error {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
