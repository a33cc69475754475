// SPDX-License-Identifier: Apache-2.0

// The client's HTTP/2 session and its calls, without I/O: plaintext in,
// plaintext out through a RecordWriter.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

/// One HTTP/2 session on nghttp2, bound to one event loop.
///
/// nghttp2 holds unretained pointers to the session and to its calls: the calls are kept alive by
/// `calls` until their stream is closed, and nghttp2's session ends with this object.
final class ClientSession {
    let writer: RecordWriter
    private let limits: TransportLimits
    private var session: OpaquePointer?
    private let headers: RequestHeaders

    /// Calls whose stream is not closed, by stream.
    private(set) var calls: [Int32: ClientCall] = [:]
    /// Whether the server's first SETTINGS have arrived.
    private(set) var isReady = false
    /// Whether the server takes no new calls.
    private(set) var isGoingAway = false
    /// What the server said when it sent the client away, if it said anything.
    private(set) var farewell: String?
    /// Whether that was that the client pings too often.
    private(set) var isToldOfPings = false
    /// What went wrong inside of a callback, which nghttp2 can only report as a failure.
    var callbackError: (any Error)?

    /// Longest DATA frame sent, so that it fills TLS records together with its header. Longer ones
    /// gain nothing and make other calls wait.
    private static let sentFrameBytesMax = (256 << 10) - 9

    init(
        authority: String,
        scheme: String = "https",
        writer: RecordWriter,
        limits: TransportLimits
    ) throws {
        self.writer = writer
        self.limits = limits
        self.headers = RequestHeaders(authority: authority, scheme: scheme)
        session = ClientSessionCallbacks.makeSession(for: self)
        guard session != nil else { throw failure("nghttp2 gives no session") }
        try submitSettings()
    }

    deinit {
        nghttp2_session_del(session)
    }

    private func submitSettings() throws {
        var settings = [
            nghttp2_settings_entry(
                settings_id: Int32(NGHTTP2_SETTINGS_ENABLE_PUSH.rawValue),
                value: 0
            ),
            nghttp2_settings_entry(
                settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue),
                value: UInt32(clamping: limits.streamWindowBytes)
            ),
            nghttp2_settings_entry(
                settings_id: Int32(NGHTTP2_SETTINGS_MAX_FRAME_SIZE.rawValue),
                value: UInt32(clamping: limits.frameBytesMax)
            ),
            nghttp2_settings_entry(
                settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue),
                value: UInt32(clamping: limits.headerListBytesMax)
            ),
        ]
        let flags = UInt8(NGHTTP2_FLAG_NONE.rawValue)
        let window = Int32(clamping: limits.connectionWindowBytes)
        guard nghttp2_submit_settings(session, flags, &settings, settings.count) == 0,
            nghttp2_session_set_local_window_size(session, flags, 0, window) == 0
        else { throw failure("nghttp2 takes no settings") }
    }

    // MARK: Commands

    /// Begins a call.
    func start(_ call: ClientCall) {
        if call.isCancelled {
            end(call, .failure(CancellationError()))
            return
        }
        guard !isGoingAway else {
            end(call, .failure(ClientCallError(.notBegun, goingAwayStatus)))
            return
        }
        let streamID = headers.submit(call, to: session)
        guard streamID > 0 else {
            isGoingAway = true
            end(call, .failure(ClientCallError(.notBegun, goingAwayStatus)))
            return
        }
        call.streamID = streamID
        calls[streamID] = call
    }

    /// Tells nghttp2 that a call has more to send.
    func wake(_ call: ClientCall) {
        guard call.isDeferred, calls[call.streamID] != nil else { return }
        call.isDeferred = false
        nghttp2_session_resume_data(session, call.streamID)
    }

    /// Grants window again to a call whose reader has caught up.
    func resumeReading(_ call: ClientCall) {
        guard call.isReadingPaused, calls[call.streamID] != nil else { return }
        call.isReadingPaused = false
        call.noteProgress(messageCount: 0)
        grantWindow(call)
    }

    /// Ends a call from this side: the server is told to stop.
    func abandon(_ call: ClientCall, _ error: any Error) {
        guard calls[call.streamID] != nil else {
            call.isCancelled = true
            return
        }
        end(call, .failure(error))
        reset(call, NGHTTP2_CANCEL)
    }

    /// Ends all calls, since the connection is gone.
    func abandonAll(_ error: (ClientCall) -> ClientCallError) {
        isGoingAway = true
        for call in calls.values { end(call, .failure(error(call))) }
    }

    /// Says goodbye to the server.
    func terminate() {
        isGoingAway = true
        nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR.rawValue)
    }

    // MARK: Bytes

    /// Takes plaintext from the server.
    func receive(_ bytes: UnsafeRawBufferPointer) throws {
        let base = bytes.bindMemory(to: UInt8.self).baseAddress
        let used = nghttp2_session_mem_recv(session, base, bytes.count)
        guard used == bytes.count else {
            throw callbackError ?? failure(String(cString: nghttp2_strerror(Int32(clamping: used))))
        }
    }

    /// Writes what nghttp2 wants to send, up to the limit of the connection.
    func send() throws {
        let result = nghttp2_session_send(session)
        guard result == 0 else {
            throw callbackError ?? failure(String(cString: nghttp2_strerror(result)))
        }
        try writer.flush()
    }

    /// Whether more is to be sent.
    var wantsToSend: Bool { nghttp2_session_want_write(session) != 0 }

    /// Whether nothing can happen any more.
    var isOver: Bool { !wantsToSend && nghttp2_session_want_read(session) == 0 }

    // MARK: What the callbacks report

    /// Whether enough bytes wait to be handed to the socket. Not much more than a frame: a buffer
    /// of ciphertext that grows is copied.
    var isOutputFull: Bool { writer.pendingBytes >= Self.sentFrameBytesMax }

    /// Length of the next DATA frame, given the windows and the peer's limit.
    func dataFrameBytes(window: Int, frameBytesMax: Int) -> Int {
        max(1, min(window, frameBytesMax, Self.sentFrameBytesMax))
    }

    /// The server's SETTINGS or GOAWAY.
    func noteSettings() { isReady = true }

    /// The server takes no new calls. nghttp2 closes those it has not begun.
    func noteGoingAway(_ code: UInt32, _ text: UnsafeBufferPointer<UInt8>) {
        isGoingAway = true
        if code == NGHTTP2_NO_ERROR.rawValue, text.isEmpty { return }
        let shown = text.prefix(ClientLimits.shownNameBytes).filter { $0 >= 0x20 && $0 < 0x7F }
        let words = String(decoding: shown, as: UTF8.self)
        let name = String(cString: nghttp2_http2_strerror(code))
        farewell = words.isEmpty ? name : "\(name): \(words)"
        isToldOfPings =
            code == NGHTTP2_ENHANCE_YOUR_CALM.rawValue && words.hasPrefix("too_many_pings")
    }

    /// Asks the server whether it is there; any byte of it is an answer.
    func ping() {
        nghttp2_submit_ping(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
    }

    /// A part of the answer's body. All of it is granted anew on the connection at once; on the
    /// stream only as long as the reader keeps up.
    func receive(_ bytes: UnsafeRawBufferPointer, for call: ClientCall) {
        nghttp2_session_consume_connection(session, bytes.count)
        guard !call.isEnded else { return }
        call.heldBytes += bytes.count
        var rest = bytes
        var messageCount = 0
        reading: while true {
            switch call.deframer.next(&rest) {
            case .needsMore:
                break reading
            case .message(let message, _):
                messageCount += 1
                call.isReadingPaused = !call.receiver.receive(ByteBuffer(bytes: message))
            case .compressed(let packed, _):
                // Where it is not asked for, the deframer refuses it before.
                switch call.unpack(packed) {
                case .success(let message):
                    messageCount += 1
                    call.isReadingPaused = !call.receiver.receive(message)
                case .failure(let status):
                    abandon(call, ClientCallError(.badResponse, status, answerBegan: true))
                    return
                }
            case .failed(let status):
                abandon(call, ClientCallError(.badResponse, status, answerBegan: true))
                return
            }
        }
        call.noteProgress(messageCount: messageCount)
        if !call.isReadingPaused { grantWindow(call) }
    }

    /// The end of the headers: an answer begins, unless it is an error at once.
    func receiveHeadersEnd(of call: ClientCall) {
        guard !call.isEnded, !call.answerBegan else { return }
        if call.head.isInterim {
            call.head = ResponseHead()
            if call.answer != nil { call.answer = ClientAnswer() }
            call.interimCount += 1
            if call.interimCount <= ClientLimits.interimResponses { return }
            let endless = GRPCStatus(.internalError, "the server's answer does not begin")
            abandon(call, ClientCallError(.badResponse, endless))
            return
        }
        if let refusal = call.head.refusal {
            abandon(call, ClientCallError(.badResponse, refusal))
            return
        }
        call.answerBegan = true
        call.noteProgress(messageCount: 0)
    }

    /// The end of the answer: its status decides.
    func receiveEnd(of call: ClientCall) {
        guard !call.isEnded else { return }
        let status = call.head.status
        if status.code == .ok, !call.deframer.isAtBoundary {
            let cut = GRPCStatus(.internalError, "the server's answer ends within a message")
            end(call, .failure(ClientCallError(.badResponse, cut, answerBegan: true)))
        } else if status.code == .ok {
            end(call, .success(()))
        } else {
            end(call, .failure(answer(call, status)))
        }
        // What has not been sent is not wanted any more.
        if nghttp2_session_get_stream_local_close(session, call.streamID) == 0 {
            reset(call, NGHTTP2_NO_ERROR)
        }
    }

    /// The end of the stream, by whichever side.
    func noteClosed(_ call: ClientCall, errorCode: UInt32) {
        calls[call.streamID] = nil
        guard !call.isEnded else { return }
        // With a good status the answer must end by itself: cut off, it is none.
        if call.head.hasStatus, call.head.status.code != .ok {
            end(call, .failure(answer(call, call.head.status)))
        } else if errorCode == NGHTTP2_REFUSED_STREAM.rawValue {
            end(call, .failure(ClientCallError(.refused, refusedStatus)))
        } else {
            end(call, .failure(answer(call, resetStatus(errorCode))))
        }
    }

    private func answer(_ call: ClientCall, _ status: GRPCStatus) -> ClientCallError {
        ClientCallError(
            .answered,
            status,
            answerBegan: call.answerBegan,
            retryPushbackMilliseconds: call.head.retryPushbackMilliseconds
        )
    }

    private func end(_ call: ClientCall, _ outcome: Result<Void, any Error>) {
        guard !call.isEnded else { return }
        call.isEnded = true
        if let answer = call.answer { call.receiver.note(answer) }
        call.receiver.end(outcome)
    }

    private func reset(_ call: ClientCall, _ code: nghttp2_error_code) {
        let flags = UInt8(NGHTTP2_FLAG_NONE.rawValue)
        nghttp2_submit_rst_stream(session, flags, call.streamID, code.rawValue)
    }

    private func grantWindow(_ call: ClientCall) {
        nghttp2_session_consume_stream(session, call.streamID, call.heldBytes)
        call.heldBytes = 0
    }

    private var goingAwayStatus: GRPCStatus {
        GRPCStatus(.unavailable, "the server takes no more calls on this connection")
    }

    private var refusedStatus: GRPCStatus {
        let said = farewell.map { " (\($0))" } ?? ""
        return GRPCStatus(.unavailable, "the server did not take the call\(said)")
    }

    /// The table of "HTTP2 to gRPC error mapping" in gRPC's documentation.
    private func resetStatus(_ errorCode: UInt32) -> GRPCStatus {
        let name = String(cString: nghttp2_http2_strerror(errorCode))
        let code: GRPCStatus.Code =
            switch errorCode {
            case NGHTTP2_CANCEL.rawValue: .cancelled
            case NGHTTP2_ENHANCE_YOUR_CALM.rawValue: .resourceExhausted
            case NGHTTP2_INADEQUATE_SECURITY.rawValue: .permissionDenied
            default: .internalError
            }
        return GRPCStatus(code, "the server reset the call with \(name)")
    }

    private func failure(_ message: String) -> ClientCallError {
        .connectionLost("HTTP/2 failed: \(message)")
    }
}
