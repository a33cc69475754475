// SPDX-License-Identifier: Apache-2.0

// Measures a server: rows a second in a stream of blocks, and calls a second
// with their latencies when each call brings one row.

internal import CommandTables
package import VigieClient

/// What to measure.
package struct BenchRun: Sendable {
    /// How long each measurement takes.
    package var duration: Duration
    /// Calls under way at a time in the unary measurement.
    package var concurrency: Int
    /// Rows of a block in the bulk measurement.
    package var blockRowCount: Int
    /// Model and reasons.
    package var options: ScoreOptions

    /// Creates a measurement from its parts.
    package init(
        duration: Duration,
        concurrency: Int,
        blockRowCount: Int,
        options: ScoreOptions
    ) {
        self.duration = duration
        self.concurrency = concurrency
        self.blockRowCount = blockRowCount
        self.options = options
    }

    /// Streams blocks until the time is over; a few different ones in turn, so that the server
    /// does not see the same rows all the time.
    package func bulk(_ client: ScoringClient, _ model: ModelDescription) async throws
        -> BenchResult
    {
        var rows = SyntheticRows(model)
        var tables: [FeatureTable] = []
        for _ in 0..<4 { tables.append(try rows.table(rowCount: blockRowCount)) }
        let start = ContinuousClock.now
        let blocks = TimedBlocks(tables: tables, end: start + duration)
        var blockCount = 0
        var rowCount = 0
        var encoding = RowEncoding.float64
        for try await scores in client.score(blocks: blocks, options: options) {
            blockCount += 1
            rowCount += scores.rowCount
            encoding = scores.encoding
        }
        return BenchResult(
            mode: "bulk",
            encoding: encoding,
            callCount: blockCount,
            rowCount: rowCount,
            seconds: start.duration(to: .now) / .seconds(1),
            latencies: []
        )
    }

    /// Calls with one row each from `concurrency` tasks until the time is over.
    package func unary(_ client: ScoringClient, _ model: ModelDescription) async throws
        -> BenchResult
    {
        var rows = SyntheticRows(model)
        var tables: [FeatureTable] = []
        for _ in 0..<64 { tables.append(try rows.table(rowCount: 1)) }
        // The first call pays for the connection, which is not what is measured.
        let encoding = try await client.score(tables[0], options: options).encoding
        let start = ContinuousClock.now
        let end = start + duration
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { [tables] group in
            for _ in 0..<concurrency {
                group.addTask { try await callUntil(end, client, tables) }
            }
            var all: [Double] = []
            for try await part in group { all += part }
            return all
        }
        return BenchResult(
            mode: "unary",
            encoding: encoding,
            callCount: latencies.count,
            rowCount: latencies.count,
            seconds: start.duration(to: .now) / .seconds(1),
            latencies: latencies
        )
    }

    private func callUntil(
        _ end: ContinuousClock.Instant,
        _ client: ScoringClient,
        _ tables: [FeatureTable]
    ) async throws -> [Double] {
        var latencies: [Double] = []
        var before = ContinuousClock.now
        while before < end {
            _ = try await client.score(tables[latencies.count % tables.count], options: options)
            let after = ContinuousClock.now
            latencies.append(before.duration(to: after) / .seconds(1))
            before = after
        }
        return latencies
    }
}

/// The same tables over and over until a moment.
private struct TimedBlocks: AsyncSequence, Sendable {
    typealias Element = FeatureTable

    let tables: [FeatureTable]
    let end: ContinuousClock.Instant

    struct Iterator: AsyncIteratorProtocol {
        let blocks: TimedBlocks
        var count = 0

        mutating func next() async -> FeatureTable? {
            guard ContinuousClock.now < blocks.end else { return nil }
            count += 1
            return blocks.tables[count % blocks.tables.count]
        }
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(blocks: self)
    }
}
