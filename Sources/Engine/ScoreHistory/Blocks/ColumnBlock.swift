// SPDX-License-Identifier: Apache-2.0

// The columns of up to 65,536 slots of the universe on one day. A slot is a company's place for
// good: it is never given to another. What was never written is 0.

internal import VigieLimits

/// Columns of a block of slots.
package struct ColumnBlock: Sendable, Equatable {
    /// The widths of the columns.
    package let layout: ColumnLayout
    /// How many slots there are.
    package let slotCount: Int
    /// Bytes before each column, a multiple of 64.
    private let starts: [Int]
    /// The columns. What lies between them stays 0, so that they can be read in whole words.
    private var words: [UInt64]

    /// A block of zeros.
    ///
    /// - Parameter slotCount: At most `HistoryLimits.blockSlots`; more are left out.
    package init(_ layout: ColumnLayout, slotCount: Int) {
        let count = min(max(slotCount, 0), HistoryLimits.blockSlots)
        (self.layout, self.slotCount) = (layout, count)
        var starts: [Int] = []
        var end = 0
        for width in layout.widths {
            starts.append(end)
            end += Self.columnBytes(count, width)
        }
        self.starts = starts
        words = [UInt64](repeating: 0, count: end / 8)
    }

    /// The bytes of a column with what fills it up.
    private static func columnBytes(_ slotCount: Int, _ width: UInt8) -> Int {
        (slotCount * Int(width) + 63) / 64 * 64
    }

    /// The same with more slots, which are 0; itself where it has as many.
    package func grown(to count: Int) -> ColumnBlock {
        guard count > slotCount else { return self }
        var block = ColumnBlock(layout, slotCount: count)
        block.withMutableColumns { target in
            withColumns { columns in
                for column in layout.widths.indices {
                    target[column].copyMemory(from: columns[column])
                }
            }
        }
        return block
    }

    /// A checksum of all numbers, whatever lies between the columns.
    package var checksum: UInt64 {
        withColumns { columns in
            layout.widths.indices.reduce(0) { seed, column in
                Checksum.of(columns[column], seed: seed)
            }
        }
    }
}

extension ColumnBlock {
    /// Columns where they lie.
    package struct Columns {
        fileprivate let base: UnsafeRawPointer?
        fileprivate let block: ColumnBlock

        /// The bytes of a column.
        package subscript(_ column: Int) -> UnsafeRawBufferPointer {
            let count = block.slotCount * Int(block.layout.widths[column])
            return UnsafeRawBufferPointer(
                start: base.map { $0 + block.starts[column] },
                count: count
            )
        }

        /// A column in words, with the zeros that fill it up.
        package func words(_ column: Int) -> UnsafeBufferPointer<UInt64> {
            let count = ColumnBlock.columnBytes(block.slotCount, block.layout.widths[column])
            let start = base.map { $0 + block.starts[column] }
            return UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt64.self)
        }
    }

    /// Columns that can be written.
    package struct MutableColumns {
        fileprivate let base: UnsafeMutableRawPointer?
        fileprivate let starts: [Int]
        fileprivate let widths: [UInt8]
        /// How many slots there are.
        package let slotCount: Int

        /// The bytes of a column.
        package subscript(_ column: Int) -> UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(
                start: base.map { $0 + starts[column] },
                count: slotCount * Int(widths[column])
            )
        }
    }

    /// Runs a body with the columns.
    package func withColumns<Result, Failure: Error>(
        _ body: (Columns) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try words.withUnsafeBufferPointer { words throws(Failure) in
            try body(Columns(base: words.baseAddress.map { UnsafeRawPointer($0) }, block: self))
        }
    }

    /// Runs a body that may write the columns.
    package mutating func withMutableColumns<Result, Failure: Error>(
        _ body: (MutableColumns) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let (starts, widths, slotCount) = (starts, layout.widths, slotCount)
        return try words.withUnsafeMutableBufferPointer { words throws(Failure) in
            let base = words.baseAddress.map { UnsafeMutableRawPointer($0) }
            return try body(
                MutableColumns(base: base, starts: starts, widths: widths, slotCount: slotCount)
            )
        }
    }
}
