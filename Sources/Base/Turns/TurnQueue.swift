// SPDX-License-Identifier: Apache-2.0

// Work that waits for threads, in turns: whoever brings a piece waits for a chunk of each other and
// not for all that another has queued. Only says what is next and what is refused; it knows no
// threads and no clock.

/// What became of work that was brought.
package enum TurnAdmission: Sendable, Equatable {
    /// It is queued.
    case queued
    /// There is no room for it.
    case full
    /// It could not begin before its deadline.
    case late
}

/// How much may wait or be under way.
package struct TurnLimits: Sendable {
    /// Pieces of work. An eighth more is there for those who have none yet.
    package let workMax: Int
    /// Pieces of one share.
    package let shareWorkMax: Int
    /// Bytes that they hold.
    package let bytesMax: Int
    /// Pieces of one share that threads do at the same time: for work in one long chunk.
    package let shareThreadsMax: Int

    /// Makes limits.
    package init(
        workMax: Int,
        shareWorkMax: Int,
        bytesMax: Int = .max,
        shareThreadsMax: Int = .max
    ) {
        (self.workMax, self.shareWorkMax, self.bytesMax) = (workMax, shareWorkMax, bytesMax)
        self.shareThreadsMax = max(shareThreadsMax, 1)
    }
}

/// A queue in which shares take turns, chunk by chunk.
package struct TurnQueue<Work> {
    /// A piece of work.
    package struct Item {
        /// What is to be done.
        package let work: Work
        fileprivate let share: TurnShare
        fileprivate let byteCount: Int
        /// Expected time of a chunk.
        fileprivate let chunkNanoseconds: Double
        /// Expected time of what has not begun.
        fileprivate var nanoseconds: Double

        /// Expected time of a turn, on average: the last may be short.
        fileprivate var turnNanoseconds: Double {
            nanoseconds > 0 ? nanoseconds / (nanoseconds / chunkNanoseconds).rounded(.up) : 0
        }
    }

    /// What one share has here.
    private struct Line {
        var firstPlace: Int?
        var lastPlace: Int?
        /// Pieces, those under way too.
        var count = 0
        /// Pieces under way.
        var threadCount = 0
        /// Turns that it has before those of others.
        var turnsLeft = 0
        /// Whether others go first once.
        var sitsOut = false
        /// Expected time of what has not begun.
        var nanoseconds = 0.0
        // Of the pieces since there was none.
        var longestNanoseconds = 0.0
        var longestChunk = 0.0
        var shortestTurn = Double.infinity
    }

    /// Where a piece waits. Places are used again: nothing is allocated for one that comes.
    private struct Place {
        var item: Item?
        var next: Int?
    }

    private let limits: TurnLimits
    private let threadCount: Double
    private var lines: [TurnShare: Line] = [:]
    private var places: [Place] = []
    private var freePlace: Int?
    /// Shares with work that waits, the next one first.
    private var turns: [TurnShare] = []
    /// Pieces that wait or are under way.
    package private(set) var count = 0
    private var bytes = 0
    /// Threads that went away although work waits, since its shares had enough of them.
    private var missingThreads = 0

    /// Makes an empty queue before so many threads.
    package init(limits: TurnLimits, threadCount: Int) {
        self.limits = limits
        self.threadCount = Double(max(threadCount, 1))
    }

    /// Takes work in, or refuses it.
    ///
    /// - Parameters:
    ///   - work: What is to be done.
    ///   - share: Whose it is.
    ///   - byteCount: Memory that it holds.
    ///   - nanoseconds: How long it is expected to take; 0 when that is not known.
    ///   - chunkNanoseconds: How long a chunk of it is expected to take; nil when it has one.
    ///   - nanosecondsLeft: Time until nobody wants it any more; nil for any time.
    package mutating func add(
        _ work: Work,
        of share: TurnShare,
        byteCount: Int = 0,
        nanoseconds: Double = 0,
        chunkNanoseconds: Double? = nil,
        nanosecondsLeft: Double? = nil
    ) -> TurnAdmission {
        var line = lines[share] ?? Line()
        let room = line.count == 0 ? limits.workMax + limits.workMax / 8 : limits.workMax
        guard count < room, line.count < limits.shareWorkMax,
            byteCount <= limits.bytesMax - bytes
        else { return .full }
        if let nanosecondsLeft, nanosecondsBefore(line, of: share) > nanosecondsLeft {
            return .late
        }
        let item = Item(
            work: work,
            share: share,
            byteCount: byteCount,
            chunkNanoseconds: min(chunkNanoseconds ?? nanoseconds, nanoseconds),
            nanoseconds: nanoseconds
        )
        count += 1
        bytes += byteCount
        line.count += 1
        line.nanoseconds += nanoseconds
        line.longestNanoseconds = max(line.longestNanoseconds, nanoseconds)
        line.longestChunk = max(line.longestChunk, item.chunkNanoseconds)
        line.shortestTurn = min(line.shortestTurn, item.turnNanoseconds)
        append(item, to: &line)
        lines[share] = line
        return .queued
    }

    /// The least time until new work of a share begins, if all takes as long as expected: its own
    /// work that has not begun, and of others what is done in the turns between. The last pieces
    /// before it may be on some threads when another is free already.
    private func nanosecondsBefore(_ line: Line, of share: TurnShare) -> Double {
        guard line.nanoseconds > 0 else { return 0 }
        let turnCount = line.nanoseconds / line.longestChunk
        var (sum, longest) = (line.nanoseconds, line.longestNanoseconds)
        for (key, other) in lines where key != share && other.nanoseconds > 0 {
            var turns = turnCount
            if share.priority != .normal || key.priority < share.priority {
                // Not in each round, or not between two that follow each other.
                let part = min(key.priority.weight / share.priority.weight, 1)
                turns = max((turnCount * part).rounded(.down) - 2, 0)
            }
            sum += min(other.nanoseconds, turns * other.shortestTurn)
            longest = max(longest, min(other.longestNanoseconds, line.nanoseconds))
        }
        return (sum - (threadCount - 1) * longest) / threadCount
    }

    /// Takes out the work whose turn it is, for a chunk; `putBack` or `finish` must follow.
    ///
    /// - Returns: nil when none may go on now: `finish` says when a thread is to come back.
    package mutating func takeNext() -> Item? {
        guard let turn = nextTurn() else {
            missingThreads += 1
            return nil
        }
        let share = turns.remove(at: turn)
        guard var line = lines[share], let index = line.firstPlace, var item = places[index].item
        else { return nil }
        line.threadCount += 1
        line.firstPlace = places[index].next
        if line.firstPlace == nil { line.lastPlace = nil } else { queueUp(share, &line) }
        places[index] = Place(item: nil, next: freePlace)
        freePlace = index
        let begun = min(item.chunkNanoseconds, item.nanoseconds)
        item.nanoseconds -= begun
        line.nanoseconds -= begun
        lines[share] = line
        return item
    }

    /// Puts work back that has more chunks: before what its share brought after it.
    package mutating func putBack(_ item: Item) {
        guard var line = lines[item.share] else { return }
        line.threadCount -= 1
        if line.firstPlace == nil { queueUp(item.share, &line) }
        let index = newPlace(Place(item: item, next: line.firstPlace))
        line.firstPlace = index
        if line.lastPlace == nil { line.lastPlace = index }
        lines[item.share] = line
    }

    /// Forgets work that is done.
    ///
    /// - Returns: Whether the thread is to take other work, for one that went away.
    package mutating func finish(_ item: Item) -> Bool {
        count -= 1
        bytes -= item.byteCount
        if var line = lines[item.share] {
            line.count -= 1
            line.threadCount -= 1
            line.nanoseconds -= item.nanoseconds
            lines[item.share] = line.count > 0 ? line : nil
        }
        guard missingThreads > 0 else { return false }
        missingThreads -= 1
        return true
    }

    /// Where the share stands in `turns` that is next. Those of low priority have others go before
    /// them, once each turn.
    private mutating func nextTurn() -> Int? {
        var place = 0
        var mayMove = turns.count
        while place < turns.count {
            let share = turns[place]
            guard var line = lines[share], line.threadCount < limits.shareThreadsMax else {
                place += 1
                continue
            }
            guard line.sitsOut else { return place }
            line.sitsOut = false
            lines[share] = line
            // Nobody goes first where all sit out.
            guard mayMove > 1 else { return place }
            mayMove -= 1
            turns.append(turns.remove(at: place))
        }
        return nil
    }

    /// A share has had a turn, and has more work.
    private mutating func queueUp(_ share: TurnShare, _ line: inout Line) {
        if line.turnsLeft > 0 {
            line.turnsLeft -= 1
            turns.insert(share, at: 0)
        } else {
            turns.append(share)
            rest(share, &line)
        }
    }

    /// A share has joined the others at the end.
    private func rest(_ share: TurnShare, _ line: inout Line) {
        line.turnsLeft = share.priority.turnsInARow - 1
        line.sitsOut = share.priority == .low
    }

    private mutating func append(_ item: Item, to line: inout Line) {
        let index = newPlace(Place(item: item, next: nil))
        if let last = line.lastPlace {
            places[last].next = index
        } else {
            line.firstPlace = index
            turns.append(item.share)
            rest(item.share, &line)
        }
        line.lastPlace = index
    }

    private mutating func newPlace(_ place: Place) -> Int {
        guard let index = freePlace else {
            places.append(place)
            return places.count - 1
        }
        freePlace = places[index].next
        places[index] = place
        return index
    }
}

extension TurnQueue.Item: Sendable where Work: Sendable {}
