// SPDX-License-Identifier: Apache-2.0

// What nghttp2 does not guard against: floods of frames that cost the peer
// next to nothing, and peers that are gone without a word.

internal import CHTTP2Session
internal import NIOCore
internal import VigieLimits

extension ServerSession {
    /// Counts a PING frame. False when the peer floods. One that comes after some time is no
    /// strike, and takes one away.
    func countPing(now: NIODeadline) -> Bool {
        let limits = environment.limits
        let isSoon = now - lastPing < .milliseconds(limits.pingIntervalMilliseconds)
        lastPing = now
        pingStrikes = isSoon ? pingStrikes + 1 : max(0, pingStrikes - 1)
        return pingStrikes <= limits.pingStrikesMax
    }

    /// Tells a peer why it is no longer served: new calls are refused, those under way finish.
    ///
    /// - Parameter atOnce: Whether they do not: the connection ends once that is told.
    func sendAway(
        _ reason: String,
        _ code: nghttp2_error_code = NGHTTP2_ENHANCE_YOUR_CALM,
        atOnce: Bool = false
    ) {
        if atOnce { endsAtOnce = true }
        guard sentAway == nil else { return }
        sentAway = reason
        refuseNewStreams(code.rawValue, reason)
    }

    /// Some of a call's answer is on its way; there may be room for more.
    func answered(_ call: ServerCall) {
        if !call.held.isEmpty, !call.isPaused { callsToResume.append(call) }
    }

    /// Hands on what waited for room in the answers of a call.
    func resumeAnsweredCalls() {
        guard !callsToResume.isEmpty else { return }
        let waiting = callsToResume
        callsToResume.removeAll()
        for call in waiting where call.owner != nil { deliverHeld(call) }
    }

    /// Asks a peer with open calls from which nothing comes whether it is still there.
    ///
    /// - Returns: False when it has not answered in time.
    func checkPeer(now: NIODeadline) -> Bool {
        let limits = environment.limits
        if hasReceived || calls.count == 0 {
            hasReceived = false
            keepalive = Keepalive(lastReceived: now)
            return true
        }
        if let asked = keepalive.asked {
            return now - asked <= .seconds(Int64(limits.keepaliveTimeoutSeconds))
        }
        if now - keepalive.lastReceived > .seconds(Int64(limits.keepaliveSeconds)) {
            nghttp2_submit_ping(pointer, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
            keepalive.asked = now
        }
        return true
    }
}

/// Whether a peer is still there.
struct Keepalive {
    /// The tick before which something came.
    var lastReceived = NIODeadline.now()
    /// When it was asked.
    var asked: NIODeadline?
}
