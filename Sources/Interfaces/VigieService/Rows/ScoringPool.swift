// SPDX-License-Identifier: Apache-2.0

// The threads that score large blocks.

internal import BlockPipeline
internal import GRPCTransport
package import Telemetry
package import Turns
package import VigieLimits

/// Scoring threads behind a bounded queue.
package final class ScoringPool: Sendable {
    /// The queue.
    let blocks: TurnPool
    /// What is measured of blocks.
    let times: BlockTimes
    private let threads: WorkerThreads?

    /// Makes a pool; its threads are started by `start`.
    package init(
        threadCount: Int,
        limits: ServiceLimits = .init(),
        times: BlockTimes = .init()
    ) {
        self.times = times
        let threads = WorkerThreads(count: threadCount)
        self.threads = threads
        blocks = TurnPool(
            limits: .blocks(limits),
            threadCount: threadCount,
            threads: threads.submit
        )
    }

    /// Makes a pool before threads that somebody else starts and ends.
    package init(limits: ServiceLimits, threads: @escaping TurnPool.Threads) {
        self.threads = nil
        times = BlockTimes()
        blocks = TurnPool(limits: .blocks(limits), threads: threads)
    }

    /// Starts the threads, once.
    package func start() {
        threads?.start()
    }

    /// Ends the threads when their blocks are scored. Blocks that wait are dropped.
    package func stop() async {
        await threads?.stop()
    }
}
