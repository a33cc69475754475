// SPDX-License-Identifier: Apache-2.0

// ScoreRows: header and block in one message, identity and scores in one answer.

internal import GRPCTransport
internal import ServiceErrors

/// Answers all calls of ScoreRows of one event loop; has no state of any one.
final class ScoreRowsHandler: CallHandler {
    private static let messageName = "vigie.v1.ScoreRowsRequest"

    /// Scores for the event loop.
    let scorer: RowScorer

    init(scorer: RowScorer) {
        self.scorer = scorer
    }

    func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
        do throws(ServiceError) {
            let envelope = try RowEnvelope(message, messageName: Self.messageName)
            guard let headerBytes = envelope.header else {
                throw .invalid("header", "NO_HEADER", "The request has no header.")
            }
            guard let blockBytes = envelope.block else {
                throw .invalid("block", "NO_BLOCK", "The request has no block of rows.")
            }
            if scorer.collect(blockBytes, headerBytes: headerBytes, call: call) { return }
            guard let header = try scorer.prepare(headerBytes, for: call) else {
                return try prepare(message, call: call)
            }
            try scorer.finish(blockBytes, header: header, call: call)
        } catch {
            call.finish(error.status)
        }
    }

    /// Has a thread prepare a long header, and goes on with the block then.
    private func prepare(
        _ message: UnsafeRawBufferPointer,
        call: ServerCall
    ) throws(ServiceError) {
        let kept = try scorer.keep(message, of: call)
        let envelope = try RowEnvelope(kept.bytes, messageName: Self.messageName)
        guard let headerBytes = envelope.header, let blockBytes = envelope.block else { return }
        try scorer.prepare(headerBytes, in: kept.storage, for: call) { [scorer] header in
            call.withMessage(in: kept.storage) {
                do throws(ServiceError) {
                    try scorer.finish(blockBytes, header: header, call: call)
                } catch {
                    call.finish(error.status)
                }
            }
        }
    }

    func receiveEnd(call: ServerCall) {}

    func callEnded(call: ServerCall, reason: CallEndReason) {
        // A completed call has no job left.
        if reason != .completed { scorer.callEnded(call) }
    }
}
