// SPDX-License-Identifier: Apache-2.0

// The queue before the threads that large blocks are run on, so that event loops stay quick. What
// waits is bounded in number and bytes, for each connection too; more is refused at once.
//
// Connections take turns: after a chunk, some millisecond, a thread goes on with a block of the
// connection that has waited longest. Whoever sends one block waits for a chunk of each other
// connection and not for all that another has queued. Where nobody else waits, a block runs to its
// end on its thread. Cost: a lock a chunk.

internal import Synchronization
package import VigieLimits

/// A bounded queue of blocks before some threads.
package final class BlockPool: Sendable {
    /// Has work done on a thread. The work is told false, once, when the threads end before its
    /// turn.
    package typealias Threads =
        @Sendable (_ work: @escaping @Sendable (_ isActive: Bool) -> Void) -> Void

    /// What became of work that was brought.
    package enum Admission: Sendable, Equatable {
        /// It is queued.
        case queued
        /// There is no room for it.
        case full
        /// It could not begin before its deadline.
        case late
    }

    /// Work in the queue.
    private struct Item {
        let share: ObjectIdentifier
        let byteCount: Int
        let nanoseconds: Double
        /// Does a chunk; true when there is none left.
        let runChunk: @Sendable () -> Bool
    }

    /// What one connection has here.
    private struct Share {
        var waiting: [Item] = []
        /// Blocks and expected time, of what runs too.
        var blocks = 0
        var nanoseconds = 0.0
    }

    private struct State {
        var shares: [ObjectIdentifier: Share] = [:]
        /// Connections with work that waits, the next one first.
        var turns: [ObjectIdentifier] = []
        var blocks = 0
        var bytes = 0
    }

    private let threads: Threads
    private let threadCount: Int
    private let limits: ServiceLimits
    private let state = Mutex(State())

    /// Makes a queue before threads that somebody else starts and ends.
    package init(limits: ServiceLimits, threadCount: Int = 1, threads: @escaping Threads) {
        self.limits = limits
        self.threads = threads
        self.threadCount = max(threadCount, 1)
    }

    /// Runs work on threads, chunk by chunk, one at a time.
    ///
    /// - Parameters:
    ///   - byteCount: Memory that the work holds, in bytes.
    ///   - share: Whose work it is: all of one connection takes turns with that of others.
    ///   - nanoseconds: How long it is expected to take; 0 when that is not known.
    ///   - nanosecondsLeft: Time until nobody wants it any more; nil for any time.
    ///   - runChunk: Does a chunk, and says whether it was the last; not called when the threads
    ///     end before its turn.
    package func submit(
        byteCount: Int,
        of share: ObjectIdentifier,
        nanoseconds: Double = 0,
        nanosecondsLeft: Double? = nil,
        runChunk: @escaping @Sendable () -> Bool
    ) -> Admission {
        let item = Item(
            share: share,
            byteCount: byteCount,
            nanoseconds: nanoseconds,
            runChunk: runChunk
        )
        let admission = state.withLock { add(item, nanosecondsLeft, to: &$0) }
        guard admission == .queued else { return admission }
        // Each turn of a thread that is asked for here ends with the end of some work.
        threads { isActive in self.finishOne(isActive) }
        return .queued
    }

    private func add(_ item: Item, _ nanosecondsLeft: Double?, to state: inout State) -> Admission {
        var share = state.shares[item.share] ?? Share()
        let (blocks, bytes) = (state.blocks + 1, state.bytes + item.byteCount)
        guard blocks <= limits.queuedBlocksMax, bytes <= limits.queuedBytesMax,
            share.blocks < limits.connectionQueuedBlocksMax
        else { return .full }
        if let nanosecondsLeft, isLate(share, nanosecondsLeft, state) { return .late }
        (state.blocks, state.bytes) = (blocks, bytes)
        share.blocks += 1
        share.nanoseconds += item.nanoseconds
        if share.waiting.isEmpty { state.turns.append(item.share) }
        share.waiting.append(item)
        state.shares[item.share] = share
        return .queued
    }

    /// Whether what stands before new work of a connection takes longer than there is: its own
    /// work, while all connections share the threads.
    private func isLate(_ share: Share, _ nanosecondsLeft: Double, _ state: State) -> Bool {
        let others = state.shares.count - (share.blocks > 0 ? 1 : 0)
        let own = share.nanoseconds * Double(others + 1) / Double(threadCount)
        return own > nanosecondsLeft
    }

    /// Runs chunks until some work is done.
    private func finishOne(_ isActive: Bool) {
        guard var item = state.withLock({ takeNext(&$0) }) else { return }
        if isActive {
            while !item.runChunk() {
                item = state.withLock { state in
                    // First of its connection again, whose turn it may be.
                    putBack(item, &state)
                    return takeNext(&state) ?? item
                }
            }
        }
        state.withLock { remove(item, &$0) }
    }

    private func takeNext(_ state: inout State) -> Item? {
        guard !state.turns.isEmpty else { return nil }
        let owner = state.turns.removeFirst()
        guard let item = state.shares[owner]?.waiting.first else { return nil }
        state.shares[owner]?.waiting.removeFirst()
        if state.shares[owner]?.waiting.isEmpty == false { state.turns.append(owner) }
        return item
    }

    /// Work that has begun goes on before what its connection brought after it.
    private func putBack(_ item: Item, _ state: inout State) {
        if state.shares[item.share]?.waiting.isEmpty == true { state.turns.append(item.share) }
        state.shares[item.share]?.waiting.insert(item, at: 0)
    }

    private func remove(_ item: Item, _ state: inout State) {
        state.blocks -= 1
        state.bytes -= item.byteCount
        guard var share = state.shares[item.share] else { return }
        share.blocks -= 1
        share.nanoseconds -= item.nanoseconds
        state.shares[item.share] = share.blocks > 0 ? share : nil
    }
}
