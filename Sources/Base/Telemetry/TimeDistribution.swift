// SPDX-License-Identifier: Apache-2.0

// How long something takes that happens on any thread, and seldom: a few atomic additions each
// time, some 20 ns where no other thread adds at the moment.

internal import Synchronization

/// Times, counted by the bounds that `CallTimes` has.
package final class TimeDistribution: Sendable {
    private let counts: [SharedCount]
    private let nanoseconds = SharedCount()

    /// Nothing was counted yet.
    package init() {
        counts = (0...CallTimes.bounds.count).map { _ in SharedCount() }
    }

    /// Counts one.
    package func add(nanoseconds time: UInt64) {
        counts[CallTimes.place(of: time)].add(1)
        nanoseconds.add(time)
    }

    /// How many there were within each bound and above the one before; the last is above all.
    package var times: [UInt64] { counts.map(\.value) }

    /// Their sum, in nanoseconds.
    package var sum: UInt64 { nanoseconds.value }
}

/// A sum that any thread adds to.
package final class SharedCount: Sendable {
    private let count = Atomic<UInt64>(0)

    /// Nothing was added yet.
    package init() {}

    /// Adds to it.
    package func add(_ amount: UInt64) { count.wrappingAdd(amount, ordering: .relaxed) }

    /// What it is now.
    package var value: UInt64 { count.load(ordering: .relaxed) }
}

/// What blocks of rows do that event loops hand to threads.
package struct BlockTimes: Sendable {
    /// How long they wait for one.
    package let waiting = TimeDistribution()
    /// What they take there, in nanoseconds.
    package let running = SharedCount()

    /// Nothing was measured yet.
    package init() {}
}
