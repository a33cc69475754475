// SPDX-License-Identifier: Apache-2.0

// The rows of a small call, found in its message without decoding it: so that they
// need be copied only once, to where the rows of other calls are.

internal import CVigieWire

/// A row-major table in the bytes of a message; valid as long as the message.
struct PlainBlock {
    /// Number of rows, at least 1.
    let rowCount: Int
    /// Whether values have 64 bits each, not 32.
    let isDouble: Bool
    /// The values, as many as the rows and columns say.
    let bytes: UnsafeRawBufferPointer

    /// Finds the rows.
    ///
    /// - Returns: nil for a block that is empty, has more than `rowsMax` rows, is laid out by
    ///   column, is wrong or is written in some unusual way: that is for others to decode.
    init?(_ message: UnsafeRawBufferPointer, columnCount: Int, rowsMax: Int) {
        var block = vigie_plain_block()
        let start = message.bindMemory(to: UInt8.self).baseAddress
        guard vigie_plain_block_read(start, message.count, &block), block.layout <= 1,
            block.field != VIGIE_VALUES_QUANTISED, block.digest == nil, block.row_count > 0,
            let rowCount = Int(exactly: block.row_count), rowCount <= rowsMax
        else { return nil }
        let (values, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
        isDouble = block.field == VIGIE_VALUES_DOUBLE
        let width = isDouble ? MemoryLayout<Double>.stride : MemoryLayout<Float>.stride
        guard !overflow, block.value_bytes / width == values, block.value_bytes % width == 0 else {
            return nil
        }
        self.rowCount = rowCount
        bytes = UnsafeRawBufferPointer(start: block.values, count: block.value_bytes)
    }
}
