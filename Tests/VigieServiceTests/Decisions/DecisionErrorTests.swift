// SPDX-License-Identifier: Apache-2.0

// What is refused of questions to policies, in which words, and to whom.

import CreditPolicy
import GRPCTransport
import Policies
import ProtobufCoding
import TestPolicies
import Testing
import VigieLimits
import VigieProtos

@Suite struct DecisionErrorTests {
    private typealias Change = @Sendable (inout Vigie_V1_DecideRequest) -> Void

    /// What is changed of a good request, and the reason and field that are told.
    private static let bad: [(reason: String, field: String?, change: Change)] = [
        ("UNKNOWN_POLICY", nil, { $0.header.policy = "large" }),
        ("POLICY_NOT_ACTIVE", nil, { $0.header.policy = "small@2" }),
        ("POLICY_NOT_EFFECTIVE", nil, { $0.header.asOfDate = "2027-01-01" }),
        ("INVALID_DATE", "header.as_of_date", { $0.header.asOfDate = "tomorrow" }),
        ("UNKNOWN_ROLE", "header.role", { $0.header.role = "analist" }),
        ("BAD_VALUE", "header.explanation", { $0.header.explanation = .UNRECOGNIZED(9) }),
        ("BAD_VALUE", "header.language", { $0.header.language = .UNRECOGNIZED(9) }),
        ("BAD_VALUE", "company.stage", { $0.company.stage = .UNRECOGNIZED(9) }),
        ("BAD_VALUE", "company.subject", { $0.company.subject = .UNRECOGNIZED(9) }),
        ("UNKNOWN_FACT", "company.facts[0].name", { $0.company.facts[0].name = "grad" }),
        ("UNKNOWN_FACT", "company.facts[0].name", { $0.company.facts[0].name = "" }),
        ("DUPLICATE_FACT", "company.facts", { $0.company.facts[1].name = "grade" }),
        ("DUPLICATE_FACT", "company.facts", { $0.company.facts[1].name = "amount" }),
        ("BAD_VALUE", "company.amount", { $0.company.amount = "1,5" }),
        ("BAD_VALUE", "company.facts[0].value", { $0.company.facts[0].value.decimal = "" }),
        ("BAD_VALUE", "company.facts[0].value", { $0.company.facts[0].value.number = .infinity }),
        ("BAD_VALUE", "company.facts[0].value", { $0.company.facts[0].value.day = "2025-02-30" }),
        ("BAD_FACT", "company.facts.grade.value", { $0.company.facts[0].value.flag = true }),
        ("BAD_FACT", "company.facts.grade.value", { $0.company.facts[0].value.list = .init() }),
        ("BAD_FACT", "company.facts.grade.as_of", { $0.company.facts[0].asOfDate = "June" }),
        (
            "TWO_DATES", "header.assessment.as_of_date",
            { $0.header.assessment.asOfDate = "2025-01-01" }
        ),
        ("UNKNOWN_MODEL", nil, { $0.header.assessment.model = "none" }),
        (
            "REACH_IN_BATCH", "header.assessment.questions.reach_class",
            { $0.header.assessment.questions.reachClass = 2 }
        ),
        (
            "WRONG_COLUMN_LENGTH", "company.assessed.owed.due_days",
            {
                $0.header.assessment = .init()
                $0.company.assessed = SampleCompany.message()
                $0.company.assessed.clearStatements()
                $0.company.assessed.owed.dueDays.removeLast()
            }
        ),
    ]

    @Test func eachIsToldItsReasonAndPlace() async throws {
        try await SampleCase.run { server in
            for (reason, field, change) in Self.bad {
                var request = Vigie_V1_DecideRequest.with {
                    $0.header = SampleCase.header()
                    $0.company = SampleCase.message()
                }
                change(&request)
                let failure = try await Failure.of {
                    _ = try await SampleCase.decide(server, request.company, request.header)
                }
                #expect(failure.information.reason == reason, "\(failure.message)")
                #expect(failure.field == field, "\(failure.message)")
                let code: GRPCStatus.Code =
                    reason.hasPrefix("UNKNOWN_P") || reason == "UNKNOWN_MODEL"
                    ? .notFound
                    : reason.hasPrefix("POLICY_NOT") ? .failedPrecondition : .invalidArgument
                #expect(failure.code == code, "\(failure.message)")
            }
        }
    }

    @Test func aServerWithoutPoliciesSaysSo() async throws {
        try await SampleCase.run(policies: []) { server in
            let failure = try await Failure.of { _ = try await SampleCase.decide(server) }
            #expect(failure.code == .notFound)
        }
    }

    @Test func oneMayAskForLessThanOneHasAndNeverForMore() async throws {
        func role(_ server: TestServer, _ asked: String, _ has: String) async throws -> String {
            try await SampleCase.decide(
                server,
                SampleCase.message(),
                SampleCase.header(role: asked),
                as: has
            ).decision.role
        }
        try await SampleCase.run(gate: RoleGate()) { server in
            #expect(try await role(server, "", "eva:manager") == "manager")
            #expect(try await role(server, "analyst", "eva:manager") == "analyst")
            #expect(try await role(server, "manager", "eva:manager") == "manager")
            #expect(try await role(server, "", "eva") == "")
            #expect(try await role(server, "", "eva:chief") == "", "no role of the policy")
            for (asked, has) in [
                ("director", "eva:manager"), ("analyst", "eva"), ("analyst", "eva:chief"),
            ] {
                let failure = try await Failure.of { _ = try await role(server, asked, has) }
                #expect(failure.code == .permissionDenied)
                #expect(failure.information.reason == "CREDIT_ROLE_NEEDED")
            }
            // What is granted follows from that.
            let own = try await SampleCase.decide(
                server,
                SampleCase.message(),
                SampleCase.header(role: ""),
                as: "eva:analyst"
            )
            #expect(own.decision.outcome == .routed && own.decision.grantingRole == "manager")
        }
        try await SampleCase.run { server in
            let told = try await role(server, "director", "")
            #expect(told == "director", "taken as it is told")
        }
    }
}

@Suite struct DecisionLimitTests {
    private func limit(
        _ name: String,
        _ message: Vigie_V1_DecisionCase = SampleCase.message(),
        _ header: Vigie_V1_DecideHeader = SampleCase.header(),
        with limits: ServiceLimits = .init()
    ) async throws {
        try await SampleCase.run(limits: limits) { server in
            let failure = try await Failure.of {
                _ = try await SampleCase.decide(server, message, header)
            }
            #expect(failure.code == .resourceExhausted, "\(failure.message)")
            #expect(failure.information.metadata["limit"] == name, "\(failure.message)")
        }
    }

    @Test func factsAreCounted() async throws {
        var limits = ServiceLimits()
        limits.decisionFactsMax = 3
        try await limit("decisionFactsMax", with: limits)
        limits = .init()
        limits.decisionValuesMax = 3
        try await limit("decisionValuesMax", with: limits)
    }

    @Test func valuesInsideOfOthersAreCounted() async throws {
        var message = SampleCase.message()
        message.facts[1].value.fields.fields = (0...ServiceLimits().decisionFieldsMax).map { n in
            .with { $0.name = "n\(n)" }
        }
        try await limit("decisionFieldsMax", message)
        var value = Vigie_V1_DecisionValue()
        for _ in 0..<PolicyLimits.jsonDepth {
            value = .with { $0.list.values = [value] }
        }
        message.facts[1].value = value
        try await limit("PolicyLimits.jsonDepth", message)
        message.facts[1].value.text = String(repeating: "a", count: 1_025)
        try await limit("factTextBytesMax", message)
    }

    @Test func messagesAndNamesHaveAnEnd() async throws {
        var limits = ServiceLimits()
        limits.decideMessageBytesMax = 64
        try await SampleCase.run(limits: limits) { server in
            let failure = try await Failure.of { _ = try await SampleCase.decide(server) }
            #expect(failure.code == .resourceExhausted)
            #expect(failure.message.contains("decideMessageBytesMax"))
        }
        var header = SampleCase.header()
        header.policy = String(repeating: "a", count: 300)
        try await limit("PolicyLimits.nameBytes", SampleCase.message(), header)
    }

    @Test func verdictsAreRefusedInBulk() async throws {
        var limits = ServiceLimits()
        limits.decisionVerdictsMax = try TestPolicy.read().verdictCount
        let full = SampleCase.header(.full)
        try await SampleCase.run(limits: limits) { server in
            _ = try await SampleCase.decide(server, SampleCase.message(), full)
            let one = try await SampleCase.batches(server, [[SampleCase.message()]], full)
            #expect(one[1].batch.answers[0].decision.tables.contains { !$0.verdicts.isEmpty })
            let failure = try await Failure.of {
                let two = [SampleCase.message(), SampleCase.message()]
                _ = try await SampleCase.batches(server, [two], full)
            }
            #expect(failure.information.metadata["limit"] == "decisionVerdictsMax")
            #expect(failure.message.contains("DECISION_EXPLANATION_NEAR_MISS"))
        }
        limits.decisionVerdictsMax -= 1
        try await limit("decisionVerdictsMax", SampleCase.message(), full, with: limits)
    }
}
