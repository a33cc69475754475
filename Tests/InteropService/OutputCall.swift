// SPDX-License-Identifier: Apache-2.0

// Methods that answer each request with as many messages as it asks for.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding

/// Answers requests as they come, or once all are in.
final class OutputCall: CallHandler {
    private let waitsForEnd: Bool
    private var waiting: [Grpc_Testing_ResponseParameters] = []
    private var isInPause = false
    private var hasEnded = false
    /// The status that the call ends with.
    private var status: Grpc_Testing_EchoStatus?

    init(waitsForEnd: Bool = false) {
        self.waitsForEnd = waitsForEnd
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        guard let request: Grpc_Testing_StreamingOutputCallRequest = call.decode(message) else {
            return
        }
        if request.responseStatus.code != 0 { status = status ?? request.responseStatus }
        waiting += request.responseParameters
        goOn(call)
    }

    func receiveEnd(call: ServerCall) {
        hasEnded = true
        goOn(call)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        waiting = []
    }

    private func goOn(_ call: ServerCall) {
        if waitsForEnd && !hasEnded { return }
        while !isInPause, !call.isEnded, !waiting.isEmpty {
            let next = waiting.removeFirst()
            if next.intervalUs > 0 { return pause(before: next, call) }
            send(next, call)
        }
        guard !isInPause, !call.isEnded, waiting.isEmpty else { return }
        if let status, call.finish(asTold: status) { return }
        if hasEnded { call.finish() }
    }

    private func pause(before next: Grpc_Testing_ResponseParameters, _ call: ServerCall) {
        isInPause = true
        let time = TimeAmount.microseconds(Int64(next.intervalUs))
        call.eventLoop.assumeIsolated().scheduleTask(in: time) {
            self.isInPause = false
            if call.isEnded { return }
            self.send(next, call)
            self.goOn(call)
        }
    }

    private func send(_ parameters: Grpc_Testing_ResponseParameters, _ call: ServerCall) {
        guard let payload = InteropService.payload(parameters.size) else {
            return call.finish(GRPCStatus(.invalidArgument, "no answer has so many bytes"))
        }
        call.compressesMessages = parameters.compressed.value
        var response = Grpc_Testing_StreamingOutputCallResponse()
        response.payload = payload
        call.send(response)
    }
}
