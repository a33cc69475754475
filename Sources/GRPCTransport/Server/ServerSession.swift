// SPDX-License-Identifier: Apache-2.0

// The server's half of one HTTP/2 connection without I/O: plaintext bytes in,
// handler calls out; answers in, plaintext bytes out. nghttp2 does framing,
// HPACK and stream states; the rules of gRPC are in ServerSession+Request and
// ServerSession+Response.

internal import CNGHTTP2
internal import NIOCore
internal import VigieLimits

/// One HTTP/2 connection of a server, bound to its event loop.
final class ServerSession {
    let eventLoop: any EventLoop
    let environment: ServerEnvironment
    let loop: ServerLoop
    /// Called when there is output that no turn of the connection will fetch.
    var outputPending: (() -> Void)?

    var pointer: OpaquePointer?
    // Unchecked: all that a session has is touched on its event loop only, and by no function that
    // one of these is handed to. The checks were a fortieth of a call.
    @exclusivity(unchecked) var calls: [ServerCall?] = []
    @exclusivity(unchecked) private var freeSlots: [Int] = []
    private(set) var callCount = 0
    private(set) var isDraining = false
    var isInTurn = false
    /// Calls of this turn whose deadline needs a timer if they outlive it.
    @exclusivity(unchecked) var callsWithDeadline: [ServerCall] = []
    /// Calls whose held messages may go on, once frames are written.
    var callsToResume: [ServerCall] = []
    /// The call that was looked up last, for as long as nghttp2 knows it.
    var lastCall: (streamID: Int32, pointer: UnsafeMutableRawPointer?) = (0, nil)
    /// Flags and length of the frame being received.
    var frameFlags: UInt8 = 0
    var frameLength = 0
    var emptyDataFrames = 0
    var pingStrikes = 0
    /// Where `produce` puts frames while it runs.
    var output: PlaintextBuffer?

    init(loop: ServerLoop) throws {
        self.eventLoop = loop.eventLoop
        self.environment = loop.environment
        self.loop = loop
        let user = Unmanaged.passUnretained(self).toOpaque()
        var memory = loop.memory.functions
        let status = nghttp2_session_server_new3(
            &pointer,
            ServerCallbacks.table,
            user,
            ServerCallbacks.options,
            &memory
        )
        guard status == 0 else { throw GRPCStatus(.internalError, "nghttp2 gives no session") }
        submitSettings()
    }

    deinit {
        nghttp2_session_del(pointer)
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
            entry(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.concurrentStreamsMax),
            entry(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.streamWindowBytes),
            entry(NGHTTP2_SETTINGS_MAX_FRAME_SIZE, limits.frameBytesMax),
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

    /// Takes bytes from the client.
    ///
    /// - Returns: what is wrong, when the connection must be closed.
    func receive(_ bytes: UnsafeRawBufferPointer) -> String? {
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        let used = nghttp2_session_mem_recv(pointer, start, bytes.count)
        if used < 0 { return String(cString: nghttp2_strerror(Int32(used))) }
        return nil
    }

    /// Writes frames into `buffer` until it is full or there are no more.
    ///
    /// - Returns: false when the connection cannot go on.
    func produce(into buffer: PlaintextBuffer) -> Bool {
        output = buffer
        defer { output = nil }
        return nghttp2_session_send(pointer) == 0
    }

    /// Whether HTTP/2 has anything left to say or hear.
    var isFinished: Bool {
        nghttp2_session_want_read(pointer) == 0 && nghttp2_session_want_write(pointer) == 0
    }

    /// Ends the turn of the event loop in which bytes were received.
    func endTurn() {
        isInTurn = false
        for call in callsWithDeadline where !call.isEnded { startTimer(of: call) }
        callsWithDeadline.removeAll(keepingCapacity: true)
    }

    // MARK: Draining

    /// First step of a graceful end: new streams are still served, but the
    /// client knows that it should open no more.
    func announceShutdown() {
        guard !isDraining else { return }
        isDraining = true
        nghttp2_submit_shutdown_notice(pointer)
    }

    /// Second step: streams the server has not seen are refused.
    func refuseNewStreams(_ code: UInt32 = NGHTTP2_NO_ERROR.rawValue) {
        isDraining = true
        let last = nghttp2_session_get_last_proc_stream_id(pointer)
        nghttp2_submit_goaway(pointer, 0, last, code, nil, 0)
    }

    // MARK: Calls

    func beginCall(_ streamID: Int32) -> ServerCall {
        let slot = freeSlots.popLast() ?? calls.count
        let call = loop.takeCall(session: self, streamID: streamID, slot: slot)
        if slot == calls.count { calls.append(call) } else { calls[slot] = call }
        callCount += 1
        return call
    }

    /// Takes the call in a slot out of the table and tells its handler.
    func endCall(inSlot slot: Int, _ reason: CallEndReason) {
        guard let call = calls[slot] else { return }
        calls[slot] = nil
        end(call, reason)
        loop.giveBack(call)
    }

    private func end(_ call: ServerCall, _ reason: CallEndReason) {
        call.session = nil
        call.deadlineTask?.cancel()
        call.deadlineTask = nil
        if let held = call.held {
            // What was never consumed must not be lost to the connection's window.
            nghttp2_session_consume_connection(pointer, held.count - call.heldOffset)
            call.held = nil
        }
        freeSlots.append(call.slot)
        callCount -= 1
        call.handler?.callEnded(call: call, reason: reason)
        call.handler = nil
    }

    /// The connection is gone: ends all calls.
    func endAllCalls() {
        lastCall = (0, nil)
        for slot in calls.indices { endCall(inSlot: slot, .connectionLost) }
    }

    private func startTimer(of call: ServerCall) {
        guard let deadline = call.deadline, call.deadlineTask == nil else { return }
        call.deadlineTask = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            [weak self] in
            guard let self, !call.isEnded else { return }
            self.fail(call, GRPCStatus(.deadlineExceeded, "deadline exceeded"), .deadlineExceeded)
        }
    }
}
