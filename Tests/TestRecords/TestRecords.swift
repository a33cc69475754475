// SPDX-License-Identifier: Apache-2.0

// Inputs in memory, cut into chunks of any size, and the records in them, for tests.

package import CommandFiles
import Synchronization

/// A source over bytes in memory that gives at most `chunk` of them at a time.
package func memorySource(_ bytes: [UInt8], chunk: Int = 1 << 16) -> ByteSource {
    let position = Mutex(0)
    return ByteSource(name: "test", totalBytes: bytes.count) { buffer throws(CommandFailure) in
        position.withLock { position in
            let count = min(chunk, buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }
}

/// A buffer over a text, behind its preamble.
package func memoryBuffer(_ text: String, chunk: Int = 1 << 16) throws -> InputBuffer {
    let buffer = InputBuffer(memorySource(Array(text.utf8), chunk: chunk), chunkBytes: chunk)
    try buffer.skipPreamble()
    return buffer
}

/// All records of a CSV text, each with its line and its cells.
package func records(_ text: String, delimiter: String = ",", chunk: Int = 1 << 16) throws
    -> [Record]
{
    var reader = CSVRecordReader(
        try memoryBuffer(text, chunk: chunk),
        delimiter: delimiter.utf8.first!
    )
    var records: [Record] = []
    while try reader.next() {
        records.append(
            Record(
                line: reader.line,
                cells: reader.cells.map { reader.text($0) },
                malformed: reader.cells.map(\.isMalformed)
            )
        )
    }
    return records
}

/// A record with its line.
package struct Record: Equatable {
    package var line: Int
    package var cells: [String]
    package var malformed: [Bool]

    package init(line: Int, cells: [String], malformed: [Bool]? = nil) {
        self.line = line
        self.cells = cells
        self.malformed = malformed ?? cells.map { _ in false }
    }
}
