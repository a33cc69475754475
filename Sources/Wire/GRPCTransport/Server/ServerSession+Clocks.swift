// SPDX-License-Identifier: Apache-2.0

// No state of a call without a clock, looked at once a second: a request that is under way
// and an answer that waits have a least rate, a stream on which nothing happens has a time.
// While the server works or holds the client back, the client is not waited for.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

extension ServerSession {
    /// What a call waits for.
    private enum CallState {
        /// The server: it works, or does not take what the client would send.
        case working
        /// The rest of a request: its bytes, or its end.
        case requestUnderWay
        /// The first message of a stream.
        case firstMessage
        /// Another message of a stream, if the client should think of one.
        case idle
    }

    /// Ends the calls whose clients have done too little for too long.
    ///
    /// - Returns: Whether some call makes progress, so that the connection is not idle.
    func checkClocks(now: NIODeadline) -> Bool {
        var makesProgress = hasCompleted
        hasCompleted = false
        let forgiven = UInt32(clamping: environment.limits.emptyFramesPerSecond)
        vigie_walk_forgive(&connection.pointee.walk, forgiven)
        resetCount = max(0, resetCount - environment.limits.concurrentStreamsMax)
        var next = calls.first
        while let call = next?.takeUnretainedValue() {
            // A call that fails here stays in the list until its status is sent.
            next = call.next
            if checkAnswer(of: call, now) { makesProgress = true }
            if call.outcome == .open, checkRequest(of: call, now) { makesProgress = true }
        }
        return makesProgress
    }

    /// Whether an answer waits for its reader, within its time.
    private func checkAnswer(of call: ServerCall, _ now: NIODeadline) -> Bool {
        guard call.outcome != .open || !call.outbound.isEmpty else {
            call.answerClock.stop()
            return false
        }
        let waiting = CallClock.Waiting.rate(
            windowSeconds: environment.limits.stallTimeoutSeconds,
            bytesPerSecondMin: environment.limits.callBytesPerSecondMin
        )
        guard call.answerClock.isOver(waiting, now: now) else { return true }
        cut(call)
        return false
    }

    /// Whether the request of a call makes progress.
    private func checkRequest(of call: ServerCall, _ now: NIODeadline) -> Bool {
        let limits = environment.limits
        let waiting: CallClock.Waiting
        let limit: String
        switch state(of: call) {
        case .working:
            call.requestClock.stop()
            return true
        case .requestUnderWay:
            waiting = .rate(
                windowSeconds: limits.requestWindowSeconds,
                bytesPerSecondMin: limits.callBytesPerSecondMin
            )
            limit =
                "the request brought less than callBytesPerSecondMin over requestWindowSeconds; "
                + "send it at once, and its end with it"
        case .firstMessage:
            waiting = .anything(timeoutSeconds: limits.firstMessageTimeoutSeconds)
            limit = "no message came within firstMessageTimeoutSeconds"
        case .idle:
            waiting = .anything(timeoutSeconds: limits.idleStreamTimeoutSeconds)
            limit = "nothing came for idleStreamTimeoutSeconds"
        }
        // A byte now and then is no progress.
        let keepsUp = call.requestClock.keepsUp(waiting, now: now)
        if call.requestClock.isOver(waiting, now: now) {
            if call.route == nil {
                cut(call)
                return false
            }
            abandon(call, GRPCStatus(.cancelled, limit))
            return false
        }
        return keepsUp
    }

    private func state(of call: ServerCall) -> CallState {
        guard let route = call.route, !call.remoteClosed else {
            return call.isPlain && !call.remoteClosed ? .requestUnderWay : .working
        }
        if !call.held.isEmpty || mustHold(call) { return .working }
        if route._withUnsafeGuaranteedRef({ $0.isUnary }) { return .requestUnderWay }
        if !call.deframer.isAtBoundary { return .requestUnderWay }
        if call.messageCount == 0 { return .firstMessage }
        return call.outbound.isEmpty ? .idle : .working
    }

    /// Whether a call waits for the rest of its request.
    func waitsForRequest(_ call: ServerCall) -> Bool {
        guard call.outcome == .open else { return false }
        if case .requestUnderWay = state(of: call) { return true }
        return false
    }

    /// Ends a call of which nobody waits for anything, and lets its memory go at once: its status
    /// may wait for long to be sent. Not to be called while its messages are delivered.
    func abandon(
        _ call: ServerCall,
        _ status: GRPCStatus,
        _ reason: CallEndReason = .rejected
    ) {
        fail(call, status, reason)
        dropRequest(of: call)
    }

    /// Ends a call whose client does not take its answer: no status could be sent behind it.
    func cut(_ call: ServerCall) {
        call.endReason = .rejected
        if call.outcome == .open { call.outcome = .failed }
        dropAnswer(of: call)
        dropRequest(of: call)
        // To a gRPC library this is UNAVAILABLE.
        let code = NGHTTP2_REFUSED_STREAM.rawValue
        let flag = UInt8(NGHTTP2_FLAG_NONE.rawValue)
        nghttp2_submit_rst_stream(pointer, flag, call.streamID, code)
        if !isInTurn { outputPending?() }
    }

    private func dropRequest(of call: ServerCall) {
        cancelUnpacking(of: call)
        dropHeld(call)
        call.deframer.clear()
        call.unaryMessage = nil
    }
}
