// SPDX-License-Identifier: Apache-2.0

// Where blocks are run: at once, on the event loop, if they are expected to be quick; else
// in chunks on a thread of the pool. And the frames that one event loop keeps for that.

package import VigieLimits

/// Runs blocks for the calls of one event loop; used on that loop only.
package final class BlockDispatcher<Block: Frame> {
    private let pool: BlockPool
    private let limits: ServiceLimits
    private let makeFrame: () -> Block
    private var idle: [Block] = []
    @exclusivity(unchecked) private var runs: [ObjectIdentifier: any PoolWork] = [:]

    /// Keeps no frame yet.
    package init(pool: BlockPool, limits: ServiceLimits, makeFrame: @escaping () -> Block) {
        self.pool = pool
        self.limits = limits
        self.makeFrame = makeFrame
    }

    /// A frame for one block.
    package func takeFrame() -> Block {
        idle.popLast() ?? makeFrame()
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
    ///   - owner: Whose work it is; it has one at a time.
    ///   - toLoop: Has work done on this loop.
    ///   - finish: Called on this loop when the work has run, and told whether `cancel` was
    ///     called for the owner before.
    /// - Returns: False when the pool has no room; nothing is called then.
    package func submit(
        _ run: some PoolWork,
        byteCount: Int,
        of owner: AnyObject,
        toLoop: @escaping @Sendable (_ work: @escaping @Sendable () -> Void) -> Void,
        finish: @escaping (_ isCancelled: Bool) -> Void
    ) -> Bool {
        let owner = ObjectIdentifier(owner)
        let finish = LoopBound { [self] in
            let isCurrent = runs[owner] === run
            if isCurrent { runs[owner] = nil }
            finish(!isCurrent)
        }
        let isQueued = pool.submit(byteCount: byteCount) {
            run.run()
            toLoop { finish.body() }
        }
        if isQueued { runs[owner] = run }
        return isQueued
    }

    /// Stops the work of an owner who does not wait for it any more, if there is one.
    package func cancel(_ owner: AnyObject) {
        guard !runs.isEmpty else { return }
        runs.removeValue(forKey: ObjectIdentifier(owner))?.cancel()
    }
}

/// What is made on an event loop and called there again; threads only carry it.
private struct LoopBound: @unchecked Sendable {
    let body: () -> Void
}
