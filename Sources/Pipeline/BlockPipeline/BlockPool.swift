// SPDX-License-Identifier: Apache-2.0

// The queue before the threads that large blocks are run on, so that event loops stay
// quick. What waits is bounded in number and bytes; more is refused at once.

internal import Synchronization
package import VigieLimits

/// A bounded queue of blocks before some threads.
package final class BlockPool: Sendable {
    /// Has work done on a thread. The work is told false, once, when the threads end before its
    /// turn.
    package typealias Threads =
        @Sendable (_ work: @escaping @Sendable (_ isActive: Bool) -> Void) -> Void

    private let threads: Threads
    private let limits: ServiceLimits
    private let queuedBlocks = Atomic(0)
    private let queuedBytes = Atomic(0)

    /// Makes a queue before threads that somebody else starts and ends.
    package init(limits: ServiceLimits, threads: @escaping Threads) {
        self.limits = limits
        self.threads = threads
    }

    /// Runs work on a thread.
    ///
    /// - Parameters:
    ///   - byteCount: Memory that the work holds, in bytes.
    ///   - body: The work; not called when the threads end before its turn.
    /// - Returns: false when the queue is full.
    package func submit(byteCount: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
        guard reserve(byteCount) else { return false }
        threads { isActive in
            if isActive { body() }
            self.release(byteCount)
        }
        return true
    }

    private func reserve(_ byteCount: Int) -> Bool {
        let blocks = queuedBlocks.wrappingAdd(1, ordering: .relaxed).newValue
        let bytes = queuedBytes.wrappingAdd(byteCount, ordering: .relaxed).newValue
        if blocks <= limits.queuedBlocksMax && bytes <= limits.queuedBytesMax { return true }
        release(byteCount)
        return false
    }

    private func release(_ byteCount: Int) {
        queuedBlocks.wrappingSubtract(1, ordering: .relaxed)
        queuedBytes.wrappingSubtract(byteCount, ordering: .relaxed)
    }
}
