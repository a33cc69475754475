// SPDX-License-Identifier: Apache-2.0

// Threads behind a queue of turns: after a chunk, some millisecond, a thread goes on with the work
// that has waited longest of those whose turn it is. Where nobody else waits, work runs to its end
// on its thread. Cost: a lock a chunk.

internal import Synchronization

/// A bounded queue of work before some threads.
package final class TurnPool: Sendable {
    /// Has work done on a thread. The work is told false, once, when the threads end before its
    /// turn.
    package typealias Threads =
        @Sendable (_ work: @escaping @Sendable (_ isActive: Bool) -> Void) -> Void
    /// Does a chunk of some work; true when there is none left.
    package typealias Chunk = @Sendable () -> Bool

    private let threads: Threads
    private let queue: Mutex<TurnQueue<Chunk>>

    /// Makes a queue before threads that somebody else starts and ends.
    package init(limits: TurnLimits, threadCount: Int = 1, threads: @escaping Threads) {
        self.threads = threads
        queue = Mutex(TurnQueue(limits: limits, threadCount: threadCount))
    }

    /// Runs work on threads, chunk by chunk, one at a time.
    ///
    /// - Parameters:
    ///   - share: Whose work it is.
    ///   - byteCount: Memory that the work holds, in bytes.
    ///   - nanoseconds: How long it is expected to take; 0 when that is not known.
    ///   - chunkNanoseconds: How long a chunk is expected to take; nil when it has one.
    ///   - nanosecondsLeft: Time until nobody wants it any more; nil for any time.
    ///   - runChunk: Does a chunk, and says whether it was the last; not called when the threads
    ///     end before its turn.
    package func submit(
        of share: TurnShare,
        byteCount: Int = 0,
        nanoseconds: Double = 0,
        chunkNanoseconds: Double? = nil,
        nanosecondsLeft: Double? = nil,
        runChunk: @escaping Chunk
    ) -> TurnAdmission {
        let admission = queue.withLock {
            $0.add(
                runChunk,
                of: share,
                byteCount: byteCount,
                nanoseconds: nanoseconds,
                chunkNanoseconds: chunkNanoseconds,
                nanosecondsLeft: nanosecondsLeft
            )
        }
        guard admission == .queued else { return admission }
        // Each turn of a thread that is asked for here ends with the end of some work.
        threads { isActive in self.finishOne(isActive) }
        return .queued
    }

    /// Runs chunks until some work is done.
    private func finishOne(_ isActive: Bool) {
        while var item = queue.withLock({ $0.takeNext() }) {
            if isActive {
                while !item.work() {
                    item = queue.withLock { queue in
                        // First of its share again, whose turn it may be.
                        queue.putBack(item)
                        return queue.takeNext() ?? item
                    }
                }
            }
            let isWanted = queue.withLock { $0.finish(item) }
            guard isWanted else { return }
        }
    }
}
