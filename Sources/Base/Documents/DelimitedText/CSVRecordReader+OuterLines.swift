// SPDX-License-Identifier: Apache-2.0

// A record of several lines may be lines whose marks only look like quotation marks.

extension CSVRecordReader {
    /// The first and the last line of a record of several, each as it would be by itself.
    var outerLines: [CSVRecordReader] {
        let isEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
        let bytes = record[..<recordBytes]
        guard spansLines, let end = bytes.lastIndex(where: { !isEnd($0) }),
            let before = bytes[...end].lastIndex(where: isEnd)
        else { return [] }
        return [bytes[..<firstLineEnd], bytes[(before + 1)...end]].map { line in
            let source = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
            var reader = CSVRecordReader(
                InputBuffer(source.following(Array(line)), chunkBytes: line.count + 1),
                delimiter: delimiter
            )
            _ = try? reader.next()
            return reader
        }
    }
}
