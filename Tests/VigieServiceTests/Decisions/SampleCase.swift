// SPDX-License-Identifier: Apache-2.0

// Companies to decide on, and a server with a policy that does.

import Callers
import CreditPolicy
import DecimalNumbers
import FEEL
import Policies
import ProtobufCoding
import Quantities
import Scoring
import TestPolicies
import Testing
import VigieApplication
import VigieLimits
import VigieProtos

/// Companies to decide on.
enum SampleCase {
    static let day = CalendarDate("2025-06-30") ?? .first
    private static let models = Result { try ScoringModel.bundledModels() }

    /// Runs a test against a server with the policy of tests.
    static func run(
        limits: ServiceLimits = .init(),
        gate: (any CallGate)? = nil,
        policies: [Policy]? = nil,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await TestServer.run(
            models: models.get(),
            limits: limits,
            policies: PolicyShelf(policies: try policies ?? [TestPolicy.read()]),
            gate: gate,
            body
        )
    }

    /// A header for the day.
    static func header(
        _ explanation: Vigie_V1_DecisionExplanation = .none,
        role: String = "manager"
    ) -> Vigie_V1_DecideHeader {
        .with {
            $0.asOfDate = day.description
            $0.role = role
            $0.explanation = explanation
        }
    }

    /// A number as a fact.
    static func fact(_ name: String, _ decimal: String) -> Vigie_V1_DecisionFact {
        .with {
            $0.name = name
            $0.value.decimal = decimal
        }
    }

    /// A company of a grade that wants something.
    static func message(
        grade: Int = 1,
        amount: String = "4000",
        group: String = ""
    ) -> Vigie_V1_DecisionCase {
        .with {
            $0.company = "Moulin \(grade)"
            $0.group = group
            $0.amount = amount
            $0.facts = [
                fact("grade", "\(grade)"), fact("net_worth", "10000"), fact("equity", "30000.50"),
                fact("own_turnover", "1e5"),
            ]
        }
    }

    /// The question that the message asks, as a library would ask it.
    static func question(grade: Int = 1, amount: String = "4000") -> CreditQuestion {
        var question = CreditQuestion(company: "Moulin \(grade)", asOf: day, role: "manager")
        for (name, text) in [
            ("grade", "\(grade)"), ("net_worth", "10000"), ("equity", "30000.50"),
            ("own_turnover", "100000"), ("amount", amount),
        ] {
            guard let number = DecimalNumber(parsing: text.utf8) else { continue }
            question.facts[name] = CreditFact(.number(number))
        }
        return question
    }

    /// Calls Decide.
    static func decide(
        _ server: TestServer,
        _ message: Vigie_V1_DecisionCase = message(),
        _ header: Vigie_V1_DecideHeader = header(),
        as caller: String = ""
    ) async throws -> Vigie_V1_DecideResponse {
        let request = Vigie_V1_DecideRequest.with {
            $0.header = header
            $0.company = message
        }
        let answer = try await server.call(
            "/vigie.v1.DecisionService/Decide",
            bytes: request.serializedBytes(),
            as: caller
        )
        return try .init(serializedBytes: answer)
    }

    /// Calls BatchDecide with companies, a message for each list.
    static func batches(
        _ server: TestServer,
        _ batches: [[Vigie_V1_DecisionCase]],
        _ header: Vigie_V1_DecideHeader = header()
    ) async throws -> [Vigie_V1_BatchDecideResponse] {
        let messages = batches.map { companies in
            Vigie_V1_BatchDecideRequest.with { $0.batch.companies = companies }.serializedBytes()
        }
        let first = Vigie_V1_BatchDecideRequest.with { $0.header = header }.serializedBytes()
        return try await server.stream("/vigie.v1.DecisionService/BatchDecide", [first] + messages)
    }
}

/// Callers who are who they say, each with the role of policies that stands behind a colon.
struct RoleGate: CallGate {
    let generation = 0

    func caller(_ credentials: CallCredentials) throws(CallRefusal) -> Caller {
        let words = String(decoding: credentials.authorization, as: UTF8.self).split(
            separator: ":",
            omittingEmptySubsequences: false
        )
        return Caller(
            identity: String(words.first ?? ""),
            mayCall: Array(repeating: true, count: 256),
            models: .all,
            creditRole: words.count > 1 ? String(words[1]) : nil,
            usage: CallerUsage()
        )
    }

    func callerAgain(_ caller: Caller) throws(CallRefusal) -> Caller { caller }

    func refusal(of caller: Caller, path: String) -> CallRefusal {
        CallRefusal(.permissionDenied, "ROLE_NEEDED", "not called")
    }
}
