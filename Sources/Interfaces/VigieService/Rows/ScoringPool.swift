// SPDX-License-Identifier: Apache-2.0

// The threads that score large blocks.

internal import BlockPipeline
internal import NIOPosix
package import Turns
package import VigieLimits

/// Scoring threads behind a bounded queue.
package final class ScoringPool: Sendable {
    /// The queue.
    let blocks: TurnPool
    private let threads: NIOThreadPool?

    /// Makes a pool; its threads are started by `start`.
    package init(threadCount: Int, limits: ServiceLimits = .init()) {
        let threads = NIOThreadPool(numberOfThreads: max(threadCount, 1))
        self.threads = threads
        blocks = TurnPool(limits: .blocks(limits), threadCount: threadCount) { work in
            threads.submit { work($0 == .active) }
        }
    }

    /// Makes a pool before threads that somebody else starts and ends.
    package init(limits: ServiceLimits, threads: @escaping TurnPool.Threads) {
        self.threads = nil
        blocks = TurnPool(limits: .blocks(limits), threads: threads)
    }

    /// Starts the threads, once.
    package func start() {
        threads?.start()
    }

    /// Ends the threads when their blocks are scored. Blocks that wait are dropped.
    package func stop() async {
        try? await threads?.shutdownGracefully()
    }
}
