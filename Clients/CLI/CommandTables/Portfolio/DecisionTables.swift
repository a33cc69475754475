// SPDX-License-Identifier: Apache-2.0

// The rows of a portfolio as a server decides on them in columns: what its model takes, and what
// the policy takes. What the writer needs of each block waits until its decisions are there; the
// client's window bounds it. Reading can block, so it happens on a queue of its own.

internal import Dispatch
internal import Documents
internal import Policies
internal import Quantities
internal import Synchronization
package import VigieClient

/// The blocks of a portfolio, to be decided on in order. Iterate once.
package final class DecisionTables: AsyncSequence, Sendable {
    /// A block as the client takes it.
    package typealias Element = DecisionTable

    /// What is left of a block for whoever writes its decisions.
    package struct Rows: Sendable {
        /// How many there are.
        package let count: Int
        private let lines: [Int]
        private let names: TextColumn?

        fileprivate init(_ block: InputBlock, _ namePlace: Int?) {
            (count, lines) = (block.rowCount, block.lines)
            names = namePlace.map { block.texts[$0] }
        }

        /// The name of a row, or else its line.
        package func name(_ row: Int) -> ArraySlice<UInt8> {
            let name = names?[row] ?? []
            return name.isEmpty ? Array("line \(lines[row])".utf8)[...] : name
        }
    }

    private let reader: Mutex<PortfolioReader>
    private let waiting = Mutex<[Rows]>([])
    private let queue = DispatchQueue(label: "vigie.portfolio")
    private let file: String
    private let namePlace: Int?
    /// The columns of numbers of a block.
    private let width: Int
    /// The places of those that the model takes, and of those that the policy takes.
    private let places: (model: [Int], policy: [Int])
    /// The columns of texts, with the kinds of their inputs.
    private let words: [(name: String, kind: String)]
    private let columns: (model: TableColumns, policy: TableColumns)

    /// Creates the sequence over what `reader` reads.
    ///
    /// - Parameters:
    ///   - model: The columns that the model takes: numbers.
    ///   - policy: The policy that decides.
    package init(_ reader: sending PortfolioReader, model: [String], policy: PolicyDescription) {
        let (all, texts) = (reader.numberColumns, reader.textColumns)
        let known = policy.inputs.map(\.name)
        let kinds = Dictionary(policy.inputs.map { ($0.name, $0.kind) }) { first, _ in first }
        places = (
            all.indices.filter { model.contains(all[$0]) },
            all.indices.filter { known.contains(all[$0]) }
        )
        words = texts.map { ($0, kinds[$0] ?? PolicyInput.Kind.string.rawValue) }
        // A server takes no rows without a value; a column without one says what none says.
        let scored = places.model.isEmpty ? Array(model.prefix(1)) : places.model.map { all[$0] }
        let numbers = words.filter { Self.isNumber($0.kind) }.map(\.name)
        columns = (
            TableColumns(numbers: scored, texts: []),
            TableColumns(
                numbers: places.policy.map { all[$0] } + numbers,
                texts: texts.filter { !numbers.contains($0) }
            )
        )
        (file, width, namePlace) = (reader.file, all.count, reader.namePlace)
        self.reader = Mutex(reader)
    }

    /// The rows that belong to the next decisions.
    package func takeFirst() -> Rows? {
        waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    /// Starts reading.
    package func makeAsyncIterator() -> Iterator { Iterator(tables: self) }

    /// Reads the blocks one after the other.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let tables: DecisionTables

        /// Reads the next block; nil at the end.
        package mutating func next() async throws -> DecisionTable? {
            try await withCheckedThrowingContinuation { continuation in
                tables.queue.async { [tables] in
                    continuation.resume(with: Result { try tables.read() })
                }
            }
        }
    }

    private func read() throws -> DecisionTable? {
        let next = try reader.withLock { reader in
            try reader.next().map { block in (block, reader.words(block)) }
        }
        guard let (block, texts) = next else { return nil }
        waiting.withLock { $0.append(Rows(block, namePlace)) }
        var (numbers, names): ([[Double]], [TextColumnBuffer]) = ([], [])
        for (column, told) in zip(words, texts) {
            if Self.isNumber(column.kind) {
                numbers.append(try self.numbers(told.texts, told.codes, column, block))
            } else {
                names.append(Self.names(told.texts, told.codes))
            }
        }
        return try DecisionTable(
            items: table(columns.model, places.model, block, [], []),
            facts: table(columns.policy, places.policy, block, numbers, names)
        )
    }

    /// What one side takes of a block: numbers of it, and further columns.
    private func table(
        _ columns: TableColumns,
        _ places: [Int],
        _ block: InputBlock,
        _ more: [[Double]],
        _ texts: [TextColumnBuffer]
    ) throws -> FeatureTable {
        var values: [Double] = []
        values.reserveCapacity(block.rowCount * columns.numbers.count)
        for row in 0..<block.rowCount {
            for place in places { values.append(block.values[row * width + place]) }
            for column in more { values.append(column[row]) }
            if places.isEmpty, more.isEmpty, !columns.numbers.isEmpty { values.append(.nan) }
        }
        return try FeatureTable(
            columns: columns,
            rowCount: block.rowCount,
            values: .float64(values),
            texts: texts
        )
    }

    /// Whether columns of a kind are sent as numbers: days and what is true or false.
    private static func isNumber(_ kind: String) -> Bool {
        kind == PolicyInput.Kind.boolean.rawValue || kind == PolicyInput.Kind.date.rawValue
    }

    private func numbers(
        _ texts: [String],
        _ codes: [UInt32],
        _ column: (name: String, kind: String),
        _ block: InputBlock
    ) throws(InputError) -> [Double] {
        var known: [Double] = []
        for (place, text) in texts.enumerated() {
            guard let number = Self.number(trimmedBlanks(text), column.kind) else {
                let row = codes.firstIndex { Int($0) == place + 1 } ?? 0
                throw InputError(
                    .content,
                    "\(file), line \(block.lines[row]), \(column.name): '\(shortened(text))' is no "
                        + column.kind,
                    hint: "write days as 2026-01-31, and true or false"
                )
            }
            known.append(number)
        }
        return codes.map { $0 > 0 ? known[Int($0) - 1] : .nan }
    }

    private static func number(_ text: String, _ kind: String) -> Double? {
        if text.isEmpty { return .nan }
        if kind == PolicyInput.Kind.date.rawValue {
            return CalendarDate(text).map { Double($0.dayNumber) }
        }
        return text == "true" ? 1 : text == "false" ? 0 : nil
    }

    /// A column of texts without the blanks around them, as policies compare them.
    private static func names(_ texts: [String], _ codes: [UInt32]) -> TextColumnBuffer {
        let texts = texts.map { trimmedBlanks($0) }
        var column = TextColumnBuffer()
        for code in codes {
            guard code > 0, !texts[Int(code) - 1].isEmpty else {
                column.appendMissing()
                continue
            }
            column.append(texts[Int(code) - 1])
        }
        return column
    }
}
