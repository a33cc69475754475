// SPDX-License-Identifier: Apache-2.0

// Rows as a caller sends them: a borrowed table of float32 or float64 values, or of bytes that a
// quantiser made of them.

internal import Forest

/// A table of values, borrowed for the time of one call.
///
/// NaN means missing. The memory belongs to the caller and must stay until the
/// call that takes the block has returned.
package struct RowBlock {
    /// The order of the values.
    package enum Layout: Sendable {
        /// All values of the first row, then all of the second.
        case rowMajor
        /// All values of the first column, then all of the second.
        case columnMajor
    }

    /// The values.
    package enum Values {
        /// 32 bits each.
        case float32(UnsafeBufferPointer<Float>)
        /// 64 bits each.
        case float64(UnsafeBufferPointer<Double>)
        /// The bytes of a model's quantiser.
        case quantised(UnsafeBufferPointer<UInt8>)

        /// Number of values.
        package var count: Int {
            switch self {
            case .float32(let values): values.count
            case .float64(let values): values.count
            case .quantised(let values): values.count
            }
        }

        /// Whether they have 64 bits each.
        package var isFloat64: Bool {
            if case .float64 = self { true } else { false }
        }
    }

    /// Number of rows, at least 1.
    package let rowCount: Int
    /// Number of columns; of quantised rows, their bytes.
    package let columnCount: Int
    /// The order of the values.
    package let layout: Layout
    /// The values, exactly `rowCount` × `columnCount`.
    package let values: Values
    /// The columns of texts.
    package private(set) var texts: [TextColumn] = []
    /// What the texts are to the model that scores them.
    package internal(set) var codeTables: [CodeTable] = []

    /// Whether the rows are quantised.
    var isQuantised: Bool {
        if case .quantised = values { true } else { false }
    }

    /// Takes a table, whose size need not be trusted.
    ///
    /// - Parameters:
    ///   - rowCount: Number of rows as the caller states it.
    ///   - columnCount: Number of columns of the binding that will read the block.
    ///   - layout: The order of the values.
    ///   - values: The values.
    /// - Throws: `noRows` or `wrongValueCount`.
    package init(
        rowCount: Int,
        columnCount: Int,
        layout: Layout,
        values: Values
    ) throws(ScoringError) {
        guard rowCount > 0 else {
            throw ScoringError(code: .noRows, message: "The block has no rows; send at least one.")
        }
        let (expected, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
        guard !overflow, values.count == expected else {
            let needed = overflow ? "too many" : "\(expected)"
            throw ScoringError(
                code: .wrongValueCount,
                message: "The block has \(values.count) values, but \(rowCount) rows of "
                    + "\(columnCount) columns need \(needed)."
            )
        }
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.layout = layout
        self.values = values
    }
}

extension RowBlock {
    /// The block with columns of texts, whose size need not be trusted.
    ///
    /// - Parameter count: How many the binding has that will read the block.
    /// - Throws: `wrongTextColumnCount` or `invalidCode`.
    package func with(_ texts: [TextColumn], count: Int) throws(ScoringError) -> RowBlock {
        guard texts.count == count else {
            throw ScoringError(
                code: .wrongTextColumnCount,
                message: "The block has \(texts.count) columns of texts; the header has \(count)."
            )
        }
        for (index, column) in texts.enumerated() {
            try column.check(rowCount: rowCount, index: index)
        }
        var block = self
        block.texts = texts
        return block
    }

    /// Takes quantised rows, which need not be trusted.
    ///
    /// - Parameters:
    ///   - rowCount: Number of rows as the caller states it.
    ///   - quantisedRows: The bytes, row after row.
    ///   - quantiser: The quantiser of the model that will score them, which made them.
    /// - Throws: `noRows`, `wrongValueCount` or `invalidBin`.
    package init(
        rowCount: Int,
        quantisedRows: UnsafeBufferPointer<UInt8>,
        quantiser: ModelQuantiser
    ) throws(ScoringError) {
        let (expected, overflow) = rowCount.multipliedReportingOverflow(by: quantiser.rowBytes)
        guard rowCount <= 0 || (!overflow && quantisedRows.count == expected) else {
            throw ScoringError(
                code: .wrongValueCount,
                message: "The block has \(quantisedRows.count) bytes of quantised values, but "
                    + "\(rowCount) rows of \(quantiser.rowBytes) bytes need \(expected)."
            )
        }
        if let (row, column) = quantiser.quantiser.firstInvalidBin(in: quantisedRows) {
            let bin = quantisedRows[row * quantiser.rowBytes + column]
            let greatest = quantiser.quantiser.columns[column].thresholds.count
            throw ScoringError(
                code: .invalidBin,
                message: "Byte \(column) of quantised row \(row) is \(bin); the greatest of that "
                    + "column is \(greatest), and 255 for NaN."
            )
        }
        try self.init(
            rowCount: rowCount,
            columnCount: quantiser.rowBytes,
            layout: .rowMajor,
            values: .quantised(quantisedRows)
        )
    }
}
