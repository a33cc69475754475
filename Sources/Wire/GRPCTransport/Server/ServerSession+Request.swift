// SPDX-License-Identifier: Apache-2.0

// Requests: what their headers must say, how their messages reach handlers,
// and how much a client may send ahead.

internal import CHTTP2Session
internal import NIOCore
internal import Telemetry
internal import VigieLimits

extension ServerSession {
    /// All headers of a request are in: checks them and finds the handler.
    func begin(_ call: ServerCall) {
        let head = connection.pointee.head
        call.begun = receivedAt
        call.routeIndex = head.is_health_page ? pageIndex(head) : head.route_index
        loop.callTimes.begin(call.routeIndex)
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
            return beginPlainRequest(call, head)
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
        if let gate = environment.gate, let refusal = admit(call, to: head.route_index, gate) {
            return reject(call, refusal)
        }
        call.deframer.acceptsPacked = head.accepts_packed
        call.takesGzip = head.takes_gzip
        // As servers of gRPC do: who sends compressed messages is answered with such.
        call.packsAnswers =
            head.takes_gzip && (head.accepts_packed || environment.compressesAnswers)
        loop.setHandler(ofRoute: head.route_index, for: call)
        if call.deadline != nil { callsWithDeadline.append(call) }
    }

    /// Bytes of a request's messages.
    func receiveData(_ call: ServerCall, _ bytes: UnsafeRawBufferPointer) {
        guard !call.isEnded, let route = call.route else {
            if let web = call.web {
                call.requestClock.byteCount += bytes.count
                web.receive(bytes)
            }
            return consume(call, bytes.count)
        }
        if let message = wholeRequest(call, route, bytes) {
            consumedBytes += bytes.count
            call.messageCount = 1
            return hand(call, message, nil)
        }
        call.requestClock.byteCount += bytes.count
        if mustHold(call) || !call.held.isEmpty { return hold(call, bytes) }
        var rest = bytes
        deliver(call, &rest)
        consume(call, bytes.count - rest.count)
        if rest.isEmpty { return }
        if call.isEnded { return consume(call, rest.count) }
        hold(call, rest)
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
            call.held.isEmpty,
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
        if !call.held.isEmpty {
            deliverMessages(call)
            if !call.isEnded, !mustHold(call) { deliverRest(call) }
            if call.isEnded { dropHeld(call) }
            if !isInTurn { outputPending?() }
        }
        if call.held.isEmpty { finishRequestIfDone(call) }
    }

    /// Keeps bytes for later. The stream's window is not told of them, so they are at most that.
    ///
    /// The connection's is, so that calls which wait do not hold up the others; unless it holds
    /// more than its part of the memory for requests while that gets scarce.
    private func hold(_ call: ServerCall, _ bytes: UnsafeRawBufferPointer) {
        if assembly.isPlentiful {
            consumedBytes += bytes.count
        } else {
            call.keptBackBytes += bytes.count
        }
        var rest = bytes
        if call.held.rest == nil { assemble(call, &rest) }
        guard !rest.isEmpty, !call.isEnded else { return }
        let held = call.held.rest ?? MessageStorage(budget: assembly)
        call.held.rest = held
        if !held.append(rest, expected: 0) { rejectForMemory(call) }
    }

    /// Puts large messages together that the handler does not want yet.
    private func assemble(_ call: ServerCall, _ bytes: inout UnsafeRawBufferPointer) {
        while !bytes.isEmpty {
            let before = bytes.count
            let step = call.deframer.assemble(&bytes)
            call.held.partialCount += before - bytes.count
            switch step {
            case .message:
                guard let storage = call.deframer.takeStorage() else { return }
                let message = HeldData.Message(
                    storage: storage,
                    byteCount: call.held.partialCount
                )
                call.held.messages.append(message)
                call.held.partialCount = 0
            case .failed(let status):
                return reject(call, status)
            case .needsMore, .compressed, nil:
                return
            }
        }
    }

    /// Gives the handler the messages that were put together, until it pauses.
    private func deliverMessages(_ call: ServerCall) {
        call.isDelivering = true
        defer { call.isDelivering = false }
        while !call.isEnded, !mustHold(call), !call.held.messages.isEmpty {
            let message = call.held.messages.removeFirst()
            consumeHeld(call, message.byteCount)
            let bytes = message.storage.bytes
            receiveMessage(call, bytes, storage: message.storage)
            call.giveBack((consume message).storage)
        }
    }

    /// Gives the handler what waits behind those messages, until it pauses.
    private func deliverRest(_ call: ServerCall) {
        consumeHeld(call, call.held.partialCount)
        call.held.partialCount = 0
        var rest = call.held.restBytes
        let before = rest.count
        deliver(call, &rest)
        consumeHeld(call, before - rest.count)
        if !call.isEnded { assemble(call, &rest) }
        call.held.keepRest(rest.count)
    }

    /// Whether the call must not be given another message now.
    func mustHold(_ call: ServerCall) -> Bool {
        // What is not copied is long, and costs nothing to make when its turn to be sent has come.
        call.isPaused || call.unpacking != nil || call.outbound.hasLasting
            || call.outbound.byteCount + call.packingBytes
                > environment.limits.callOutboundBytesMax
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
                let storage = inStorage ? call.deframer.storage : nil
                receiveMessage(call, message, storage: storage)
            case .compressed(let packed, let inStorage):
                let storage = inStorage ? call.deframer.takeStorage() : nil
                receiveCompressed(call, packed, storage: storage)
            }
        }
    }

    /// A message of a stream is unpacked at once; that of a unary call stays small until the
    /// request has ended.
    private func receiveCompressed(
        _ call: ServerCall,
        _ packed: UnsafeRawBufferPointer,
        storage: MessageStorage?
    ) {
        guard call.route?._withUnsafeGuaranteedRef({ $0.isUnary }) == true else {
            return unpack(call, packed, storage: storage)
        }
        receiveMessage(call, packed, storage: storage)
        call.isUnaryPacked = true
    }

    func receiveMessage(
        _ call: ServerCall,
        _ message: UnsafeRawBufferPointer,
        storage: MessageStorage?
    ) {
        call.messageCount += 1
        guard call.route?._withUnsafeGuaranteedRef({ $0.isUnary }) == true else {
            return hand(call, message, storage)
        }
        if call.messageCount > 1 {
            return reject(call, GRPCStatus(.invalidArgument, "a unary call carries one message"))
        }
        if let storage {
            call.unaryMessage = storage
            return
        }
        let copy = MessageStorage(budget: assembly)
        guard copy.append(message, expected: message.count) else { return rejectForMemory(call) }
        call.unaryMessage = copy
    }

    private func hand(
        _ call: ServerCall,
        _ message: UnsafeRawBufferPointer,
        _ storage: MessageStorage?
    ) {
        if storage != nil { call.currentStorage = storage }
        call.route?._withUnsafeGuaranteedRef { $0.handler.receiveMessage(message, call: call) }
        if storage != nil { call.currentStorage = nil }
    }

    private func finishRequestIfDone(_ call: ServerCall) {
        guard call.remoteClosed, !call.endDelivered, !call.isEnded, call.held.isEmpty,
            call.unpacking == nil
        else { return }
        guard let route = call.route else { return answerPlainRequest(call) }
        guard call.deframer.isAtBoundary else {
            return reject(
                call,
                GRPCStatus(.invalidArgument, "the request ends inside of a message")
            )
        }
        if route._withUnsafeGuaranteedRef({ $0.isUnary }) {
            if let storage = call.unaryMessage {
                call.unaryMessage = nil
                if call.isUnaryPacked { return unpackRequest(call, storage) }
                hand(call, storage.bytes, storage)
            } else if call.messageCount == 0 {
                return reject(call, GRPCStatus(.invalidArgument, "the call carries no message"))
            }
        }
        call.endDelivered = true
        if !call.isEnded { route._withUnsafeGuaranteedRef { $0.handler.receiveEnd(call: call) } }
    }

    /// The whole request of a unary call is in, compressed.
    private func unpackRequest(_ call: ServerCall, _ packed: MessageStorage) {
        call.isUnaryPacked = false
        call.messageCount = 0
        unpack(call, packed.bytes, storage: packed)
        // Unpacked at once: it is the unary message now, and its end is to be told.
        if call.unaryMessage != nil { finishRequestIfDone(call) }
    }

    /// Lets the client send as many bytes more.
    func consume(_ call: ServerCall, _ byteCount: Int) {
        guard byteCount > 0 else { return }
        nghttp2_session_consume(pointer, call.streamID, byteCount)
    }

    /// Lets the client send as many bytes more on a stream that were held.
    private func consumeHeld(_ call: ServerCall, _ byteCount: Int) {
        guard byteCount > 0 else { return }
        nghttp2_session_consume_stream(pointer, call.streamID, byteCount)
        giveBackWindow(of: call, byteCount)
    }

    /// Forgets what is held of a call that is over.
    func dropHeld(_ call: ServerCall) {
        guard !call.held.isEmpty || call.keptBackBytes > 0 else { return }
        consumeHeld(call, call.held.byteCount)
        giveBackWindow(of: call, call.keptBackBytes)
        call.held = HeldData()
    }

    /// Tells the connection's window of held bytes that it was not told of.
    func giveBackWindow(of call: ServerCall, _ byteCount: Int) {
        let count = min(byteCount, call.keptBackBytes)
        guard count > 0 else { return }
        call.keptBackBytes -= count
        nghttp2_session_consume_connection(pointer, count)
    }

    func rejectForMemory(_ call: ServerCall) {
        reject(call, MessageDeframer.noMemory)
    }
}
