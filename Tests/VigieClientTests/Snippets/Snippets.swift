// SPDX-License-Identifier: Apache-2.0

// The code of the documentation, compiled. DocumentationTests checks that every
// block of Swift in the DocC catalogue and the README stands here word for word.
// tidy: length: examples of one library, each a few lines, in the order of its articles.

import CoreMetrics
import Logging
import ServiceLifecycle
import Tracing
import VigieAssessment
import VigieClient

struct FixedScoring: CompanyScoring {
    let probability: Double

    func score(_ table: FeatureTable, options: ScoreOptions) async throws -> ScoredTable {
        try ScoredTable(
            model: ModelIdentity(name: "fixed"),
            rowCount: table.rowCount,
            probabilities: Array(repeating: probability, count: table.rowCount)
        )
    }
}

/// Runs a client as a service of an application.
struct ClientService: Service {
    let client: ScoringClient

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await client.run()
        } onGracefulShutdown: {
            client.close()
        }
    }
}

enum Snippets {
    static func readme() async throws {
        let configuration = ScoringClientConfiguration(
            host: "scoring.example.com",
            tls: .init(roots: .file("ca.pem"))
        )
        try await withScoringClient(configuration) { client in
            var companies = FeatureTable(
                columns: ["total_assets", "total_liabilities", "net_income"])
            try companies.append(row: [1_200, 700, 35])
            try companies.append(row: [800, nil, -90])
            let scores = try await client.score(companies, options: ScoreOptions(reasonCount: 3))
            for score in scores {
                print(score.probability ?? .nan, score.reasons.map(\.explanation.english))
            }
        }
    }

    static func company(_ client: ScoringClient, _ day: Day, _ today: Day) async throws {
        var facts = CompanyFacts(siren: "999200017")
        facts.statements = [
            FinancialYear(
                closing: day,
                cents: ["FL": 485_000_000, "DL": 96_500_000, "HN": 12_000_000]
            )
        ]
        let assessment = try await client.assess(facts, options: AssessmentOptions(asOf: today))
        print(assessment.outcome, assessment.adjusted?.riskClass ?? 0, assessment.reasons.count)
    }

    static func companies(_ client: ScoringClient, _ companies: [CompanyFacts]) async throws {
        for answer in try await client.assess(companies) {
            switch answer {
            case .success(let assessment): print(assessment.outcome)
            case .failure(let error): print(error.fieldViolations)
            }
        }
    }

    static func wholeTables(_ client: ScoringClient) async throws {
        var table = CompanyTable(
            factColumns: ["legal_state", "closing_day"],
            columns: ["net_sales", "net_income", "total_assets"]
        )
        try table.append(row: [nil, 20_088, 4_850_000, 120_000, 3_100_000])
        let tables = AsyncStream { continuation in
            continuation.yield(table)
            continuation.finish()
        }
        for try await assessed in client.assess(tables: tables) {
            for row in assessed { print(row.outcome, row.figures?.riskClass ?? 0, row.confidence) }
            for issue in assessed.issues { print(issue) }
        }
    }

    static func papers(_ day: Day) throws {
        let papers = try PaperReader(asOf: day).read(["papers/"])
        let answers = try CompanyAssessor().assess(
            papers.companies,
            options: AssessmentOptions(asOf: day)
        )
        print(answers.count)
    }

    static func overview() async throws {
        let score = try await withScoringClient(ScoringClientConfiguration(host: "localhost")) {
            client in
            try await client.score(row: [
                "total_assets": 41_000_000,
                "total_liabilities": 39_000_000,
                "net_income": -3_500_000,
            ])
        }
        print(score.probability ?? .nan)
    }

    static func connect() async throws -> [ModelSummary] {
        let configuration = ScoringClientConfiguration(host: "scoring.example.com")
        let models = try await withScoringClient(configuration) { client in
            try await client.listModels()
        }
        return models
    }

    static func observed(
        _ configuration: ScoringClientConfiguration,
        metrics: any MetricsFactory,
        tracer: any Tracer,
        logger: Logger
    ) throws -> ScoringClient {
        MetricsSystem.bootstrap(metrics)
        InstrumentationSystem.bootstrap(tracer)
        let client = try ScoringClient(configuration, logger: logger)
        return client
    }

    static func logged(
        client: ScoringClient,
        row: [String: Double?],
        requestLogger: Logger
    ) async throws -> Score {
        let score = try await withLogger(requestLogger) { _ in
            try await client.score(row: row)
        }
        return score
    }

    static func servers() -> ScoringClientConfiguration {
        var configuration = ScoringClientConfiguration(servers: [
            .host("a.scoring.example.com"),
            .host("b.scoring.example.com"),
        ])
        configuration.loadBalancing = .roundRobin
        configuration.keepaliveTime = .seconds(300)
        configuration.keepaliveTimeout = .seconds(20)
        configuration.keepaliveWithoutCalls = false
        return configuration
    }

    static func service(logger: Logger) async throws {
        let client = try ScoringClient(ScoringClientConfiguration(host: "scoring.example.com"))
        let group = ServiceGroup(services: [ClientService(client: client)], logger: logger)
        try await group.run()
    }

    static func row(client: ScoringClient) async throws -> Score {
        let score = try await client.score(
            row: [
                "total_assets": 41_000_000,
                "total_liabilities": 39_000_000,
                "net_income": -3_500_000,
                "net_income@1": 200_000,
            ],
            options: ScoreOptions(reasonCount: 3)
        )
        return score
    }

    static func read(score: Score) {
        switch score.outcome {
        case .scored:
            print("probability", score.probability ?? .nan, "class", score.riskClass ?? 0)
            for reason in score.reasons {
                print(reason.contribution > 0 ? "+" : "-", reason.explanation.english)
            }
        case .notScorable:
            print("not scorable:", score.issues)
        case .closed, .inProceedings, .other:
            print("no probability of failure:", score.outcome)
        }
    }

    static func table(client: ScoringClient) async throws -> Double {
        var table = FeatureTable(columns: ["total_assets", "net_income"])
        try table.append(row: [41_000_000, -3_500_000])
        try table.append(row: [7_250_000, nil])
        let scored = try await client.score(table)

        for score in scored {
            print(score.outcome, score.probability ?? .nan)
        }

        let expectedFailures = scored.probabilities.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
        return expectedFailures
    }

    static func texts() throws -> FeatureTable {
        var texts = FeatureTable(columns: ["margin"], textColumns: ["sector"])
        try texts.append(row: [0.12], texts: ["farming"])
        try texts.append(row: [0.07], texts: [nil])
        return texts
    }

    static func bulk(client: ScoringClient, table: FeatureTable) async throws -> FeatureTable {
        let bulk = try FeatureTable(
            columns: ["total_assets", "net_income"],
            rowCount: 2,
            doubleValues: [41_000_000, -3_500_000, 7_250_000, .nan]
        )

        var quantised = ScoreOptions(model: "trees")
        quantised.quantisation = .always
        _ = try await client.score(bulk, options: quantised)

        let options = ScoreOptions(
            model: "us-listed-failure",
            outputs: [.probability, .riskClass],
            reasonCount: 2,
            asOfDate: "2026-06-30"
        )
        let explained = try await client.score(table, options: options)

        for issue in explained.issues {
            print("row \(issue.row):", issue)
        }
        return bulk
    }

    /// Stands for whatever reads a file.
    struct Reader: Sendable {
        let columns: [String]

        func next(_ count: Int) async throws -> [[Double]]? { nil }
    }

    /// Stands for whatever writes a file.
    struct Writer {
        func write(_ values: [Double]) throws {}
    }

    static func stream(client: ScoringClient, reader: Reader, writer: Writer) async throws {
        let blocks = AsyncThrowingStream<FeatureTable, any Error> {
            guard let lines = try await reader.next(4_096) else { return nil }
            var block = FeatureTable(columns: reader.columns)
            for line in lines { try block.append(values: line) }
            return block
        }
        for try await scored in client.score(blocks: blocks) {
            try writer.write(scored.probabilities)
        }
    }

    static func job(
        client: ScoringClient,
        blocks: AsyncThrowingStream<FeatureTable, any Error>,
        writer: Writer
    ) async throws {
        let job = StreamJob("nightly") { print("\($0) blocks were answered before") }
        for try await scored in client.score(blocks: blocks, job: job) {
            try writer.write(scored.probabilities)
        }
    }

    static func connections() -> ScoringClientConfiguration {
        var configuration = ScoringClientConfiguration(host: "scoring.example.com")
        configuration.connectionCount = 4
        return configuration
    }

    static func deadline(client: ScoringClient, row: [String: Double]) async throws -> Score {
        let options = ScoreOptions(timeout: .milliseconds(200))
        let score = try await client.score(row: row, options: options)
        return score
    }

    static func retries() -> ScoringClientConfiguration {
        var configuration = ScoringClientConfiguration(host: "scoring.example.com")
        configuration.timeout = .seconds(2)
        configuration.retry.attemptsMaximum = 2
        configuration.retry.initialBackoff = .milliseconds(50)
        return configuration
    }

    static func roots() -> ScoringClientConfiguration {
        let tls = ScoringClientConfiguration.TLS(roots: .file("/etc/vigie/ca.pem"))
        let configuration = ScoringClientConfiguration(host: "10.0.0.7", tls: tls)
        return configuration
    }

    static func serverName() -> ScoringClientConfiguration.TLS {
        let tls = ScoringClientConfiguration.TLS(
            roots: .file("/etc/vigie/ca.pem"),
            serverName: "scoring.internal"
        )
        return tls
    }

    static func clientCertificate() -> ScoringClientConfiguration.TLS {
        let tls = ScoringClientConfiguration.TLS(
            roots: .file("/etc/vigie/ca.pem"),
            clientCertificate: .init(
                certificateFile: "/etc/vigie/client.pem",
                keyFile: "/etc/vigie/client.key"
            )
        )
        return tls
    }

    static func token(
        tls: ScoringClientConfiguration.TLS,
        token: String
    ) -> ScoringClientConfiguration {
        var configuration = ScoringClientConfiguration(host: "10.0.0.7", tls: tls)
        configuration.metadata = ["authorization": "Bearer \(token)"]
        return configuration
    }

    static func certificatesInMemory(secrets: Secrets) -> ScoringClientConfiguration.TLS {
        let tls = ScoringClientConfiguration.TLS(
            roots: .pem(secrets["scoring-ca"]),
            clientCertificate: .init(
                certificatePEM: secrets["scoring-certificate"],
                keyPEM: secrets["scoring-key"]
            )
        )
        return tls
    }

    /// Stands for whatever keeps secrets.
    struct Secrets: Sendable {
        subscript(name: String) -> String { name }
    }

    static func headers(client: ScoringClient, row: [String: Double], token: String, trace: String)
        async throws -> Score
    {
        var metadata: CallMetadata = ["authorization": "Bearer \(token)"]
        metadata.add("traceparent", trace)
        let score = try await client.score(row: row, options: ScoreOptions(metadata: metadata))
        return score
    }

    static func causes(error: VigieError) {
        switch error.cause {
        case .certificateExpired: print("have the server's certificate renewed")
        case .certificateAuthorityUnknown: print("give the authority's certificate")
        case .connectionRefused: print("is the server running?")
        default: print(error.message)
        }
    }

    static func testing() async throws -> Score {
        let scoring: any CompanyScoring = FixedScoring(probability: 0.2)
        let score = try await scoring.score(row: ["total_assets": 41_000_000, "net_income": nil])
        return score
    }

    static func errors(client: ScoringClient, row: [String: Double]) async throws {
        do {
            let score = try await client.score(row: row)
            print(score.probability ?? .nan)
        } catch let error as VigieError where error.code == .invalidArgument {
            for violation in error.fieldViolations {
                print(violation.field, violation.description)
            }
        } catch let error as VigieError {
            print(error)
        }
    }

    static func reasons(error: VigieError) {
        switch error.reason {
        case VigieError.ClientReason.tlsFailed: print("no trust")
        case VigieError.ClientReason.cannotConnect: print("no connection")
        default: print(error.message)
        }
    }

    /// The example of `withScoringClient` itself.
    static func list() async throws -> [ModelSummary] {
        let models = try await withScoringClient(ScoringClientConfiguration(host: "localhost")) {
            client in
            try await client.listModels()
        }
        return models
    }

    /// The example of `FeatureTable` itself.
    static func smallTable() throws -> FeatureTable {
        var table = FeatureTable(columns: ["net_income", "total_assets"])
        try table.append(row: [-3_500_000, 41_000_000])
        try table.append(row: [nil, 7_250_000])
        return table
    }
}
