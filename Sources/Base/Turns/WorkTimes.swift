// SPDX-License-Identifier: Apache-2.0

// How long work of one kind takes, learnt while it is done: what cannot begin before its deadline
// is refused by it.

internal import Synchronization

/// What work of a kind has taken lately. Safe on all threads, without a lock.
package final class WorkTimes: Sendable {
    /// The bits of nanoseconds for a unit.
    private let mean = Atomic<UInt64>(0)

    /// Knows nothing yet.
    package init() {}

    /// What so many units, such as companies, are expected to take; 0 while nothing is known.
    package func nanoseconds(of unitCount: Int = 1) -> Double {
        Double(bitPattern: mean.load(ordering: .relaxed)) * Double(max(unitCount, 0))
    }

    /// Learns from work that was done. What is expected falls faster than it rises: that a call is
    /// refused must be right.
    package func note(_ nanoseconds: Double, of unitCount: Int = 1) {
        guard unitCount > 0, nanoseconds >= 0 else { return }
        let old = Double(bitPattern: mean.load(ordering: .relaxed))
        let new = nanoseconds / Double(unitCount)
        let next = old == 0 ? new : old + (new - old) / (new < old ? 2 : 32)
        // Two at once lose one of them, which does no harm.
        mean.store(next.bitPattern, ordering: .relaxed)
    }
}
