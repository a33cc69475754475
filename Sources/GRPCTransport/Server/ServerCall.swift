// SPDX-License-Identifier: Apache-2.0

// One call as a service sees it: where it came from, how long it may take, and
// how it is answered.

package import NIOCore
internal import VigieLimits

/// One call, bound to its event loop.
package final class ServerCall {
    /// The event loop on which everything about this call happens.
    package let eventLoop: any EventLoop
    /// When the client gives up; nil when it did not say.
    package internal(set) var deadline: NIODeadline?
    /// Metadata of the request, without what HTTP/2 and gRPC themselves need.
    package internal(set) var metadata: [(name: String, value: String)] = []
    /// Whether the call is over: nothing that is sent now arrives.
    package var isEnded: Bool { session == nil || finalStatus != nil }

    var session: ServerSession?
    private(set) var streamID: Int32
    private(set) var slot: Int
    /// Whether the method takes just one message.
    var isUnary = false
    var handler: (any CallHandler)?

    // Request.
    var head = RequestHead()
    // Unchecked: see ServerSession.
    @exclusivity(unchecked) var deframer: MessageDeframer
    var held: MessageStorage?
    var heldOffset = 0
    var unaryMessage: MessageStorage?
    var currentMessage: (bytes: UnsafeRawBufferPointer, inStorage: Bool)?
    var messageCount = 0
    var remoteClosed = false
    var endDelivered = false
    var isPaused = false
    var isDelivering = false
    var deadlineTask: Scheduled<Void>?
    /// Since when the client has been seen to do nothing; nil right after it did.
    var stalledSince: NIODeadline?

    // Response.
    @exclusivity(unchecked) var outbound = OutboundQueue()
    var responseBegun = false
    var dataDeferred = false
    /// A DATA frame of the message in front is announced but not written.
    var dataAnnounced = false
    var trailersSubmitted = false
    var finalStatus: GRPCStatus?
    var endReason: CallEndReason = .completed

    init(session: ServerSession, streamID: Int32, slot: Int) {
        self.session = session
        self.streamID = streamID
        self.slot = slot
        self.eventLoop = session.eventLoop
        self.deframer = MessageDeframer(
            messageBytesMax: session.environment.limits.messageBytesMax,
            budget: session.environment.assemblyBudget
        )
    }

    /// Begins another call in the memory of one that `clear` has been called for.
    func begin(session: ServerSession, streamID: Int32, slot: Int) {
        self.session = session
        self.streamID = streamID
        self.slot = slot
    }

    /// Makes everything as it is in a new call. Its loop is the only owner.
    func clear() {
        deadline = nil
        if !metadata.isEmpty { metadata = [] }
        session = nil
        isUnary = false
        handler = nil
        head = RequestHead()
        deframer.clear()
        held = nil
        heldOffset = 0
        unaryMessage = nil
        messageCount = 0
        remoteClosed = false
        endDelivered = false
        isPaused = false
        deadlineTask = nil
        stalledSince = nil
        outbound.removeAll(keepingFront: false)
        responseBegun = false
        dataDeferred = false
        dataAnnounced = false
        trailersSubmitted = false
        finalStatus = nil
        endReason = .completed
    }

    /// Queues a message of exactly `byteCount` bytes, which `write` fills in.
    /// Does nothing when the call is over.
    package func sendMessage(
        byteCount: Int,
        write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        guard let session, finalStatus == nil else { return }
        outbound.append(byteCount: byteCount, write: write)
        session.outputReady(self)
    }

    /// Queues a message as above and ends the call with success behind it.
    package func finish(
        byteCount: Int,
        write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        guard let session, finalStatus == nil else { return }
        finalStatus = .ok
        outbound.append(byteCount: byteCount, write: write)
        session.outputReady(self)
    }

    /// Has `work` told at the end of this turn of the event loop, when all that has arrived, on
    /// whatever connection, has been handed to its handlers. Several calls of this function in
    /// one turn are one.
    package func atEndOfTurn(_ work: any TurnWork) {
        session?.loop.turn.add(work)
    }

    /// Ends the call once all queued messages are sent. Only the first call of
    /// this function counts.
    package func finish(_ status: GRPCStatus = .ok) {
        guard let session, finalStatus == nil else { return }
        finalStatus = status
        session.outputReady(self)
    }

    /// Leaves later messages unread, and so slows the client, until
    /// `resumeMessages`.
    package func pauseMessages() {
        isPaused = true
    }

    /// Takes up messages again.
    package func resumeMessages() {
        guard isPaused else { return }
        isPaused = false
        session?.deliverHeld(self)
    }

    /// Keeps the bytes of the message that is being received beyond the end of
    /// `receiveMessage`: the returned storage holds them for as long as it
    /// lives, on any thread. Costs a copy only for messages that came in one
    /// piece.
    package func retainMessage() -> MessageStorage? {
        guard let current = currentMessage else { return nil }
        if current.inStorage, let storage = unaryMessage ?? deframer.storage { return storage }
        let copy = MessageStorage()
        return copy.append(current.bytes, expected: current.bytes.count) ? copy : nil
    }

    /// Metadata by name; nil when the request has none of it.
    package func metadataValue(_ name: String) -> String? {
        metadata.first { $0.name == name }?.value
    }
}

/// What the headers of a request said.
struct RequestHead {
    var isPost = false
    var isGRPC = false
    var byteCount = 0
    var count = 0
    var isOverLimit = false
    var routeIndex: Int?
    var timeoutIsMalformed = false
}
