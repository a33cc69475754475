// SPDX-License-Identifier: Apache-2.0

// What a client is waited for, measured at the ticks of its event loop: a call that is over
// between two of them costs an addition.

internal import NIOCore

/// What a client has moved in one direction of a call while it was waited for.
struct CallClock {
    /// What is waited for; the clock begins anew when that changes.
    enum Waiting {
        /// For a request that is under way, or an answer that waits to be taken: bytes at a rate.
        case rate(windowSeconds: Int, bytesPerSecondMin: Int)
        /// For anything at all.
        case anything(timeoutSeconds: Int)

        fileprivate var seconds: Int {
            switch self {
            case .rate(let windowSeconds, _): windowSeconds
            case .anything(let timeoutSeconds): timeoutSeconds
            }
        }

        /// What must have come after some seconds.
        fileprivate func bytes(after seconds: Int64) -> Int {
            switch self {
            case .rate(_, let bytesPerSecondMin): Int(seconds) * bytesPerSecondMin
            case .anything: 1
            }
        }
    }

    /// Bytes that were moved since the clock began.
    var byteCount = 0
    private var since: NIODeadline?
    private var seconds = 0

    /// The client is not waited for.
    mutating func stop() {
        byteCount = 0
        since = nil
    }

    /// Whether the client has done too little for too long.
    mutating func isOver(_ waiting: Waiting, now: NIODeadline) -> Bool {
        guard let begun = since, seconds == waiting.seconds else {
            begin(waiting, now)
            return false
        }
        let passed = (now - begun).nanoseconds / 1_000_000_000
        if passed < Int64(waiting.seconds) {
            if case .anything = waiting, byteCount > 0 { begin(waiting, now) }
            return false
        }
        let isTooLittle = byteCount < waiting.bytes(after: passed)
        begin(waiting, now)
        return isTooLittle
    }

    /// Whether the client has done enough so far.
    func keepsUp(_ waiting: Waiting, now: NIODeadline) -> Bool {
        guard let since, byteCount > 0 else { return false }
        return byteCount >= waiting.bytes(after: (now - since).nanoseconds / 1_000_000_000)
    }

    private mutating func begin(_ waiting: Waiting, _ now: NIODeadline) {
        since = now
        seconds = waiting.seconds
        byteCount = 0
    }
}

extension TimeAmount {
    /// Nanoseconds; none where a clock went back.
    var wholeNanoseconds: UInt64 { UInt64(max(nanoseconds, 0)) }
}
