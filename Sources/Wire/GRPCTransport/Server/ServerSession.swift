// SPDX-License-Identifier: Apache-2.0

// The server's half of one HTTP/2 connection without I/O: plaintext bytes in,
// handler calls out; answers in, plaintext bytes out. nghttp2 does framing,
// HPACK and stream states; the rules of gRPC are in ServerSession+Request and
// ServerSession+Response.

internal import CHTTP2Session
internal import Callers
internal import NIOCore
internal import Telemetry
internal import VigieLimits

/// One HTTP/2 connection of a server, bound to its event loop.
final class ServerSession {
    let eventLoop: any EventLoop
    let environment: ServerEnvironment
    let loop: ServerLoop
    /// Called when there is output that no turn of the connection will fetch.
    @exclusivity(unchecked) var outputPending: (() -> Void)?

    // Unchecked: all that a session has is touched on its event loop only, and by no function that
    // one of these is handed to. The checks were a twentieth of a call.
    @exclusivity(unchecked) var pointer: OpaquePointer?
    @exclusivity(unchecked) private(set) var calls = CallList()
    @exclusivity(unchecked) var isDraining = false
    /// Whether the client has answered what told it that the server ends.
    @exclusivity(unchecked) private(set) var knowsOfShutdown = false
    /// Most calls at once since the last tick.
    @exclusivity(unchecked) var callsAtOnce = 0
    /// Most calls at once between the two ticks before.
    @exclusivity(unchecked) var callsAtOnceBefore = 0
    /// Whether the last stream that is served has been told.
    @exclusivity(unchecked) private(set) var refusesNewStreams = false
    @exclusivity(unchecked) var isInTurn = false
    /// Calls of this turn whose deadline needs a timer if they outlive it.
    @exclusivity(unchecked) var callsWithDeadline: [ServerCall] = []
    /// Calls whose held messages may go on, once frames are written.
    @exclusivity(unchecked) var callsToResume: [ServerCall] = []
    /// nghttp2's user data.
    let connection: UnsafeMutablePointer<vigie_connection>
    /// Bytes of this turn that the connection's window is to be told of.
    @exclusivity(unchecked) var consumedBytes = 0
    /// Streams that are no more.
    @exclusivity(unchecked) var closed = ClosedStreams()
    /// The stream that the client has reset last.
    @exclusivity(unchecked) var lastReset: Int32 = 0
    /// Streams that the client gave up lately.
    @exclusivity(unchecked) var resetCount = 0
    /// Whether the client may send frames of `frameBytesMax`.
    @exclusivity(unchecked) var allowsLongFrames = false
    /// Whether the first SETTINGS are out.
    @exclusivity(unchecked) var hasGreeted = false
    /// The error of a GOAWAY of nghttp2 that had no words.
    @exclusivity(unchecked) var untoldError: UInt32?
    @exclusivity(unchecked) var pingStrikes = 0
    @exclusivity(unchecked) var lastPing = NIODeadline.uptimeNanoseconds(0)
    /// Why the peer is no longer served.
    @exclusivity(unchecked) var sentAway: String?
    /// Whether the connection ends as soon as it is told.
    @exclusivity(unchecked) var endsAtOnce = false
    /// Whether anything has come since the last tick.
    @exclusivity(unchecked) var hasReceived = false
    /// When what is being looked at came: the calls in it begin then, all of them.
    @exclusivity(unchecked) var receivedAt = NIODeadline.uptimeNanoseconds(0)
    @exclusivity(unchecked) var keepalive = Keepalive()
    /// The place of the connection, and where it comes from.
    @exclusivity(unchecked) var slot: ConnectionSlot?
    /// Whether a call was let in because of who makes it.
    @exclusivity(unchecked) var isPeerKnown = false
    /// Where the connection comes from, for the log: behind a proxy that says so, the client.
    var peer: SocketAddress? { slot?.peer }
    /// The same for who tells of calls.
    lazy var peerText = ServerSession.text(of: peer)
    /// Who calls on this connection, where callers are told apart.
    @exclusivity(unchecked) var callers = SessionCallers()
    /// Whether a call was completed since the last tick.
    @exclusivity(unchecked) var hasCompleted = false
    /// What requests hold of the server's memory.
    let assembly: BudgetAccount
    /// What work and answers hold of it.
    @exclusivity(unchecked) var answers: AnswerAccount
    /// Where `produce` puts frames.
    let output: PlaintextBuffer
    /// Whether `produce` is running.
    @exclusivity(unchecked) private(set) var isProducing = false
    /// The path of the request whose headers come, if it is that of no method.
    @exclusivity(unchecked) var plainPath: [UInt8] = []
    // Read once: globals are behind a lock.
    let okHeaders = ResponseHeaders.ok
    let okTrailer = ResponseHeaders.okTrailer

    init(loop: ServerLoop) throws {
        self.eventLoop = loop.eventLoop
        self.environment = loop.environment
        self.loop = loop
        output = loop.frames
        assembly = BudgetAccount(loop.environment.assemblyBudget)
        answers = AnswerAccount(loop.environment.answerBudget)
        connection = .allocate(capacity: 1)
        connection.initialize(to: vigie_connection())
        connection.pointee.rules = loop.environment.headRules
        connection.pointee.session = Unmanaged.passUnretained(self).toOpaque()
        let emptyFramesMax = max(loop.environment.limits.emptyFramesMax, 0)
        vigie_walk_begin(&connection.pointee.walk, emptyFramesMax)
        var memory = loop.memory.functions
        let status = nghttp2_session_server_new3(
            &pointer,
            ServerCallbacks.table,
            connection,
            ServerCallbacks.options,
            &memory
        )
        guard status == 0 else { throw GRPCStatus(.internalError, "nghttp2 gives no session") }
        submitSettings()
    }

    deinit {
        while let call = calls.popFirst() {
            call._withUnsafeGuaranteedRef { $0.owner = nil }
            call.release()
        }
        nghttp2_session_del(pointer)
        connection.deallocate()
    }

    private func submitSettings() {
        let limits = environment.limits
        func entry(_ id: nghttp2_settings_id, _ value: Int) -> nghttp2_settings_entry {
            nghttp2_settings_entry(
                settings_id: Int32(id.rawValue),
                value: UInt32(clamping: value)
            )
        }
        let entries = [
            // nghttp2 ends a connection at the limit that it knows; see `tellStreamLimit`.
            entry(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, Int(Int32.max)),
            entry(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.streamWindowBytes),
            entry(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headerListBytesMax),
            // Answers go out as they come; a tree of priorities would only cost time.
            entry(NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1),
        ]
        nghttp2_submit_settings(pointer, 0, entries, entries.count)
        nghttp2_session_set_local_window_size(
            pointer,
            0,
            0,
            Int32(clamping: limits.connectionWindowBytes)
        )
    }

    /// Puts the limit of streams that the client is told into the frame of SETTINGS that was just
    /// written, as its first entry: one stream more is refused and not the end of its neighbours.
    ///
    /// - Parameter byteCount: Length of the frame.
    func tellStreamLimit(_ byteCount: Int) {
        hasGreeted = true
        let limit = UInt32(clamping: environment.limits.concurrentStreamsMax)
        output.replace(at: output.count - byteCount + 9 + 2, with: limit)
    }

    /// Where plaintext is best put: if the next record can only hold bytes of a certain message,
    /// where that message wants them; it need not copy them then.
    var landing: UnsafeMutableRawBufferPointer? {
        guard connection.pointee.data_left >= ServerLoop.recordBytes,
            connection.pointee.data_stream_id == connection.pointee.last_stream_id,
            let pointer = connection.pointee.last_call
        else { return nil }
        return Unmanaged<ServerCall>.fromOpaque(pointer)._withUnsafeGuaranteedRef { call in
            if call.isEnded || call.held.rest != nil { return nil }
            return call.deframer.landing(ServerLoop.recordBytes)
        }
    }

    /// Writes frames into `output` until it is full or there are no more.
    ///
    /// - Returns: false when the connection cannot go on.
    func produce() -> Bool {
        isProducing = true
        defer { isProducing = false }
        return nghttp2_session_send(pointer) == 0
    }

    /// Whether HTTP/2 has anything left to say or hear.
    var isFinished: Bool {
        nghttp2_session_want_read(pointer) == 0 && nghttp2_session_want_write(pointer) == 0
    }

    /// Ends the turn of the event loop in which bytes were received.
    func endTurn() {
        isInTurn = false
        guard !callsWithDeadline.isEmpty else { return }
        for call in callsWithDeadline where !call.isEnded { startTimer(of: call) }
        callsWithDeadline.removeAll(keepingCapacity: true)
    }

    // MARK: Draining

    /// First step of a graceful end: new streams are still served, but the
    /// client knows that it should open no more, once it has answered the PING.
    func announceShutdown() {
        guard !isDraining else { return }
        isDraining = true
        nghttp2_submit_shutdown_notice(pointer)
        nghttp2_submit_ping(pointer, UInt8(NGHTTP2_FLAG_NONE.rawValue), Self.drainPing)
    }

    /// What the PING of a graceful end carries.
    static let drainPing = Array("draining".utf8)

    /// An answer to a PING of the server.
    func receivePong(_ bytes: UnsafeRawBufferPointer) {
        if isDraining, bytes.elementsEqual(Self.drainPing) { knowsOfShutdown = true }
    }

    /// Second step: streams the server has not seen are refused.
    ///
    /// - Parameter reason: What the peer is told, in a few words.
    func refuseNewStreams(_ code: UInt32 = NGHTTP2_NO_ERROR.rawValue, _ reason: String = "") {
        isDraining = true
        refusesNewStreams = true
        let last = nghttp2_session_get_last_proc_stream_id(pointer)
        let text = Array(reason.utf8)
        nghttp2_submit_goaway(pointer, 0, last, code, text, text.count)
    }

    /// Ends all calls that are not answered yet.
    func endCalls(_ status: GRPCStatus) {
        var next = calls.first
        while let call = next?.takeUnretainedValue() {
            next = call.next
            if call.outcome == .open { abandon(call, status) }
        }
    }

    // MARK: Calls

    /// Remembers the call that will be looked for next.
    func rememberCall(_ streamID: Int32, _ pointer: UnsafeMutableRawPointer?) {
        connection.pointee.last_stream_id = streamID
        connection.pointee.last_call = pointer
    }

    /// nghttp2 forgets a call.
    func forgetLastCall() {
        rememberCall(0, nil)
    }

    /// Number of calls that are not over.
    var callCount: Int { calls.count }

    /// A new call, which the session's list holds until `endCall`.
    func beginCall(_ streamID: Int32) -> Unmanaged<ServerCall> {
        let call = loop.takeCall(session: self, streamID: streamID)
        calls.insert(call)
        if calls.count > callsAtOnce { callsAtOnce = calls.count }
        loop.counters.count(.callsBegun)
        return call
    }

    /// Takes a call out of the list and tells its handler.
    func endCall(_ call: Unmanaged<ServerCall>, _ reason: CallEndReason) {
        calls.remove(call)
        call._withUnsafeGuaranteedRef { end($0, reason) }
        loop.giveBack(call)
    }

    private func end(_ call: ServerCall, _ reason: CallEndReason) {
        call.owner = nil
        let counter = call.endCounter
        loop.counters.count(counter)
        // Some streams end before their headers do.
        if call.begun != .uptimeNanoseconds(0) {
            let code = counter.rawValue - Counter.callsEndedOK.rawValue
            let nanoseconds = (NIODeadline.now() - call.begun).wholeNanoseconds
            loop.callTimes.end(
                call.routeIndex,
                code: code,
                nanoseconds: nanoseconds,
                received: call.messageCount,
                sent: call.sentCount
            )
            if let observer = environment.observer {
                observer(record(of: call, code: code, nanoseconds: nanoseconds))
            }
        }
        call.givenCaller?.usage.end()
        if let web = call.web {
            call.web = nil
            web.callEnded()
        }
        if reason == .completed { hasCompleted = true }
        if let task = call.deadlineTask {
            task.cancel()
            call.deadlineTask = nil
        }
        // What was never consumed must not be lost to the connection's window.
        if call.keptBackBytes > 0 { giveBackWindow(of: call, call.keptBackBytes) }
        if !call.held.isEmpty { call.held = HeldData() }
        call.route?._withUnsafeGuaranteedRef { $0.handler.callEnded(call: call, reason: reason) }
        call.route = nil
        releaseAnswer(of: call)
        cancelUnpacking(of: call)
        if call.ownRoute != nil { call.ownRoute = nil }
    }

    /// The connection is gone: ends all calls.
    func endAllCalls() {
        forgetLastCall()
        while let call = calls.first { endCall(call, .connectionLost) }
    }

    private func startTimer(of call: ServerCall) {
        guard let deadline = call.deadline, call.deadlineTask == nil else { return }
        call.deadlineTask = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            [weak self] in
            guard let self, !call.isEnded else { return }
            let status = GRPCStatus(.deadlineExceeded, "deadline exceeded")
            self.abandon(call, status, .deadlineExceeded)
        }
    }
}
