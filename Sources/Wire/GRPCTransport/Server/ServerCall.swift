// SPDX-License-Identifier: Apache-2.0

// One call as a service sees it: where it came from, how long it may take, and
// how it is answered.

package import Callers
package import NIOCore
internal import Telemetry
internal import VigieLimits

/// One call, bound to its event loop.
package final class ServerCall {
    /// The event loop on which everything about this call happens.
    package let eventLoop: any EventLoop
    /// When the client gives up; nil when it did not say.
    package var deadline: NIODeadline? { givenDeadline }
    /// Metadata of the request, without what HTTP/2 and gRPC themselves need.
    package var metadata: [(name: String, value: String)] { givenMetadata }
    /// Whether the call is over: nothing that is sent now arrives.
    package var isEnded: Bool { owner == nil || outcome != .open }

    // Unchecked, here and below: see ServerSession.

    /// The session that has the call in its list, and takes itself out before it goes.
    @exclusivity(unchecked) var owner: Unmanaged<ServerSession>?
    /// The session, for what is rare.
    var session: ServerSession? { owner?.takeUnretainedValue() }
    @exclusivity(unchecked) private(set) var streamID: Int32
    /// The route's index; as many as there are routes for none.
    @exclusivity(unchecked) var routeIndex: Int
    /// When its headers came.
    @exclusivity(unchecked) var begun = NIODeadline.uptimeNanoseconds(0)
    /// Messages that were sent.
    @exclusivity(unchecked) var sentCount = 0
    @exclusivity(unchecked) var route: Unmanaged<RoutedHandler>?
    /// Keeps a handler that no other call has.
    @exclusivity(unchecked) var ownRoute: RoutedHandler?
    // Links of the list that the call is in.
    @exclusivity(unchecked) var previous: Unmanaged<ServerCall>?
    @exclusivity(unchecked) var next: Unmanaged<ServerCall>?

    // Request.
    @exclusivity(unchecked) var givenDeadline: NIODeadline?
    @exclusivity(unchecked) var givenMetadata: [(name: String, value: String)] = []
    @exclusivity(unchecked) var deframer: MessageDeframer
    @exclusivity(unchecked) var held = HeldData()
    /// Bytes held that the connection's window was not told of.
    @exclusivity(unchecked) var keptBackBytes = 0
    @exclusivity(unchecked) var unaryMessage: MessageStorage?
    /// Whether that is compressed.
    @exclusivity(unchecked) var isUnaryPacked = false
    /// Whether the message that the handler is being given came compressed.
    @exclusivity(unchecked) package private(set) var isMessageCompressed = false
    /// The message that is being unpacked; the handler is given no other one meanwhile.
    @exclusivity(unchecked) var unpacking: Unpacking?
    /// Where the message lies that the handler is being given, if it may be kept.
    @exclusivity(unchecked) var currentStorage: MessageStorage?
    let storages: StoragePool
    @exclusivity(unchecked) var messageCount = 0
    @exclusivity(unchecked) var remoteClosed = false
    @exclusivity(unchecked) var endDelivered = false
    @exclusivity(unchecked) var isPaused = false
    @exclusivity(unchecked) var isDelivering = false
    @exclusivity(unchecked) var deadlineTask: Scheduled<Void>?
    /// What the client has sent lately.
    @exclusivity(unchecked) var requestClock = CallClock()

    /// Who makes the call; nil where callers are not told apart.
    package var caller: Caller? { givenCaller }
    @exclusivity(unchecked) var givenCaller: Caller?

    // Response.
    @exclusivity(unchecked) var outbound = OutboundQueue()
    /// Whether messages are compressed that are worth it.
    @exclusivity(unchecked) var packsAnswers = false
    /// Messages that are being compressed, and those that wait behind them.
    @exclusivity(unchecked) var packings: [Packing] = []
    /// Bytes of all of these.
    @exclusivity(unchecked) var packingBytes = 0
    /// Bytes that were set aside for work and for answers to come.
    @exclusivity(unchecked) var reservedBytes = 0
    @exclusivity(unchecked) var responseBegun = false
    @exclusivity(unchecked) var dataDeferred = false
    /// Bytes of the message in front whose DATA frame is announced but not written.
    @exclusivity(unchecked) var announcedBytes = 0
    /// What the client has taken lately.
    @exclusivity(unchecked) var answerClock = CallClock()
    @exclusivity(unchecked) var outcome = CallOutcome.open
    /// The status of a call that has failed.
    @exclusivity(unchecked) var failure: GRPCStatus?
    @exclusivity(unchecked) var endReason: CallEndReason = .completed
    /// Metadata of the answer, if there is any.
    @exclusivity(unchecked) var answerMetadata: AnswerMetadata?
    /// Whether the client takes messages that are compressed with gzip.
    @exclusivity(unchecked) var takesGzip = false
    /// Whether messages go as they are, although the answer may have others.
    @exclusivity(unchecked) var leavesMessagesPlain = false
    /// How the page of the server's health is asked for, if that is what the call does.
    @exclusivity(unchecked) var healthPage: HealthPageRequest?
    /// What it is if it is no call of gRPC at all, but is answered all the same.
    @exclusivity(unchecked) var web: WebStream?

    init(session: ServerSession, streamID: Int32) {
        self.owner = Unmanaged.passUnretained(session)
        self.streamID = streamID
        self.routeIndex = session.environment.routes.count
        self.eventLoop = session.eventLoop
        self.storages = session.loop.storages
        self.deframer = MessageDeframer(
            messageBytesMax: session.environment.limits.messageBytesMax,
            budget: session.assembly,
            pool: session.loop.storages
        )
    }

    /// Begins another call in the memory of one that `clear` has been called for.
    func begin(session: ServerSession, streamID: Int32) {
        self.owner = Unmanaged.passUnretained(session)
        self.streamID = streamID
        routeIndex = session.environment.routes.count
        deframer.charge(.passUnretained(session.assembly))
    }

    /// Makes everything as it is in a new call. Its loop is the only owner.
    ///
    /// Stores to what holds references only where there is one: the most calls have none.
    func clear() {
        givenDeadline = nil
        if !givenMetadata.isEmpty { givenMetadata = [] }
        owner = nil
        route = nil
        if ownRoute != nil { ownRoute = nil }
        if givenCaller != nil { givenCaller = nil }
        deframer.clear()
        if !held.isEmpty { held = HeldData() }
        keptBackBytes = 0
        if unaryMessage != nil { unaryMessage = nil }
        isUnaryPacked = false
        messageCount = 0
        sentCount = 0
        begun = .uptimeNanoseconds(0)
        remoteClosed = false
        endDelivered = false
        isPaused = false
        if deadlineTask != nil { deadlineTask = nil }
        requestClock = CallClock()
        answerClock = CallClock()
        packsAnswers = false
        responseBegun = false
        dataDeferred = false
        announcedBytes = 0
        outcome = .open
        if failure != nil { failure = nil }
        endReason = .completed
        if answerMetadata != nil { answerMetadata = nil }
        takesGzip = false
        leavesMessagesPlain = false
        isMessageCompressed = false
        healthPage = nil
        if web != nil { web = nil }
    }

    /// Whether it is answered in plain HTTP: no status of gRPC comes behind its bytes.
    var isPlain: Bool { healthPage != nil || web != nil }

    /// Notes how the message came that the handler is given next.
    func noteMessage(isCompressed: Bool) {
        isMessageCompressed = isCompressed
    }

    /// Queues a message of exactly `byteCount` bytes, which `write` fills in.
    /// Does nothing when the call is over, and ends it when there is no memory for the message
    /// that was not reserved before.
    package func sendMessage(
        byteCount: Int,
        write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        guard let owner, outcome == .open, mayAppend(byteCount, owner) else { return }
        if packsAnswers, pack(byteCount, owner, write) { return }
        outbound.append(byteCount: byteCount, write: write)
        sentCount += 1
        owner._withUnsafeGuaranteedRef { $0.outputReady(self) }
    }

    /// Queues a message that begins with `head` and goes on with `parts`. These are there for as
    /// long as the process is: they are neither copied, nor counted as memory, nor compressed.
    /// The next message of the client is given to the handler when they are sent. A call that sends
    /// such messages must not have others compressed: see `compressesMessages`.
    package func sendMessage(head: [UInt8], lasting parts: [UnsafeRawBufferPointer]) {
        guard let owner, outcome == .open, packings.isEmpty, mayAppend(head.count, owner) else {
            return
        }
        outbound.append(head: head, lasting: parts)
        sentCount += 1
        owner._withUnsafeGuaranteedRef { $0.outputReady(self) }
    }

    /// Queues a message as above and ends the call with success behind it.
    package func finish(
        byteCount: Int,
        write: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        guard let owner, outcome == .open, mayAppend(byteCount, owner) else { return }
        outcome = .succeeded
        if packsAnswers, pack(byteCount, owner, write) { return }
        outbound.append(byteCount: byteCount, write: write)
        sentCount += 1
        owner._withUnsafeGuaranteedRef { $0.outputReady(self) }
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
        guard let owner, outcome == .open else { return }
        if status.code == .ok, status.message.isEmpty {
            outcome = .succeeded
        } else {
            outcome = .failed
            failure = status
        }
        // Its trailers come behind the messages that are being compressed.
        if !packings.isEmpty { return }
        owner._withUnsafeGuaranteedRef { $0.outputReady(self) }
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
    /// lives, on any thread. Nil for a message that came in one piece, which
    /// must be copied.
    package func retainMessage() -> MessageStorage? {
        currentStorage
    }

    /// Keeps bytes of the message that is being received, copying them unless the message can be
    /// kept as it is. Nil when there is no memory for a copy, or the call is over.
    package func keep(_ bytes: UnsafeRawBufferPointer) -> KeptBytes? {
        if let currentStorage { return KeptBytes(storage: currentStorage, bytes: bytes) }
        guard let session else { return nil }
        let copy = MessageStorage(budget: session.assembly)
        guard copy.append(bytes, expected: bytes.count) else { return nil }
        return KeptBytes(storage: copy, bytes: copy.bytes)
    }

    /// Does what is done with a message that was kept: in `body`, it can be kept again.
    package func withMessage(in storage: MessageStorage, _ body: () -> Void) {
        currentStorage = storage
        body()
        currentStorage = nil
    }

    /// Lets the memory of a message that was kept serve another one. To be called on the event
    /// loop, also when the call is over.
    package func giveBack(_ message: consuming MessageStorage) {
        storages.giveBack(message)
    }

    /// Metadata by name; nil when the request has none of it.
    package func metadataValue(_ name: String) -> String? {
        metadata.first { $0.name == name }?.value
    }
}

extension ServerCall {
    /// What an ended call is counted as.
    var endCounter: Counter {
        switch outcome {
        case .succeeded: .callsEndedOK
        // Refused in HTTP's terms: the trailer says unimplemented.
        case .failed: .callsEnded(code: (failure?.code ?? .unimplemented).rawValue)
        // Nobody waited for an answer any more.
        case .open: .callsEndedCancelled
        }
    }
}

/// Bytes of a message, and what keeps them.
package struct KeptBytes {
    /// Holds them for as long as it lives, on any thread.
    package let storage: MessageStorage
    /// The bytes, all of the storage or a part.
    package let bytes: UnsafeRawBufferPointer
}

/// Whether a call's outcome is settled. Apart from the status, which costs more to look at.
enum CallOutcome {
    case open
    case succeeded
    case failed
}
