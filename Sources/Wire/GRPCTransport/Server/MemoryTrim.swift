// SPDX-License-Identifier: Apache-2.0

// Memory that much was let go of goes back to the system. The allocator keeps it otherwise:
// after a burst of large answers a server would look as if it leaked.

internal import CHTTP2Session
internal import NIOCore
internal import Synchronization
internal import Turns

/// Watches the budgets of a server and gives memory back when they have become calm.
final class MemoryTrim: Sendable {
    /// Less is not worth the look through the allocator's lists, which takes milliseconds.
    private static let trimmedBytesMin = 8 << 20
    /// For how many looks nothing of it may have been used.
    private static let calmLooks = 3

    private struct State {
        var nextLook = NIODeadline.now()
        var peakBytes = 0
        var latestBytes: [Int] = []
    }

    private let state = Mutex(State())

    /// Looks at what is in use; to be called now and then, by any thread.
    func look(usedBytes: Int, now: NIODeadline, workers: WorkerPool) {
        let isDue = state.withLock { state in
            guard now >= state.nextLook else { return false }
            state.nextLook = now + .milliseconds(900)
            state.peakBytes = max(state.peakBytes, usedBytes)
            state.latestBytes.append(usedBytes)
            if state.latestBytes.count < Self.calmLooks { return false }
            if state.latestBytes.count > Self.calmLooks { state.latestBytes.removeFirst() }
            let latestPeak = state.latestBytes.max() ?? 0
            guard state.peakBytes - latestPeak >= Self.trimmedBytesMin else { return false }
            state.peakBytes = latestPeak
            return true
        }
        guard isDue else { return }
        _ = workers.turns.submit(of: TurnShare(self)) {
            vigie_trim_memory()
            return true
        }
    }
}
