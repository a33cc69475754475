// SPDX-License-Identifier: Apache-2.0

// The cells of a caller's table where they lie: of 32 or 64 bits, by row or by column.

internal import Scoring

/// Where the cells of a table are; valid as long as the block.
struct TableCells {
    /// Where the cells of a column begin, and the bytes from a row to the next.
    struct Lane {
        var start: UnsafeRawPointer
        var stride: Int
    }

    /// A value that is not known, 64 bits wide; its upper half is one of 32.
    private nonisolated(unsafe) static let nan: UnsafeMutablePointer<UInt64> = {
        let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        // In each half of 32 bits the bits of such a value, too.
        memory.initialize(to: 0x7FF8_0000_7FC0_0000)
        return memory
    }()
    /// A column that nobody sent.
    nonisolated(unsafe) static let none = Lane(start: UnsafeRawPointer(nan), stride: 0)

    private let start: UnsafeRawPointer
    private let isDouble: Bool
    private let columnStride: Int
    private let rowStride: Int

    /// Takes the table; nil for one without values.
    init?(_ block: RowBlock) {
        let width: Int
        switch block.values {
        case .float32(let values):
            guard let first = values.baseAddress else { return nil }
            (start, width, isDouble) = (UnsafeRawPointer(first), 4, false)
        case .float64(let values):
            guard let first = values.baseAddress else { return nil }
            (start, width, isDouble) = (UnsafeRawPointer(first), 8, true)
        case .quantised: return nil
        }
        let isByColumn = block.layout == .columnMajor
        columnStride = isByColumn ? block.rowCount * width : width
        rowStride = isByColumn ? width : block.columnCount * width
    }

    /// The cells of a column from a row on; of a negative one, none.
    func lane(_ column: Int, from row: Int) -> Lane {
        guard column >= 0 else { return Self.none }
        return Lane(start: start + column * columnStride + row * rowStride, stride: rowStride)
    }

    /// Copies the cells of some rows.
    func copy(_ lane: Lane, count: Int, to output: UnsafeMutablePointer<Double>) {
        if isDouble {
            for row in 0..<count {
                output[row] = lane.start.load(fromByteOffset: row &* lane.stride, as: Double.self)
            }
        } else {
            for row in 0..<count {
                output[row] = Double(
                    lane.start.load(fromByteOffset: row &* lane.stride, as: Float.self)
                )
            }
        }
    }

    /// Copies cells of rows that are named, each from the lane that its slot names.
    func gather(
        _ lanes: UnsafePointer<Lane>,
        _ slots: UnsafePointer<UInt8>,
        rows: UnsafeBufferPointer<Int32>,
        to output: UnsafeMutablePointer<Double>
    ) {
        if isDouble {
            for (place, row) in rows.enumerated() {
                let lane = lanes[Int(slots[Int(row)])]
                let offset = Int(row) &* lane.stride
                output[place] = lane.start.load(fromByteOffset: offset, as: Double.self)
            }
        } else {
            for (place, row) in rows.enumerated() {
                let lane = lanes[Int(slots[Int(row)])]
                let offset = Int(row) &* lane.stride
                output[place] = Double(lane.start.load(fromByteOffset: offset, as: Float.self))
            }
        }
    }
}
