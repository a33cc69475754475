// SPDX-License-Identifier: Apache-2.0

// ModelInfer, and ModelStreamInfer, which is a stream of the same requests, each answered before
// the next is looked at.

internal import GRPCTransport
internal import ServiceErrors

/// Answers all calls of ModelInfer of one event loop; has no state of any one.
final class ModelInferHandler: CallHandler {
    private let scorer: RowScorer

    init(scorer: RowScorer) {
        self.scorer = scorer
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        let reply = InferReply()
        do throws(ServiceError) {
            _ = try scorer.infer(message, reply: reply, call: call)
        } catch {
            reply.fail(error, on: call)
        }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {
        // A completed call has no job left.
        if reason != .completed { scorer.callEnded(call) }
    }
}

/// The state of one stream. Bound to the call's event loop.
final class ModelStreamInferHandler: CallHandler {
    private let scorer: RowScorer
    /// Whether a thread has a request; no other message comes meanwhile.
    private var isAway = false
    private var hasClientEnded = false

    init(scorer: RowScorer) {
        self.scorer = scorer
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        let reply = InferReply(stream: self)
        do throws(ServiceError) {
            if try scorer.infer(message, reply: reply, call: call) { return }
            isAway = true
            call.pauseMessages()
        } catch {
            reply.fail(error, on: call)
        }
    }

    func receiveEnd(call: ServerCall) {
        hasClientEnded = true
        if !isAway { call.finish(.ok) }
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        if reason != .completed { scorer.callEnded(call) }
    }

    /// What a thread had is answered.
    func goOn(_ call: ServerCall) {
        isAway = false
        call.resumeMessages()
        if hasClientEnded, !isAway { call.finish(.ok) }
    }
}
