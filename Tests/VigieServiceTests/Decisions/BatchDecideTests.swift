// SPDX-License-Identifier: Apache-2.0

// Many companies decided on over the wire: each answered in its place, whatever the others are, but
// for those of one group, which share.

import CreditPolicy
import GRPCTransport
import Policies
import ProtobufCoding
import Telemetry
import TestPolicies
import Testing
import VigieLimits
import VigieProtos

@Suite struct BatchDecideTests {
    @Test func companiesAreAnsweredInTheirOrder() async throws {
        let policy = try TestPolicy.read()
        let decider = CreditDecider(policy)
        try await SampleCase.run { server in
            let grades = (0..<200).map { $0 % 5 + 1 }
            let companies = grades.map { SampleCase.message(grade: $0) }
            let answers = try await SampleCase.batches(server, [companies, [], [companies[0]]])
            try #require(answers.count == 4)
            #expect(answers[0].context.policy.contentHash == policy.contentHash)
            #expect(answers[0].context.rules.map(\.id) == ["good"], "all rules with texts")
            #expect(answers[1].batch.answers.count == 200 && answers[2].batch.answers.isEmpty)
            for (grade, answer) in zip(grades, answers[1].batch.answers).prefix(5) {
                let expected = try decider.decide(SampleCase.question(grade: grade))
                DecideTests.check(answer.decision, expected)
            }
            for place in 5..<200 {
                #expect(answers[1].batch.answers[place] == answers[1].batch.answers[place % 5])
            }
            #expect(answers[3].batch.answers == [answers[1].batch.answers[0]])
            #expect(server.counters.value(of: .companiesDecided) == 201)
        }
    }

    @Test func aBadCompanyHarmsNoOther() async throws {
        try await SampleCase.run { server in
            var unknown = SampleCase.message()
            unknown.facts[0].name = "grad"
            let good = SampleCase.message()
            let batch = try await SampleCase.batches(server, [[good, unknown, .init(), good]])[1]
            let answers = batch.batch.answers
            #expect(answers.map(\.error.reason) == ["", "UNKNOWN_FACT", "", ""])
            #expect(answers[1].error.code == 3)
            #expect(answers[1].error.field == "company.facts[0].name")
            #expect(answers[0] == answers[3])
            #expect(answers[2].decision.outcome == .investigation, "nothing is known of it")
        }
    }

    /// The bytes of a message of encoded companies.
    private func batch(_ companies: [[UInt8]]) -> [UInt8] {
        var writer = ProtobufWriter()
        let start = writer.open(2 << 3 | 2)
        for company in companies {
            writer.tag(1 << 3 | 2)
            writer.bytes(company)
        }
        writer.close(start)
        return writer.contents
    }

    @Test func everyByteMayBeDamaged() async throws {
        try await SampleCase.run { server in
            let good = SampleCase.message().serializedBytes()
            let header = Vigie_V1_BatchDecideRequest.with { $0.header = SampleCase.header() }
            let damaged = [UInt8(0xFF), 0x80, 0x01].flatMap { mask in
                good.indices.map { place in
                    var company = good
                    company[place] ^= mask
                    return company
                }
            }
            let cut = good.indices.map { Array(good[..<$0]) }
            let answers: [Vigie_V1_BatchDecideResponse] = try await server.stream(
                "/vigie.v1.DecisionService/BatchDecide",
                [header.serializedBytes(), batch(damaged), batch(cut), batch([good])]
            )
            try #require(answers.count == 4)
            #expect(answers[1].batch.answers.count == damaged.count)
            for answer in answers[1].batch.answers + answers[2].batch.answers {
                #expect(answer.answer != nil)
                if case .error(let error)? = answer.answer { #expect(error.code == 3) }
            }
            #expect(answers[3].batch.answers[0].decision.outcome == .granted)
        }
    }

    /// Companies of a group: those that are together in a message share what bounds one of them.
    @Test func groupsShare() async throws {
        let policy = try TestPolicy.read()
        let companies = (0..<6).map { place in
            SampleCase.message(grade: 1 + place % 2, amount: "3000", group: "g\(place % 2)")
        }
        var answers: [[Vigie_V1_DecisionAnswer]] = []
        for together in [1, 4, 128] {
            var limits = ServiceLimits()
            limits.decisionsTogetherMax = together
            try await SampleCase.run(limits: limits) { server in
                answers.append(try await SampleCase.batches(server, [companies])[1].batch.answers)
            }
        }
        #expect(answers[1] == answers[0] && answers[2] == answers[0])
        let decider = CreditDecider(policy)
        let questions = companies.map { company in
            var question = SampleCase.question(
                grade: company.company.hasSuffix("1") ? 1 : 2,
                amount: "3000"
            )
            question.group = company.group
            return question
        }
        let alone = try questions.map { try decider.decide($0) }
        let shares = CreditGroups.shares(of: alone, policy)
        #expect(!shares.isEmpty)
        for (place, answer) in answers[0].enumerated() {
            let expected = try decider.decide(questions[place], within: shares[place])
            DecideTests.check(answer.decision, expected)
        }
        #expect(answers[0].contains { $0.decision.limit.binding == "group" })
    }

    @Test func limitsOfMessagesAreTold() async throws {
        func failure(_ limits: ServiceLimits) async throws -> Failure {
            var failure: Failure?
            try await SampleCase.run(limits: limits) { server in
                failure = try await Failure.of {
                    let two = [SampleCase.message(), SampleCase.message()]
                    _ = try await SampleCase.batches(server, [two])
                }
            }
            return try #require(failure)
        }
        var limits = ServiceLimits()
        limits.batchDecisionsMax = 1
        #expect(try await failure(limits).information.metadata["limit"] == "batchDecisionsMax")
        limits = .init()
        limits.decisionsBytesMax = 1_000
        #expect(try await failure(limits).information.metadata["limit"] == "decisionsBytesMax")
        limits = .init()
        limits.decisionAnswerBytes = 1 << 40
        #expect(try await failure(limits).information.reason == "OVERLOADED")
        limits = .init()
        limits.companyBytesMax = 20
        try await SampleCase.run(limits: limits) { server in
            let answers = try await SampleCase.batches(server, [[SampleCase.message(), .init()]])
            #expect(answers[1].batch.answers[0].error.reason == "LIMIT_EXCEEDED")
            #expect(answers[1].batch.answers[1].decision.outcome == .investigation)
        }
    }

    @Test func threadPoliciesMaxOnlySavesTime() async throws {
        var limits = ServiceLimits()
        limits.threadPoliciesMax = 1
        let policies = try (1...3).map { number in
            try TestPolicy.read(
                replacing: [("policy.json", "\"id\": \"small\"", "\"id\": \"small-\(number)\"")]
            )
        }
        try await SampleCase.run(limits: limits, policies: policies) { server in
            for number in [1, 2, 3, 1, 3, 2] {
                var header = SampleCase.header()
                header.policy = "small-\(number)@1"
                let answer = try await SampleCase.decide(server, header: header)
                #expect(answer.context.policy.name == "small-\(number)")
                #expect(answer.decision.outcome == .granted)
            }
        }
    }

    @Test func streamsHaveAnOrder() async throws {
        try await SampleCase.run { server in
            let header = Vigie_V1_BatchDecideRequest.with { $0.header = SampleCase.header() }
            let company = batch([SampleCase.message().serializedBytes()])
            for (messages, reason) in [
                ([company], "NO_HEADER"), ([], "NO_HEADER"), ([[]], "EMPTY_MESSAGE"),
                ([header.serializedBytes(), header.serializedBytes()], "SECOND_HEADER"),
                ([header.serializedBytes() + company], "HEADER_AND_BATCH"),
                ([[0x0A, 0x7F]], "MALFORMED_MESSAGE"),
            ] as [([[UInt8]], String)] {
                let failure = try await Failure.of {
                    let _: [Vigie_V1_BatchDecideResponse] = try await server.stream(
                        "/vigie.v1.DecisionService/BatchDecide",
                        messages
                    )
                }
                #expect(failure.information.reason == reason, "\(failure.message)")
            }
        }
    }
}
