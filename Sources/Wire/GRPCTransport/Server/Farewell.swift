// SPDX-License-Identifier: Apache-2.0

// How a connection ends whose client goes on calling (RFC 9113, 6.8): first the client learns that
// it should open no more streams; once it has answered a PING behind that, no stream of it is on
// its way any more, and none is served. Then calls run out.
//
// Some clients, gRPC's own among them, lose a call that they hand to a connection at the very
// moment at which they are told, unless they repeat it. Most callers wait for an answer before they
// call again. So answers are held for some milliseconds, until as many calls wait as there lately
// were at once: then the client is told, has a moment to look for another connection, and gets its
// answers. Calls whose deadline is near are not held.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

/// How far a connection's end has come.
struct Farewell {
    enum Step: Equatable {
        /// It is not to end.
        case none
        /// Answers wait until all callers do.
        case holding(lookedTimes: Int)
        /// The client was told, and answers wait for it to know.
        case told
        /// It knows, and looks for another connection.
        case known
        /// The answers that waited are sent; the last stream is told a little later.
        case answered
        /// The client was told, and answers go out as always.
        case toldOnly
        /// The last answer is sent: the client is to close.
        case over
        /// Time is up: what is left ends at once.
        case cut
    }

    var step = Step.none

    /// Time between two looks.
    static let lookMilliseconds: Int64 = 3
    /// Looks before a client that now makes fewer calls is told all the same.
    // tidy: limit: of some milliseconds, which nothing outside can stretch
    static let looksMax = 10
    /// Time that a client has to look for another connection.
    static let settleMilliseconds: Int64 = 10
    /// The longest time that answers are held.
    static let holdMilliseconds: Int64 = 100

    /// Whether answers wait.
    var holdsAnswers: Bool {
        switch step {
        case .none, .answered, .toldOnly, .over, .cut: false
        case .holding, .told, .known: true
        }
    }
}

extension ServerSession {
    /// The last stream that the client has opened.
    var lastStream: Int32 { nghttp2_session_get_last_proc_stream_id(pointer) }

    /// Whether as many calls wait for answers as there lately were at once.
    var allCallersWait: Bool { calls.count >= max(callsAtOnce, callsAtOnceBefore) }

    /// Whether answers can wait: no call has a deadline that is near, and all that was to be sent
    /// is sent.
    func canHoldAnswers(now: NIODeadline) -> Bool {
        guard nghttp2_session_want_write(pointer) == 0 else { return false }
        let soon = now + .milliseconds(2 * Farewell.holdMilliseconds)
        var next = calls.first
        while let call = next?.takeUnretainedValue() {
            next = call.next
            if let deadline = call.deadline, deadline < soon { return false }
        }
        return true
    }

    /// Tells the client that it should open no more streams, before all answers that wait.
    func announceShutdown(around engine: TLSEngine) throws(TLSError) {
        isDraining = true
        var frames: [UInt8] = [0, 0, 8, UInt8(NGHTTP2_GOAWAY.rawValue), 0, 0, 0, 0, 0]
        frames += [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
        frames += [0, 0, 8, UInt8(NGHTTP2_PING.rawValue), 0, 0, 0, 0, 0]
        frames += Self.drainPing
        let written = frames.withUnsafeBytes { bytes -> Result<Void, TLSError> in
            do throws(TLSError) { return .success(try engine.write(bytes)) } catch {
                return .failure(error)
            }
        }
        try written.get()
    }
}
