// SPDX-License-Identifier: Apache-2.0

// How much of a server one caller takes, over all connections and threads: calls at once, and
// calls a second by the generic cell rate algorithm (ITU-T I.371), which needs one number.

internal import Synchronization

/// What one caller may take.
package struct CallerLimits: Sendable, Hashable {
    /// Calls a second; nil for any number.
    package var callsPerSecond: Int?
    /// Calls that are under way at the same time; nil for any number.
    package var callsAtOnce: Int?

    /// No limits.
    package init(callsPerSecond: Int? = nil, callsAtOnce: Int? = nil) {
        self.callsPerSecond = callsPerSecond
        self.callsAtOnce = callsAtOnce
    }
}

/// What one caller takes now. Safe on all threads, without a lock.
package final class CallerUsage: Sendable {
    /// Why a call must wait.
    package enum Excess: Sendable, Equatable {
        /// As many calls are under way as may be.
        case callsAtOnce(limit: Int)
        /// Calls come faster than they may; one may come after this time.
        case callsPerSecond(limit: Int, waitNanoseconds: UInt64)
    }

    /// What he may take.
    package let limits: CallerLimits
    private let callsUnderWay = Atomic<Int>(0)
    /// When the next call would come if all came evenly, in nanoseconds of a clock.
    private let expectedNanoseconds = Atomic<UInt64>(0)

    /// Nothing is taken yet.
    package init(limits: CallerLimits = .init()) {
        self.limits = limits
    }

    /// Begins a call, unless that were too much.
    ///
    /// - Parameter nowNanoseconds: A clock that never goes back.
    /// - Returns: nil when the call may go on; `end` must follow it.
    package func begin(nowNanoseconds: UInt64) -> Excess? {
        if let limit = limits.callsAtOnce {
            let (_, count) = callsUnderWay.wrappingAdd(1, ordering: .relaxed)
            if count > limit {
                callsUnderWay.wrappingSubtract(1, ordering: .relaxed)
                return .callsAtOnce(limit: limit)
            }
        }
        guard let excess = beginInTime(nowNanoseconds) else { return nil }
        end()
        return excess
    }

    /// Ends a call that `begin` let go on.
    package func end() {
        if limits.callsAtOnce != nil { callsUnderWay.wrappingSubtract(1, ordering: .relaxed) }
    }

    /// A second's worth of calls may come at once, and then one after the other.
    private func beginInTime(_ now: UInt64) -> Excess? {
        guard let limit = limits.callsPerSecond, limit > 0 else { return nil }
        let second: UInt64 = 1_000_000_000
        let interval = second / UInt64(limit)
        var expected = expectedNanoseconds.load(ordering: .relaxed)
        while true {
            let next = max(expected, now) &+ interval
            if next > now &+ second {
                let wait = next &- now &- second
                return .callsPerSecond(limit: limit, waitNanoseconds: wait)
            }
            let (isDone, found) = expectedNanoseconds.compareExchange(
                expected: expected,
                desired: next,
                ordering: .relaxed
            )
            if isDone { return nil }
            expected = found
        }
    }
}
