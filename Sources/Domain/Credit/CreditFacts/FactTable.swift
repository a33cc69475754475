// SPDX-License-Identifier: Apache-2.0

// Tables that come with the product: what people keep is data.

package import CCreditData
internal import Documents

/// Tables that come with the product.
package enum FactTable {
    /// The rows of a table, without its header.
    package static func rows(_ table: vigie_table) -> [[String]] {
        let bytes = UnsafeRawBufferPointer(start: table.bytes, count: table.count)
        let source = ByteSource(name: "table", totalBytes: nil) { _ throws(InputError) in 0 }
        var reader = CSVRecordReader(
            InputBuffer(source.following(Array(bytes))),
            delimiter: UInt8(ascii: ",")
        )
        var rows: [[String]] = []
        while let more = try? reader.next(), more { rows.append(reader.cells.map(reader.text)) }
        return Array(rows.dropFirst())
    }

    /// The numbers of a table of names and numbers.
    package static func numbers(_ table: vigie_table) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for row in rows(table) where row.count >= 2 { numbers[row[0]] = Int(row[1]) }
        return numbers
    }
}
