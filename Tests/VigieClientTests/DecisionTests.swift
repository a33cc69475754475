// SPDX-License-Identifier: Apache-2.0

// Decisions through the library: plain values in, what the policy says out.

import CreditPolicy
import DecimalNumbers
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing
import VigieClient

@Suite struct DecisionTests {
    private static let day = Day("2025-06-30")

    private static func options(
        _ explanation: DecisionExplanation = .match
    ) -> DecisionOptions {
        var options = DecisionOptions(policy: "small", asOf: day, role: "manager")
        options.explanation = explanation
        return options
    }

    private static func company(_ grade: Int, group: String? = nil) -> DecisionCase {
        var company = DecisionCase(
            company: "Moulin",
            [
                "grade": .decimal("\(grade)"), "net_worth": 10_000, "equity": .decimal("30000.50"),
                "own_turnover": .number(1e5), "amount": 4_000, "sector": "carrier",
            ]
        )
        if let day {
            company.facts["cover_expires"] = DecisionFact(
                .day(day),
                observed: day,
                source: "insurer"
            )
        }
        company.group = group
        return company
    }

    /// Runs a test against a server with the policy of tests.
    private func run(_ body: (ScoringClient) async throws -> Void) async throws {
        let server = try await TestServer.start(policies: [TestPolicy.read()])
        defer { server.removeFiles() }
        try await withScoringClient(server.configuration) { client in try await body(client) }
        await server.stop()
    }

    @Test func saysWhatThePolicySays() async throws {
        var question = CreditQuestion(
            company: "Moulin",
            asOf: try #require(CalendarDate("2025-06-30")),
            role: "manager"
        )
        for (name, number) in [
            ("grade", DecimalNumber(2)), ("net_worth", 10_000), ("own_turnover", 100_000),
            ("amount", 4_000), ("equity", DecimalNumber(parsing: "30000.50".utf8) ?? 0),
        ] {
            question.facts[name] = CreditFact(.number(number))
        }
        question.facts["sector"] = CreditFact(.string("carrier"))
        let policy = try TestPolicy.read()
        let expected = try CreditDecider(policy).decide(question)
        try await run { client in
            let decision = try await client.decide(Self.company(2), options: Self.options())
            #expect("\(decision.outcome)" == "\(expected.outcome)")
            #expect(decision.policy.contentHash == policy.contentHash)
            #expect(decision.policy.asOf == Self.day && decision.policy.currency == "EUR")
            #expect(decision.riskClass == expected.riskClass)
            let limit = try #require(decision.limit)
            #expect(limit.amount.text == expected.limit?.amount.plain)
            #expect(limit.amount.double == 1_000)
            #expect(limit.binding == expected.limit?.binding)
            #expect(limit.parts.map(\.formula) == expected.limit?.parts.map(\.formula))
            #expect(limit.parts.map(\.kind).prefix(2) == [.ownRisk, .ownRisk])
            #expect(limit.validUntil?.description == expected.validity?.until.description)
            #expect(decision.need.amount?.text == expected.need?.amount?.plain)
            #expect(decision.terms.days == expected.terms.days)
            #expect(decision.terms.legalMaximumDays == 30 && decision.terms.isBoundByLaw)
            #expect(decision.terms.deposit?.text == "0.3" && decision.terms.discount == nil)
            #expect(decision.guarantees.map(\.identifier) == ["demand", "surety"])
            #expect(decision.guarantees[0].name.french == "À demande")
            #expect(decision.guarantees[0].callDays == 15)
            #expect(decision.guarantees[1].callDays == nil)
            #expect(decision.clauses.map(\.text.french) == expected.clauses.map(\.french))
            #expect(decision.action == expected.action && decision.role == "manager")
            #expect(decision.grantingRole == expected.grantingRole)
            #expect(decision.assessment == nil && decision.expectedLoss == nil)
            let table = try #require(decision.tables.first { $0.decision == "Class" })
            #expect(table.kind == .matched && table.rules.map(\.identifier) == ["fair"])
            #expect(table.rules[0].number == 2 && table.rules[0].texts == nil)
            #expect(table.rules[0].cells.map(\.value) == ["2"])
        }
    }

    @Test func explainsAsMuchAsIsAsked() async throws {
        try await run { client in
            let decision = try await client.decide(Self.company(1), options: Self.options(.full))
            let table = try #require(decision.tables.first { $0.decision == "Class" })
            #expect(table.rules[0].texts?.customer?.english == "to you")
            #expect(table.nearMisses.first?.cells.first?.distance == "1")
            #expect(table.verdicts == [[.passed], [.failed], [.failed], [.failed]])
            var options = Self.options(.none)
            options.language = .french
            let plain = try await client.decide(Self.company(1), options: options)
            #expect(plain.tables[0].rules.flatMap(\.cells).isEmpty)
        }
    }

    @Test func manyAreAnsweredInTheirOrder() async throws {
        try await run { client in
            // More than go into one message.
            var companies = (0..<600).map { Self.company($0 % 3 + 1) }
            companies[7].facts["grad"] = DecisionFact(1)
            let answers = try await client.decide(companies, options: Self.options(.none))
            try #require(answers.count == 600)
            for (place, answer) in answers.enumerated() where place != 7 {
                let classes = ["A", "B", "C"]
                #expect(try answer.get().riskClass == classes[place % 3])
            }
            let error = #expect(throws: VigieError.self) { try answers[7].get() }
            #expect(error?.reason == "UNKNOWN_FACT")
            #expect(error?.fieldViolations.map(\.field) == ["company.facts[3].name"])
            var member = Self.company(1, group: "all")
            member.facts["own_turnover"] = DecisionFact(20_000)
            let shared = try await client.decide(
                Array(repeating: member, count: 5),
                options: Self.options(.none)
            )
            let bindings = try shared.map { try $0.get().limit?.binding }
            #expect(bindings.contains("group"))
        }
    }

    /// Facts out of papers come in any message, with names of lines that no header had.
    @Test func papersAreAssessedFirst() async throws {
        try await run { client in
            func known(_ lines: [String: Int64]) throws -> DecisionCase {
                var company = DecisionCase(["grade": 1, "amount": 100, "own_turnover": 100_000])
                company.assessed = CompanyFacts(siren: "999200017")
                let closing = try #require(Day("2024-12-31"))
                company.assessed?.statements = [FinancialYear(closing: closing, cents: lines)]
                return company
            }
            let first = try known(["FL": 485_000_000, "DL": 96_500_000, "HN": 12_000_000])
            let other = try known(["FL": 485_000_000, "DL": 7_000, "EC": 50])
            let one = try await client.decide(first, options: Self.options())
            #expect(one.assessedFacts["equity"]?.value == .decimal("965000"))
            #expect(one.assessedFacts["equity"]?.observed == Day("2024-12-31"))
            #expect(one.assessment?.siren == "999200017" && one.assessment?.statements.count == 1)
            let batches = AsyncStream<[DecisionCase]> { continuation in
                for batch in [[Self.company(1)], [first], [other, first]] {
                    continuation.yield(batch)
                }
                continuation.finish()
            }
            var answers: [Result<VigieClient.CreditDecision, VigieError>] = []
            for try await some in client.decide(batches: batches, options: Self.options()) {
                answers += some
            }
            let equities = try answers.map { try $0.get().assessedFacts["equity"]?.value }
            #expect(
                equities == [
                    nil, .decimal("965000"), .decimal("70"), .decimal("965000"),
                ]
            )
        }
    }

    @Test func whatIsRefusedIsTold() async throws {
        try await run { client in
            var options = Self.options()
            options.policy = "large"
            let error = await #expect(throws: VigieError.self) {
                try await client.decide(Self.company(1), options: options)
            }
            #expect(error?.code == .notFound && error?.reason == "UNKNOWN_POLICY")
            let other = await #expect(throws: VigieError.self) {
                try await client.decide([Self.company(1)], options: options)
            }
            #expect(other?.reason == "UNKNOWN_POLICY")
        }
    }

    @Test func valuesAreWrittenAsTheyAre() {
        let values: [DecisionValue] = [1, 0.5, "text", true]
        #expect(values == [.decimal("1"), .number(0.5), .text("text"), .flag(true)])
    }
}
