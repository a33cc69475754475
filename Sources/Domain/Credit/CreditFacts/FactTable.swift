// SPDX-License-Identifier: Apache-2.0

// Tables that come with the product: what people keep is data.

package import CCreditData
internal import Documents

/// Tables that come with the product.
package enum FactTable {
    /// The rows of a table, without its header.
    package static func rows(_ table: vigie_table) -> [[String]] {
        DelimitedRows.read(UnsafeRawBufferPointer(start: table.bytes, count: table.count))
    }

    /// The numbers of a table of names and numbers.
    package static func numbers(_ table: vigie_table) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for row in rows(table) where row.count >= 2 { numbers[row[0]] = Int(row[1]) }
        return numbers
    }
}
