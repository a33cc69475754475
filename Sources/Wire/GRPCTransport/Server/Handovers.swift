// SPDX-License-Identifier: Apache-2.0

// What an event loop has to go on with: what other threads have done for it, and what it has laid
// aside itself. It does so in turns with its sockets, at which it does not look as long as there
// are tasks that are due: threads that bring task after task would otherwise have it for
// themselves. Only says what is next; it knows no loop.

internal import NIOCore

/// Work that waits for an event loop, in the order in which it was brought.
package struct Handovers<Work> {
    private let turnNanoseconds: Int64
    private var waiting = CircularBuffer<Work>()
    private var end: UInt64?
    /// Whether others have the loop before what waits.
    package private(set) var rests = false

    /// Makes an empty queue, from which work is taken for so long before the sockets have a turn.
    package init(turnMicroseconds: Int) {
        turnNanoseconds = Int64(turnMicroseconds) * 1_000
    }

    /// Whether nothing waits.
    package var isEmpty: Bool { waiting.isEmpty }

    /// Appends work.
    package mutating func add(_ work: Work) {
        waiting.append(work)
    }

    /// Takes out what is next; nil when that is for another turn, or nothing waits. A turn begins
    /// with the first that is taken: that one is long enough for a turn of its own, if need be.
    package mutating func next(nowNanoseconds: UInt64) -> Work? {
        if let end, nowNanoseconds >= end { return nil }
        guard let work = waiting.popFirst() else { return nil }
        if end == nil { end = nowNanoseconds + UInt64(max(turnNanoseconds, 0)) }
        return work
    }

    /// The turn is over.
    package mutating func beginRest() {
        (rests, end) = (true, nil)
    }

    /// The sockets have been looked at.
    package mutating func endRest() {
        rests = false
    }
}
