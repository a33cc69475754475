// SPDX-License-Identifier: Apache-2.0

// Rows of a file of companies as blocks of a load: the first line that cannot be read ends it,
// since a company that is left out would have left the universe.

internal import Dispatch
internal import Documents
internal import Quantities
internal import Synchronization
package import VigieClient

/// The rows of a file. Iterate once.
package final class UniverseRows: AsyncSequence, Sendable {
    /// A message of the load.
    package typealias Element = UniverseBlock

    /// Columns of texts that are no inputs.
    package struct Columns: Sendable {
        /// The column of a mark, and of exposures; their places among the texts that pass through,
        /// of which the first is the SIREN.
        package var mark: Int?
        package var exposure: Int?

        /// None of them.
        package init() {}
    }

    private let reader: Mutex<any BlockReader>
    private let name: String
    private let columns: Columns
    private let rowCountMaximum: Int
    private let valueCount: Int
    private let queue = DispatchQueue(label: "vigie.universe")

    /// Takes a reader of which the first column that passes through is the SIREN.
    package init(_ reader: sending any BlockReader, name: String, _ columns: Columns) {
        (self.name, self.columns) = (name, columns)
        valueCount = reader.valueColumns.count
        let rowBytes = 4 * (valueCount + reader.categoryColumns.count + 2) + 8
        // Far below what a message may have, since texts come on top.
        rowCountMaximum = Swift.min(8_192, Swift.max(1, (2 << 20) / rowBytes))
        self.reader = Mutex(reader)
    }

    /// Starts reading.
    package func makeAsyncIterator() -> Iterator { Iterator(rows: self) }

    /// Reads the blocks one after the other.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let rows: UniverseRows

        /// Reads the next block; nil at the end.
        package mutating func next() async throws -> UniverseBlock? {
            try await withCheckedThrowingContinuation { continuation in
                rows.queue.async { [rows] in
                    continuation.resume(with: Result { try rows.read() })
                }
            }
        }
    }

    private func read() throws -> UniverseBlock? {
        let input = try reader.withLock { reader throws(InputError) in
            try reader.readBlock(rowCountMaximum: rowCountMaximum)
        }
        guard let input else { return nil }
        if let bad = input.badRows.first { throw refusal(bad.message) }
        var block = UniverseBlock()
        block.sirens.reserveCapacity(input.rowCount)
        for row in 0..<input.rowCount {
            block.sirens.append(try siren(input, row))
        }
        block.values = [Float](repeating: .nan, count: input.values.count)
        for column in 0..<valueCount {
            let start = column * input.rowCount
            for row in 0..<input.rowCount {
                block.values[start + row] = Float(input.values[row * valueCount + column])
            }
        }
        block.texts = input.categories
        if let mark = columns.mark { block.texts.append(Self.marks(input, mark)) }
        if let exposure = columns.exposure {
            block.exposuresCents = try (0..<input.rowCount).map { try cents(input, exposure, $0) }
        }
        return block
    }

    private func siren(_ input: InputBlock, _ row: Int) throws -> UInt32 {
        let found = input.texts[0][row].withUnsafeBytes { SIREN(digits: $0) }
        if let found { return found.number }
        let text = input.texts[0].text(row)
        do { return try SIREN(text).number } catch {
            throw refusal("line \(input.lines[row]): '\(text)' is no SIREN")
        }
    }

    private static func marks(_ input: InputBlock, _ column: Int) -> TextColumnBuffer {
        var marks = TextColumnBuffer()
        for row in 0..<input.rowCount {
            let text = input.texts[column][row]
            if text.isEmpty {
                marks.appendMissing()
            } else {
                text.withUnsafeBytes { marks.append($0) }
            }
        }
        return marks
    }

    private func cents(_ input: InputBlock, _ column: Int, _ row: Int) throws -> Int64 {
        let text = input.texts[column].text(row)
        if text.isEmpty { return 0 }
        guard let amount = Double(text), amount >= 0, amount < 1e12 else {
            throw refusal(
                "line \(input.lines[row]): the exposure '\(text)' is no amount such as 1250.50"
            )
        }
        return Int64((amount * 100).rounded())
    }

    private func refusal(_ what: String) -> InputError {
        InputError(
            .content,
            "\(name), \(what); nothing was changed",
            hint: "mend the line: a company that is left out would have left the universe"
        )
    }
}
