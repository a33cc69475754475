// SPDX-License-Identifier: Apache-2.0

// One column of a caller's table, read where it lies.

/// Values of one column, `stride` apart.
struct StridedColumn<Value: BinaryFloatingPoint & BitwiseCopyable> {
    /// The value of the first row.
    let start: UnsafePointer<Value>
    /// Distance from row to row, in values.
    let stride: Int

    /// The value of a row.
    @inline(__always)
    subscript(row: Int) -> Value { start[row * stride] }

    /// Calls `body` with each of some rows whose value breaks a rule.
    @inline(__always)
    func forEachInvalid(_ rule: ColumnRule, rows: Range<Int>, _ body: (Int) -> Void) {
        for row in rows where !rule.accepts(Double(self[row])) { body(row) }
    }

    /// Copies some rows to values that are `targetStride` apart.
    @inline(__always)
    func copy<Target: BinaryFloatingPoint>(
        rows: Range<Int>,
        to target: UnsafeMutablePointer<Target>,
        stride targetStride: Int
    ) {
        let first = start + rows.lowerBound * stride
        for row in 0..<rows.count { target[row * targetStride] = Target(first[row * stride]) }
    }
}

/// The caller's column of one input.
enum BlockColumn {
    /// Values of 32 bits.
    case float32(StridedColumn<Float>)
    /// Values of 64 bits.
    case float64(StridedColumn<Double>)
    /// The caller does not send it, or sends bytes.
    case absent

    /// The value of a row; nil where there are none.
    func value(_ row: Int) -> Double? {
        switch self {
        case .float32(let column): Double(column[row])
        case .float64(let column): column[row]
        case .absent: nil
        }
    }
}

extension RowBatch {
    /// The batch's rows of an input column; those of categories are codes.
    @inline(__always)
    func column(_ inputColumn: Int) -> BlockColumn {
        if !binding.categoryPlaces.isEmpty, binding.categoryPlaces[inputColumn] >= 0 {
            let codes = categoryColumn(binding.categoryPlaces[inputColumn])
            return .float64(StridedColumn(start: UnsafePointer(codes), stride: 1))
        }
        return callersColumn(binding.sources[inputColumn])
    }

    /// The batch's rows of a caller's column of numbers.
    @inline(__always)
    func callersColumn(_ source: Int) -> BlockColumn {
        guard source >= 0 else { return .absent }
        let (place, stride) =
            switch block.layout {
            case .rowMajor: (firstRow * block.columnCount + source, block.columnCount)
            case .columnMajor: (source * block.rowCount + firstRow, 1)
            }
        switch block.values {
        case .float32(let values):
            guard let start = values.baseAddress else { return .absent }
            return .float32(StridedColumn(start: start + place, stride: stride))
        case .float64(let values):
            guard let start = values.baseAddress else { return .absent }
            return .float64(StridedColumn(start: start + place, stride: stride))
        case .quantised:
            return .absent
        }
    }
}
