// SPDX-License-Identifier: Apache-2.0

// Threads for what is too long for an event loop or waits for something. What waits is bounded, for
// each connection too, and taken in turns; more is refused at once.

internal import NIOPosix
package import Turns

/// Worker threads behind a bounded queue.
package final class WorkerPool: Sendable {
    /// The queue.
    package let turns: TurnPool
    private let threads: NIOThreadPool?

    /// Makes a pool; its threads are started by `start`.
    package init(threadCount: Int, limits: TurnLimits) {
        let threads = NIOThreadPool(numberOfThreads: max(threadCount, 1))
        self.threads = threads
        turns = TurnPool(limits: limits, threadCount: threadCount) { work in
            threads.submit { work($0 == .active) }
        }
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
        try? await threads?.shutdownGracefully()
    }
}
