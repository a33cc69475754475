// SPDX-License-Identifier: Apache-2.0

// The start of a table, looked at before the first row is given away.

internal import VigieLimits

/// The first bytes of a table and what can be told from them.
struct TableSample {
    /// A record at the start.
    struct Row {
        let line: Int
        let cells: [String]
        let isBroken: Bool
    }

    private let bytes: [UInt8]
    private let isWhole: Bool
    /// The line on which it begins.
    let line: Int

    /// Looks at the unread bytes of a buffer, which begin on `line`.
    init(_ buffer: InputBuffer, line: Int) throws(InputError) {
        var ended = false
        while !ended, buffer.unread.count < InputLimits.sampleBytes {
            ended = try !buffer.refill(line: line)
        }
        isWhole = ended && buffer.unread.count <= InputLimits.sampleBytes
        bytes = Array(buffer.unread.prefix(InputLimits.sampleBytes))
        self.line = line
    }

    /// Whether it is all there is, without a line end.
    var isOneOpenLine: Bool {
        isWhole && !bytes.contains(UInt8(ascii: "\n")) && !bytes.contains(UInt8(ascii: "\r"))
    }

    /// The records, from the byte at `offset` on, which begins on a line of its own.
    func rows(
        _ delimiter: UInt8,
        count: Int = InputLimits.sampleRowsMaximum,
        offset: Int = 0
    ) -> [Row] {
        let source = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
        let rest = Array(bytes[min(offset, bytes.count)...])
        var reader = CSVRecordReader(
            InputBuffer(source.following(rest), chunkBytes: InputLimits.sampleBytes),
            delimiter: delimiter,
            line: line
        )
        var rows: [Row] = []
        while rows.count <= count, let more = try? reader.next(), more {
            rows.append(
                Row(
                    line: reader.line,
                    cells: reader.cells.map { trimmedBlanks(reader.text($0)) },
                    isBroken: reader.fault != nil
                )
            )
        }
        // The last one may go on behind the sample.
        if !isWhole || rows.count > count, rows.count > 1 { rows.removeLast() }
        return rows
    }

    /// The offsets at which the first lines begin.
    func lineStarts(count: Int) -> [Int] {
        var starts = [0]
        var index = 0
        while starts.count < count, index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            starts.append(index)
        }
        return starts
    }
}
