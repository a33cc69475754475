// SPDX-License-Identifier: Apache-2.0

// Memory that much was let go of goes back to the system. The allocator keeps it otherwise:
// after a burst of large answers a server would look as if it leaked.

internal import CHTTP2Session
internal import NIOCore
internal import Synchronization
internal import Turns

/// When memory is given back: when much of what was counted is not used any more; or when all is
/// calm and the process is larger than it was then, by what nobody counts; and each time once more
/// a little later, when that is let go which is kept for some seconds.
package struct TrimClock {
    /// Less is not worth the look through the allocator's lists, which takes milliseconds.
    private static let trimmedBytesMin = 8 << 20
    /// By how much what is used may change while all is calm.
    private static let calmBytes = 1 << 20
    /// For how many looks nothing of it may have been used.
    private static let calmLooks = 3
    /// Looks from a time to when memory is given back once more.
    private static let lateLooks = 5

    private var peakBytes = 0
    private var latestBytes: [Int] = []
    /// How large the process was after the last time; nil until that is known.
    private var keptBytes: Int?
    /// Looks until the time after a time.
    private var looksLeft = 0

    /// Knows nothing yet.
    package init() {}

    /// Looks at what is in use, and how large the process is.
    package mutating func isDue(usedBytes: Int, residentBytes: Int) -> Bool {
        let kept = min(keptBytes ?? residentBytes, residentBytes)
        keptBytes = kept
        peakBytes = max(peakBytes, usedBytes)
        latestBytes.append(usedBytes)
        if latestBytes.count < Self.calmLooks { return false }
        if latestBytes.count > Self.calmLooks { latestBytes.removeFirst() }
        looksLeft -= 1
        if looksLeft == 0 {
            keptBytes = nil
            return true
        }
        let (latestPeak, least) = (latestBytes.max() ?? 0, latestBytes.min() ?? 0)
        let isFreed = peakBytes - latestPeak >= Self.trimmedBytesMin
        let isCalm = latestPeak - least < Self.calmBytes
        let hasGrown = residentBytes - kept >= Self.trimmedBytesMin
        guard isFreed || (isCalm && hasGrown) else { return false }
        peakBytes = latestPeak
        keptBytes = nil
        looksLeft = Self.lateLooks
        return true
    }
}

/// Watches the budgets of a server and gives memory back when they have become calm.
final class MemoryTrim: Sendable {
    private struct State {
        var nextLook = NIODeadline.now()
        var clock = TrimClock()
    }

    private let residentBytes: @Sendable () -> Int
    private let state = Mutex(State())

    init(residentBytes: @escaping @Sendable () -> Int) {
        self.residentBytes = residentBytes
    }

    /// Looks at what is in use; to be called now and then, by any thread.
    func look(usedBytes: Int, now: NIODeadline, workers: WorkerPool) {
        let isDue = state.withLock { state in
            guard now >= state.nextLook else { return false }
            state.nextLook = now + .milliseconds(900)
            let residentBytes = residentBytes()
            return state.clock.isDue(usedBytes: usedBytes, residentBytes: residentBytes)
        }
        guard isDue else { return }
        _ = workers.turns.submit(of: TurnShare(self)) {
            FreeMemory.giveBack()
            return true
        }
    }
}

/// The free memory of this process.
package enum FreeMemory {
    /// Lets each thread keep so many bytes at most for what it needs next; to be called once, and
    /// before there are other threads.
    package static func bound(bytes: Int) {
        vigie_bound_free_memory(bytes)
    }

    /// Gives all of it back to the system: milliseconds.
    package static func giveBack() {
        vigie_trim_memory()
    }
}
