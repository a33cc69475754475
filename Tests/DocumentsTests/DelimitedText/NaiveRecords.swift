// SPDX-License-Identifier: Apache-2.0

// Delimited text as one would read it with all of it in memory and no care for
// speed: the meaning that the streaming reader is held against.

import Documents
import TestRecords

enum NaiveRecords {
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    static func read(_ bytes: [UInt8], delimiter: UInt8) -> [Record] {
        var records: [Record] = []
        var position = 0
        var line = 1
        while position < bytes.count {
            var record = Record(line: line, cells: [])
            var end = position
            var isQuoted = false
            switch strict(bytes, position, delimiter) {
            case .success(let (cells, stop, quoted)):
                record.cells = cells.map { String(decoding: $0, as: UTF8.self) }
                line += bytes[position..<stop].count { $0 == lineFeed }
                end = stop
                isQuoted = quoted
            case .failure(let fault):
                end = bytes[position...].firstIndex { isLineEnd($0) } ?? bytes.count
                record.cells = loose(Array(bytes[position..<end]), delimiter)
                record.fault = fault.fault
            }
            let text = trimmedBlanks(record.cells.first ?? "")
            let isBlank = record.cells.count == 1 && text.isEmpty && !isQuoted
            if !isBlank || record.fault != nil { records.append(record) }
            position = skipLineEnd(bytes, end)
            line += 1
        }
        return records
    }

    private struct Broken: Error {
        let fault: CSVRecordReader.Fault
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == lineFeed || byte == carriageReturn
    }

    /// Behind the line end at `position`: LF, CR, CRLF or CRCRLF.
    private static func skipLineEnd(_ bytes: [UInt8], _ position: Int) -> Int {
        for end in ["\r\r\n", "\r\n", "\n", "\r"]
        where bytes[position...].starts(with: end.utf8) {
            return position + end.utf8.count
        }
        return bytes.count
    }

    private static func strict(
        _ bytes: [UInt8],
        _ start: Int,
        _ delimiter: UInt8
    ) -> Result<([[UInt8]], Int, Bool), Broken> {
        var cells: [[UInt8]] = []
        var position = start
        var isQuoted = false
        while true {
            var cell: [UInt8] = []
            var cursor = position
            while cursor < bytes.count, [0x20, 0x09].contains(bytes[cursor]) { cursor += 1 }
            if cursor < bytes.count, bytes[cursor] == quote {
                isQuoted = true
                cursor += 1
                while true {
                    guard cursor < bytes.count else {
                        return .failure(Broken(fault: .quoteNotClosed))
                    }
                    if bytes[cursor...].starts(with: [quote, quote]) {
                        cell.append(quote)
                        cursor += 2
                    } else if bytes[cursor] == quote {
                        break
                    } else {
                        cell.append(bytes[cursor])
                        cursor += 1
                    }
                }
                cursor += 1
                while cursor < bytes.count, [0x20, 0x09].contains(bytes[cursor]) { cursor += 1 }
                guard
                    cursor == bytes.count || bytes[cursor] == delimiter || isLineEnd(bytes[cursor])
                else { return .failure(Broken(fault: .textBehindQuote)) }
            } else {
                cursor =
                    bytes[position...].firstIndex { $0 == delimiter || isLineEnd($0) }
                    ?? bytes.count
                cell = Array(bytes[position..<cursor])
            }
            cells.append(cell)
            guard cursor < bytes.count, bytes[cursor] == delimiter else {
                return .success((cells, cursor, isQuoted))
            }
            position = cursor + 1
        }
    }

    /// The cells of a broken line: whole quoted cells without their marks, all else as it is.
    private static func loose(_ line: [UInt8], _ delimiter: UInt8) -> [String] {
        var cells: [String] = []
        var rest = line[...]
        while true {
            var cell = rest.prefix { $0 != delimiter }
            var text = String(decoding: cell, as: UTF8.self)
            if rest.first == quote {
                var content: [UInt8] = []
                var inner = rest.dropFirst()
                while let byte = inner.first {
                    if inner.starts(with: [quote, quote]) {
                        content.append(quote)
                        inner = inner.dropFirst(2)
                    } else if byte == quote {
                        break
                    } else {
                        content.append(byte)
                        inner = inner.dropFirst()
                    }
                }
                let behind = inner.dropFirst()
                if !inner.isEmpty, behind.isEmpty || behind.first == delimiter {
                    cell = rest.prefix(rest.count - behind.count)
                    text = String(decoding: content, as: UTF8.self)
                }
            }
            cells.append(text)
            rest = rest.dropFirst(cell.count)
            if rest.isEmpty { return cells }
            rest = rest.dropFirst()
        }
    }
}
