// SPDX-License-Identifier: Apache-2.0

// Finds bytes that no value has, among rows that come from elsewhere.

internal import CForest

extension Quantiser {
    /// The first byte that the quantiser gives for no value: above the number of its column's
    /// thresholds, and not that of NaN. Nil if there is none.
    ///
    /// - Parameter rows: Whole rows, one after another.
    package func firstInvalidBin(in rows: UnsafeBufferPointer<UInt8>) -> (row: Int, column: Int)? {
        guard let start = rows.baseAddress, !columns.isEmpty else { return nil }
        let limits = columns.map { UInt8($0.thresholds.count) + 1 }
        let rowCount = rows.count / columns.count
        let row = vigie_bins_first_invalid_row(start, rowCount, columns.count, limits)
        guard row < rowCount else { return nil }
        let bins = start + row * columns.count
        return columns.indices.first { bins[$0] &+ 1 > limits[$0] }.map { (row, $0) }
    }
}
