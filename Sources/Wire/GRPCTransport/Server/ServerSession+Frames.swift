// SPDX-License-Identifier: Apache-2.0

// Frames as they come: those that RFC 9113 forbids and nghttp2 passes over, and those that carry
// nothing, of which a client may send some but not any number. What is found in a frame's head is
// in frame_walk.h.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

/// Why a connection cannot go on.
struct SessionProblem {
    /// What the peer is told, with a code of RFC 9113 (7).
    let text: String
    let code: UInt32

    init(_ text: String, _ code: UInt32 = NGHTTP2_ENHANCE_YOUR_CALM.rawValue) {
        self.text = text
        self.code = code
    }

    /// What nghttp2 says of bytes that are not HTTP/2.
    fileprivate init(ofLibrary status: Int) {
        let isGreeting = status == Int(NGHTTP2_ERR_BAD_CLIENT_MAGIC.rawValue)
        self.init(
            String(cString: nghttp2_strerror(Int32(clamping: status))),
            (isGreeting ? NGHTTP2_PROTOCOL_ERROR : NGHTTP2_ENHANCE_YOUR_CALM).rawValue
        )
    }
}

extension ServerSession {
    /// Takes bytes from the client.
    ///
    /// - Returns: what is wrong, when the connection must be closed.
    func receive(_ bytes: UnsafeRawBufferPointer) -> SessionProblem? {
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return nil }
        hasReceived = true
        receivedAt = .now()
        var (taken, looked) = (0, 0)
        while true {
            var used = 0
            let finding = vigie_walk_on(
                &connection.pointee.walk,
                start + looked,
                bytes.count - looked,
                &used
            )
            guard finding != VIGIE_FINDING_NONE else { break }
            looked += used
            // What came before decides which streams are over. Of a head that came in two pieces
            // nghttp2 has the first, and waits for the rest.
            let head = max(taken, looked - Int(connection.pointee.walk.looked_at))
            if let problem = take(start + taken, head - taken) { return problem }
            taken = head
            judge(finding)
            if endsAtOnce { return nil }
        }
        return take(start + taken, bytes.count - taken)
    }

    private func take(_ start: UnsafePointer<UInt8>, _ count: Int) -> SessionProblem? {
        guard count > 0 else { return nil }
        let used = nghttp2_session_mem_recv(pointer, start, count)
        if used < 0 { return SessionProblem(ofLibrary: used) }
        if nghttp2_session_get_outbound_queue_size(pointer) > environment.limits.waitingFramesMax {
            return SessionProblem("too many frames wait to be sent (waitingFramesMax)")
        }
        if consumedBytes > 0 {
            nghttp2_session_consume_connection(pointer, consumedBytes)
            consumedBytes = 0
        }
        return nil
    }

    private func judge(_ finding: vigie_finding) {
        let walk = connection.pointee.walk
        switch finding {
        case VIGIE_FINDING_FLOOD:
            sendAwayForFlood()
        case VIGIE_FINDING_GAP:
            closed.skip(
                after: walk.previous_stream_id,
                before: walk.stream_id,
                atMost: environment.limits.skippedStreamRangesMax
            )
        case VIGIE_FINDING_PRIORITY_OF_NONE:
            sendAway("PRIORITY of stream 0", NGHTTP2_PROTOCOL_ERROR, atOnce: true)
        case VIGIE_FINDING_PRIORITY_OF_ITSELF:
            sendAway("PRIORITY: a stream on itself", NGHTTP2_PROTOCOL_ERROR, atOnce: true)
        case VIGIE_FINDING_OLD_STREAM:
            judgeOldStream(walk)
        default:
            break
        }
    }

    private func sendAwayForFlood() {
        sendAway("too many frames that carry nothing (emptyFramesMax)", atOnce: true)
    }

    /// Looks whether the stream of a frame is over, and who ended it.
    private func judgeOldStream(_ walk: vigie_frame_walk) {
        let isData = walk.type == UInt8(NGHTTP2_DATA.rawValue)
        let streamID = walk.stream_id
        if nghttp2_session_find_stream(pointer, streamID) != nil {
            guard isData else { return }
            let ends = walk.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
            if !ends { connection.pointee.walk.open_stream_id = streamID }
            if !walk.is_empty {
                vigie_walk_forgive(&connection.pointee.walk, UInt32(VIGIE_MADE_GOOD))
            }
            return
        }
        // Even ones are the server's: nghttp2 knows what to say. One that is about to end its
        // connections takes no new streams, and frames of those are no fault.
        guard streamID % 2 == 1, !refusesNewStreams, !closed.isAbandoned(streamID) else { return }
        let name = isData ? "DATA" : "HEADERS"
        if closed.wasSkipped(streamID) {
            sendAway(
                "\(name) of stream \(streamID), behind that of a higher one",
                NGHTTP2_PROTOCOL_ERROR,
                atOnce: true
            )
        } else if isData {
            let flag = UInt8(NGHTTP2_FLAG_NONE.rawValue)
            let code = NGHTTP2_STREAM_CLOSED.rawValue
            nghttp2_submit_rst_stream(pointer, flag, streamID, code)
            let finding = vigie_walk_draw(&connection.pointee.walk)
            if finding == VIGIE_FINDING_FLOOD { sendAwayForFlood() }
        } else {
            sendAway(
                "\(name) of stream \(streamID), which is closed",
                NGHTTP2_STREAM_CLOSED,
                atOnce: true
            )
        }
    }

    /// Counts a stream that the client gave up. It may give up four times as many in a row as it
    /// may have open, and each second once as many.
    func countReset() {
        resetCount += 1
        if resetCount > 4 * environment.limits.concurrentStreamsMax {
            sendAway("too many streams given up (concurrentStreamsMax)", atOnce: true)
        }
    }

    /// A stream is over: notes it if more of it may be on its way.
    func noteEnd(ofStream streamID: Int32, clientHasEnded: Bool) {
        if clientHasEnded || lastReset == streamID { return }
        closed.abandon(streamID, atMost: environment.limits.abandonedStreamsMax)
    }

    /// Lets a client that fills its frames send longer ones. Others never need them, and a header
    /// block is held to the frames of 16 KiB that everybody may send.
    func allowLongFrames() {
        guard !allowsLongFrames else { return }
        allowsLongFrames = true
        var entry = nghttp2_settings_entry(
            settings_id: Int32(NGHTTP2_SETTINGS_MAX_FRAME_SIZE.rawValue),
            value: UInt32(clamping: environment.limits.frameBytesMax)
        )
        nghttp2_submit_settings(pointer, UInt8(NGHTTP2_FLAG_NONE.rawValue), &entry, 1)
    }
}
