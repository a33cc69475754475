// SPDX-License-Identifier: Apache-2.0

// The caller's end of a call of one message each way.

internal import NIOCore
internal import Synchronization

/// Waits for the one message that answers the one message of a call.
final class UnaryReceiver: ClientCallReceiver {
    private struct State {
        var request: ByteBuffer?
        var response: ByteBuffer?
        var isSurplus = false
        var continuation: CheckedContinuation<ByteBuffer, any Error>?
    }

    private let state: Mutex<State>

    init(_ request: ByteBuffer) {
        state = Mutex(State(request: request))
    }

    /// Sets who waits. Called before the call is started.
    func install(_ continuation: CheckedContinuation<ByteBuffer, any Error>) {
        state.withLock { $0.continuation = continuation }
    }

    func nextOutgoing() -> OutgoingMessage? {
        state.withLock { $0.request.take() }.map { OutgoingMessage($0) }
    }

    var hasSentAll: Bool {
        state.withLock { $0.request == nil }
    }

    func receive(_ message: ByteBuffer) -> Bool {
        state.withLock { state in
            if state.response != nil { state.isSurplus = true }
            state.response = message
        }
        return true
    }

    func end(_ outcome: Result<Void, any Error>) {
        let (continuation, response, isSurplus) = state.withLock { state in
            (state.continuation.take(), state.response.take(), state.isSurplus)
        }
        continuation?.resume(
            with: outcome.flatMap {
                if let response, !isSurplus { return .success(response) }
                let text = "the server sent \(isSurplus ? "more than one answer" : "no answer")"
                let status = GRPCStatus(.internalError, text)
                return .failure(ClientCallError(.badResponse, status, answerBegan: true))
            }
        )
    }
}
