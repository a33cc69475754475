// SPDX-License-Identifier: Apache-2.0

// The threads that score large blocks, so that event loops stay quick. What waits
// is bounded in number and bytes; more is refused at once.

internal import NIOPosix
internal import Synchronization
package import VigieLimits

/// Scoring threads behind a bounded queue.
package final class ScoringPool: Sendable {
    private let threads: NIOThreadPool
    private let limits: ServiceLimits
    private let queuedBlocks = Atomic(0)
    private let queuedBytes = Atomic(0)

    /// Makes a pool; its threads are started by `start`.
    package init(threadCount: Int, limits: ServiceLimits = .init()) {
        self.limits = limits
        threads = NIOThreadPool(numberOfThreads: max(threadCount, 1))
    }

    /// Starts the threads, once.
    package func start() {
        threads.start()
    }

    /// Ends the threads when their blocks are scored. Blocks that wait are dropped.
    package func stop() async {
        try? await threads.shutdownGracefully()
    }

    /// Runs work on a scoring thread.
    ///
    /// - Parameters:
    ///   - byteCount: Memory that the work holds, in bytes.
    ///   - body: The work; not called when the pool is stopped before its turn.
    /// - Returns: false when the queue is full.
    func submit(byteCount: Int, _ body: @escaping @Sendable () -> Void) -> Bool {
        guard reserve(byteCount) else { return false }
        threads.submit { state in
            if state == .active { body() }
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
