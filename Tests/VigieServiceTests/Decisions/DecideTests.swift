// SPDX-License-Identifier: Apache-2.0

// One company decided on over the wire: what the policy says when it is asked directly, and what
// each bad fact is told.

import CreditPolicy
import GRPCTransport
import Policies
import ProtobufCoding
import Quantities
import Telemetry
import TestPolicies
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct DecideTests {
    @Test(arguments: [
        (1, "4000"), (1, "900"), (2, "8000"), (3, "10"), (4, "100"), (1, "30000"), (2, "0.01"),
    ])
    func saysWhatThePolicySays(_ grade: Int, _ amount: String) async throws {
        let policy = try TestPolicy.read()
        let expected = try CreditDecider(policy).decide(
            SampleCase.question(grade: grade, amount: amount)
        )
        try await SampleCase.run { server in
            let message = SampleCase.message(grade: grade, amount: amount)
            let answer = try await SampleCase.decide(server, message)
            Self.check(answer.decision, expected)
            #expect(answer.context.policy.name == "small")
            #expect(answer.context.policy.version == "1")
            #expect(answer.context.policy.contentHash == policy.contentHash)
            #expect(answer.context.policy.currency == "EUR")
            #expect(answer.context.policy.asOfDate == "2025-06-30")
            #expect(!answer.context.hasAssessment && !answer.decision.hasAssessment)
            #expect(server.counters.value(of: .companiesDecided) == 1)
        }
    }

    /// Holds a message against a decision.
    static func check(_ message: Vigie_V1_CreditDecision, _ expected: CreditDecision) {
        #expect("\(message.outcome)" == "\(expected.outcome)")
        #expect(message.riskClass == expected.riskClass ?? "")
        #expect(message.need.amount == expected.need?.amount?.plain ?? "")
        #expect(message.need.method == expected.need?.method.rawValue)
        #expect(message.need.formula == expected.need?.formula)
        #expect(message.hasLimit == (expected.limit != nil))
        #expect(message.limit.amount == expected.limit?.amount.plain ?? "")
        #expect(message.limit.binding == expected.limit?.binding ?? "")
        #expect(message.limit.ownRisk == expected.limit?.ownRisk.plain ?? "")
        #expect(message.limit.parts.map(\.name) == expected.limit?.parts.map(\.name) ?? [])
        #expect(message.limit.parts.map(\.formula) == expected.limit?.parts.map(\.formula) ?? [])
        #expect(message.limit.validUntil == expected.validity?.until.description ?? "")
        #expect(Int(message.terms.days) == expected.terms.days)
        #expect(message.terms.prepayment == expected.terms.isPrepaid)
        #expect(message.terms.deposit == expected.terms.deposit?.plain ?? "")
        #expect(message.guarantees.map(\.id) == expected.offers.map(\.guarantee.identifier))
        #expect(message.guarantees.map(\.amount) == expected.offers.map(\.amount.plain))
        #expect(message.clauses.map(\.en) == expected.clauses.map(\.english))
        #expect(message.clauses.map(\.fr) == expected.clauses.map(\.french))
        #expect(message.action == expected.action ?? "")
        #expect(message.grantingRole == expected.grantingRole ?? "")
        #expect(message.needsSecondPerson == expected.needsSecondPerson)
        #expect(message.headroom == expected.headroom?.plain ?? "")
        #expect(message.missing.map(\.name) == expected.missing.map(\.name))
        #expect(message.tables.map(\.decision) == expected.matches.map(\.decision))
        #expect(
            message.tables.map { $0.rules.map(\.number) }
                == expected.matches.map { $0.rules.map { UInt32($0 + 1) } }
        )
    }

    @Test func explainsAsMuchAsIsAsked() async throws {
        let policy = try TestPolicy.read()
        try await SampleCase.run { server in
            var answers: [Vigie_V1_DecideResponse] = []
            let levels: [Vigie_V1_DecisionExplanation] = [
                .none, .match, .unspecified, .nearMiss, .full,
            ]
            for level in levels {
                answers.append(
                    try await SampleCase.decide(server, header: SampleCase.header(level))
                )
            }
            let tables = answers.map(\.decision.tables)
            #expect(tables[1] == tables[2])
            #expect(tables[0].flatMap(\.rules).flatMap(\.cells).isEmpty)
            let risk = try tables.map { try #require($0.first { $0.decision == "Class" }) }
            #expect(risk[1].rules.map(\.id) == ["good"] && risk[1].nearMisses.isEmpty)
            #expect(risk[1].rules[0].cells.map(\.value) == ["1"])
            #expect(risk[1].rules[0].outputs.map(\.text) == ["\"A\""])
            #expect(risk[3].nearMisses.first?.id == "fair")
            #expect(risk[3].nearMisses.first?.cells.first?.distance == "1")
            #expect(risk[3].verdicts.isEmpty)
            #expect(risk[4].verdicts == [.passed, .failed, .failed, .failed])
            #expect(risk[4].verdictColumns == 1)
            let count = tables[4].reduce(0) { $0 + $1.verdicts.count }
            #expect(count > 4 && count <= policy.verdictCount)
            // What is said of a rule that decided, and of no other.
            #expect(answers[0].context.rules.map(\.id) == ["good"])
            #expect(answers[0].context.rules[0].customer.en == "to you")
            #expect(answers[0].context.rules[0].credit.fr == "to credit")
            #expect(answers[0].decision.tables.map(\.kind).contains(.matched))
        }
    }

    @Test func languagesAreThoseThatAreAsked() async throws {
        try await SampleCase.run { server in
            var header = SampleCase.header()
            header.language = .french
            let message = SampleCase.message(amount: "9000")
            let answer = try await SampleCase.decide(server, message, header)
            #expect(answer.context.rules[0].sales.fr == "to sales")
            #expect(answer.context.rules[0].sales.en.isEmpty)
            #expect(answer.decision.guarantees.map(\.name.fr) == ["À demande"])
            #expect(answer.decision.guarantees.map(\.name.en) == [""])
            #expect(answer.decision.clauses.allSatisfy { !$0.en.isEmpty && !$0.fr.isEmpty })
        }
    }

    @Test func factsKeepTheirDayAndTheirDigits() async throws {
        try await SampleCase.run { server in
            var message = SampleCase.message(amount: "")
            message.facts[0].asOfDate = "2024-01-01"
            var answer = try await SampleCase.decide(server, message)
            #expect(answer.decision.outcome == .investigation && !answer.decision.hasLimit)
            #expect(answer.decision.missing.first?.name == "grade")
            #expect(answer.decision.missing.first?.reason.contains("days too old") == true)
            message.facts[0].asOfDate = "2025-06-01"
            message.facts.append(SampleCase.fact("amount", "1234567890.1234567890123456789"))
            answer = try await SampleCase.decide(server, message)
            #expect(answer.decision.need.formula == "1234567890.1234567890123456789")
            message.facts[4].value.number = 0.1
            answer = try await SampleCase.decide(server, message)
            #expect(answer.decision.need.formula == "0.1", "read as its shortest decimal")
            message.facts[4].value.number = .nan
            answer = try await SampleCase.decide(server, message)
            #expect(answer.decision.missing.map(\.name) == ["amount"])
        }
    }

    @Test func guaranteesThatAreHeldCount() async throws {
        try await SampleCase.run { server in
            func held(_ name: String, _ amount: String, _ last: String) -> Vigie_V1_DecisionFact {
                .with {
                    $0.name = "guarantees_held"
                    $0.value.list.values = [
                        .with {
                            $0.fields.fields = [
                                .with {
                                    $0.name = "id"
                                    $0.value.text = name
                                },
                                .with {
                                    $0.name = "amount"
                                    $0.value.decimal = amount
                                },
                                .with {
                                    $0.name = "valid_to"
                                    $0.value.day = last
                                },
                            ]
                        }
                    ]
                }
            }
            var message = SampleCase.message(grade: 2, amount: "3000")
            message.facts.append(held("surety", "1000", "2025-08-01"))
            let answer = try await SampleCase.decide(server, message)
            #expect(answer.decision.limit.covered == "800")
            #expect(answer.decision.limit.validBy == "surety")
            message.facts[4] = held("suerty", "1000", "2025-08-01")
            let failure = try await Failure.of { _ = try await SampleCase.decide(server, message) }
            #expect(failure.information.reason == "BAD_FACT")
            #expect(failure.field == "company.facts.guarantees_held.value[0].id")
            #expect(failure.message.contains("Did you mean \"surety\"?"))
        }
    }

    @Test func papersAreAssessedFirst() async throws {
        try await SampleCase.run { server in
            var header = SampleCase.header(.match)
            header.assessment = SampleCompany.header()
            let message = Vigie_V1_DecisionCase.with {
                $0.amount = "100"
                $0.facts = [SampleCase.fact("grade", "1"), SampleCase.fact("equity", "7")]
                $0.assessed = SampleCompany.message()
            }
            var answer = try await SampleCase.decide(server, message, header)
            let assessed: Vigie_V1_AssessResponse = try await server.call(
                "/vigie.v1.AssessmentService/Assess",
                Vigie_V1_AssessRequest.with {
                    $0.header = SampleCompany.header()
                    $0.company = SampleCompany.message()
                }
            )
            // Only findings are told in more words there.
            var told = answer.decision.assessment
            told.findings = assessed.assessment.findings
            #expect(told == assessed.assessment)
            #expect(answer.context.assessment == assessed.context)
            let names = answer.decision.assessedFacts.map(\.name)
            #expect(names == ["net_worth", "probability"], "what is told comes first")
            #expect(answer.decision.assessedFacts[0].asOfDate == "2024-12-31")
            #expect(answer.decision.clauses.first?.en.contains(SampleCompany.siren) ?? true)
            header.omitsAssessments = true
            answer = try await SampleCase.decide(server, message, header)
            #expect(!answer.decision.hasAssessment && !answer.context.hasAssessment)
            #expect(answer.decision.assessedFacts.map(\.name) == names)
            header.clearAssessment()
            let failure = try await Failure.of {
                _ = try await SampleCase.decide(server, message, header)
            }
            #expect(failure.information.reason == "NO_ASSESSMENT")
        }
    }
}

extension SampleCase {
    static func decide(
        _ server: TestServer,
        header: Vigie_V1_DecideHeader
    ) async throws -> Vigie_V1_DecideResponse {
        try await decide(server, message(), header)
    }
}
