// SPDX-License-Identifier: Apache-2.0

// One call of a client on its event loop: what is being sent, what has been
// received, and whom to tell.

internal import NIOCore

/// Whom a call tells what happens to it. All methods are called on the event loop.
protocol ClientCallReceiver: AnyObject, Sendable {
    /// The next message to send, if there is one.
    func nextOutgoing() -> OutgoingMessage?
    /// Whether the last message has been taken by `nextOutgoing`.
    var hasSentAll: Bool { get }
    /// Takes a message. Returns whether more are welcome; if not, the call
    /// stops granting window until `ClientCommand.resumeReading`.
    func receive(_ message: ByteBuffer) -> Bool
    /// What the answer said of itself, if that was to be kept; before the call is over.
    func note(_ answer: ClientAnswer)
    /// The call is over. Called once.
    func end(_ outcome: Result<Void, any Error>)
}

extension ClientCallReceiver {
    func note(_ answer: ClientAnswer) {}
}

/// One call. Made by any thread, then touched by the event loop alone.
final class ClientCall: @unchecked Sendable {
    let path: String
    let metadata: [(name: String, value: String)]
    let deadline: NIODeadline?
    /// Longest time that a sent message may wait for the message that answers it; nil when the
    /// method does not answer each message with one.
    let answerTimeout: TimeAmount?
    let receiver: any ClientCallReceiver

    /// Identifier of the HTTP/2 stream; 0 before there is one.
    var streamID: Int32 = 0
    /// Whether the receiver has been told the outcome.
    var isEnded = false
    /// Whether the caller lost interest before the call was started.
    var isCancelled = false

    // Sending.
    private var outgoing: OutgoingMessage?
    private var prefix: UInt64 = 0
    private var prefixSent = 0
    /// Whether nghttp2 waits to be told that there is something to send.
    var isDeferred = false

    // Receiving.
    var head = ResponseHead()
    var answerBegan = false
    /// Responses before the response so far.
    var interimCount = 0
    /// What the answer says of itself, if somebody wants it.
    var answer: ClientAnswer?
    var deframer: MessageDeframer
    /// Bytes received for which no window has been granted yet.
    var heldBytes = 0
    var isReadingPaused = false

    // Progress, for `answerTimeout`.
    private var answersDue = 0
    private var lastProgress = NIODeadline.now()

    static let prefixBytes = 5

    init(
        path: String,
        metadata: [(name: String, value: String)],
        deadline: NIODeadline?,
        answerTimeout: TimeAmount?,
        messageBytesMax: Int,
        receiver: any ClientCallReceiver
    ) {
        self.path = path
        self.metadata = metadata
        self.deadline = deadline
        self.answerTimeout = answerTimeout
        self.receiver = receiver
        self.deframer = MessageDeframer(messageBytesMax: messageBytesMax, budget: nil)
    }

    /// Bytes that can be sent now, prefix included.
    var sendableBytes: Int {
        if outgoing == nil, let next = receiver.nextOutgoing() {
            outgoing = next
            // A flag that says whether it is compressed, then the length, big end first.
            let flags: UInt64 = next.isCompressed ? 1 << 56 : 0
            prefix = (flags | UInt64(UInt32(clamping: next.byteCount)) << 24).bigEndian
            prefixSent = 0
            if answersDue == 0 { lastProgress = .now() }
            answersDue += 1
        }
        guard let outgoing else { return 0 }
        return Self.prefixBytes - prefixSent + outgoing.byteCount
    }

    /// Whether nothing follows once `byteCount` more bytes are sent.
    func isLast(byteCount: Int) -> Bool {
        sendableBytes == byteCount && receiver.hasSentAll
    }

    /// Writes the next `byteCount` of the sendable bytes.
    func send(byteCount: Int, to writer: RecordWriter) throws {
        guard outgoing != nil else { return }
        lastProgress = .now()
        let prefixCount = min(byteCount, Self.prefixBytes - prefixSent)
        if prefixCount > 0 {
            let sent = prefixSent
            try withUnsafeBytes(of: prefix) { bytes in
                try writer.write(UnsafeRawBufferPointer(rebasing: bytes[sent..<sent + prefixCount]))
            }
            prefixSent += prefixCount
        }
        try outgoing?.send(byteCount - prefixCount, to: writer)
        if outgoing?.byteCount == 0, prefixSent == Self.prefixBytes { outgoing = nil }
    }

    /// Notes that bytes of an answer, or a whole one, arrived.
    func noteProgress(messageCount: Int) {
        answersDue -= messageCount
        if answerTimeout != nil { lastProgress = .now() }
    }

    /// When to look whether the call is to be ended for want of time: not in the future if it is.
    func expiry(now: NIODeadline) -> NIODeadline? {
        guard let answerTimeout else { return deadline }
        let isAnswerDue = answersDue > 0 && !isReadingPaused
        let due = (isAnswerDue ? lastProgress : now) + answerTimeout
        return deadline.map { min($0, due) } ?? due
    }
}
