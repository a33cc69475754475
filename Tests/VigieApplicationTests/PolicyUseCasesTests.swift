// SPDX-License-Identifier: Apache-2.0

// Policies on disk: those that come with the product, and directories that are none.

import Assessment
import BundleStore
import CreditPolicy
import FoundationEssentials
import Policies
import TestPolicies
import Testing
import VigieApplication
import VigieLimits

@Suite struct PolicyUseCasesTests {
    private static let samples =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        + "/Clients/CLI/Samples/Policies"

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func samplesHoldAndHitEveryRule(_ name: String) throws {
        let policy = try PolicyUseCases.read(Self.samples + "/" + name)
        #expect(policy.manifest.identifier == name)
        let trial = PolicyTrial(policy)
        #expect(trial.cases.compactMap { $0.failure.map { [$0] } } == [])
        #expect(trial.neverHit.map { "\($0.decision) \($0.number)" } == [])
        // So that a newcomer may activate them.
        #expect(try PolicyGate(policy).obstacles == [])
        #expect(!policy.texts.isEmpty && !policy.clauses.isEmpty && !policy.waivers.isEmpty)
    }

    /// The words that assessments have, which policies know without them.
    @Test func outcomesAreThoseOfAssessments() {
        #expect(
            PolicyOutcome.allCases.map(\.rawValue) == AssessmentOutcome.allCases.map(\.rawValue)
        )
    }

    /// What is in the way is told by the gate, as the command tells it.
    @Test func holesAndUnknownTextsAreInTheWay() throws {
        let policy = try samplePolicy(
            "cautious-supplier",
            and: [
                ("tables/sectors.csv", "2025-01-01,2026-06-30", "2025-01-01,2026-05-31"),
                ("tables/sectors.csv", "construction,high", "construction,hihg"),
            ]
        )
        let obstacles = try PolicyGate(policy).obstaclesBesideTests
        #expect(
            obstacles.contains { $0.contains("sectors.csv: line 5: hole: no row for transport") }
        )
        #expect(obstacles.contains { $0.contains("unknown text: no rule of Limit names \"hihg\"") })
    }

    private func inDirectory(_ body: (String) throws -> Void) throws {
        let directory =
            FileManager.default.temporaryDirectory.path + "/vigie-\(UInt64.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: directory + "/tests",
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private func told(_ directory: String) -> String {
        do throws(PolicyError) {
            _ = try PolicyUseCases.read(directory)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func directoriesThatAreNone() throws {
        try inDirectory { directory in
            #expect(told(directory + "/none").contains("cannot open the directory"))
            #expect(told(directory) == "policy.json: is missing; every policy has one.")
            let write = { (name: String, bytes: Data) throws in
                try bytes.write(to: URL(filePath: directory + "/" + name))
            }
            try FileManager.default.createDirectory(
                atPath: directory + "/other",
                withIntermediateDirectories: false
            )
            let none = "policy.json: is missing; every policy has one."
            #expect(told(directory) == none, "of no policy nothing else is told")
            try FileManager.default.removeItem(atPath: directory + "/other")
            try write("policy.json", Data("{}".utf8))
            try write("tests/t.xml", Data("<a/>".utf8))
            #expect(told(directory).contains("tests/t.xml: line 1"))
            // Links lead out of the directory, and are not followed.
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/clauses.json",
                withDestinationPath: "/etc/passwd"
            )
            #expect(told(directory).contains("clauses.json: cannot be opened"))
            try FileManager.default.createDirectory(
                atPath: directory + "/more",
                withIntermediateDirectories: false
            )
            #expect(told(directory).contains("more: is no regular file"))
        }
    }

    @Test func tooManyFiles() throws {
        try inDirectory { directory in
            try Data("{}".utf8).write(to: URL(filePath: directory + "/policy.json"))
            for number in 0...PolicyLimits.files {
                try Data().write(to: URL(filePath: directory + "/tests/\(number).csv"))
            }
            #expect(told(directory).contains("is beyond the \(PolicyLimits.files) files"))
        }
    }
}
