// SPDX-License-Identifier: Apache-2.0

// Streams with a job at real servers, one of which is stopped under them.

import Databases
import Foundation
import GRPCTransport
import Logging
import PortfolioApplication
import ServiceErrors
import Synchronization
import TestCertificates
import Testing
import VigieApplication
import VigieClient
import VigieService

/// A server with a store that can be stopped, and comes back at the same port.
private final class Returning: Sendable {
    private let certificates: TestCertificates
    private let path: String
    private let state = Mutex<(server: VigieServer?, port: Int)>((nil, 0))

    init() throws {
        certificates = try TestCertificates.make()
        path =
            FileManager.default.temporaryDirectory.path
            + "/vigie-\(UInt64.random(in: 0...(.max))).sqlite"
    }

    deinit {
        certificates.remove()
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }

    var configuration: ScoringClientConfiguration {
        .loopback(certificates, port: state.withLock(\.port))
    }

    func start() async throws {
        let known = state.withLock(\.port)
        var configuration = VigieServerConfiguration(
            transport: .loopback(certificates, port: known)
        )
        configuration.store = ServerStore(.file(path: path)) { (_) throws(ServiceError) in }
        let server = try VigieServer(
            configuration: configuration,
            registry: try .load(directory: nil, defaultName: nil),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        state.withLock { $0 = (server, port) }
    }

    func stop() async {
        await state.withLock { $0.server.take() }?.stop(timeout: .zero)
    }
}

@Suite struct JobTests {
    private let options = ScoreOptions(model: "us-listed-scorecard", reasonCount: 2)

    private func blocks(
        _ count: Int,
        _ columns: [String],
        error: (any Error)? = nil
    ) throws -> AsyncThrowingStream<FeatureTable, any Error> {
        let tables = try (0..<count).map { index in
            try FeatureTable(
                columns: columns,
                rowCount: index % 7 + 1,
                doubleValues: MadeUpCompanies.values(
                    columnCount: columns.count,
                    rowCount: index % 7 + 1,
                    seed: UInt64(index)
                )
            )
        }
        return AsyncThrowingStream { continuation in
            for table in tables { continuation.yield(table) }
            continuation.finish(throwing: error)
        }
    }

    /// Rows without a score have NaN, which is no other number's equal.
    private func bits(of table: ScoredTable) -> [UInt64] {
        (table.probabilities + table.reasonContributions).map(\.bitPattern)
    }

    private func columns(_ client: ScoringClient) async throws -> [String] {
        try await client.describeModel(options.model).inputs.map(\.name)
    }

    private func withServer(
        _ body: (ScoringClient, Returning) async throws -> Void
    ) async throws {
        let server = try Returning()
        try await server.start()
        try await withScoringClient(server.configuration) { client in
            try await body(client, server)
        }
        await server.stop()
    }

    @Test func aStreamGoesOnWhereItWas() async throws {
        try await withServer { client, server in
            let columns = try await columns(client)
            var calm: [ScoredTable] = []
            for try await table in client.score(blocks: try blocks(60, columns), options: options) {
                calm.append(table)
            }
            let begun = Mutex<[Int]>([])
            let job = StreamJob("nightly") { count in begun.withLock { $0.append(count) } }
            let tables = try blocks(60, columns)
            var scored: [ScoredTable] = []
            for try await table in client.score(blocks: tables, options: options, job: job) {
                scored.append(table)
                if scored.count == 5 || scored.count == 20 {
                    await server.stop()
                    try await server.start()
                }
            }
            #expect(scored.map(bits) == calm.map(bits))
            #expect(begun.withLock { $0.count } == 3 && begun.withLock { $0.first } == 0)
            #expect(begun.withLock { $0 == $0.sorted() && ($0.last ?? 0) >= 20 })
            let summary = try #require(try await client.listJobs().first)
            #expect(summary.id == "nightly" && summary.blockCount == 60 && summary.kind == .scores)
            var fetched: [[UInt64]] = []
            for try await answer in try await client.fetchJob("nightly", from: 2) {
                if case .scores(let table) = answer { fetched.append(bits(of: table)) }
            }
            #expect(fetched == calm.dropFirst(2).map(bits))
            try await client.forgetJob("nightly")
            #expect(try await client.listJobs().isEmpty)
        }
    }

    @Test func errorsThatDoNotPassAreThrown() async throws {
        struct Wrong: Error {}
        try await withServer { client, server in
            let columns = try await columns(client)
            let job = StreamJob("a")
            var count = 0
            // What the sequence of blocks throws comes behind the results before it.
            await #expect(throws: Wrong.self) {
                let tables = try blocks(4, columns, error: Wrong())
                for try await _ in client.score(blocks: tables, options: options, job: job) {
                    count += 1
                }
            }
            #expect(count == 4)
            var other = options
            other.reasonCount = 3
            let error = await #expect(throws: VigieError.self) {
                let tables = try blocks(4, columns)
                for try await _ in client.score(blocks: tables, options: other, job: job) {}
            }
            #expect(error?.reason == "JOB_OTHER_HEADER")
            // A time for the whole ends waiting for a server that is gone.
            await server.stop()
            var hasty = options
            hasty.timeout = .seconds(2)
            await #expect(throws: VigieError.self) {
                let tables = try blocks(4, columns)
                for try await _ in client.score(blocks: tables, options: hasty, job: job) {}
            }
        }
    }

    @Test func assessmentsGoOnWhereTheyWere() async throws {
        let facts = ["statement_years", "statement_age_months"]
        let items = ["total_assets", "net_sales", "net_income"]
        let options = AssessmentOptions(asOf: Day("2025-12-31"), reasonCount: 2)
        let made = try (0..<40).map { index in
            var table = CompanyTable(factColumns: facts, columns: items)
            for row in 0...index % 3 {
                try table.append(row: [1, 8, 3e6 + Double(row), 5e6, 1e4 * Double(index - 20)])
            }
            return table
        }
        func tables() -> AsyncStream<CompanyTable> {
            AsyncStream { continuation in
                for table in made { continuation.yield(table) }
                continuation.finish()
            }
        }
        try await withServer { client, server in
            var calm: [[RowAssessment]] = []
            for try await table in client.assess(tables: tables(), options: options) {
                calm.append(Array(table))
            }
            var assessed: [[RowAssessment]] = []
            let job = StreamJob("companies")
            for try await table in client.assess(tables: tables(), options: options, job: job) {
                assessed.append(Array(table))
                if assessed.count == 10 {
                    await server.stop()
                    try await server.start()
                }
            }
            #expect(assessed == calm && calm.count == 40)
            var fetched: [[RowAssessment]] = []
            for try await answer in try await client.fetchJob("companies") {
                if case .assessments(let table) = answer { fetched.append(Array(table)) }
            }
            #expect(fetched == calm)
        }
    }
}
