// SPDX-License-Identifier: Apache-2.0

// The bridge from nghttp2's callbacks to ClientSession and ClientCall. The
// pointers are unretained: see ClientSession for who keeps what alive.

internal import CHTTP2Session

/// nghttp2's table of callbacks for client sessions, made once.
enum ClientSessionCallbacks {
    /// Makes a session whose callbacks go to `owner`, which must delete it before it ends itself.
    static func makeSession(for owner: ClientSession) -> OpaquePointer? {
        var option: OpaquePointer?
        guard nghttp2_option_new(&option) == 0 else { return nil }
        defer { nghttp2_option_del(option) }
        // Windows grow as readers read, not as bytes arrive.
        nghttp2_option_set_no_auto_window_update(option, 1)
        var session: OpaquePointer?
        let context = Unmanaged.passUnretained(owner).toOpaque()
        guard nghttp2_session_client_new2(&session, table, context, option) == 0 else { return nil }
        return session
    }

    nonisolated(unsafe) private static let table: OpaquePointer? = {
        var table: OpaquePointer?
        guard nghttp2_session_callbacks_new(&table) == 0 else { return nil }
        nghttp2_session_callbacks_set_send_callback(table, sendCallback)
        nghttp2_session_callbacks_set_send_data_callback(table, sendDataCallback)
        nghttp2_session_callbacks_set_data_source_read_length_callback(table, readLengthCallback)
        nghttp2_session_callbacks_set_on_header_callback(table, headerCallback)
        nghttp2_session_callbacks_set_on_frame_recv_callback(table, frameCallback)
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, chunkCallback)
        nghttp2_session_callbacks_set_on_stream_close_callback(table, closeCallback)
        return table
    }()

    /// Where nghttp2 gets the body of a call's request.
    static var requestBody: nghttp2_data_provider {
        nghttp2_data_provider(source: nghttp2_data_source(), read_callback: readCallback)
    }
}

private func owner(_ context: UnsafeMutableRawPointer?) -> ClientSession? {
    context.map { Unmanaged<ClientSession>.fromOpaque($0).takeUnretainedValue() }
}

private func call(_ session: OpaquePointer?, _ streamID: Int32) -> ClientCall? {
    nghttp2_session_get_stream_user_data(session, streamID).map {
        Unmanaged<ClientCall>.fromOpaque($0).takeUnretainedValue()
    }
}

private let callbackFailure = NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
private let wouldBlock = NGHTTP2_ERR_WOULDBLOCK.rawValue

private func sendCallback(
    session: OpaquePointer?,
    bytes: UnsafePointer<UInt8>?,
    count: Int,
    flags: Int32,
    context: UnsafeMutableRawPointer?
) -> Int {
    guard let owner = owner(context) else { return Int(callbackFailure) }
    if owner.isOutputFull { return Int(wouldBlock) }
    do {
        try owner.writer.write(UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    } catch {
        owner.callbackError = error
        return Int(callbackFailure)
    }
}

private func sendDataCallback(
    session: OpaquePointer?,
    frame: UnsafeMutablePointer<nghttp2_frame>?,
    frameHeader: UnsafePointer<UInt8>?,
    count: Int,
    source: UnsafeMutablePointer<nghttp2_data_source>?,
    context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let owner = owner(context), let frame else { return callbackFailure }
    if owner.isOutputFull { return wouldBlock }
    guard let call = call(session, frame.pointee.hd.stream_id) else { return callbackFailure }
    do {
        // A frame header is nine bytes long.
        try owner.writer.write(UnsafeRawBufferPointer(start: frameHeader, count: 9))
        try call.send(byteCount: count, to: owner.writer)
        return 0
    } catch {
        owner.callbackError = error
        return callbackFailure
    }
}

private func readCallback(
    session: OpaquePointer?,
    streamID: Int32,
    target: UnsafeMutablePointer<UInt8>?,
    room: Int,
    flags: UnsafeMutablePointer<UInt32>?,
    source: UnsafeMutablePointer<nghttp2_data_source>?,
    context: UnsafeMutableRawPointer?
) -> Int {
    guard let call = call(session, streamID), let flags else { return Int(callbackFailure) }
    let count = min(room, call.sendableBytes)
    let isLast = call.isLast(byteCount: count)
    if count == 0 && !isLast {
        call.isDeferred = true
        return Int(NGHTTP2_ERR_DEFERRED.rawValue)
    }
    flags.pointee |= NGHTTP2_DATA_FLAG_NO_COPY.rawValue
    if isLast { flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue }
    return count
}

private func readLengthCallback(
    session: OpaquePointer?,
    frameType: UInt8,
    streamID: Int32,
    connectionWindow: Int32,
    streamWindow: Int32,
    frameBytesMax: UInt32,
    context: UnsafeMutableRawPointer?
) -> Int {
    let window = Int(min(connectionWindow, streamWindow))
    return owner(context)?.dataFrameBytes(window: window, frameBytesMax: Int(frameBytesMax)) ?? 1
}

private func headerCallback(
    session: OpaquePointer?,
    frame: UnsafePointer<nghttp2_frame>?,
    name: UnsafePointer<UInt8>?,
    nameCount: Int,
    value: UnsafePointer<UInt8>?,
    valueCount: Int,
    flags: UInt8,
    context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame, let call = call(session, frame.pointee.hd.stream_id) else { return 0 }
    let name = UnsafeBufferPointer(start: name, count: nameCount)
    let value = UnsafeBufferPointer(start: value, count: valueCount)
    call.head.take(name: name, value: value)
    if call.answer != nil { call.keep(name: name, value: value) }
    return 0
}

private func frameCallback(
    session: OpaquePointer?,
    frame: UnsafePointer<nghttp2_frame>?,
    context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let owner = owner(context), let header = frame?.pointee.hd else { return callbackFailure }
    let kind = UInt32(header.type)
    if kind == NGHTTP2_SETTINGS.rawValue { owner.noteSettings() }
    if kind == NGHTTP2_GOAWAY.rawValue, let goAway = frame?.pointee.goaway {
        let text = UnsafeBufferPointer(start: goAway.opaque_data, count: goAway.opaque_data_len)
        owner.noteGoingAway(goAway.error_code, text)
    }
    guard kind == NGHTTP2_HEADERS.rawValue || kind == NGHTTP2_DATA.rawValue,
        let call = call(session, header.stream_id)
    else { return 0 }
    if UInt32(header.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0 {
        owner.receiveEnd(of: call)
    } else if kind == NGHTTP2_HEADERS.rawValue {
        owner.receiveHeadersEnd(of: call)
    }
    return 0
}

private func chunkCallback(
    session: OpaquePointer?,
    flags: UInt8,
    streamID: Int32,
    bytes: UnsafePointer<UInt8>?,
    count: Int,
    context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let owner = owner(context) else { return callbackFailure }
    let chunk = UnsafeRawBufferPointer(start: bytes, count: count)
    if let call = call(session, streamID) {
        owner.receive(chunk, for: call)
    }
    return 0
}

private func closeCallback(
    session: OpaquePointer?,
    streamID: Int32,
    errorCode: UInt32,
    context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let owner = owner(context), let call = call(session, streamID) else { return 0 }
    owner.noteClosed(call, errorCode: errorCode)
    return 0
}
