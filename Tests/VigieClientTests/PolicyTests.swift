// SPDX-License-Identifier: Apache-2.0

// Policies at a real server, by people who show who they are.

import Callers
import Foundation
import GRPCTransport
import Logging
import Policies
import TestCertificates
import TestPolicies
import Testing
import VigieApplication
import VigieClient
import VigieLimits
import VigieService

@Suite struct PolicyTests {
    /// Takes whatever is shown for a name.
    private struct NameGate: CallGate {
        let paths: [String]
        let generation = 1

        func caller(_ credentials: CallCredentials) throws(CallRefusal) -> Caller {
            Caller(
                identity: String(decoding: credentials.authorization, as: UTF8.self),
                mayCall: paths.map { _ in true },
                models: .all,
                usage: CallerUsage()
            )
        }

        func callerAgain(_ caller: Caller) throws(CallRefusal) -> Caller { caller }

        func refusal(of caller: Caller, path: String) -> CallRefusal {
            CallRefusal(.permissionDenied, "NO", "no")
        }
    }

    private static func name(_ name: String) -> CallOptions {
        CallOptions(metadata: ["authorization": name])
    }

    private func withShelf(
        _ body: (ScoringClient, _ directory: String) async throws -> Void
    ) async throws {
        let directory =
            FileManager.default.temporaryDirectory.path
            + "/vigie-\(UInt64.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        var configuration = VigieServerConfiguration(transport: .loopback(certificates))
        configuration.policies = try PolicyShelf(directory: directory)
        configuration.makeGate = { NameGate(paths: $0) }
        let server = try VigieServer(
            configuration: configuration,
            registry: try .load(directory: nil, defaultName: nil),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        try await withScoringClient(.loopback(certificates, port: port)) { client in
            try await body(client, directory)
        }
        await server.stop(timeout: .zero)
    }

    private func files(
        _ version: String,
        _ changes: [(file: String, old: String, new: String)] = []
    ) -> [(path: String, bytes: [UInt8])] {
        let own = ("policy.json", "\"version\": \"1\"", "\"version\": \"\(version)\"")
        return TestPolicy.files(
            TestPolicy.findingsLetStand,
            replacing: [own, ("policy.json", "2026-12-31", "9999-12-31")] + changes
        ).map { ($0.path, $0.bytes) }
    }

    private func reason(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return "nothing"
        } catch {
            return (error as? VigieError)?.reason
        }
    }

    @Test func twoPersonsAndTheWaysBack() async throws {
        try await withShelf { client, _ in
            let (ada, bob) = (Self.name("ada"), Self.name("bob"))
            for version in ["1", "2"] {
                let done = try await client.uploadPolicy(files(version), options: ada)
                #expect(done.policy.reference == "small@\(version)" && done.policy.state == .draft)
                #expect(done.check.obstacles == [] && done.check.testCount > 0)
                #expect(done.check.findings.contains { $0.contains("gap") })
                let hash = done.policy.contentHash
                let asked = try await client.activatePolicy(
                    "small@\(version)",
                    contentHash: hash,
                    options: ada
                )
                #expect(asked.state == .requested)
                #expect(
                    await reason {
                        _ = try await client.approvePolicy("small@\(version)", options: ada)
                    } == "SECOND_PERSON_NEEDED"
                )
                let agreed = try await client.approvePolicy(
                    "small@\(version)",
                    contentHash: hash,
                    options: bob
                )
                #expect(agreed.state == .active && agreed.from == asked.from)
            }
            let listed = try await client.listPolicies(options: ada)
            #expect(listed.map(\.state) == [.active, .superseded])
            let back = try await client.rollBackPolicy("small", reason: "harm", options: bob)
            #expect(back.version == "1" && back.state == .active)
            let far = try #require(Day("2999-01-01"))
            _ = try await client.activatePolicy("small@2", from: far, options: ada)
            let withdrawn = try await client.withdrawPolicy(
                "small@2",
                reason: "no",
                options: bob
            )
            #expect(withdrawn.state == .superseded && withdrawn.from == nil)
            let events = try await client.stopPolicy("small", reason: "fire", options: ada)
            #expect(events.map(\.action).suffix(2) == ["withdraw", "stop"])
            let described = try await client.describePolicy("small@1", options: ada)
            #expect(described.summary.state == .stopped && described.records == events)
            #expect(described.records.allSatisfy(\.isProven) && described.roles.count == 3)
            #expect(described.inputs.contains { $0.name == "grade" && $0.maximumAgeDays == 100 })
            #expect(described.tables.contains { $0.decision == "Limit" && $0.ruleCount > 1 })
            #expect(described.parent == nil && described.fourEyesAbove == "20000")
        }
    }

    @Test func whatIsWrongIsTold() async throws {
        try await withShelf { client, directory in
            let ada = Self.name("ada")
            let failing = files("1", [("tests/companies.csv", "granted", "refused")])
            let done = try await client.uploadPolicy(failing, onlyChecks: true, options: ada)
            #expect(!done.check.failures.isEmpty && !done.check.obstacles.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [])
            _ = try await client.uploadPolicy(failing, options: ada)
            let check = try await client.checkPolicy("small", options: ada)
            #expect(check == done.check && check.hitRuleCount <= check.ruleCount)
            #expect(
                await reason { _ = try await client.activatePolicy("small", options: ada) }
                    == "POLICY_NOT_READY"
            )
            #expect(
                await reason { _ = try await client.uploadPolicy(failing, options: ada) }
                    == "POLICY_EXISTS"
            )
            #expect(
                await reason { _ = try await client.uploadPolicy([("x", [1])], options: ada) }
                    == "BAD_POLICY"
            )
            // Nobody in particular may look, and do nothing.
            #expect(try await client.listPolicies().map(\.reference) == ["small@1"])
            #expect(
                await reason { _ = try await client.uploadPolicy(files("2")) }
                    == "IDENTITY_NEEDED"
            )
            let limits = ServiceLimits()
            #expect(limits.connectionPolicyUploadsMax < limits.policyUploadsMax)
            #expect(limits.policyThreads > 1 && ClientLimits.policySeconds > 10)
            #expect(ClientLimits.paperPartBytes <= PolicyLimits.uploadPartBytes)
        }
    }

    @Test func portfoliosAndFiles() async throws {
        try await withShelf { client, _ in
            let ada = Self.name("ada")
            let narrow = [("policy.json", "\"step\": 100,", "\"step\": 1000,")]
            _ = try await client.uploadPolicy(files("1"), options: ada)
            _ = try await client.uploadPolicy(files("2", narrow), options: ada)
            var options = SimulationOptions(
                numberColumns: ["amount", "grade"],
                textColumns: ["stage"]
            )
            (options.asOf, options.changeCount) = (Day("2026-06-30"), 2)
            func report(_ blocks: [PortfolioBlock]) async throws -> PolicySimulationReport {
                let stream = AsyncStream { continuation in
                    for block in blocks { continuation.yield(block) }
                    continuation.finish()
                }
                return try await client.simulatePolicies(
                    before: "small@1",
                    after: "small@2",
                    blocks: stream,
                    options: options
                )
            }
            let block = PortfolioBlock(
                companyCount: 3,
                numbers: [[700, .nan, 2_500], [3, 4, .nan]],
                texts: [PortfolioBlock.Texts(["order", nil, "order"])],
                names: ["one", "", "three"]
            )
            let told = try await report([block, block])
            #expect(told.companyCount == 6 && told.asOf == options.asOf)
            #expect(told.before.reference == "small@1" && told.after.reference == "small@2")
            #expect(told.before.outcomes.reduce(0) { $0 + $1.count } == 6)
            #expect(told.before.tables.contains { !$0.rules.isEmpty })
            #expect(told.notes.count == 3 && told.changes.count <= 2, "\(told.notes)")
            for (note, reference) in zip(told.notes, ["small@1", "small@2"]) {
                #expect(note.hasPrefix("every company needs investigation by \(reference), "))
            }
            #expect(try await report([block, block]) == told)
            var wrong = block
            wrong.names = ["one"]
            #expect(await reason { _ = try await report([wrong]) } == "WRONG_VALUE_COUNT")
            options.textColumns = ["stag"]
            #expect(await reason { _ = try await report([block]) } == "BAD_PORTFOLIO")
            let brought = try await client.downloadPolicy("small@2", options: ada)
            let sent = files("2", narrow).map(\.path).sorted()
            #expect(brought.files.map(\.path).sorted() == sent)
            let hash = try await client.describePolicy("small@2", options: ada).summary.contentHash
            #expect(brought.policy.contentHash == hash)
            let again = try await client.uploadPolicy(brought.files, onlyChecks: true, options: ada)
            #expect(again.policy.contentHash == hash)
        }
    }

    @Test func limitsOfPortfolios() {
        let limits = ServiceLimits()
        #expect(limits.connectionSimulationsMax < limits.simulationsMax)
        #expect(ClientLimits.decidedTogether <= limits.batchDecisionsMax)
        #expect(limits.simulationMessageBytesMax >= CompiledTableLimits.blockRows * 64 * 8)
        #expect(limits.simulatedCompaniesMax > 10_000_000)
        #expect(limits.simulationBytesMax / limits.simulatedCompaniesMax >= 256)
        #expect(SimulationOptions(numberColumns: []).changeCount == PolicyLimits.shownChanges)
    }
}
