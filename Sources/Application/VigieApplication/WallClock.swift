// SPDX-License-Identifier: Apache-2.0

// The time, which use cases are given: nothing below the application looks at a clock.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Tells the seconds since 1970-01-01 in UTC; a parameter, so that tests can set the date.
package typealias WallClock = @Sendable () -> Int64

/// The clock of the system.
package enum SystemClock {
    /// Seconds since 1970-01-01 in UTC.
    package static let now: WallClock = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
