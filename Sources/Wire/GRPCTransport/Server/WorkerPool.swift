// SPDX-License-Identifier: Apache-2.0

// Threads for what is too long for an event loop or waits for something. What waits is
// bounded in number; more is refused at once.

internal import NIOPosix
internal import Synchronization

/// Worker threads behind a bounded queue.
package final class WorkerPool: Sendable {
    /// Has work done on a thread. The work is told false, once, when the threads end before its
    /// turn.
    package typealias Threads =
        @Sendable (_ work: @escaping @Sendable (_ isActive: Bool) -> Void) -> Void

    private let threads: NIOThreadPool?
    private let run: Threads
    private let queuedMax: Int
    private let queued = Atomic(0)

    /// Makes a pool; its threads are started by `start`.
    package init(threadCount: Int, queuedMax: Int) {
        let threads = NIOThreadPool(numberOfThreads: max(threadCount, 1))
        self.threads = threads
        self.queuedMax = queuedMax
        run = { work in threads.submit { work($0 == .active) } }
    }

    /// Makes a pool of threads that somebody else starts and ends.
    package init(queuedMax: Int, threads: @escaping Threads) {
        self.threads = nil
        self.queuedMax = queuedMax
        run = threads
    }

    /// Starts the threads, once.
    package func start() {
        threads?.start()
    }

    /// Ends the threads when their work is done. Work that waits is dropped.
    package func stop() async {
        try? await threads?.shutdownGracefully()
    }

    /// Runs work on a thread, after what waits already.
    ///
    /// - Parameter body: The work; not called when the pool is stopped before its turn.
    /// - Returns: False when the queue is full.
    package func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        guard queued.wrappingAdd(1, ordering: .relaxed).newValue <= queuedMax else {
            queued.wrappingSubtract(1, ordering: .relaxed)
            return false
        }
        run { isActive in
            self.queued.wrappingSubtract(1, ordering: .relaxed)
            if isActive { body() }
        }
        return true
    }
}
