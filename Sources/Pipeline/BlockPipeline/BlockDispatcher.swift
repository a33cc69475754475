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
    @exclusivity(unchecked) private var runs: [ObjectIdentifier: BlockRun<Block>] = [:]

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

    /// Rows of a chunk of a block that is to go to the pool; nil for one that is to be run here.
    ///
    /// A chunk takes about `chunkNanoseconds`, in as many rows as the stages like together.
    package func chunkRows(of frame: Block, line: Line<Block>) -> Int? {
        let nanoseconds = line.nanoseconds(of: frame)
        guard nanoseconds > limits.inPlaceNanosecondsMax else { return nil }
        let rowCount = Double(max(frame.rowCount, 1))
        let rowNanoseconds = max(nanoseconds / rowCount, 0.1)
        let wanted = Int(min(limits.chunkNanoseconds / rowNanoseconds, rowCount))
        let together = max(line.rowsTogether, 1)
        return max(wanted / together * together, together)
    }

    /// Runs a block at once.
    package func runHere(_ frame: Block, line: Line<Block>) {
        frame.begin()
        line.run(0..<frame.rowCount, of: frame)
    }

    /// Gives a block to the pool.
    ///
    /// - Parameters:
    ///   - run: The block.
    ///   - byteCount: Memory that the block holds while it waits.
    ///   - owner: Whose block it is; it has one at a time.
    ///   - toLoop: Has work done on this loop.
    ///   - finish: Called on this loop when the block has run, and told whether `cancel` was
    ///     called for the owner before.
    /// - Returns: False when the pool has no room; nothing is called then.
    package func submit(
        _ run: BlockRun<Block>,
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

    /// Stops the block of an owner who does not wait for it any more, if there is one.
    package func cancel(_ owner: AnyObject) {
        guard !runs.isEmpty else { return }
        runs.removeValue(forKey: ObjectIdentifier(owner))?.cancel()
    }
}

/// What is made on an event loop and called there again; threads only carry it.
private struct LoopBound: @unchecked Sendable {
    let body: () -> Void
}
