// SPDX-License-Identifier: Apache-2.0

// Who writes next, of the connections of an event loop that have more to write than a turn of the
// loop has time for. A client that reads as fast as a server can write would otherwise have the
// loop for itself: what it takes makes room for more. Only says who is next; it knows no loop.

internal import NIOCore

/// Connections that have more to write, in turns.
package struct WriteTurns<Writer> {
    private let bytesMax: Int
    private var waiting = CircularBuffer<Writer>()
    private var bytesLeft = 0

    /// Makes an empty queue, of which `bytesMax` bytes are written before others have a turn.
    package init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Whether nobody waits.
    package var isEmpty: Bool { waiting.isEmpty }

    /// Appends one who wrote its part and has more.
    package mutating func add(_ writer: Writer) {
        waiting.append(writer)
    }

    /// Begins a turn.
    package mutating func begin() {
        bytesLeft = bytesMax
    }

    /// Takes out who is next; nil when that is for another turn, or nobody waits.
    package mutating func next() -> Writer? {
        bytesLeft > 0 ? waiting.popFirst() : nil
    }

    /// Counts what it wrote.
    package mutating func wrote(_ byteCount: Int) {
        bytesLeft -= byteCount
    }
}
