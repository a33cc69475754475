// SPDX-License-Identifier: Apache-2.0

// nghttp2's callbacks: plain functions, since closures may inherit an isolation
// that C does not keep. They only find the Swift object and pass on.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

/// The callback table and options of all server sessions, made once.
enum ServerCallbacks {
    nonisolated(unsafe) static let table: OpaquePointer? = {
        var table: OpaquePointer?
        nghttp2_session_callbacks_new(&table)
        nghttp2_session_callbacks_set_on_begin_headers_callback(table, onBeginHeaders)
        nghttp2_session_callbacks_set_on_header_callback(table, onHeader)
        nghttp2_session_callbacks_set_on_begin_frame_callback(table, onBeginFrame)
        nghttp2_session_callbacks_set_on_frame_recv_callback(table, onFrame)
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, onDataChunk)
        nghttp2_session_callbacks_set_on_stream_close_callback(table, onStreamClose)
        nghttp2_session_callbacks_set_on_frame_send_callback(table, onFrameSent)
        nghttp2_session_callbacks_set_send_callback(table, onSend)
        nghttp2_session_callbacks_set_send_data_callback(table, onSendData)
        return table
    }()

    nonisolated(unsafe) static let options: OpaquePointer? = {
        var options: OpaquePointer?
        nghttp2_option_new(&options)
        // Windows follow what handlers have consumed.
        nghttp2_option_set_no_auto_window_update(options, 1)
        nghttp2_option_set_no_closed_streams(options, 1)
        // Counted here, since nghttp2 takes those for resets, too, that come when a stream is over,
        // as curl sends them, and ends a connection without a word.
        nghttp2_option_set_stream_reset_rate_limit(options, UInt64.max, UInt64.max)
        // A header list that is too long is refused by its length, up to a point.
        let limits = TransportLimits()
        nghttp2_option_set_max_continuations(options, 4 * limits.headerFloodBytesMax >> 14)
        return options
    }()
}

/// Calls `body` with the session, which its connection keeps alive, without counting references:
/// a dozen callbacks come for each call.
@inline(__always)
func withSession<Result>(
    _ user: UnsafeMutableRawPointer,
    _ body: (ServerSession) -> Result
) -> Result {
    let connection = user.assumingMemoryBound(to: vigie_connection.self)
    return Unmanaged<ServerSession>.fromOpaque(connection.pointee.session)
        ._withUnsafeGuaranteedRef(body)
}

/// The same for a call, which the session's list keeps alive until `onStreamClose`.
@inline(__always)
private func withCall(
    _ owner: ServerSession,
    _ streamID: Int32,
    _ body: (ServerCall) -> Void
) {
    guard let pointer = callPointer(owner, streamID) else { return }
    Unmanaged<ServerCall>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
}

/// Where a call is. Mostly it is the one that was looked for last, and need not be looked up.
@inline(__always)
private func callPointer(_ owner: ServerSession, _ streamID: Int32) -> UnsafeMutableRawPointer? {
    if owner.connection.pointee.last_stream_id == streamID {
        return owner.connection.pointee.last_call
    }
    let pointer = nghttp2_session_get_stream_user_data(owner.pointer, streamID)
    if pointer != nil { owner.rememberCall(streamID, pointer) }
    return pointer
}

/// Bytes of a DATA frame whose sender would send a longer one if it might.
private let filledFrameBytes = 8 << 10

private func onBeginHeaders(
    session: OpaquePointer?,
    frame: UnsafePointer<nghttp2_frame>?,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame, let user else { return 0 }
    let connection = user.assumingMemoryBound(to: vigie_connection.self)
    vigie_request_head_begin(&connection.pointee.head, &connection.pointee.rules)
    guard isRequest(frame) else { return 0 }
    // The session's list holds the call; nghttp2 only borrows it.
    let streamID = frame.pointee.hd.stream_id
    withSession(user) { owner in
        owner.beginCredentials()
        guard owner.callCount < owner.environment.limits.concurrentStreamsMax else {
            owner.rememberCall(streamID, nil)
            let flag = UInt8(NGHTTP2_FLAG_NONE.rawValue)
            nghttp2_submit_rst_stream(session, flag, streamID, NGHTTP2_REFUSED_STREAM.rawValue)
            return
        }
        let pointer = owner.beginCall(streamID).toOpaque()
        nghttp2_session_set_stream_user_data(session, streamID, pointer)
        owner.rememberCall(streamID, pointer)
    }
    return 0
}

/// Whether a frame begins a request: trailers do not.
private func isRequest(_ frame: UnsafePointer<nghttp2_frame>) -> Bool {
    frame.pointee.hd.type == UInt8(NGHTTP2_HEADERS.rawValue)
        && frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST
}

private func onHeader(
    session: OpaquePointer?,
    frame: UnsafePointer<nghttp2_frame>?,
    name: UnsafePointer<UInt8>?,
    nameLength: Int,
    value: UnsafePointer<UInt8>?,
    valueLength: Int,
    flags: UInt8,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame, let user else { return 0 }
    let connection = user.assumingMemoryBound(to: vigie_connection.self)
    let field = vigie_request_head_receive(
        &connection.pointee.head,
        &connection.pointee.rules,
        name,
        nameLength,
        value,
        valueLength
    )
    if field == VIGIE_FIELD_TAKEN { return 0 }
    if field == VIGIE_FIELD_FLOOD {
        withSession(user) { $0.sendAway("headers are over headerFloodBytesMax") }
        // The call is reset, and what is left of its headers is unpacked without a word.
        return Int32(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
    }
    // Of trailers, the length is all that matters.
    guard isRequest(frame) else { return 0 }
    let value = UnsafeRawBufferPointer(start: value, count: valueLength)
    withSession(user) { owner in
        withCall(owner, frame.pointee.hd.stream_id) { call in
            if field == VIGIE_FIELD_METADATA {
                call.receiveMetadata(UnsafeRawBufferPointer(start: name, count: nameLength), value)
                return
            }
            if field == VIGIE_FIELD_AUTHORIZATION { return owner.receiveAuthorization(value) }
            if field == VIGIE_FIELD_PLAIN_PATH { return owner.receivePlainPath(value) }
            let isTaken = call.receiveTimeout(
                value,
                receivedAt: owner.receivedAt,
                secondsMax: owner.environment.limits.timeoutSecondsMax
            )
            if !isTaken { connection.pointee.head.timeout_is_malformed = true }
        }
    }
    return 0
}

private func onBeginFrame(
    session: OpaquePointer?,
    header: UnsafePointer<nghttp2_frame_hd>?,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let header, let user else { return 0 }
    let connection = user.assumingMemoryBound(to: vigie_connection.self)
    connection.pointee.frame_flags = header.pointee.flags
    connection.pointee.frame_length = header.pointee.length
    connection.pointee.data_left = 0
    if header.pointee.type == UInt8(NGHTTP2_DATA.rawValue),
        header.pointee.flags & UInt8(NGHTTP2_FLAG_PADDED.rawValue) == 0
    {
        connection.pointee.data_left = header.pointee.length
        connection.pointee.data_stream_id = header.pointee.stream_id
    }
    return 0
}

private func onFrame(
    session: OpaquePointer?,
    frame: UnsafePointer<nghttp2_frame>?,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame, let user else { return 0 }
    let header = frame.pointee.hd
    let endsStream = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
    return withSession(user) { owner in
        switch UInt32(header.type) {
        case NGHTTP2_HEADERS.rawValue:
            withCall(owner, header.stream_id) { call in
                if frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST { owner.begin(call) }
                if endsStream { owner.receiveEnd(call) }
            }
        case NGHTTP2_DATA.rawValue:
            owner.pingStrikes = 0
            if header.length >= filledFrameBytes { owner.allowLongFrames() }
            if endsStream { withCall(owner, header.stream_id) { owner.receiveEnd($0) } }
        case NGHTTP2_RST_STREAM.rawValue:
            owner.lastReset = header.stream_id
            withCall(owner, header.stream_id) { _ in owner.countReset() }
        case NGHTTP2_PING.rawValue:
            // Answers to the server's own PING are no flood.
            if header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0 {
                withUnsafeBytes(of: frame.pointee.ping.opaque_data) { owner.receivePong($0) }
                return 0
            }
            if !owner.countPing(now: .now()) { owner.sendAway("too_many_pings", atOnce: true) }
        default:
            break
        }
        return 0
    }
}

private func onDataChunk(
    session: OpaquePointer?,
    flags: UInt8,
    streamID: Int32,
    data: UnsafePointer<UInt8>?,
    length: Int,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let user else { return 0 }
    let connection = user.assumingMemoryBound(to: vigie_connection.self)
    connection.pointee.data_left -= min(length, connection.pointee.data_left)
    return withSession(user) { owner in
        guard let pointer = callPointer(owner, streamID) else {
            nghttp2_session_consume(session, streamID, length)
            return 0
        }
        // A handler may end the call, but the list lets it go in `onStreamClose` only.
        Unmanaged<ServerCall>.fromOpaque(pointer)._withUnsafeGuaranteedRef {
            owner.receiveData($0, UnsafeRawBufferPointer(start: data, count: length))
        }
        return 0
    }
}

private func onStreamClose(
    session: OpaquePointer?,
    streamID: Int32,
    errorCode: UInt32,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let user else { return 0 }
    withSession(user) { owner in
        guard let pointer = callPointer(owner, streamID) else {
            return owner.noteEnd(ofStream: streamID, clientHasEnded: false)
        }
        // nghttp2 keeps no closed streams, and so not this pointer either.
        owner.forgetLastCall()
        let call = Unmanaged<ServerCall>.fromOpaque(pointer)
        let clientHasEnded = call._withUnsafeGuaranteedRef { $0.remoteClosed }
        owner.noteEnd(ofStream: streamID, clientHasEnded: clientHasEnded)
        let reason = call._withUnsafeGuaranteedRef {
            $0.outcome == .open ? .cancelled : $0.endReason
        }
        owner.endCall(call, reason)
    }
    return 0
}

/// A response is out before its request is in: asks the client to stop. A connection ends: sees
/// whether the client is told why.
private func onFrameSent(
    session: OpaquePointer?,
    frame: UnsafePointer<nghttp2_frame>?,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let user, let header = frame?.pointee.hd else { return 0 }
    if header.type == UInt8(NGHTTP2_GOAWAY.rawValue), let goaway = frame?.pointee.goaway,
        goaway.error_code != NGHTTP2_NO_ERROR.rawValue, goaway.opaque_data_len == 0
    {
        withSession(user) { $0.untoldError = goaway.error_code }
    }
    guard header.type == UInt8(NGHTTP2_HEADERS.rawValue),
        header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
    else { return 0 }
    withSession(user) { owner in
        withCall(owner, header.stream_id) { call in
            if call.remoteClosed { return }
            let flag = UInt8(NGHTTP2_FLAG_NONE.rawValue)
            nghttp2_submit_rst_stream(session, flag, header.stream_id, NGHTTP2_NO_ERROR.rawValue)
        }
    }
    return 0
}

private func onSend(
    session: OpaquePointer?,
    data: UnsafePointer<UInt8>?,
    length: Int,
    flags: Int32,
    user: UnsafeMutableRawPointer?
) -> Int {
    guard let user else { return Int(NGHTTP2_ERR_WOULDBLOCK.rawValue) }
    return withSession(user) { owner in
        let count = min(length, owner.output.room)
        guard owner.isProducing, count > 0 else { return Int(NGHTTP2_ERR_WOULDBLOCK.rawValue) }
        owner.output.append(UnsafeRawBufferPointer(start: data, count: count))
        if !owner.hasGreeted { owner.tellStreamLimit(count) }
        return count
    }
}

private func onSendData(
    session: OpaquePointer?,
    frame: UnsafeMutablePointer<nghttp2_frame>?,
    frameHeader: UnsafePointer<UInt8>?,
    length: Int,
    source: UnsafeMutablePointer<nghttp2_data_source>?,
    user: UnsafeMutableRawPointer?
) -> Int32 {
    guard let user, let pointer = source?.pointee.ptr else {
        return Int32(NGHTTP2_ERR_WOULDBLOCK.rawValue)
    }
    return withSession(user) { owner in
        let output = owner.output
        guard owner.isProducing, output.room >= length + 9 else {
            return Int32(NGHTTP2_ERR_WOULDBLOCK.rawValue)
        }
        output.append(UnsafeRawBufferPointer(start: frameHeader, count: 9))
        return Unmanaged<ServerCall>.fromOpaque(pointer)._withUnsafeGuaranteedRef { call in
            call.announcedBytes = 0
            vigie_walk_sent(&owner.connection.pointee.walk, length)
            if length > 0 {
                call.answerClock.byteCount += length
                owner.answers.release(call.outbound.take(length) { output.append($0) })
            }
            owner.answered(call)
            return 0
        }
    }
}
