// SPDX-License-Identifier: Apache-2.0

// Requests: what their headers must say, how their messages reach handlers,
// and how much a client may send ahead.

internal import CNGHTTP2
internal import NIOCore
internal import VigieLimits

extension ServerSession {
    /// All headers of a request are in: checks them and finds the handler.
    func begin(_ call: ServerCall) {
        let head = connection.pointee.head
        if head.is_over_limit {
            let limits = environment.limits
            return reject(
                call,
                GRPCStatus(
                    .resourceExhausted,
                    "request headers are over a limit: headerListBytesMax is "
                        + "\(limits.headerListBytesMax), headerCountMax is \(limits.headerCountMax)"
                )
            )
        }
        guard head.is_post, head.is_grpc else {
            return refuseAsHTTP(call, status: head.is_post ? "415" : "405")
        }
        guard head.route_index < environment.routes.count else {
            return reject(call, GRPCStatus(.unimplemented, "unknown method"))
        }
        if head.timeout_is_malformed {
            return reject(call, GRPCStatus(.invalidArgument, "grpc-timeout is malformed"))
        }
        if let deadline = call.deadline, deadline <= .now() {
            return reject(call, GRPCStatus(.deadlineExceeded, "deadline passed before the call"))
        }
        call.deframer.acceptsGzip = head.accepts_gzip
        loop.setHandler(ofRoute: head.route_index, for: call)
        if call.deadline != nil { callsWithDeadline.append(call) }
    }

    /// Bytes of a request's messages.
    func receiveData(_ call: ServerCall, _ bytes: UnsafeRawBufferPointer) {
        guard !call.isEnded, let route = call.route else { return consume(call, bytes.count) }
        if let message = wholeRequest(call, route, bytes) {
            consumedBytes += bytes.count
            call.stalledSince = nil
            call.messageCount = 1
            return hand(call, message, inStorage: false)
        }
        if mustHold(call) || call.held != nil {
            let held = call.held ?? MessageStorage(budget: environment.assemblyBudget)
            call.held = held
            // At most a stream's window: held bytes are not consumed.
            if !held.append(bytes, expected: 0) { rejectForMemory(call) }
            return
        }
        var rest = bytes
        deliver(call, &rest)
        consume(call, bytes.count - rest.count)
        guard !rest.isEmpty, !call.isEnded else { return consume(call, rest.count) }
        let held = MessageStorage(budget: environment.assemblyBudget)
        call.held = held
        if !held.append(rest, expected: 0) { rejectForMemory(call) }
    }

    /// The message of a unary call that comes alone in one frame with the end of the stream, as
    /// nearly all do. Only the connection's window matters then: the stream's is not used again.
    private func wholeRequest(
        _ call: ServerCall,
        _ route: Unmanaged<RoutedHandler>,
        _ bytes: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        // Its handler has had nothing yet, so it has not paused or answered.
        guard connection.pointee.frame_flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0,
            connection.pointee.frame_length == bytes.count, call.messageCount == 0,
            call.held == nil,
            route._withUnsafeGuaranteedRef({ $0.isUnary })
        else { return nil }
        return call.deframer.wholeMessage(bytes)
    }

    /// The client has sent all it will send.
    func receiveEnd(_ call: ServerCall) {
        call.remoteClosed = true
        finishRequestIfDone(call)
    }

    /// Goes on with what arrived while the call was paused.
    func deliverHeld(_ call: ServerCall) {
        guard !call.isDelivering else { return }
        if let held = call.held, !mustHold(call) {
            var rest = UnsafeRawBufferPointer(rebasing: held.bytes[call.heldOffset...])
            let before = rest.count
            deliver(call, &rest)
            call.heldOffset = held.count - rest.count
            consume(call, before - rest.count)
            if rest.isEmpty || call.isEnded {
                consume(call, rest.count)
                call.held = nil
                call.heldOffset = 0
            } else if call.heldOffset > held.count / 2 {
                // A client that is never caught up with would make it grow without end.
                held.removeFirst(call.heldOffset)
                call.heldOffset = 0
            }
            if !isInTurn { outputPending?() }
        }
        if call.held == nil { finishRequestIfDone(call) }
    }

    /// Whether the call must not be given another message now.
    private func mustHold(_ call: ServerCall) -> Bool {
        call.isPaused || call.outbound.byteCount > environment.limits.callOutboundBytesMax
    }

    /// Gives the handler the messages in `bytes`, until it pauses.
    private func deliver(_ call: ServerCall, _ bytes: inout UnsafeRawBufferPointer) {
        call.isDelivering = true
        defer { call.isDelivering = false }
        while !call.isEnded, !mustHold(call) {
            switch call.deframer.next(&bytes) {
            case .needsMore:
                return
            case .failed(let status):
                return reject(call, status)
            case .message(let message, let inStorage):
                receiveMessage(call, message, inStorage: inStorage)
            }
        }
    }

    private func receiveMessage(
        _ call: ServerCall,
        _ message: UnsafeRawBufferPointer,
        inStorage: Bool
    ) {
        call.messageCount += 1
        guard call.route?._withUnsafeGuaranteedRef({ $0.isUnary }) == true else {
            return hand(call, message, inStorage: inStorage)
        }
        if call.messageCount > 1 {
            return reject(call, GRPCStatus(.invalidArgument, "a unary call carries one message"))
        }
        if inStorage, let storage = call.deframer.storage {
            call.unaryMessage = storage
            return
        }
        let storage = MessageStorage(budget: environment.assemblyBudget)
        guard storage.append(message, expected: message.count) else { return rejectForMemory(call) }
        call.unaryMessage = storage
    }

    private func hand(_ call: ServerCall, _ message: UnsafeRawBufferPointer, inStorage: Bool) {
        call.currentMessage = (message, inStorage)
        call.route?._withUnsafeGuaranteedRef { $0.handler.receiveMessage(message, call: call) }
        call.currentMessage = nil
    }

    private func finishRequestIfDone(_ call: ServerCall) {
        guard call.remoteClosed, !call.endDelivered, !call.isEnded, call.held == nil,
            let route = call.route
        else { return }
        guard call.deframer.isAtBoundary else {
            return reject(
                call,
                GRPCStatus(.invalidArgument, "the request ends inside of a message")
            )
        }
        if route._withUnsafeGuaranteedRef({ $0.isUnary }) {
            if let storage = call.unaryMessage {
                hand(call, storage.bytes, inStorage: true)
                call.unaryMessage = nil
            } else if call.messageCount == 0 {
                return reject(call, GRPCStatus(.invalidArgument, "the call carries no message"))
            }
        }
        call.endDelivered = true
        if !call.isEnded { route._withUnsafeGuaranteedRef { $0.handler.receiveEnd(call: call) } }
    }

    /// Lets the client send as many bytes more.
    private func consume(_ call: ServerCall, _ byteCount: Int) {
        guard byteCount > 0 else { return }
        call.stalledSince = nil
        nghttp2_session_consume(pointer, call.streamID, byteCount)
    }

    private func rejectForMemory(_ call: ServerCall) {
        reject(call, MessageDeframer.noMemory)
    }
}
