// SPDX-License-Identifier: Apache-2.0

// Where the cells of the next lines end, for some kilobytes at a time: a block of 64 bytes costs
// the same whether a line ends in it or not, and a line is found again by comparing two numbers.

internal import CDelimitedText

/// An index of the text that comes next.
struct LinesAhead {
    /// A line: the numbers of its ends in `ends`, and where its first cell starts.
    struct Line {
        var ends: UnsafeBufferPointer<UInt32>
        /// From the place that all of these numbers count from.
        var start: Int
    }

    /// Bytes that are looked at in one go.
    // tidy: limit: of the index: longer lines are read another way
    private static let bytesMax = 4_096
    /// Bytes behind a line that are there to be read.
    private static let margin = 64

    /// Room for the numbers of ends, then for the numbers of those that end lines.
    private final class Room {
        let ends: UnsafeMutablePointer<UInt32>
        let lines: UnsafeMutablePointer<UInt32>

        init() {
            ends = .allocate(capacity: 2 * bytesMax + 4)
            lines = ends + bytesMax + 4
        }

        deinit { ends.deallocate() }
    }

    private let room = Room()
    private var lineCount = 0
    private var next = 0
    private var firstEnd = 0
    /// The place in the source that ends count from.
    private var origin = 0
    /// Where the next line starts, or the LF before it.
    private var nextPosition = -1

    /// The line that starts at a place in the source, if it lies whole in the bytes from there on.
    ///
    /// - Parameter skipped: How many bytes before it belong to the end of the line before.
    mutating func line(
        at position: Int,
        skipped: Int,
        _ bytes: UnsafeRawBufferPointer,
        _ delimiter: UInt8
    ) -> Line? {
        while next < lineCount, nextPosition < position - skipped { move() }
        if next == lineCount || (nextPosition != position && nextPosition != position - skipped) {
            look(at: bytes, from: position, delimiter)
            guard lineCount > 0 else { return nil }
        }
        let ends = UnsafeBufferPointer(
            start: UnsafePointer(room.ends + firstEnd),
            count: Int(room.lines[next]) &+ 1 &- firstEnd
        )
        return Line(ends: ends, start: position &- origin)
    }

    /// Moves on behind the line that was asked for.
    mutating func move() {
        let last = Int(room.lines[next])
        nextPosition = origin &+ Int(room.ends[last]) &+ 1
        firstEnd = last &+ 1
        next &+= 1
    }

    private mutating func look(
        at bytes: UnsafeRawBufferPointer,
        from position: Int,
        _ delimiter: UInt8
    ) {
        (next, firstEnd, lineCount) = (0, 0, 0)
        (origin, nextPosition) = (position, position)
        let count = min(bytes.count - Self.margin, Self.bytesMax)
        guard count > 0, let start = bytes.baseAddress else { return }
        let index = vigie_index_lines(
            start.assumingMemoryBound(to: UInt8.self),
            count,
            delimiter,
            room.ends,
            room.lines
        )
        lineCount = index.lines
    }
}
