// SPDX-License-Identifier: Apache-2.0

// Takes a JSON list apart, or objects that follow each other, without reading all of it at once.
// Text may not go on behind the end of a line, so a mark that is missing costs one record. Where a
// bracket is missing, the file is read on from the next line that begins with an object no further
// right than the broken one did; from then on such a line begins a record wherever it stands.

internal import VigieLimits

/// Records of a JSON file, one after the other.
package struct JSONRecords {
    private var buffer: InputBuffer
    /// The bytes of the current record.
    package private(set) var record: [UInt8] = []
    /// The line on which the current record starts, from 1.
    package private(set) var line = 0
    /// Whether the current record ends as it should.
    package private(set) var isComplete = true
    private var nextLine = 1
    private var column = 0
    private var hasStarted = false
    /// Whether a bracket was missing, so that lines tell where records begin.
    private var trustsLines = false

    /// Creates a reader of a file.
    package init(_ buffer: InputBuffer) { self.buffer = buffer }

    /// Moves on to the next record. Returns false at the end.
    package mutating func next() throws(InputError) -> Bool {
        record.removeAll(keepingCapacity: true)
        isComplete = true
        guard try findStart() else { return false }
        line = nextLine
        try take()
        return true
    }

    /// Moves to the first byte of a record: of an object, or of what else a list has.
    private mutating func findStart() throws(InputError) -> Bool {
        while true {
            let bytes = buffer.unread
            var place = 0
            while place < bytes.count {
                let byte = bytes[place]
                let isMark = byte == 0xEF || byte == 0xBB || byte == 0xBF
                guard byte <= 0x20 || ",[]}".utf8.contains(byte) || (!hasStarted && isMark) else {
                    break
                }
                if byte > 0x20, !isMark { hasStarted = true }
                step(byte)
                place += 1
            }
            buffer.consume(place)
            if place < bytes.count { return true }
            guard try buffer.refill(line: nextLine) else { return false }
        }
    }

    private mutating func step(_ byte: UInt8) {
        column += 1
        if byte == 0x0A { (nextLine, column) = (nextLine + 1, 0) }
    }

    /// Takes a record up to its end.
    private mutating func take() throws(InputError) {
        let indent = column
        let isObject = buffer.unread.first == UInt8(ascii: "{")
        var depth = 0
        var isText = false
        var isEscaped = false
        var isBlankLine = false
        while true {
            let bytes = buffer.unread
            var place = 0
            var isEnd = false
            scan: while place < bytes.count {
                let byte = bytes[place]
                if trustsLines, isBlankLine, byte == 0x7B, column <= indent, depth > 0 {
                    (isEnd, isComplete) = (true, false)
                    break
                }
                if !isObject, depth == 0, !isText, byte == 0x2C || byte == 0x5D {
                    isEnd = true
                    break
                }
                place += 1
                step(byte)
                if byte == 0x0A { isBlankLine = true } else if byte > 0x20 { isBlankLine = false }
                if isText {
                    if byte == 0x0A {
                        (isEnd, isComplete) = (true, false)
                        break scan
                    }
                    if isEscaped {
                        isEscaped = false
                    } else if byte == 0x5C {
                        isEscaped = true
                    } else if byte == 0x22 {
                        isText = false
                    }
                } else if byte == 0x22 {
                    isText = true
                } else if byte == 0x7B || byte == 0x5B {
                    depth += 1
                } else if byte == 0x7D || byte == 0x5D {
                    depth -= 1
                    if depth <= 0, isObject {
                        isEnd = true
                        // The list's own bracket: one of the object's is missing.
                        isComplete = byte == 0x7D
                        break scan
                    }
                }
            }
            record.append(contentsOf: bytes[..<place])
            buffer.consume(place)
            if isEnd {
                if !isComplete, !isText { _ = cutAtLine(indent) }
                return
            }
            guard try goesOn(indent, isWhole: !isObject && depth == 0 && !isText) else { return }
        }
    }

    /// Gets more of a record. Returns false where it ends: with the file, as a whole or not, or
    /// where a line tells that another one begins.
    private mutating func goesOn(_ indent: Int, isWhole: Bool) throws(InputError) -> Bool {
        let isTooLong = record.count > PaperLimits.recordBytesMaximum
        if !isTooLong, try buffer.refill(line: nextLine) { return true }
        if !isTooLong, isWhole { return false }
        isComplete = false
        guard cutAtLine(indent) || !isTooLong else {
            throw InputError(
                .content,
                "\(buffer.source.name), line \(line): the record is longer than "
                    + "\(PaperLimits.recordBytesMaximum) bytes",
                hint: "look for a bracket that is never closed"
            )
        }
        return false
    }

    /// Ends a broken record where a line begins with an object, and reads on from there. Returns
    /// false if no line does.
    private mutating func cutAtLine(_ indent: Int) -> Bool {
        var (number, column) = (line, indent)
        var isBlankLine = false
        for (place, byte) in record.enumerated() {
            if isBlankLine, byte == 0x7B, column <= indent {
                let rest = Array(record[place...]) + Array(buffer.unread)
                buffer = InputBuffer(buffer.source.following(rest))
                record.removeSubrange(place...)
                (nextLine, self.column, trustsLines) = (number, column, true)
                return true
            }
            column += 1
            if byte == 0x0A { (number, column, isBlankLine) = (number + 1, 0, true) }
            if byte > 0x20 { isBlankLine = false }
        }
        return false
    }
}
