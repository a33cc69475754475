// SPDX-License-Identifier: Apache-2.0

// Threads for what is too long for an event loop or waits for something. What waits is bounded, for
// each connection too, and taken in turns; more is refused at once.

package import Turns

/// Worker threads behind a bounded queue.
package final class WorkerPool: Sendable {
    /// The queue.
    package let turns: TurnPool
    private let threads: WorkerThreads?

    /// Makes a pool; its threads are started by `start`.
    package init(threadCount: Int, limits: TurnLimits) {
        let threads = WorkerThreads(count: threadCount)
        self.threads = threads
        turns = TurnPool(limits: limits, threadCount: threadCount, threads: threads.submit)
    }

    /// Makes a pool of threads that somebody else starts and ends.
    package init(limits: TurnLimits, threads: @escaping TurnPool.Threads) {
        self.threads = nil
        turns = TurnPool(limits: limits, threads: threads)
    }

    /// Starts the threads, once.
    package func start() {
        threads?.start()
    }

    /// Ends the threads when their work is done. Work that waits is dropped.
    package func stop() async {
        await threads?.stop()
    }
}
