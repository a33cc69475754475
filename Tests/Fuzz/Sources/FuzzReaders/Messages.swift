// SPDX-License-Identifier: Apache-2.0

// Reads the input as a message, of the type that its first byte says; what is read and written is
// to be the same message when it is read again.

import ONNXProtos
import ProtobufCoding
import VigieProtos

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_messages")
func fuzzMessages(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard let choice = bytes.first else { return 0 }
    let message = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    switch choice % 8 {
    case 0: read(Vigie_V1_ListModelsResponse.self, message)
    case 1: read(Vigie_V1_DescribeModelResponse.self, message)
    case 2: read(Vigie_V1_GetQuantiserResponse.self, message)
    case 3: read(Vigie_V1_ScoreRowsRequest.self, message)
    case 4: read(Vigie_V1_StreamScoreRowsResponse.self, message)
    case 5: read(Google_Rpc_Status.self, message)
    case 6: read(Grpc_Health_V1_HealthListResponse.self, message)
    default: read(ONNXModelProto.self, message)
    }
    return 0
}

private func read<Message: ProtobufMessage>(
    _ type: Message.Type,
    _ bytes: UnsafeRawBufferPointer
) {
    guard let message = try? Message(serializedBytes: bytes) else { return }
    let written = message.serializedBytes()
    guard let again = try? Message(serializedBytes: written) else {
        preconditionFailure("what was written cannot be read")
    }
    precondition(again.serializedBytes() == written, "what is read again is another message")
    if let status = message as? Google_Rpc_Status {
        for detail in status.details {
            _ = try? Google_Rpc_ErrorInfo(unpackingAny: detail)
            _ = try? Google_Rpc_BadRequest(unpackingAny: detail)
            _ = try? Google_Rpc_RetryInfo(unpackingAny: detail)
        }
    }
}
