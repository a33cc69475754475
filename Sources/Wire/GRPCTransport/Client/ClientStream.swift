// SPDX-License-Identifier: Apache-2.0

// The caller's end of a stream of messages both ways.

package import NIOCore
internal import Synchronization
internal import VigieLimits

/// A stream of messages both ways, for one sender and one reader, which may be two tasks.
///
/// Memory is bounded on both ways: `send` waits while `outboxBytesMax` are not sent yet, and the
/// server gets no more window while `inboxBytesMax` are not read yet.
package final class ClientStream: ClientCallReceiver {
    private struct State {
        var call: ClientCall?
        var outcome: Result<Void, any Error>?
        var inbox: [ByteBuffer] = []
        var inboxBytes = 0
        var isReadingPaused = false
        var reader: CheckedContinuation<ByteBuffer?, any Error>?
        var outbox: [OutgoingMessage] = []
        var outboxBytes = 0
        var isOutboxClosed = false
        var isWakePending = false
        var sender: CheckedContinuation<Void, any Error>?
        var answer = ClientAnswer()
    }

    /// Bytes of messages that may wait to be sent.
    package static let outboxBytesMax = ClientLimits.outboxBytes
    /// Bytes of messages that may wait to be read before the server is held.
    package static let inboxBytesMax = ClientLimits.inboxBytes

    private let connection: ClientConnection
    private let state = Mutex(State())

    private let onEnd: (@Sendable (Result<Void, any Error>) -> Void)?

    init(
        connection: ClientConnection,
        onEnd: (@Sendable (Result<Void, any Error>) -> Void)?
    ) {
        self.connection = connection
        self.onEnd = onEnd
    }

    /// Starts the call that this is the caller's end of.
    func begin(_ call: ClientCall) {
        state.withLock { $0.call = call }
        connection.submit(.start(call))
    }

    // MARK: Caller

    /// Sends a message; waits while too many bytes are not sent yet.
    ///
    /// - Parameters:
    ///   - message: The message, or its beginning.
    ///   - tail: Its end; kept until it is sent.
    ///   - isCompressed: Whether the message is `packed` already, of a stream with compression.
    /// - Throws: `ClientCallError` when the call is over, `CancellationError` when the task was
    ///   cancelled, which ends the call.
    package func send(
        _ message: ByteBuffer,
        tail: (any MessageTail)? = nil,
        isCompressed: Bool = false
    ) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if let outcome = state.outcome { return outcome.flatMap { Self.over } }
                    if state.outboxBytes < Self.outboxBytesMax { return .success(()) }
                    state.sender = continuation
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            cancel()
        }
        let message = OutgoingMessage(message, tail: tail, isCompressed: isCompressed)
        wake { state in
            state.outbox.append(message)
            state.outboxBytes += message.byteCount
        }
    }

    /// Tells the server that no more messages follow.
    package func finishSending() {
        wake { $0.isOutboxClosed = true }
    }

    /// Waits for the next message.
    ///
    /// - Returns: The message, or nil when the server ended the call well.
    /// - Throws: `ClientCallError`, or `CancellationError` when the task was cancelled, which ends
    ///   the call.
    package func next() async throws -> ByteBuffer? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (result, resumed) = state.withLock { state in
                    takeMessage(&state, else: continuation)
                }
                if let resumed { connection.submit(.resumeReading(resumed)) }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// What the answer said of itself, once the call is over; nothing unless it was to be kept.
    package var answer: ClientAnswer { state.withLock { $0.answer } }

    /// Ends the call; the server is told to stop.
    package func cancel() {
        if let call = state.withLock({ $0.outcome == nil ? $0.call : nil }) {
            connection.submit(.cancel(call))
        }
    }

    private static var over: Result<Void, any Error> {
        let status = GRPCStatus(.ok, "the server ended the call before all was sent")
        return .failure(ClientCallError(.answered, status, answerBegan: true))
    }

    private func takeMessage(
        _ state: inout State,
        else continuation: CheckedContinuation<ByteBuffer?, any Error>
    ) -> (Result<ByteBuffer?, any Error>?, resumed: ClientCall?) {
        if !state.inbox.isEmpty {
            let message = state.inbox.removeFirst()
            state.inboxBytes -= message.readableBytes
            guard state.isReadingPaused, state.inboxBytes < Self.inboxBytesMax else {
                return (.success(message), nil)
            }
            state.isReadingPaused = false
            return (.success(message), state.call)
        }
        if let outcome = state.outcome { return (outcome.map { nil }, nil) }
        state.reader = continuation
        return (nil, nil)
    }

    /// Changes what is to be sent, and tells the event loop unless it has been told.
    private func wake(_ change: (inout State) -> Void) {
        let call: ClientCall? = state.withLock { state in
            guard state.outcome == nil else { return nil }
            change(&state)
            if state.isWakePending { return nil }
            state.isWakePending = true
            return state.call
        }
        if let call { connection.submit(.wake(call)) }
    }

    // MARK: Event loop

    func nextOutgoing() -> OutgoingMessage? {
        let (message, sender) = state.withLock { state in
            state.isWakePending = false
            guard !state.outbox.isEmpty else { return (nil as OutgoingMessage?, nil as Sender?) }
            let message = state.outbox.removeFirst()
            state.outboxBytes -= message.byteCount
            let hasRoom = state.outboxBytes < Self.outboxBytesMax
            return (message, hasRoom ? state.sender.take() : nil)
        }
        sender?.resume()
        return message
    }

    private typealias Sender = CheckedContinuation<Void, any Error>

    var hasSentAll: Bool {
        state.withLock { $0.isOutboxClosed && $0.outbox.isEmpty }
    }

    func receive(_ message: ByteBuffer) -> Bool {
        let (reader, isWelcome) = state.withLock { state in
            if let reader = state.reader.take() { return (reader as Reader?, true) }
            state.inbox.append(message)
            state.inboxBytes += message.readableBytes
            state.isReadingPaused = state.inboxBytes >= Self.inboxBytesMax
            return (nil, !state.isReadingPaused)
        }
        reader?.resume(returning: message)
        return isWelcome
    }

    private typealias Reader = CheckedContinuation<ByteBuffer?, any Error>

    func note(_ answer: ClientAnswer) {
        state.withLock { $0.answer = answer }
    }

    func end(_ outcome: Result<Void, any Error>) {
        onEnd?(outcome)
        let (reader, sender) = state.withLock { state in
            state.outcome = outcome
            state.call = nil
            state.outbox = []
            return (state.reader.take(), state.sender.take())
        }
        reader?.resume(with: outcome.map { nil })
        sender?.resume(with: outcome.flatMap { Self.over })
    }
}
