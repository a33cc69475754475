// SPDX-License-Identifier: Apache-2.0

// Rows that the client sends as bytes: when it does, and that nobody could tell from the results.

import Scoring
import TestModels
import Testing
import VigieClient

@Suite struct QuantisationTests {
    private static let bundle = TreeBundle()
    private static let model = Result { try bundle.load() }
    /// Enough rows for the client to quantise them by itself.
    private static let manyRows = 65_536 / bundle.columnCount + 1

    private func table(
        _ rowCount: Int,
        columns: [String] = [],
        seed: UInt64 = 7
    ) throws -> FeatureTable {
        try FeatureTable(
            columns: columns,
            rowCount: rowCount,
            floatValues: Self.bundle.rows(rowCount, seed: seed)
        )
    }

    private func options(_ quantisation: ScoreOptions.Quantisation) -> ScoreOptions {
        ScoreOptions(
            outputs: [.probability, .score, .riskClass, .percentile, .rawScore],
            quantisation: quantisation
        )
    }

    private func expectSame(_ left: ScoredTable, _ right: ScoredTable) {
        #expect(left.rowCount == right.rowCount)
        #expect(left.model == right.model)
        #expect(left.probabilities == right.probabilities)
        #expect(left.scores == right.scores)
        #expect(left.riskClasses == right.riskClasses)
        #expect(left.percentiles == right.percentiles)
        #expect(left.rawScores == right.rawScores)
        #expect(left.reasonFeatures == right.reasonFeatures)
        #expect(left.reasonContributions == right.reasonContributions)
    }

    // MARK: Tables

    @Test func largeTablesAreQuantised() async throws {
        try await withServer(models: [Self.model.get()]) { _, client in
            let table = try table(Self.manyRows)
            let plain = try await client.score(table, options: options(.never))
            let quantised = try await client.score(table, options: options(.automatic))
            #expect(plain.encoding == .float32)
            #expect(quantised.encoding == .quantised)
            expectSame(quantised, plain)
            #expect(Set(plain.rawScores).count > Self.manyRows / 2)
        }
    }

    @Test func smallTablesAreQuantisedOnRequest() async throws {
        try await withServer(models: [Self.model.get()]) { _, client in
            let table = try table(9)
            let plain = try await client.score(table, options: options(.automatic))
            var wanted = options(.always)
            let quantised = try await client.score(table, options: wanted)
            #expect(plain.encoding == .float32)
            #expect(quantised.encoding == .quantised)
            expectSame(quantised, plain)
            wanted.reasonCount = 3
            let explained = try await client.score(table, options: wanted)
            wanted.quantisation = .never
            expectSame(explained, try await client.score(table, options: wanted))
            #expect(explained.reasonContributions.count == 27)
        }
    }

    @Test func tablesOfCategoriesAreQuantised() async throws {
        var bundle = Self.bundle
        bundle.categoryColumnCount = 4
        try await withServer(models: [bundle.load()]) { _, client in
            let table = try FeatureTable(
                columns: [],
                rowCount: Self.manyRows,
                floatValues: bundle.rows(Self.manyRows)
            )
            let plain = try await client.score(table, options: options(.never))
            let quantised = try await client.score(table, options: options(.automatic))
            #expect(quantised.encoding == .quantised)
            expectSame(quantised, plain)
            #expect(Set(plain.rawScores).count > Self.manyRows / 2)
        }
    }

    @Test func columnsMayComeInAnyOrder() async throws {
        try await withServer(models: [Self.model.get()]) { _, client in
            let rows = try table(600)
            let width = Self.bundle.columnCount
            let values = Self.bundle.rows(600)
            let reversed = (0..<600).flatMap { values[$0 * width..<($0 + 1) * width].reversed() }
            let named = try FeatureTable(
                columns: Self.bundle.columns.reversed(),
                rowCount: 600,
                floatValues: reversed
            )
            let scored = try await client.score(named, options: options(.always))
            #expect(scored.encoding == .quantised)
            expectSame(scored, try await client.score(rows, options: options(.never)))
        }
    }

    @Test func doublesAreQuantisedIfNoneIsRounded() async throws {
        try await withServer(models: [Self.model.get()]) { _, client in
            var values = Self.bundle.rows(Self.manyRows).map { Double($0) }
            func score(_ quantisation: ScoreOptions.Quantisation) async throws -> ScoredTable {
                let table = try FeatureTable(
                    columns: [],
                    rowCount: Self.manyRows,
                    doubleValues: values
                )
                return try await client.score(table, options: options(quantisation))
            }
            let quantised = try await score(.automatic)
            #expect(quantised.encoding == .quantised)
            expectSame(quantised, try await score(.never))
            values[values.count - 1] = 0.1
            let plain = try await score(.automatic)
            #expect(plain.encoding == .float64)
            expectSame(plain, try await score(.never))
            let error = await #expect(throws: VigieError.self) { _ = try await score(.always) }
            #expect(error?.reason == VigieError.ClientReason.invalidTable)
        }
    }

    @Test func tablesThatDoNotFitAreToldSo() async throws {
        try await withServer(models: [Self.model.get()]) { _, client in
            let narrow = try FeatureTable(
                columns: [],
                rowCount: 2,
                floatValues: Array(repeating: 1, count: 40)
            )
            let other = try table(1, columns: ["other"] + Self.bundle.columns.dropFirst())
            for (table, reason) in [(narrow, "WRONG_VALUE_COUNT"), (other, "UNKNOWN_COLUMN")] {
                let error = await #expect(throws: VigieError.self) {
                    _ = try await client.score(table, options: options(.always))
                }
                #expect(error?.reason == reason)
            }
        }
    }

    @Test func modelsWithoutQuantiserTakeValues() async throws {
        var bundle = Self.bundle
        bundle.firstFeature = #""missing": "not_scorable""#
        try await withServer(models: [bundle.load()]) { _, client in
            let scored = try await client.score(
                table(Self.manyRows),
                options: options(.automatic)
            )
            #expect(scored.encoding == .float32)
            #expect(!scored.issues.isEmpty)
            let error = await #expect(throws: VigieError.self) {
                _ = try await client.score(table(1), options: options(.always))
            }
            #expect(error?.reason == "QUANTISER_UNAVAILABLE")
        }
    }

    // MARK: Streams

    /// Scores blocks of 500 rows.
    private func stream(
        _ client: ScoringClient,
        _ quantisation: ScoreOptions.Quantisation,
        blockCount: Int = 20
    ) async throws -> [ScoredTable] {
        let tables = try (0..<blockCount).map { try table(500, seed: UInt64($0)) }
        let blocks = AsyncStream { continuation in
            for table in tables { continuation.yield(table) }
            continuation.finish()
        }
        var scored: [ScoredTable] = []
        for try await block in client.score(blocks: blocks, options: options(quantisation)) {
            scored.append(block)
        }
        return scored
    }

    @Test(arguments: [1, 3])
    func longStreamsAreQuantised(connectionCount: Int) async throws {
        try await withServer(models: [Self.model.get()]) {
            $0.connectionCount = connectionCount
        } _: { _, client in
            let plain = try await stream(client, .never)
            let mixed = try await stream(client, .automatic)
            let quantised = try await stream(client, .always)
            #expect(plain.allSatisfy { $0.encoding == .float32 })
            // 65,536 values are there with the seventh block.
            #expect(mixed.prefix(6).allSatisfy { $0.encoding == .float32 })
            #expect(mixed.dropFirst(6).allSatisfy { $0.encoding == .quantised })
            #expect(quantised.allSatisfy { $0.encoding == .quantised })
            #expect(plain.count == 20 && mixed.count == 20 && quantised.count == 20)
            for index in plain.indices {
                expectSame(mixed[index], plain[index])
                expectSame(quantised[index], plain[index])
            }
        }
    }

    // MARK: Other quantisers

    @Test func aModelThatWasReplacedIsFetchedAgain() async throws {
        let server = try await TestServer.start(models: [Self.model.get()])
        try await withScoringClient(server.configuration) { client in
            let table = try table(30)
            let first = try await client.score(table, options: options(.always))
            #expect(first.model.version == "1.0.0")
            await server.stop()
            var bundle = Self.bundle
            bundle.version = "2.0.0"
            bundle.seed = 2
            let next = try await TestServer.start(
                certificates: server.certificates,
                port: server.port,
                models: [bundle.load()]
            )
            let second = try await client.score(table, options: options(.always))
            #expect(second.model.version == "2.0.0")
            #expect(second.encoding == .quantised)
            expectSame(second, try await client.score(table, options: options(.never)))
            #expect(second.rawScores != first.rawScores)
            await next.stop()
        }
        server.removeFiles()
    }

    @Test func theQuantiserIsFetchedOnce() async throws {
        let server = try await QuantiserServer.start(Self.model.get(), isRight: true)
        try await withScoringClient(server.configuration) { client in
            for _ in 0..<3 {
                let scored = try await client.score(table(5), options: options(.always))
                #expect(scored.encoding == .quantised)
            }
            #expect(server.fetchCount == 1)
            // Streams know the version that answers, and ask for that.
            for _ in 0..<2 { _ = try await stream(client, .always, blockCount: 3) }
            #expect(server.fetchCount == 2)
        }
        await server.stop()
    }

    @Test(arguments: [1, 3])
    func whatIsRefusedIsSentAsValues(connectionCount: Int) async throws {
        let server = try await QuantiserServer.start(Self.model.get(), isRight: false)
        var configuration = server.configuration
        configuration.connectionCount = connectionCount
        try await withScoringClient(configuration) { client in
            let table = try table(Self.manyRows)
            let scored = try await client.score(table, options: options(.automatic))
            #expect(scored.encoding == .float32)
            #expect(server.fetchCount == 2)
            expectSame(scored, try await client.score(table, options: options(.never)))
            // Known now, and not tried again for a while.
            _ = try await client.score(table, options: options(.automatic))
            #expect(server.fetchCount == 2)

            let plain = try await stream(client, .never)
            let mixed = try await stream(client, .automatic)
            #expect(mixed.count == plain.count)
            for index in plain.indices {
                #expect(mixed[index].encoding == .float32)
                expectSame(mixed[index], plain[index])
            }
            #expect(server.fetchCount == 3)
            let error = await #expect(throws: VigieError.self) {
                _ = try await client.score(self.table(3), options: options(.always))
            }
            #expect(error?.reason == "QUANTISER_STALE")
            await #expect(throws: VigieError.self) { _ = try await stream(client, .always) }
        }
        await server.stop()
    }

    /// Blocks whose values 32 bits would round go as values between quantised ones, and are lost
    /// with them when the lane is refused.
    @Test(arguments: [1, 3])
    func valuesBetweenRefusedBlocksAreScored(connectionCount: Int) async throws {
        let server = try await QuantiserServer.start(Self.model.get(), isRight: false)
        var configuration = server.configuration
        configuration.connectionCount = connectionCount
        try await withScoringClient(configuration) { client in
            let tables = try (0..<24).map { index in
                var values = Self.bundle.rows(Self.manyRows / 4, seed: UInt64(index)).map(
                    Double.init
                )
                if index % 3 != 0 { values[values.count - 1] = 0.1 }
                return try FeatureTable(
                    columns: [],
                    rowCount: Self.manyRows / 4,
                    doubleValues: values
                )
            }
            let blocks = AsyncStream { continuation in
                for table in tables { continuation.yield(table) }
                continuation.finish()
            }
            var index = 0
            for try await scored in client.score(blocks: blocks, options: options(.automatic)) {
                expectSame(scored, try await client.score(tables[index], options: options(.never)))
                index += 1
            }
            #expect(index == tables.count)
        }
        await server.stop()
    }
}
