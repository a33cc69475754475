// SPDX-License-Identifier: Apache-2.0

// Where blocks are run: at once, on the event loop, if they are expected to be quick; else
// in chunks on a thread of the pool. And the frames that one event loop keeps for that.

package import Telemetry
package import Turns
package import VigieLimits

/// Runs blocks for the calls of one event loop; used on that loop only.
package final class BlockDispatcher<Block: Frame> {
    private let pool: TurnPool
    private let limits: ServiceLimits
    private let times: BlockTimes
    private let makeFrame: () -> Block
    private var idle: [Block] = []
    /// Least number of idle frames since `dropUnused`.
    private var unusedCount = 0
    @exclusivity(unchecked) private var runs: [ObjectIdentifier: any PoolWork] = [:]

    /// Keeps no frame yet.
    package init(
        pool: TurnPool,
        limits: ServiceLimits,
        times: BlockTimes = BlockTimes(),
        makeFrame: @escaping () -> Block
    ) {
        self.pool = pool
        self.limits = limits
        self.times = times
        self.makeFrame = makeFrame
    }

    /// A frame for one block.
    package func takeFrame() -> Block {
        guard let frame = idle.popLast() else { return makeFrame() }
        unusedCount = min(unusedCount, idle.count)
        return frame
    }

    /// Lets go of frames that nobody has wanted since this was last called.
    package func dropUnused() {
        idle.removeFirst(unusedCount)
        unusedCount = idle.count
    }

    /// Takes a frame back for the next block.
    package func giveBack(_ frame: Block) {
        guard idle.count < limits.idleFramesMax else { return }
        frame.end(retainedBytesMax: limits.retainedMemoryBytes)
        idle.append(frame)
    }

    /// Whether a block takes so long that it is to go to the pool.
    package func isForPool(_ frame: Block, line: Line<Block>) -> Bool {
        line.nanoseconds(of: frame) > limits.inPlaceNanosecondsMax
    }

    /// Runs a block at once.
    package func runHere(_ frame: Block, line: Line<Block>) {
        frame.begin()
        line.run(0..<frame.rowCount, of: frame)
    }

    /// Gives a block, or other work, to the pool.
    ///
    /// - Parameters:
    ///   - run: The work.
    ///   - byteCount: Memory that the work holds while it waits.
    ///   - nanoseconds: How long the work is expected to take; 0 when that is not known.
    ///   - chunkNanoseconds: How long a chunk is expected to take; nil when it has one.
    ///   - owner: Whose work it is; it has one at a time.
    ///   - share: The connection of the owner: all work of one takes turns with that of others.
    ///   - nanosecondsLeft: Time until nobody wants it any more; nil for any time.
    ///   - toLoop: Has work done on this loop.
    ///   - finish: Called on this loop when the work has run, and told whether `cancel` was
    ///     called for the owner before.
    /// - Returns: Whether the pool has taken it; nothing is called when it has not.
    package func submit(
        _ run: some PoolWork,
        byteCount: Int,
        nanoseconds: Double = 0,
        chunkNanoseconds: Double? = nil,
        of owner: AnyObject,
        share: TurnShare,
        nanosecondsLeft: Double? = nil,
        toLoop: @escaping @Sendable (_ work: @escaping @Sendable () -> Void) -> Void,
        finish: @escaping (_ isCancelled: Bool) -> Void
    ) -> TurnAdmission {
        let owner = ObjectIdentifier(owner)
        let finish = LoopBound { [self] in
            let isCurrent = runs[owner] === run
            if isCurrent { runs[owner] = nil }
            finish(!isCurrent)
        }
        let watch = BlockWatch(times)
        let admission = pool.submit(
            of: share,
            byteCount: byteCount,
            nanoseconds: nanoseconds,
            chunkNanoseconds: chunkNanoseconds,
            nanosecondsLeft: nanosecondsLeft
        ) {
            guard watch.measure({ run.runChunk() }) else { return false }
            toLoop { finish.body() }
            return true
        }
        if admission == .queued { runs[owner] = run }
        return admission
    }

    /// Stops the work of an owner who does not wait for it any more, if there is one.
    package func cancel(_ owner: AnyObject) {
        guard !runs.isEmpty else { return }
        runs.removeValue(forKey: ObjectIdentifier(owner))?.cancel()
    }
}

extension TurnLimits {
    /// Those of a queue of blocks.
    package static func blocks(_ limits: ServiceLimits) -> TurnLimits {
        TurnLimits(
            workMax: limits.queuedBlocksMax,
            shareWorkMax: limits.connectionQueuedBlocksMax,
            bytesMax: limits.queuedBytesMax
        )
    }
}

/// Measures one block: how long it waits for a thread, and what its chunks take.
///
/// Used by one thread at a time, as the chunks are. That is why it can be Sendable.
private final class BlockWatch: @unchecked Sendable {
    private let times: BlockTimes
    private let brought = monotonicNanoseconds()
    private var hasBegun = false

    init(_ times: BlockTimes) { self.times = times }

    func measure(_ chunk: () -> Bool) -> Bool {
        let begin = monotonicNanoseconds()
        if !hasBegun {
            hasBegun = true
            times.waiting.add(nanoseconds: begin &- brought)
        }
        defer { times.running.add(monotonicNanoseconds() &- begin) }
        return chunk()
    }
}

/// What is made on an event loop and called there again; threads only carry it.
private struct LoopBound: @unchecked Sendable {
    let body: () -> Void
}
