// SPDX-License-Identifier: Apache-2.0

// The rows of an input as the client wants them: a sequence of tables. What
// the writers need of each block waits in a queue until its results are there;
// the client's window bounds it. Reading can block (a pipe that is slow), so
// it happens on a queue of its own and never on a thread of the task pool.

internal import Dispatch
internal import Documents
internal import Synchronization
package import VigieClient

/// The blocks of an input, to be scored in order. Iterate once.
package final class InputBlocks: AsyncSequence, Sendable {
    /// A block as the client takes it.
    package typealias Element = FeatureTable

    private let reader: Mutex<any BlockReader>
    private let waiting = Mutex<[InputBlock]>([])
    private let queue = DispatchQueue(label: "vigie.input")
    private let columns: TableColumns
    private let rowCountMaximum: Int
    private let sendsFloat32: Bool

    /// Creates the sequence over what `reader` reads.
    package init(_ reader: sending any BlockReader, rowCountMaximum: Int, sendsFloat32: Bool) {
        columns = TableColumns(numbers: reader.valueColumns, texts: reader.categoryColumns)
        self.reader = Mutex(reader)
        self.rowCountMaximum = rowCountMaximum
        self.sendsFloat32 = sendsFloat32
    }

    /// The rows, without their values, that belong to the next results.
    package func takeFirst() -> InputBlock? {
        waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    /// What is worth telling behind the last row.
    package var closingNotices: [String] {
        reader.withLock { $0.closingNotices }
    }

    /// Starts reading.
    package func makeAsyncIterator() -> Iterator {
        Iterator(blocks: self)
    }

    /// Reads the blocks one after the other.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let blocks: InputBlocks

        /// Reads the next block; nil at the end.
        package mutating func next() async throws -> FeatureTable? {
            try await withCheckedThrowingContinuation { continuation in
                blocks.queue.async { [blocks] in
                    continuation.resume(with: Result { try blocks.read() })
                }
            }
        }
    }

    private func read() throws -> FeatureTable? {
        let block = try reader.withLock { reader throws(InputError) in
            try reader.readBlock(rowCountMaximum: rowCountMaximum)
        }
        guard var block else { return nil }
        let values = block.values
        let texts = block.categories
        // The table holds them from here on.
        block.values = []
        block.categories = []
        waiting.withLock { $0.append(block) }
        return try FeatureTable(
            columns: columns,
            rowCount: block.rowCount,
            values: sendsFloat32 ? .float32(values.map { Float($0) }) : .float64(values),
            texts: texts
        )
    }
}
