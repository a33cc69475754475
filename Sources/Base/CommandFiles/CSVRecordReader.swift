// SPDX-License-Identifier: Apache-2.0

// Splits CSV (RFC 4180) into records and cells, in place in the input buffer.
// More than the RFC: any one-byte delimiter, lines ending with LF, CRLF or CR,
// a byte-order mark, empty lines (skipped), a last line without an end. The
// scan stops where the buffer ends and goes on after a refill, so how the
// input is cut into chunks changes nothing.

/// Reads the records of a CSV file one after the other.
package struct CSVRecordReader {
    /// A cell of the current record, as a range of its bytes without the quotation marks.
    package struct Cell {
        /// First byte, from the start of the record.
        package var start: Int
        /// One past the last byte.
        package var end: Int
        /// Whether doubled quotation marks stand for single ones.
        package var hasDoubledQuotes = false
        /// Whether text stands between the closing quotation mark and the delimiter.
        package var isMalformed = false
    }

    private enum State {
        case cellStart, plain, quoted, quoteInQuoted
    }

    private let buffer: InputBuffer
    private let delimiter: UInt8
    private var recordBytes = 0
    private var skipsLineFeed = false
    private var nextLine = 1
    /// The cells of the current record.
    package private(set) var cells: [Cell] = []
    /// The line on which the current record starts, from 1.
    package private(set) var line = 0

    /// Creates a reader of the buffer's unread bytes.
    package init(_ buffer: InputBuffer, delimiter: UInt8) {
        self.buffer = buffer
        self.delimiter = delimiter
    }

    /// The bytes of the current record. Valid until the next call of `next`.
    package var record: UnsafeRawBufferPointer { buffer.unread }

    /// Moves on to the next record that is not an empty line. Returns false at the end.
    package mutating func next() throws(CommandFailure) -> Bool {
        repeat {
            buffer.consume(recordBytes)
            recordBytes = 0
            try skipLineFeed()
            guard try readRecord() else { return false }
        } while cells.count == 1 && cells[0].start == cells[0].end && !isQuoted(cells[0])
        return true
    }

    /// The text of a cell; bytes that are no UTF-8 are replaced.
    package func text(_ cell: Cell) -> String {
        let bytes = UnsafeRawBufferPointer(rebasing: record[cell.start..<cell.end])
        let text = String(decoding: bytes, as: UTF8.self)
        guard cell.hasDoubledQuotes else { return text }
        return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(
            separator: "\""
        )
    }

    private func isQuoted(_ cell: Cell) -> Bool {
        cell.start > 0
    }

    /// Drops the LF of a CRLF whose CR ended the record before.
    private mutating func skipLineFeed() throws(CommandFailure) {
        guard skipsLineFeed else { return }
        skipsLineFeed = false
        if buffer.unread.isEmpty, try !buffer.refill(line: nextLine) { return }
        if buffer.unread[0] == UInt8(ascii: "\n") { buffer.consume(1) }
    }

    private mutating func readRecord() throws(CommandFailure) -> Bool {
        cells.removeAll(keepingCapacity: true)
        line = nextLine
        var state = State.cellStart
        var cell = Cell(start: 0, end: 0)
        var cursor = 0
        while true {
            if scan(buffer.unread, &cursor, &state, &cell) {
                recordBytes = cursor
                nextLine += 1
                return true
            }
            if try buffer.refill(line: line) { continue }
            if state == .quoted {
                throw CommandFailure(
                    .badInput,
                    "\(buffer.source.name): a quoted cell of the record on line \(line) "
                        + "is never closed"
                )
            }
            if cursor == 0 { return false }
            finish(&cell, at: cursor, state)
            recordBytes = cursor
            return true
        }
    }

    /// Scans on from `cursor`. Returns true when the record is complete, with the cursor behind its
    /// line end, and false at the end of the bytes.
    private mutating func scan(
        _ bytes: UnsafeRawBufferPointer,
        _ cursor: inout Int,
        _ state: inout State,
        _ cell: inout Cell
    ) -> Bool {
        let quote = UInt8(ascii: "\"")
        while cursor < bytes.count {
            let byte = bytes[cursor]
            if state == .quoted {
                if byte == quote {
                    state = .quoteInQuoted
                } else if byte == UInt8(ascii: "\n") {
                    nextLine += 1
                }
            } else if byte == delimiter {
                finish(&cell, at: cursor, state)
                cell = Cell(start: cursor + 1, end: 0)
                state = .cellStart
            } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                finish(&cell, at: cursor, state)
                skipsLineFeed = byte == UInt8(ascii: "\r")
                cursor += 1
                return true
            } else if state == .cellStart {
                if byte == quote {
                    state = .quoted
                    cell.start = cursor + 1
                } else {
                    state = .plain
                }
            } else if state == .quoteInQuoted {
                if byte == quote {
                    cell.hasDoubledQuotes = true
                    state = .quoted
                } else {
                    cell.isMalformed = true
                    state = .plain
                }
            }
            cursor += 1
        }
        return false
    }

    private mutating func finish(_ cell: inout Cell, at end: Int, _ state: State) {
        // A closed quoted cell ends before its quotation mark.
        cell.end = state == .quoteInQuoted ? end - 1 : end
        cells.append(cell)
    }
}

/// The text without blanks around it.
package func trimmedBlanks(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
}
