// SPDX-License-Identifier: Apache-2.0

// Inputs in memory, cut into chunks of any size, and the records in them, for tests.

package import Documents
import Synchronization

/// A source over bytes in memory that gives at most `chunk` of them at a time.
package func memorySource(_ bytes: [UInt8], chunk: Int = 1 << 16) -> ByteSource {
    let position = Mutex(0)
    return ByteSource(name: "test", totalBytes: bytes.count) { buffer throws(InputError) in
        position.withLock { position in
            let count = min(chunk, buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }
}

/// A buffer over a text, behind its byte-order mark.
package func memoryBuffer(_ text: String, chunk: Int = 1 << 16) throws -> InputBuffer {
    try TextInput(memorySource(Array(text.utf8), chunk: chunk), chunkBytes: chunk).buffer
}

/// All records of a text, each with its line and its cells.
package func records(_ text: String, delimiter: String = ",", chunk: Int = 1 << 16) throws
    -> [Record]
{
    try records(Array(text.utf8), delimiter: delimiter, chunk: chunk)
}

/// All records of a text, each with its line and its cells.
package func records(_ bytes: [UInt8], delimiter: String = ",", chunk: Int = 1 << 16) throws
    -> [Record]
{
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    var reader = CSVRecordReader(
        InputBuffer(memorySource(bytes, chunk: chunk), chunkBytes: chunk),
        delimiter: delimiter.utf8.first ?? 0
    )
    var records: [Record] = []
    while try reader.next() {
        records.append(
            Record(
                line: reader.line,
                cells: reader.cells.map { reader.text($0) },
                fault: reader.fault
            )
        )
    }
    return records
}

/// A record with its line.
package struct Record: Equatable {
    package var line: Int
    package var cells: [String]
    package var fault: CSVRecordReader.Fault?

    package init(line: Int, cells: [String], fault: CSVRecordReader.Fault? = nil) {
        self.line = line
        self.cells = cells
        self.fault = fault
    }
}
