// SPDX-License-Identifier: Apache-2.0

// A connection that holds more than its part of a budget gives some of it up when another,
// within its part, was refused: at its next tick, no more than was asked for, first of all
// what has not moved lately.

internal import NIOCore

extension ServerSession {
    /// Gives up memory that others ask for.
    func shed() {
        let requestBytes = assembly.bytesToShed
        if requestBytes > 0 {
            assembly.shed(shedCalls(requestBytes, shedRequest))
        }
        let account = answers.budgetAccount
        let answerBytes = account.bytesToShed
        if answerBytes > 0 {
            account.shed(shedCalls(answerBytes, shedAnswer))
        }
    }

    /// Ends calls until enough is free: first those that stand still, the youngest first.
    ///
    /// - Parameter end: Ends a call, if told so also one that moves, and gives what it held.
    /// - Returns: Bytes that were given up.
    private func shedCalls(_ wanted: Int, _ end: (ServerCall, Bool) -> Int) -> Int {
        var freed = 0
        for alsoMoving in [false, true] {
            var next = calls.first
            while freed < wanted, let call = next?.takeUnretainedValue() {
                next = call.next
                freed += end(call, alsoMoving)
            }
        }
        return freed
    }

    private func shedRequest(_ call: ServerCall, alsoMoving: Bool) -> Int {
        guard waitsForRequest(call), alsoMoving || call.requestClock.byteCount == 0 else {
            return 0
        }
        let held = call.requestMemoryBytes
        guard held > 0 else { return 0 }
        abandon(call, MessageDeframer.noMemory)
        return held
    }

    private func shedAnswer(_ call: ServerCall, alsoMoving: Bool) -> Int {
        guard !call.outbound.isEmpty, alsoMoving || call.answerClock.byteCount == 0 else {
            return 0
        }
        let held = call.outbound.heldBytes
        cut(call)
        return held
    }
}

extension ServerCall {
    /// Memory of the request as far as it has come.
    fileprivate var requestMemoryBytes: Int {
        (unaryMessage?.capacity ?? 0) + (deframer.storage?.capacity ?? 0)
    }
}
