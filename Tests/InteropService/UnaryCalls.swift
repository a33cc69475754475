// SPDX-License-Identifier: Apache-2.0

// Methods that answer once.

internal import GRPCTransport
internal import ProtobufCoding

/// Nothing for nothing.
final class EmptyCall: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        guard let _: Grpc_Testing_Empty = call.decode(message) else { return }
        call.finish(byteCount: 0) { _ in }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// A payload of the size that is asked for.
final class UnaryCall: CallHandler {
    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        guard let request: Grpc_Testing_SimpleRequest = call.decode(message) else { return }
        if call.refuses(request.expectCompressed) || call.finish(asTold: request.responseStatus) {
            return
        }
        guard let payload = InteropService.payload(request.responseSize) else {
            return call.finish(GRPCStatus(.invalidArgument, "no answer has response_size bytes"))
        }
        call.compressesMessages = request.responseCompressed.value
        var response = Grpc_Testing_SimpleResponse()
        response.payload = payload
        call.send(response)
        call.finish()
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}

/// The sum of the sizes of all requests.
final class StreamingInputCall: CallHandler {
    private var size: Int32 = 0

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        guard let request: Grpc_Testing_StreamingInputCallRequest = call.decode(message),
            !call.refuses(request.expectCompressed)
        else { return }
        let (sum, isOver) = size.addingReportingOverflow(Int32(request.payload.body.count))
        if isOver { return call.finish(GRPCStatus(.outOfRange, "more than an int32 can tell")) }
        size = sum
    }

    func receiveEnd(call: ServerCall) {
        var response = Grpc_Testing_StreamingInputCallResponse()
        response.aggregatedPayloadSize = size
        call.send(response)
        call.finish()
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {}
}
