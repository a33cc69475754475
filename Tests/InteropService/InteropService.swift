// SPDX-License-Identifier: Apache-2.0

// grpc.testing.TestService, as gRPC's document of interoperability tests has it: with it other
// implementations test this one, and its methods are of all four kinds.

package import GRPCTransport
internal import ProtobufCoding

/// The service that implementations of gRPC are tested against each other with.
package enum InteropService {
    /// Its name.
    package static let name = "grpc.testing.TestService"
    /// Metadata that is sent back before the first message.
    package static let echoedHeader = "x-grpc-test-echo-initial"
    /// Metadata that is sent back beside the status.
    package static let echoedTrailer = "x-grpc-test-echo-trailing-bin"
    /// Bytes of one message.
    private static let limit = MessageLimit("interopMessageBytesMax", bytes: 4 << 20)

    /// The service as a server has it.
    package static var description: ServiceDescription {
        ServiceDescription(
            name,
            methods: [
                method("EmptyCall", .one) { EmptyCall() },
                method("UnaryCall", .one) { UnaryCall() },
                method("StreamingInputCall", .stream) { StreamingInputCall() },
                method("StreamingOutputCall", .one) { OutputCall() },
                method("FullDuplexCall", .stream) { OutputCall() },
                method("HalfDuplexCall", .stream) { OutputCall(waitsForEnd: true) },
            ]
        )
    }

    private static func method(
        _ name: String,
        _ requests: MethodDescription.Requests,
        _ make: @escaping @Sendable () -> any CallHandler
    ) -> MethodDescription {
        MethodDescription(name, requests: requests, messageLimit: limit) { call in
            for (name, value) in call.metadata {
                if name == echoedHeader { call.addHeader(name, value) }
                if name == echoedTrailer { call.addTrailer(name, value) }
            }
            return make()
        }
    }

    /// Bytes of an answer; nil for a size that none can have.
    static func payload(_ size: Int32) -> Grpc_Testing_Payload? {
        guard size >= 0, size <= limit.bytes else { return nil }
        var payload = Grpc_Testing_Payload()
        payload.body = [UInt8](repeating: 0, count: Int(size))
        return payload
    }
}

extension ServerCall {
    /// Decodes a message; ends the call when it is none.
    func decode<Message: ProtobufMessage>(_ bytes: UnsafeRawBufferPointer) -> Message? {
        do {
            return try Message(serializedBytes: bytes)
        } catch {
            finish(GRPCStatus(.invalidArgument, "the message is none"))
            return nil
        }
    }

    /// Sends a message.
    func send(_ message: some ProtobufMessage) {
        let bytes = message.serializedBytes()
        sendMessage(byteCount: bytes.count) { $0.copyBytes(from: bytes) }
    }

    /// Ends the call with a status that its client has asked for, if it has.
    func finish(asTold status: Grpc_Testing_EchoStatus) -> Bool {
        guard status.code != 0 else { return false }
        let code = GRPCStatus.Code(rawValue: Int(status.code)) ?? .unknown
        finish(GRPCStatus(code, status.message))
        return true
    }

    /// Ends the call unless the message came as it was to come.
    func refuses(_ expected: Grpc_Testing_BoolValue) -> Bool {
        guard expected.value, !isMessageCompressed else { return false }
        finish(GRPCStatus(.invalidArgument, "the message was to be compressed, and is not"))
        return true
    }
}
