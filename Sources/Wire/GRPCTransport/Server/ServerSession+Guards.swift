// SPDX-License-Identifier: Apache-2.0

// What nghttp2 does not guard against: floods of frames that cost the peer
// next to nothing.

internal import NIOCore
internal import VigieLimits

extension ServerSession {
    /// Counts a DATA frame. False when the peer floods.
    func countData(_ length: Int, endsStream: Bool) -> Bool {
        pingStrikes = 0
        if length > 0 || endsStream {
            emptyDataFrames = 0
            return true
        }
        emptyDataFrames += 1
        return emptyDataFrames <= environment.limits.emptyDataFramesMax
    }

    /// Counts a PING frame. False when the peer floods.
    func countPing() -> Bool {
        pingStrikes += 1
        return pingStrikes <= environment.limits.pingStrikesMax
    }

    /// Some of a call's answer is on its way; there may be room for more.
    func answered(_ call: ServerCall) {
        call.stalledSince = nil
        if !call.held.isEmpty, !call.isPaused { callsToResume.append(call) }
    }

    /// Hands on what waited for room in the answers of a call.
    func resumeAnsweredCalls() {
        guard !callsToResume.isEmpty else { return }
        let waiting = callsToResume
        callsToResume.removeAll()
        for call in waiting where call.owner != nil { deliverHeld(call) }
    }

    /// Ends the calls whose clients have shown no progress for too long.
    func endStalledCalls(now: NIODeadline) {
        let patience = TimeAmount.seconds(Int64(environment.limits.stallTimeoutSeconds))
        var next = calls.first
        while let call = next?.takeUnretainedValue() {
            // A call that fails here stays in the list until its status is sent.
            next = call.next
            if !call.isEnded, !call.isPaused { checkProgress(of: call, now, patience) }
        }
    }

    private func checkProgress(of call: ServerCall, _ now: NIODeadline, _ patience: TimeAmount) {
        let waitsForClient = !call.deframer.isAtBoundary || !call.outbound.isEmpty
        guard waitsForClient, let since = call.stalledSince else {
            call.stalledSince = now
            return
        }
        if now - since > patience {
            let why = "no progress for stallTimeoutSeconds"
            fail(call, GRPCStatus(.cancelled, why), .rejected)
        }
    }
}
