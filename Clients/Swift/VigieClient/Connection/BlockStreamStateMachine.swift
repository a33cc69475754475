// SPDX-License-Identifier: Apache-2.0

// What a stream of blocks knows and decides, without streams, tasks or locks:
// each event changes the state and returns what is to be done.

/// The state of a stream of blocks, between one sender and one reader.
///
/// Block `i` goes to lane `i` modulo their number, so that the results can be taken in order. A
/// window bounds the blocks that are sent and not yet taken. A lane whose server does not take
/// quantised rows is refused: nothing more is sent to it, and the reader has its blocks scored
/// otherwise.
package struct BlockStreamStateMachine<Lane, Block, Continuation> {
    /// Which of the lanes, and whether it has been refused.
    package struct Place: Equatable {
        package let lane: Int
        package let isRefused: Bool

        package init(lane: Int, isRefused: Bool) {
            self.lane = lane
            self.isRefused = isRefused
        }
    }

    private let laneCount: Int
    private let window: Int
    private var lanes: [Lane] = []
    private var refusedLanes: Set<Int> = []
    /// The blocks that were sent and not yet taken, oldest first.
    private var sentBlocks: [Block] = []
    private var sentCount = 0
    private var takenCount = 0
    /// How the sending ended, if it did.
    private var sendingEnd: Result<Void, any Error>?
    private var isStopped = false
    /// Whether the reader has been told of a failure; after it there is nothing more.
    private var hasFailed = false
    private var sender: Continuation?
    private var reader: Continuation?

    /// A stream over `laneCount` lanes with at most `window` blocks under way, both at least one.
    package init(laneCount: Int, window: Int) {
        self.laneCount = max(1, laneCount)
        self.window = max(1, window)
    }

    // MARK: Sender

    /// The sender wants to send a block.
    ///
    /// - Returns: Whether it may go on; if not, `continuation` is kept until it may.
    package mutating func waitForRoom(_ continuation: Continuation) -> Bool {
        if isStopped || sentCount - takenCount < window { return true }
        sender = continuation
        return false
    }

    /// Where the next block goes.
    ///
    /// - Returns: The lane, if it is open, and its place.
    package func laneForNextBlock() -> (lane: Lane?, place: Place) {
        let index = sentCount % laneCount
        return (index < lanes.count ? lanes[index] : nil, place(index))
    }

    /// The lane of the next block was opened: lanes are opened in the order of their blocks.
    ///
    /// - Returns: Whether it is to be cancelled, since the stream is stopped.
    package mutating func laneOpened(_ lane: Lane) -> Bool {
        lanes.append(lane)
        return isStopped
    }

    /// A block was sent.
    ///
    /// - Returns: The reader, if it is to be woken.
    package mutating func blockSent(_ block: Block) -> Continuation? {
        sentBlocks.append(block)
        sentCount += 1
        return reader.take()
    }

    /// All lanes that are open, for the end of the sending.
    package var openLanes: [Lane] {
        lanes.indices.filter { !refusedLanes.contains($0) }.map { lanes[$0] }
    }

    /// The sending has ended.
    ///
    /// - Returns: The reader, if it is to be woken.
    package mutating func sendingEnded(_ result: Result<Void, any Error>) -> Continuation? {
        sendingEnd = result
        return reader.take()
    }

    // MARK: Reader

    /// What the reader is to do next.
    package enum Step {
        case take(Block, from: Lane, Place)
        /// All was taken; the lanes are to end, too, unless the sending failed.
        case finish([Lane], Result<Void, any Error>)
        /// There is nothing more, since a failure was told.
        case end
        case stopped
        case wait
    }

    /// What the reader is to do next.
    package var step: Step {
        if hasFailed { return .end }
        if isStopped { return .stopped }
        if let block = sentBlocks.first {
            let index = takenCount % laneCount
            return .take(block, from: lanes[index], place(index))
        }
        if let sendingEnd { return .finish(openLanes, sendingEnd) }
        return .wait
    }

    /// The reader has nothing to do.
    ///
    /// - Returns: Whether it has by now; if not, `continuation` is kept until it has.
    package mutating func waitForSender(_ continuation: Continuation) -> Bool {
        guard case .wait = step else { return true }
        reader = continuation
        return false
    }

    /// The reader has taken the results of the oldest block.
    ///
    /// - Returns: The sender, if it is to be woken.
    package mutating func blockTaken() -> Continuation? {
        guard !sentBlocks.isEmpty else { return nil }
        sentBlocks.removeFirst()
        takenCount += 1
        return sender.take()
    }

    // MARK: Both

    /// The server of a lane does not take quantised rows, which has ended the lane.
    package mutating func laneRefused(_ index: Int) { refusedLanes.insert(index) }

    /// Whether that has happened.
    package func isRefused(_ index: Int) -> Bool { refusedLanes.contains(index) }

    /// The reader is told of a failure.
    package mutating func failed() { hasFailed = true }

    /// Everything is to end.
    ///
    /// - Returns: The lanes to cancel, and whom to wake.
    package mutating func stop() -> (lanes: [Lane], sender: Continuation?, reader: Continuation?) {
        isStopped = true
        return (lanes, sender.take(), reader.take())
    }

    private func place(_ index: Int) -> Place {
        Place(lane: index, isRefused: refusedLanes.contains(index))
    }
}

extension BlockStreamStateMachine.Step: Sendable where Lane: Sendable, Block: Sendable {}
