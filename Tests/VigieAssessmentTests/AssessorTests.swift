// SPDX-License-Identifier: Apache-2.0

// The library as a consumer has it: papers in, assessments out; and the same from a server.

import FoundationEssentials
import GRPCTransport
import Logging
import TestCertificates
import Testing
import VigieApplication
import VigieAssessment
import VigieClient
import VigieService

@Suite struct AssessorTests {
    private static let day = Day("2025-12-31")

    private static func samples() throws -> String {
        let tests = try #require(#filePath.firstRange(of: "/Tests/VigieAssessmentTests/"))
        return #filePath[..<tests.lowerBound] + "/Clients/CLI/Samples/Companies"
    }

    private static func papers() throws -> PapersRead {
        try PaperReader(asOf: day).read([samples()])
    }

    @Test func sampleCompaniesAreAssessed() throws {
        let papers = try Self.papers()
        #expect(papers.papers.allSatisfy { $0.error == nil && $0.kept > 0 })
        #expect(papers.companies.count == 7)
        let answers = try CompanyAssessor().assess(
            papers.companies,
            options: AssessmentOptions(asOf: Self.day)
        )
        let assessments = try answers.map { try $0.get() }
        let sound = try #require(assessments.first { $0.siren == "999200017" })
        #expect(sound.outcome == .scored && sound.reasons.count == 5)
        #expect(sound.reasons.allSatisfy { !$0.feature.isEmpty && !$0.label.french.isEmpty })
        #expect(sound.adjusted.map { $0.probability < 0.005 } == true)
        #expect(sound.ratios.contains { $0.value != nil } && !sound.publishedModels.isEmpty)
        #expect(sound.model.asOfDate == "2025-12-31" && sound.card != nil)
        let failed = try #require(assessments.first { $0.siren == "999200041" })
        #expect(failed.outcome == .inProceedings && failed.adjusted == nil)
        #expect(failed.legal.notices.first?.notice == "A20250210411")
        #expect(assessments.first { $0.siren == "999200074" }?.legal.conflicts.count == 1)
    }

    @Test func aBadCompanyHarmsNoOther() throws {
        var bad = CompanyFacts(siren: "999200018")
        bad.events = [
            LegalEvent(
                kind: .init(rawValue: "nonsense"),
                published: try #require(Self.day),
                notice: "A"
            )
        ]
        var odd = bad
        odd.siren = "999200017"
        let companies = [CompanyFacts(), bad, odd]
        let answers = try CompanyAssessor().assess(companies)
        #expect(try answers[0].get().outcome == .notScorable)
        let first = #expect(throws: VigieError.self) { try answers[1].get() }
        #expect(first?.reason == "BAD_SIREN")
        let second = #expect(throws: VigieError.self) { try answers[2].get() }
        #expect(second?.fieldViolations.first?.field == "company.events.kinds[0]")
    }

    @Test func whatConcernsAllIsThrown() throws {
        var options = AssessmentOptions()
        options.model = "nobody"
        let error = #expect(throws: VigieError.self) {
            try CompanyAssessor().assess([CompanyFacts()], options: options)
        }
        #expect(error?.code == .notFound)
        #expect(throws: VigieError.self) { try CompanyAssessor(modelsDirectory: "/nowhere") }
        #expect(throws: VigieError.self) { try PaperReader().read(["/nowhere"]) }
        #expect(throws: VigieError.self) { try PaperReader(ledgerProfiles: [[0x7B]]) }
    }

    @Test func termsAreThoseOfAServer() async throws {
        try await Self.withServer { client in
            for reader in GlossaryTerm.Reader.allCases {
                for inFrench in [false, true] {
                    let terms = CompanyAssessor.terms(for: reader, inFrench: inFrench)
                    #expect(terms.count >= 16)
                    let told = try await client.terms(for: reader, inFrench: inFrench)
                    #expect(told == terms)
                }
            }
        }
    }

    @Test func aServerSaysTheSame() async throws {
        let companies = try Self.papers().companies
        let options = AssessmentOptions(asOf: Self.day)
        let here = try CompanyAssessor().assess(companies, options: options)
        try await Self.withServer { client in
            let there = try await client.assess(companies, options: options)
            #expect(there.count == here.count)
            for (company, (left, right)) in zip(companies, zip(here, there)) {
                // Many answers do not tell what findings say.
                var expected = try left.get()
                let alone = try await client.assess(company, options: options)
                #expect(alone == expected)
                for index in expected.findings.indices {
                    expected.findings[index].text = LocalizedText(english: "", french: "")
                }
                #expect(try right.get() == expected)
            }
        }
    }

    @Test func aServerReadsTheSame() async throws {
        let here = try Self.papers()
        // In parts, one of which is cut by the greatest length.
        let empty = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
        var files: [(name: String, bytes: [UInt8])] = []
        let folder = try Self.samples()
        for paper in here.papers {
            let name = try #require(paper.name.split(separator: "/").last)
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
            files.append((String(name), Array(bytes)))
        }
        try await Self.withServer { client in
            let there = try await client.readPapers(files, asOf: Self.day)
            #expect(there.companies == here.companies)
            #expect(there.papers.map(\.kind) == here.papers.map(\.kind))
            let blank = try await client.readPapers([("blank", empty)], asOf: Self.day)
            #expect(blank.papers.first?.error != nil && blank.companies.isEmpty)
        }
        try await Self.withServer(readsPapers: false) { client in
            let error = await #expect(throws: VigieError.self) {
                try await client.readPapers(files, asOf: Self.day)
            }
            #expect(error?.reason == "READING_IS_OFF")
        }
    }

    @Test func batchesMayNameNewLines() async throws {
        let companies = try Self.papers().companies
        let options = AssessmentOptions(asOf: Self.day, reasonCount: 2)
        var bad = companies[0]
        bad.siren = "1"
        let batches = AsyncStream<[CompanyFacts]> { continuation in
            continuation.yield([CompanyFacts()])
            for company in companies { continuation.yield([company, bad]) }
            continuation.yield([])
            continuation.finish()
        }
        try await Self.withServer { client in
            var answers: [[Result<CompanyAssessment, VigieError>]] = []
            for try await some in client.assess(batches: batches, options: options) {
                answers.append(some)
            }
            #expect(answers.map(\.count) == [1] + companies.map { _ in 2 } + [0])
            for (company, pair) in zip(companies, answers.dropFirst()) {
                #expect(try pair[0].get().siren == company.siren)
                let error = #expect(throws: VigieError.self) { try pair[1].get() }
                #expect(error?.reason == "BAD_SIREN" && error?.code == .invalidArgument)
            }
        }
    }

    /// Runs a test with a client of a server with the models of the product.
    private static func withServer(
        readsPapers: Bool = true,
        _ body: (ScoringClient) async throws -> Void
    ) async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        var server = VigieServerConfiguration(
            transport: ServerConfiguration(
                port: 0,
                tls: ServerTLSConfiguration(
                    certificatePath: certificates.serverCertificatePath,
                    keyPath: certificates.serverKeyPath
                ),
                eventLoopCount: 1
            )
        )
        server.readsPapers = readsPapers
        try await run(server, certificates, body)
    }

    private static func run(
        _ configuration: VigieServerConfiguration,
        _ certificates: TestCertificates,
        _ body: (ScoringClient) async throws -> Void
    ) async throws {
        let server = try VigieServer(
            configuration: configuration,
            registry: ModelRegistry.load(directory: nil, defaultName: nil),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        var configuration = ScoringClientConfiguration(
            host: "127.0.0.1",
            port: port,
            tls: .init(roots: .file(certificates.caPath))
        )
        // All tests run at once, on machines with other work.
        configuration.timeout = .seconds(60)
        do {
            try await withScoringClient(configuration) { try await body($0) }
        } catch {
            await server.stop(timeout: .zero)
            throw error
        }
        await server.stop(timeout: .zero)
    }
}
