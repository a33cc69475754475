// SPDX-License-Identifier: Apache-2.0

// Portfolios at a real server with a store of its own.

import Databases
import Foundation
import GRPCTransport
import Logging
import PortfolioApplication
import ServiceErrors
import TestCertificates
import Testing
import VigieApplication
import VigieClient
import VigieLimits
import VigieService

@Suite struct PortfolioTests {
    private static let orange = CompanyIdentifier.siren("380129866")
    private static let stellantis = CompanyIdentifier.siren("542065479")

    private func withStore(
        _ limits: ServiceLimits = ServiceLimits(),
        _ body: (ScoringClient) async throws -> Void
    ) async throws {
        let path =
            FileManager.default.temporaryDirectory.path
            + "/vigie-\(UInt64.random(in: 0...(.max))).sqlite"
        defer {
            for end in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + end)
            }
        }
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        var configuration = VigieServerConfiguration(transport: .loopback(certificates))
        configuration.limits = limits
        configuration.store = ServerStore(.file(path: path)) { (_) throws(ServiceError) in }
        let server = try VigieServer(
            configuration: configuration,
            registry: try .load(directory: nil, defaultName: nil),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        try await withScoringClient(.loopback(certificates, port: port)) { client in
            try await body(client)
        }
        await server.stop(timeout: .zero)
    }

    private func reason(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return "nothing"
        } catch { return (error as? VigieError)?.reason }
    }

    private func file(_ text: String) -> AsyncStream<[UInt8]> {
        AsyncStream { continuation in
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                continuation.yield(Array("\(line)\n".utf8))
            }
            continuation.finish()
        }
    }

    @Test func areScoredAgain() async throws {
        var limits = ServiceLimits()
        limits.rescoringThreads = 1
        try await withStore(limits) { client in
            _ = try await client.createPortfolio("clients")
            try await client.putCompanies([FollowedCompany(Self.orange)], into: "clients")
            let before = try await client.listScores(of: "clients").members
            #expect(before.map(\.company.company) == [Self.orange] && before[0].score == nil)
            var run = try await client.startRun(of: "clients")
            #expect(run.isOfOnePortfolio && run.kind == .requested)
            while run.state == .open {
                try await Task.sleep(for: .milliseconds(20))
                run = try await client.describeRun(run.number, of: nil)
            }
            #expect(run.state == .done && run.companyCount == 1 && run.changedCount == 1)
            let after = try await client.listScores(of: "clients").members
            #expect(after.first?.score?.outcome == .notScorable && after.first?.change == nil)
            let (scores, _) = try await client.companyHistory(of: Self.orange, in: "clients")
            #expect(scores.map(\.run) == [run.number] && scores.first?.cause == .company)
            #expect(scores.first?.model == run.model && scores.first?.asOfDate == run.asOfDate)
            #expect(try await client.listRuns(of: "clients").runs == [run])
            #expect(
                await reason { _ = try await client.describeRun(999, of: "clients") }
                    == "UNKNOWN_RUN"
            )
        }
    }

    @Test func areMadeFilledAndEnded() async throws {
        try await withStore { client in
            let made = try await client.createPortfolio("clients", note: "of the south")
            #expect(made.name == "clients" && made.note == "of the south" && made.access == .write)
            #expect(
                await reason { _ = try await client.createPortfolio("clients") }
                    == "PORTFOLIO_EXISTS"
            )
            let euro = { (cents: Int64) in MoneyAmount(minorUnits: cents, currency: "EUR") }
            let companies = [
                FollowedCompany(.own("Müller"), name: "Müller GmbH", limit: euro(0)),
                FollowedCompany(Self.orange, reference: "C-7", exposure: euro(-12)),
            ]
            let put = try await client.putCompanies(companies, into: "clients")
            #expect(put.added == 2 && put.newCompanies == 2 && put.unchanged == 0)
            #expect(try await client.listCompanies(of: "clients").companies == companies)
            let (first, token) = try await client.listCompanies(of: "clients", pageSize: 1)
            let (second, end) = try await client.listCompanies(of: "clients", pageToken: token)
            #expect(first + second == companies && end.isEmpty)

            _ = try await client.createPortfolio("others")
            let copied = try await client.transferCompanies(
                [Self.orange, Self.stellantis],
                from: "clients",
                to: "others"
            )
            #expect((copied.added, copied.removed, copied.absent) == (1, 0, 1))
            let moved = try await client.transferCompanies(
                [.own("Müller")],
                from: "clients",
                to: "others",
                moves: true
            )
            #expect((moved.added, moved.removed, moved.absent) == (1, 1, 0))
            let removed = try await client.removeCompanies(
                [Self.orange, Self.stellantis],
                from: "others"
            )
            #expect(removed == (1, 1))

            let shares = try await client.sharePortfolio("others", with: "sales", .read)
            #expect(shares == ["sales": .read])
            #expect(try await client.describePortfolio("others").shares == shares)
            #expect(try await client.sharePortfolio("others", with: "sales", nil).isEmpty)
            let changed = try await client.changePortfolio("others", name: "ours")
            #expect(changed.name == "ours" && changed.companyCount == 1)
            #expect(try await client.listPortfolios().map(\.name) == ["clients", "ours"])
            #expect(
                await reason { try await client.deletePortfolio("ours", companyCount: 0) }
                    == "OTHER_COUNT"
            )
            try await client.deletePortfolio("ours", companyCount: 1)
            #expect(
                await reason { _ = try await client.describePortfolio("ours") }
                    == "UNKNOWN_PORTFOLIO"
            )
        }
    }

    @Test func whatIsKnownIsKeptListedAndAssessedBy() async throws {
        try await withStore { client in
            _ = try await client.createPortfolio("clients")
            try await client.putCompanies([FollowedCompany(Self.orange)], into: "clients")
            var facts = CompanyFacts(siren: "380129866")
            let closing = try #require(Day("2024-12-31"))
            let cents: [String: Int64] = ["FL": 9_000_00, "DL": 2_000_00, "CO": 5_000_00]
            facts.statements = [FinancialYear(closing: closing, months: 12, cents: cents)]
            let companies = [(company: Self.orange, facts: facts)]
            let both = companies + [(company: Self.stellantis, facts: CompanyFacts())]
            #expect(
                await reason { try await client.recordFacts(of: both, in: "clients", source: "t") }
                    == "UNKNOWN_COMPANY"
            )
            let done = try await client.recordFacts(
                of: both,
                in: "clients",
                source: "t",
                leavesOutUnknown: true
            )
            #expect(done.added == 1 && done.unknown == [Self.stellantis])
            facts.statements[0].cents["FL"] = 8_000_00
            let again = try await client.recordFacts(
                of: [(company: Self.orange, facts: facts)],
                in: "clients",
                source: "u",
                replaces: true
            )
            #expect(again.added == 1 && again.superseded == 1 && again.unchanged == 0)
            let listed = try await client.listFacts(of: Self.orange, in: "clients")
            #expect(listed.facts.map(\.source) == ["u"] && listed.nextPageToken.isEmpty)
            #expect(listed.facts[0].kind == .statement && listed.facts[0].day == closing)
            let whole = try await client.listFacts(
                of: Self.orange,
                in: "clients",
                includesSuperseded: true,
                pageSize: 1
            )
            #expect(whole.facts[0].supersededAtMicroseconds != nil)
            #expect(!whole.nextPageToken.isEmpty)
            let known = try await client.assess(Self.orange, in: "clients")
            #expect(known.factCount == 1 && known.assessment.siren == "380129866")
            #expect(known.lastKnownAtMicroseconds == listed.facts[0].knownAtMicroseconds)
            let before = try await client.assess(
                Self.orange,
                in: "clients",
                knownAtMicroseconds: 0
            )
            #expect(before.factCount == 0 && before.lastKnownAtMicroseconds == nil)
            #expect(before.assessment.notScorableReason == .nothingKnown)
        }
    }

    @Test func filesComeIn() async throws {
        try await withStore { client in
            _ = try await client.createPortfolio("clients")
            let text = "siren;plafond\n380129866;1 000,50\n542065479;x"
            var options = PortfolioImportOptions()
            options.dialect = "excel-fr"
            var report = try await client.importCompanies(
                file(text),
                into: "clients",
                options: options
            )
            #expect(!report.isApplied && report.lineCount == 2 && report.badLineCount == 1)
            let problem = try #require(report.problems.first)
            #expect(problem.line == 3 && problem.column == "plafond" && problem.value == "x")
            #expect(problem.code == "NOT_AN_AMOUNT" && problem.firstLine == nil)
            options.skipsBadLines = true
            report = try await client.importCompanies(
                file(text),
                into: "clients",
                options: options
            )
            #expect(report.isApplied && report.changes.added == 1)
            let known = try await client.listCompanies(of: "clients").companies
            #expect(known.first?.limit == MoneyAmount(minorUnits: 100_050, currency: "EUR"))
            options.synchronises = true
            #expect(
                await reason {
                    _ = try await client.importCompanies(
                        file(text),
                        into: "clients",
                        options: options
                    )
                } == "SKIP_AND_SYNCHRONISE"
            )
        }
    }

    @Test func filesHaveAnEnd() async throws {
        var limits = ServiceLimits()
        (limits.importBytesMax, limits.importsMax) = (100, 0)
        try await withStore(limits) { client in
            _ = try await client.createPortfolio("clients")
            // As many at once as may be (importsMax): none.
            let configuration = PortfolioImportOptions()
            await #expect(throws: VigieError.self) {
                try await client.importCompanies(
                    file("siren"),
                    into: "clients",
                    options: configuration
                )
            }
        }
        limits.importsMax = 1
        try await withStore(limits) { client in
            _ = try await client.createPortfolio("clients")
            let long = "siren\n380129866" + String(repeating: "\n", count: 200)
            #expect(
                await reason {
                    _ = try await client.importCompanies(file(long), into: "clients")
                } == "LIMIT_EXCEEDED"
            )
            let short = try await client.importCompanies(
                file("siren\n380129866"),
                into: "clients"
            )
            #expect(short.changes.added == 1)
        }
    }
}
