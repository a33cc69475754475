// SPDX-License-Identifier: Apache-2.0

// A stream of rows, whatever is said of them: the header first, then block after block, each
// answered before the next is looked at. Blocks that arrive meanwhile wait in the transport, which
// holds the client's window, so a slow scorer slows its sender.

internal import GRPCTransport
internal import ServiceErrors

/// The state of one stream. Bound to the call's event loop.
final class RowStreamHandler: CallHandler {
    private let scorer: RowScorer
    private var header: PreparedHeader?
    /// Whether a thread has the header or a block; no other message comes meanwhile.
    private var isAway = false
    private var hasClientEnded = false
    /// What has the blocks from the header on, if that names a job.
    private var jobStream: JobStream?

    init(scorer: RowScorer) {
        self.scorer = scorer
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let envelope = try RowEnvelope(message, messageName: scorer.method.requestName)
            switch (envelope.header, envelope.block) {
            case (let headerBytes?, nil):
                try receiveHeader(headerBytes, call: call)
            case (nil, let blockBytes?):
                try receiveBlock(blockBytes, call: call)
            case (nil, nil):
                throw .invalid(
                    "message",
                    "EMPTY_MESSAGE",
                    "The message is empty; send the header first, then a block in each message."
                )
            case (.some, .some):
                throw .invalid(
                    "message",
                    "HEADER_AND_BLOCK",
                    "The message has a header and a block; in a stream each has its own message."
                )
            }
        } catch {
            call.finish(error.status)
        }
    }

    func receiveEnd(call: ServerCall) {
        hasClientEnded = true
        if let jobStream { return jobStream.clientEnded(call) }
        finishWhenDone(call)
    }

    func callEnded(call: ServerCall, reason: CallEndReason) {
        // A completed call has no job left.
        if reason != .completed { scorer.callEnded(call) }
        jobStream?.callEnded()
    }

    private func receiveHeader(
        _ bytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        guard header == nil else {
            throw .invalid(
                "header",
                "SECOND_HEADER",
                "The stream has a second header; the first applies to all of its blocks. Open "
                    + "another stream for other columns or another model."
            )
        }
        if let prepared = try scorer.prepare(bytes, for: call) {
            return try take(prepared, bytes, call: call)
        }
        let kept = try scorer.keep(bytes, of: call)
        try scorer.prepare(kept.bytes, in: kept.storage, for: call) { [self] prepared in
            do throws(ServiceError) { try take(prepared, kept.bytes, call: call) } catch {
                return call.finish(error.status)
            }
            if jobStream == nil { goOn(call) }
        }
        leave(call)
    }

    private func take(
        _ prepared: PreparedHeader,
        _ bytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        header = prepared
        guard prepared.job == nil else { return try begin(prepared, bytes, call: call) }
        call.sendIdentity(of: prepared)
    }

    /// Leaves all that follows to the job.
    private func begin(
        _ prepared: PreparedHeader,
        _ bytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        let stream = try JobStream(scorer, prepared, call: call)
        jobStream = stream
        stream.open(try scorer.keep(bytes, of: call), call: call)
        if hasClientEnded { stream.clientEnded(call) }
    }

    private func receiveBlock(
        _ bytes: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        guard let header else {
            throw .invalid(
                "header",
                "NO_HEADER",
                "The stream begins with a block; its first message must be the header."
            )
        }
        if let jobStream { return try jobStream.receive(bytes, call: call) }
        let isAnswered = try scorer.answer(
            bytes,
            header: header,
            reply: .message(of: self),
            call: call
        )
        if !isAnswered { leave(call) }
    }

    private func leave(_ call: ServerCall) {
        isAway = true
        call.pauseMessages()
    }

    /// What a thread had is done: the header is there, or the block is answered.
    func goOn(_ call: ServerCall) {
        isAway = false
        call.resumeMessages()
        finishWhenDone(call)
    }

    private func finishWhenDone(_ call: ServerCall) {
        guard hasClientEnded, !isAway else { return }
        guard header != nil else {
            let error = ServiceError.invalid(
                "header",
                "NO_HEADER",
                "The stream ended without a header; its first message must be the header."
            )
            return call.finish(error.status)
        }
        call.finish(.ok)
    }
}
