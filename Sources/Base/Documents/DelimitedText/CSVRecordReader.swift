// SPDX-License-Identifier: Apache-2.0

// Splits delimited text (RFC 4180) into records and cells, in place in the input
// buffer. More than the RFC: any one-byte delimiter, lines ending with LF, CRLF,
// CR or CRCRLF, empty lines (skipped), a last line without an end, blanks around
// quotation marks. The scan stops where the buffer ends and goes on after a
// refill, so how the input is cut into chunks changes nothing. A line without a
// mark that lies whole in the buffer is split 64 bytes at a time.
//
// A quotation mark that is not closed, or text behind one that is, makes the
// record broken. It then ends with its first line, whatever the marks say, and
// reading goes on with the next one: a broken record never takes another in.

internal import CDelimitedText

/// Reads the records of a delimited text one after the other.
package struct CSVRecordReader {
    /// A cell of the current record, as a range of its bytes without the quotation marks.
    package struct Cell {
        /// First byte, from the start of the record.
        package var start: Int
        /// One past the last byte.
        package var end: Int
        /// Whether doubled quotation marks stand for single ones.
        package var hasDoubledQuotes = false
        /// Whether it stands in quotation marks.
        package var isQuoted = false

        /// Whether there is nothing in it.
        package var isEmpty: Bool { start == end }

        /// Its bytes in the record that it belongs to.
        package func bytes(of record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: record[start..<end])
        }
    }

    /// Why the quotation marks of a record make no sense.
    package enum Fault: Equatable, Sendable {
        /// A mark is never closed, or nowhere near.
        case quoteNotClosed
        /// Text stands behind a mark that closes.
        case textBehindQuote
    }

    private enum State {
        case cellStart, plain, quoted, quoteInQuoted, behindQuote, broken
    }

    private let buffer: InputBuffer
    let delimiter: UInt8
    private(set) var recordBytes = 0
    private var skipsLineFeed = false
    private var nextLine: Int
    /// End of the record's first line, where a quoted cell goes on behind it.
    private(set) var firstLineEnd = -1
    private var closingQuote = 0
    private var cellEnds = [UInt32](repeating: 0, count: 64)
    private var ahead = LinesAhead()
    /// The cells of the current record.
    package private(set) var cells: [Cell] = []
    /// The line on which the current record starts, from 1.
    package private(set) var line = 0
    /// What is wrong with the current record's quotation marks. Its cells are then those of one
    /// line, split as well as can be, to be shown and not to be trusted.
    package private(set) var fault: Fault?

    /// Creates a reader of the buffer's unread bytes, which begin on a line.
    package init(_ buffer: InputBuffer, delimiter: UInt8, line: Int = 1) {
        self.buffer = buffer
        self.delimiter = delimiter
        nextLine = line
    }

    /// The bytes of the current record. Valid until the next call of `next`.
    package var record: UnsafeRawBufferPointer { buffer.unread }

    /// The bytes of a cell, marks of the cell left out. Valid until the next call of `next`.
    package func bytes(_ cell: Cell) -> UnsafeRawBufferPointer {
        cell.bytes(of: record)
    }

    /// The text of a cell.
    package func text(_ cell: Cell) -> String {
        guard cell.hasDoubledQuotes else {
            return String(decoding: bytes(cell), as: UTF8.self)
        }
        // Byte by byte: to a String a mark and an accent behind it are one character.
        var text: [UInt8] = []
        var isFirstMark = false
        for byte in bytes(cell) {
            isFirstMark = byte == UInt8(ascii: "\"") && !isFirstMark
            if !isFirstMark { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a cell of the current record goes on behind its first line.
    package var spansLines: Bool { firstLineEnd >= 0 && fault == nil }

    /// Ends a record of several lines with its first one: its quotation mark is not to be trusted.
    package mutating func breakAtFirstLine() {
        fault = .quoteNotClosed
        cutToFirstLine()
    }

    /// Moves on to the next record that is not an empty line. Returns false at the end.
    package mutating func next() throws(InputError) -> Bool {
        repeat {
            buffer.consume(recordBytes)
            recordBytes = 0
            try skipLineFeed()
            guard try readRecord() else { return false }
        } while isBlankLine
        // What DOS put at the end of a text.
        if cells.count == 1, recordBytes <= 3, record.first == 0x1A, cells[0].end == 1 {
            buffer.consume(recordBytes)
            recordBytes = 0
            try skipLineFeed()
            if try buffer.isAtEnd(line: nextLine) { return false }
            throw InputError(
                .content,
                "\(buffer.source.name), line \(line): the end of a DOS text (0x1A), and more behind"
            )
        }
        return true
    }

    /// Moves on to the next record if it is one of several cells without a quotation mark, lies
    /// whole in the buffer and is taken by `body`. Returns false for any other, which `next` then
    /// reads.
    ///
    /// This is what nearly all lines of a large file are. Of a record that was moved on to by this
    /// there are its line and its bytes, and no `cells`.
    ///
    /// - Parameter body: Is given a place, where the first cell starts from it, and where each cell
    ///   ends, one before the start of the next. 64 bytes behind the last end can be read.
    package mutating func takePlainLine(
        _ body: (UnsafeRawPointer, Int, UnsafeBufferPointer<UInt32>) -> Bool
    ) -> Bool {
        buffer.consume(recordBytes)
        recordBytes = 0
        var bytes = buffer.unread
        var skipped = 0
        if skipsLineFeed {
            // The next bytes may still have to come, or be an empty line.
            guard bytes.count > 1, bytes[0] != UInt8(ascii: "\r") else { return false }
            skipped = bytes[0] == UInt8(ascii: "\n") ? 1 : 0
            bytes = UnsafeRawBufferPointer(rebasing: bytes[skipped...])
        }
        let position = buffer.consumedBytes &+ skipped
        guard let start = bytes.baseAddress,
            let found = ahead.line(at: position, skipped: skipped, bytes, delimiter),
            found.ends.count > 1, body(start - found.start, found.start, found.ends)
        else { return false }
        ahead.move()
        buffer.consume(skipped)
        fault = nil
        firstLineEnd = -1
        line = nextLine
        nextLine += 1
        let end = Int(found.ends[found.ends.count &- 1]) &- found.start
        recordBytes = end + 1
        skipsLineFeed = bytes[end] == UInt8(ascii: "\r")
        return true
    }

    private var isBlankLine: Bool {
        guard cells.count == 1, fault == nil, !cells[0].isQuoted else { return false }
        return cells[0].isEmpty || trimmedBlanks(bytes(cells[0])).isEmpty
    }

    /// Drops the LF of a CRLF whose CR ended the record before, or the CRLF of a CRCRLF.
    private mutating func skipLineFeed() throws(InputError) {
        guard skipsLineFeed else { return }
        skipsLineFeed = false
        while buffer.unread.count < 2, try buffer.refill(line: nextLine) {}
        let start = buffer.unread.prefix(2)
        if start.first == UInt8(ascii: "\n") {
            buffer.consume(1)
        } else if start.elementsEqual("\r\n".utf8) {
            buffer.consume(2)
        }
    }

    private mutating func readRecord() throws(InputError) -> Bool {
        fault = nil
        firstLineEnd = -1
        line = nextLine
        if readPlainLine() { return true }
        cells.removeAll(keepingCapacity: true)
        var state = State.cellStart
        var cell = Cell(start: 0, end: 0)
        var cursor = 0
        while true {
            if scan(buffer.unread, &cursor, &state, &cell) { break }
            // A quoted cell as long as that is one that is never closed.
            if state == .quoted, firstLineEnd >= 0, buffer.isFull {
                fault = .quoteNotClosed
                break
            }
            if try buffer.refill(line: line) { continue }
            if state == .quoted {
                fault = .quoteNotClosed
            } else if cursor == 0 {
                return false
            } else if state != .broken {
                finish(&cell, at: cursor, state)
            }
            break
        }
        recordBytes = cursor
        if fault != nil { cutToFirstLine() }
        if cells.count > cellEnds.count {
            cellEnds = [UInt32](repeating: 0, count: cells.count)
        }
        return true
    }

    /// Reads a line that lies whole in the buffer, not at its very end, and has no quoted cell:
    /// what nearly all are. Returns false for any other, of which nothing is read then.
    private mutating func readPlainLine() -> Bool {
        let bytes = buffer.unread
        let count = cellEnds.withUnsafeMutableBufferPointer { ends in
            vigie_line_cells(
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
                bytes.count,
                delimiter,
                ends.baseAddress,
                ends.count
            )
        }
        guard count > 0 else { return false }
        // As many as in the line before, as a rule, and then nothing is moved.
        if cells.count != count {
            cells.removeAll(keepingCapacity: true)
            cells.append(contentsOf: repeatElement(Cell(start: 0, end: 0), count: count))
        }
        var start = 0
        cells.withUnsafeMutableBufferPointer { cells in
            for (index, end) in cellEnds.prefix(count).enumerated() {
                cells[index] = Cell(start: start, end: Int(end))
                start = Int(end) + 1
            }
        }
        let end = Int(cellEnds[count - 1])
        skipsLineFeed = bytes[end] == UInt8(ascii: "\r")
        nextLine += 1
        recordBytes = end + 1
        return true
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
        let lineFeed = UInt8(ascii: "\n")
        let carriageReturn = UInt8(ascii: "\r")
        while cursor < bytes.count {
            var byte = bytes[cursor]
            if state == .plain {
                // Most bytes: those of a cell without marks, up to its end.
                while byte != delimiter, byte != lineFeed, byte != carriageReturn {
                    cursor += 1
                    if cursor == bytes.count { return false }
                    byte = bytes[cursor]
                }
            } else if state == .quoted {
                while byte != quote {
                    if byte == lineFeed { nextLine += 1 }
                    if firstLineEnd < 0, byte == lineFeed || byte == carriageReturn {
                        firstLineEnd = cursor
                    }
                    cursor += 1
                    if cursor == bytes.count { return false }
                    byte = bytes[cursor]
                }
                closingQuote = cursor
                state = .quoteInQuoted
                cursor += 1
                continue
            }
            if byte == lineFeed || byte == carriageReturn {
                if state != .broken { finish(&cell, at: cursor, state) }
                skipsLineFeed = byte == carriageReturn
                nextLine += 1
                cursor += 1
                return true
            }
            if byte == delimiter, state != .broken {
                finish(&cell, at: cursor, state)
                cell = Cell(start: cursor + 1, end: 0)
                state = .cellStart
            } else if state == .cellStart {
                state = startCell(byte, bytes, cursor, &cell)
            } else if state == .quoteInQuoted || state == .behindQuote {
                if byte == quote, state == .quoteInQuoted {
                    cell.hasDoubledQuotes = true
                    state = .quoted
                } else if byte == 0x20 || byte == 0x09 {
                    state = .behindQuote
                } else {
                    fault = .textBehindQuote
                    state = .broken
                    // The line that the record is cut to is here already.
                    if firstLineEnd >= 0 { return true }
                }
            }
            cursor += 1
        }
        return false
    }

    /// What a cell is by its first byte that is no blank.
    private func startCell(
        _ byte: UInt8,
        _ bytes: UnsafeRawBufferPointer,
        _ cursor: Int,
        _ cell: inout Cell
    ) -> State {
        if byte == UInt8(ascii: "\"") {
            cell.start = cursor + 1
            cell.isQuoted = true
            return .quoted
        }
        return byte == 0x20 || byte == 0x09 ? .cellStart : .plain
    }

    private mutating func finish(_ cell: inout Cell, at end: Int, _ state: State) {
        // A closed quoted cell ends before its quotation mark.
        cell.end = state == .quoteInQuoted || state == .behindQuote ? closingQuote : end
        cells.append(cell)
    }

    // MARK: Broken records

    /// Ends a broken record with its first line and splits that as well as can be.
    private mutating func cutToFirstLine() {
        let bytes = record
        var end = recordBytes
        if firstLineEnd >= 0 {
            end = firstLineEnd
            recordBytes = firstLineEnd + 1
            skipsLineFeed = bytes[firstLineEnd] == UInt8(ascii: "\r")
            nextLine = line + 1
        } else {
            while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        }
        cells.removeAll(keepingCapacity: true)
        var start = 0
        while start <= end {
            let cell = brokenCell(bytes, start, end)
            cells.append(cell)
            start = (bytes[cell.end..<end].firstIndex(of: delimiter) ?? end) + 1
        }
    }

    /// The cell at `start` of a line that ends at `end`: what a closed pair of marks holds, or the
    /// bytes as they are, marks and all, up to the next delimiter or the line's end.
    private func brokenCell(
        _ bytes: UnsafeRawBufferPointer,
        _ start: Int,
        _ end: Int
    ) -> Cell {
        let quote = UInt8(ascii: "\"")
        var cell = Cell(start: start, end: start)
        guard start < end else { return cell }
        if bytes[start] == quote {
            var cursor = start + 1
            while let close = bytes[cursor..<end].firstIndex(of: quote) {
                if close + 1 < end, bytes[close + 1] == quote {
                    cell.hasDoubledQuotes = true
                    cursor = close + 2
                    continue
                }
                guard close + 1 == end || bytes[close + 1] == delimiter else { break }
                cell.start = start + 1
                cell.end = close
                cell.isQuoted = true
                return cell
            }
            cell.hasDoubledQuotes = false
        }
        cell.end = bytes[start..<end].firstIndex(of: delimiter) ?? end
        return cell
    }
}
