// SPDX-License-Identifier: Apache-2.0

// Small tables that are there as a whole, such as those that come with the product.

/// Reads small tables.
package enum DelimitedRows {
    /// The rows of delimited text with commas, without its header.
    package static func read(_ bytes: UnsafeRawBufferPointer) -> [[String]] {
        let source = ByteSource(name: "table", totalBytes: nil) { _ throws(InputError) in 0 }
        var reader = CSVRecordReader(
            InputBuffer(source.following(Array(bytes))),
            delimiter: UInt8(ascii: ",")
        )
        var rows: [[String]] = []
        while let more = try? reader.next(), more { rows.append(reader.cells.map(reader.text)) }
        return Array(rows.dropFirst())
    }
}
