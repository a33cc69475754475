// SPDX-License-Identifier: Apache-2.0

// Blocks of rows, scored as they come by a real server.

import Synchronization
import Testing
import VigieClient

/// Counts how many blocks were taken from a sequence.
private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.wrappingAdd(1, ordering: .relaxed) }
}

@Suite struct StreamTests {
    private let options = ScoreOptions(model: "us-listed-scorecard", outputs: .probability)

    /// Blocks of 1, 2, 3 ... rows, each of its own companies.
    private func block(_ index: Int, _ columns: [String]) throws -> FeatureTable {
        try FeatureTable(
            columns: columns,
            rowCount: index + 1,
            doubleValues: MadeUpCompanies.values(
                columnCount: columns.count,
                rowCount: index + 1,
                seed: UInt64(index)
            )
        )
    }

    private func blocks(
        _ count: Int,
        _ columns: [String],
        counter: Counter = Counter()
    ) -> AsyncThrowingStream<FeatureTable, any Error> {
        let index = Counter()
        return AsyncThrowingStream {
            guard index.value < count else { return nil }
            defer { index.increment() }
            counter.increment()
            return try self.block(index.value, columns)
        }
    }

    @Test(arguments: [1, 3])
    func resultsComeInOrder(connectionCount: Int) async throws {
        try await withServer {
            $0.connectionCount = connectionCount
        } _: { server, client in
            let model = try #require(server.models.last)
            let columns = model.columns
            var index = 0
            for try await scored in client.score(blocks: blocks(60, columns), options: options) {
                let values = MadeUpCompanies.values(
                    columnCount: columns.count,
                    rowCount: index + 1,
                    seed: UInt64(index)
                )
                let expected = try model.scores(rowCount: index + 1, values: values)
                #expect(
                    scored.probabilities.map(\.bitPattern)
                        == expected.probabilities.map(\.bitPattern)
                )
                index += 1
            }
            #expect(index == 60)
        }
    }

    @Test func nothingIsSentForNoBlocks() async throws {
        try await withServer { _, client in
            var count = 0
            for try await _ in client.score(blocks: blocks(0, ["total_assets"])) { count += 1 }
            #expect(count == 0)
        }
    }

    @Test func noMoreBlocksAreReadThanTheWindowHolds() async throws {
        try await withServer {
            $0.streamBlockWindow = 5
        } _: { _, client in
            let counter = Counter()
            let source = blocks(40, ["total_assets"], counter: counter)
            var iterator = client.score(blocks: source, options: options).makeAsyncIterator()
            for taken in 1...40 {
                _ = try await iterator.next()
                try await Task.sleep(for: .milliseconds(5))
                #expect(counter.value <= taken + 5)
            }
            #expect(try await iterator.next() == nil)
            #expect(try await iterator.next() == nil)
        }
    }

    @Test func anErrorOfTheSourceComesAfterTheResultsBeforeIt() async throws {
        struct SourceError: Error {}
        try await withServer { _, client in
            let index = Counter()
            let source = AsyncThrowingStream<FeatureTable, any Error> {
                defer { index.increment() }
                if index.value == 3 { throw SourceError() }
                return try self.block(index.value, ["total_assets"])
            }
            var count = 0
            await #expect(throws: SourceError.self) {
                for try await _ in client.score(blocks: source, options: options) { count += 1 }
            }
            #expect(count == 3)
        }
    }

    @Test func allBlocksMustHaveTheSameColumns() async throws {
        try await withServer { _, client in
            let source = AsyncStream<FeatureTable> { continuation in
                continuation.yield(try! block(0, ["total_assets"]))
                continuation.yield(try! block(1, ["total_assets", "net_income"]))
                continuation.finish()
            }
            var count = 0
            let error = await #expect(throws: VigieError.self) {
                for try await _ in client.score(blocks: source, options: options) { count += 1 }
            }
            #expect(count == 1)
            #expect(error?.reason == VigieError.ClientReason.invalidTable)
        }
    }

    @Test func aWrongColumnIsNamed() async throws {
        try await withServer { _, client in
            let error = await #expect(throws: VigieError.self) {
                let source = blocks(9, ["total_assets", "net_incom"])
                for try await _ in client.score(blocks: source, options: options) {}
            }
            #expect(error?.code == .invalidArgument)
            #expect(error?.fieldViolations.first?.field.contains("columns") == true)
            #expect(error?.message.contains("net_income") == true)
        }
    }

    @Test func aBlockThatDoesNotFitEndsTheStreamWithItsReason() async throws {
        try await withServer { _, client in
            let source = AsyncStream<FeatureTable> { continuation in
                continuation.yield(try! block(0, ["total_assets"]))
                continuation.yield(FeatureTable(columns: ["total_assets"]))
                continuation.finish()
            }
            var count = 0
            let error = await #expect(throws: VigieError.self) {
                for try await _ in client.score(blocks: source, options: options) { count += 1 }
            }
            #expect(count == 1)
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func leavingTheLoopStopsTheSource() async throws {
        try await withServer { _, client in
            let counter = Counter()
            for try await _ in client.score(
                blocks: blocks(1_000, ["total_assets"], counter: counter),
                options: options
            ) { break }
            try await Task.sleep(for: .milliseconds(200))
            let count = counter.value
            #expect(count < 100)
            try await Task.sleep(for: .milliseconds(100))
            #expect(counter.value == count)
            // The connection is as good as before.
            #expect(try await client.health() == .serving)
        }
    }

    @Test func cancellingTheReaderEndsTheStream() async throws {
        try await withServer { _, client in
            // A source that never gives a second block.
            let source = AsyncStream<FeatureTable> { continuation in
                continuation.yield(try! block(0, ["total_assets"]))
            }
            let (options, first) = (options, Counter())
            let task = Task {
                for try await _ in client.score(blocks: source, options: options) {
                    first.increment()
                }
            }
            while first.value == 0 { try await Task.sleep(for: .milliseconds(5)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func aServerThatStopsEndsTheStream() async throws {
        let server = try await TestServer.start()
        try await withScoringClient(server.configuration) { client in
            let source = blocks(1_000_000, ["total_assets"])
            var count = 0
            let error = await #expect(throws: VigieError.self) {
                for try await _ in client.score(blocks: source, options: options) {
                    count += 1
                    if count == 20 { await server.stop() }
                }
            }
            #expect(error?.code == .unavailable)
            #expect(count >= 20)
        }
        server.removeFiles()
    }
}
