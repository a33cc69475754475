// SPDX-License-Identifier: Apache-2.0

// Policies on a shelf: which one holds, by what two persons did, and what keeps one from it.

import BundleStore
import CreditPolicy
import Foundation
import Policies
import Quantities
import ServiceErrors
import TestPolicies
import Testing
import VigieApplication
import VigieLimits

@Suite struct PolicyShelfTests {
    private let ada = PolicyPerson(identity: "ada", isProven: true)
    private let bob = PolicyPerson(identity: "bob", isProven: false)
    private let today: CalendarDate

    init() throws { today = try #require(CalendarDate("2026-01-10")) }

    private func opened(_ directory: String, on day: CalendarDate? = nil) throws -> PolicyShelf {
        let seconds = Int64((day ?? today).dayNumber) * 86_400 + 7_200
        return try PolicyShelf(directory: directory) { seconds }
    }

    private func day(_ text: String) throws -> CalendarDate {
        try #require(CalendarDate(text))
    }

    private func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing"
        } catch {
            return (error as? ServiceError)?.reason ?? "\(error)"
        }
    }

    @Test func aVersionHoldsOnceTwoHaveAgreed() throws {
        try inShelf { directory, write in
            try write("small", [])
            let shelf = try opened(directory)
            #expect(shelf.problems == [])
            #expect(reason { _ = try shelf.policy("small", on: today) } == "POLICY_NOT_ACTIVE")
            #expect(shelf.all.map(\.state) == [.draft])
            _ = try shelf.activate("small@1", from: nil, by: ada)
            #expect(reason { _ = try shelf.policy("", on: today) } == "POLICY_NOT_ACTIVE")
            #expect(
                reason { _ = try shelf.approve("small", by: ada) } == "SECOND_PERSON_NEEDED"
            )
            _ = try shelf.approve("small", by: bob)
            for reference in ["", "small", "small@1"] {
                #expect(try shelf.policy(reference, on: today).reference == "small@1")
            }
            #expect(reason { _ = try shelf.policy("small@2", on: today) } == "POLICY_NOT_ACTIVE")
            #expect(reason { _ = try shelf.policy("tall", on: today) } == "UNKNOWN_POLICY")
            #expect(
                reason { _ = try shelf.policy("small", on: day("2025-06-01")) }
                    == "POLICY_NOT_ACTIVE"
            )
            #expect(
                reason { _ = try shelf.policy("small", on: day("2027-01-01")) }
                    == "POLICY_NOT_EFFECTIVE"
            )
            // Another process sees the same, and what it does is seen here.
            let other = try opened(directory)
            #expect(try other.policy("", on: today).reference == "small@1")
            _ = try other.stop("small", by: bob, reason: "harm")
            #expect(try shelf.policy("", on: today).reference == "small@1")
            try shelf.reload()
            #expect(reason { _ = try shelf.policy("", on: today) } == "POLICY_STOPPED")
            #expect(
                reason { _ = try shelf.policy("small", on: day("2026-01-09")) } == "POLICY_STOPPED"
            )
            let life = try shelf.describe("small").life
            #expect(life.records.map(\.isProven) == [true, false, false])
        }
    }

    @Test func withoutItsNewestRecordNothingHolds() throws {
        try inShelf { directory, write in
            try write("small", [])
            let shelf = try opened(directory)
            _ = try shelf.activate("small@1", from: nil, by: ada)
            _ = try shelf.approve("small", by: bob)
            _ = try shelf.stop("small", by: bob, reason: "harm")
            // Without the stop it would hold.
            let records = URL(filePath: PolicyShelfDirectory.records(of: "small", at: directory))
            try FileManager.default.removeItem(at: records.appending(path: "000003.json"))
            #expect(reason { _ = try shelf.stop("small", by: ada, reason: "x") } == "BAD_RECORDS")
            try shelf.reload()
            #expect(reason { _ = try shelf.policy("", on: today) } == "BAD_RECORDS")
            #expect(shelf.problems.contains { $0.contains("has no 000003.json") })
        }
    }

    @Test func nothingHoldsThatFails() throws {
        try inShelf { directory, write in
            try write("bad", [("tests/companies.csv", "granted", "refused")])
            let shelf = try opened(directory)
            do throws(ServiceError) {
                _ = try shelf.activate("small", from: nil, by: ada)
                Issue.record("It was taken.")
            } catch {
                #expect(error.reason == "POLICY_NOT_READY")
                #expect(error.message.contains("tests/companies.csv, "), "\(error)")
            }
            #expect(try shelf.describe("small").life.records.isEmpty)
        }
    }

    /// What is told of a policy with other files.
    private func obstacles(
        _ changes: [String: String?],
        replacing: [(file: String, old: String, new: String)] = []
    ) throws -> [String] {
        let files = TestPolicy.findingsLetStand.merging(changes) { $1 }
        return try PolicyGate(try TestPolicy.read(files, replacing: replacing)).obstacles
    }

    @Test func nothingHoldsThatNothingIsExpectedOf() throws {
        #expect(try obstacles([:]) == [])
        let none = try obstacles(["tests/companies.csv": nil])
        #expect(none.map { $0.hasPrefix("tests: there are none") } == [true])
        let rows = "scenario,grade,amount\none,1,800\ntwo,2,8000\n"
        let unexpected = try obstacles(["tests/companies.csv": rows])
        #expect(unexpected.count == 1, "what fails for one reason is told once")
        let words = "tests/companies.csv, one and 1 more: nothing is expected of it"
        #expect(unexpected.first?.hasPrefix(words) == true, "\(unexpected)")
    }

    @Test func nothingHoldsWhoseOverlapsCannotBeSeen() throws {
        // Also a rule that has none: nobody has looked.
        let cell = "<inputEntry><text>"
        let call = [(file: "policy.dmn", old: cell + "1</text>", new: cell + "abs(?) = 1</text>")]
        let found = try obstacles([:], replacing: call)
        let told = try #require(found.first { $0.contains("not looked at") })
        #expect(told.contains("decision \"Class\"") && told.contains("rule 1 (good)"), "\(told)")
        #expect(told.contains("its cell of grade"), "\(told)")
        let waivers = try #require(TestPolicy.findingsLetStand["waivers.json"] ?? nil)
        let own = """
            {"kind": "not_looked_at", "decision": "Class", "rules": ["good"], "reason": "a test"}
            """
        let waived = waivers.dropLast() + ",\n" + own + "]"
        let left = try obstacles(["waivers.json": String(waived)], replacing: call)
        #expect(!left.contains { $0.contains("not looked at") }, "\(left)")
    }

    @Test func contentThatChangedDecidesNothing() throws {
        try inShelf { directory, write in
            try write("small", [])
            let shelf = try opened(directory)
            _ = try shelf.activate("small", from: nil, by: ada)
            // Between the two persons.
            try write("small", [("policy.json", "nobody", "somebody")])
            #expect(reason { _ = try shelf.approve("small", by: bob) } == "POLICY_CHANGED")
            try write("small", [])
            let hash = try shelf.describe("small").version.policy.contentHash
            #expect(
                reason { _ = try shelf.approve("small", by: bob, contentHash: "0") }
                    == "POLICY_CHANGED"
            )
            _ = try shelf.approve("small", by: bob, contentHash: hash)
            // Afterwards.
            try write("small", [("policy.json", "nobody", "somebody")])
            try shelf.reload()
            #expect(reason { _ = try shelf.policy("small", on: today) } == "POLICY_CHANGED")
            #expect(shelf.problems.contains { $0.contains("was changed since") })
            #expect(shelf.all.map(\.state) == [.changed])
        }
    }

    @Test func versionsTakeTurns() throws {
        try inShelf { directory, write in
            try write("first", [])
            try write("second", [("policy.json", "\"version\": \"1\"", "\"version\": \"2\"")])
            let shelf = try opened(directory)
            #expect(shelf.all.map(\.policy.reference) == ["small@2", "small@1"])
            #expect(
                reason { _ = try shelf.activate("small", from: nil, by: ada) } == "VERSION_NEEDED"
            )
            #expect(
                reason { _ = try shelf.activate("small@9", from: nil, by: ada) } == "UNKNOWN_POLICY"
            )
            for version in ["1", "2"] {
                _ = try shelf.activate("small@\(version)", from: nil, by: ada)
                _ = try shelf.approve("small@\(version)", by: bob)
            }
            #expect(try shelf.policy("small", on: today).reference == "small@2")
            #expect(reason { _ = try shelf.policy("small@1", on: today) } == "POLICY_NOT_ACTIVE")
            _ = try shelf.rollBack("small", by: ada, reason: "harm")
            #expect(try shelf.policy("small", on: today).reference == "small@1")
            #expect(
                reason { _ = try shelf.activate("small@2", from: day("2024-01-01"), by: ada) }
                    == "BAD_ACTIVATION_DAY"
            )
            _ = try shelf.activate("small@2", from: day("2026-02-01"), by: ada)
            _ = try shelf.withdraw("small@2", by: bob, reason: "not yet")
            #expect(reason { _ = try shelf.approve("small@2", by: bob) } == "NOTHING_REQUESTED")
            let page = try shelf.list(pageSize: 1, pageToken: "")
            #expect(page.policies.count == 1 && page.nextToken == "small@2")
            #expect(try shelf.list(pageSize: 0, pageToken: "small@2").nextToken == nil)
            #expect(
                reason { _ = try shelf.list(pageSize: -1, pageToken: "") } == "NEGATIVE_PAGE_SIZE"
            )
            #expect(
                reason { _ = try shelf.list(pageSize: 1, pageToken: "x") } == "UNKNOWN_PAGE_TOKEN"
            )
        }
    }

    @Test func whatCannotBeUsedIsToldAndKeepsNoOtherFromIt() throws {
        try inShelf { directory, write in
            try write("a", [])
            try write("b", [("policy.json", "\"small\"", "\"other\"")])
            try write("broken", [("policy.json", "EUR", "gold")])
            try write("hidden", [("policy.json", "\"small\"", "\"..\"")])
            try write("twin", [("policy.json", "\"small\"", "\"twin\"")])
            try write(
                "twin2",
                [
                    ("policy.json", "\"small\"", "\"twin\""), ("policy.json", "nobody", "me"),
                ]
            )
            let shelf = try opened(directory)
            #expect(shelf.all.map(\.policy.reference) == ["other@1", "small@1"])
            for words in ["/broken is passed over: policy.json: currency", "begins with a point"] {
                #expect(shelf.problems.contains { $0.contains(words) }, "\(shelf.problems)")
            }
            #expect(shelf.problems.contains { $0.contains("are both twin@1 and are not the same") })
            for name in ["small", "other"] {
                _ = try shelf.activate(name, from: nil, by: ada)
                _ = try shelf.approve(name, by: bob)
            }
            #expect(reason { _ = try shelf.policy("", on: today) } == "AMBIGUOUS_POLICY")
            // Records that somebody changed: that policy decides nothing, the other one does.
            let record = URL(filePath: directory + "/activations/small/000001.json")
            let text = try String(contentsOf: record, encoding: .utf8)
            try Data(text.replacing("ada", with: "eve").utf8).write(to: record)
            try shelf.reload()
            #expect(reason { _ = try shelf.policy("small", on: today) } == "BAD_RECORDS")
            #expect(shelf.problems.contains { $0.hasSuffix("put them back from a copy") })
            #expect(try shelf.policy("other", on: today).reference == "other@1")
            #expect(reason { _ = try shelf.approve("small", by: bob) } == "BAD_RECORDS")
        }
    }

    @Test func programsMayHavePoliciesOfTheirOwn() throws {
        let newer = try TestPolicy.read(replacing: [
            ("policy.json", "\"version\": \"1\"", "\"version\": \"2\""),
            ("policy.json", "2025-01-01", "2026-01-01"),
        ])
        let shelf = PolicyShelf(policies: [newer, try TestPolicy.read()])
        #expect(shelf.problems == [])
        #expect(try shelf.policy("", on: day("2025-12-31")).reference == "small@1")
        #expect(try shelf.policy("small@2", on: today).reference == "small@2")
        #expect(
            reason { _ = try shelf.activate("small@1", from: nil, by: ada) } == "UNKNOWN_POLICY"
        )
    }

    @Test func aShelfHasAnEnd() throws {
        try inShelf { directory, write in
            for version in 0..<3 {
                let own = "\"version\": \"\(version)\""
                try write("\(version)", [("policy.json", "\"version\": \"1\"", own)])
            }
            let shelf = try PolicyShelf(directory: directory, versionsMax: 2)
            #expect(shelf.all.map(\.policy.manifest.version) == ["1", "0"])
            #expect(shelf.problems.contains { $0.contains("shelfPolicies") })
            try shelf.reload()
            #expect(shelf.all.count == 2)
            #expect(PolicyLimits.shelfPolicies > PolicyLimits.pagePolicies)
            #expect(PolicyLimits.shelfPolicies < PolicyLimits.records)
            #expect(PolicyLimits.shelfBytes >= PolicyLimits.bytes)
        }
    }

    @Test func aLookThatIsNotFinishedLetsNothingPass() throws {
        let policy = try TestPolicy.read(TestPolicy.findingsLetStand)
        #expect(try PolicyGate(policy, seconds: PolicyLimits.lintSeconds).obstacles == [])
        let gate = try PolicyGate(policy, seconds: 0)
        #expect(gate.obstacles.contains { $0.contains("not looked at to the end") })
        #expect(gate.findings.allSatisfy { !$0.isObstacle })
    }

    @Test func noThreadRunsTestsWithoutEnd() throws {
        let rows =
            "scenario,grade,expect.class\n"
            + (0..<PolicyLimits.gateCases)
            .map { "n\($0),1,A\n" }.joined()
        let policy = try TestPolicy.read(["tests/more.csv": rows])
        #expect(reason { _ = try PolicyGate(policy) } == "LIMIT_EXCEEDED")
        #expect(reason { _ = try PolicyUseCases.difference(policy, policy) } == "LIMIT_EXCEEDED")
    }

    @Test func withoutADirectoryThereIsNone() throws {
        let none = PolicyShelf()
        #expect(reason { _ = try none.policy("", on: today) } == "UNKNOWN_POLICY")
        #expect(reason { _ = try none.activate("a", from: nil, by: ada) } == "UNKNOWN_POLICY")
        #expect(reason { _ = try PolicyShelf(directory: "/nonexistent") } == "UNREADABLE_DIRECTORY")
        try inShelf { directory, write in
            try write("small", [])
            #expect(reason { _ = try opened(directory + "/small") } == "POLICY_ITSELF")
            let shelf = try opened(directory)
            for identity in ["a\nb", "", " ", "ada ", "ad\u{200B}a", "\u{FF21}da"] {
                let nameless = PolicyPerson(identity: identity, isProven: false)
                #expect(
                    reason { _ = try shelf.activate("small", from: nil, by: nameless) }
                        == "IDENTITY_NEEDED"
                )
            }
            let long = String(repeating: "x", count: PolicyLimits.textBytes + 1)
            #expect(
                reason { _ = try shelf.stop("small", by: ada, reason: long) } == "LIMIT_EXCEEDED"
            )
        }
    }
}

/// Runs a test on a directory of policies; `write` puts the policy of tests into it, with texts in
/// the place of others.
func inShelf(
    _ body: (
        _ directory: String,
        _ write: (String, [(file: String, old: String, new: String)]) throws -> Void
    ) throws -> Void
) throws {
    let directory =
        FileManager.default.temporaryDirectory.path + "/vigie-\(UInt64.random(in: 0...(.max)))"
    try FileManager.default.createDirectory(
        atPath: directory,
        withIntermediateDirectories: true
    )
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory) { name, changes in
        for file in TestPolicy.files(TestPolicy.findingsLetStand, replacing: changes) {
            let url = URL(filePath: "\(directory)/\(name)/\(file.path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.bytes).write(to: url)
        }
    }
}
