// SPDX-License-Identifier: Apache-2.0

// The time of what the store keeps, which use cases are given.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Tells the microseconds since 1970-01-01 in UTC; a parameter, so that tests can set the time.
package typealias MicrosecondClock = @Sendable () -> Int

/// The clock of the system.
package enum SystemMicroseconds {
    /// Microseconds since 1970-01-01 in UTC.
    package static let now: MicrosecondClock = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }
}
